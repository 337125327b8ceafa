#pragma once

#include <QList>
#include <QString>
#include <QStringList>

namespace queqiao::client {

struct EmojiCategory {
  QString picture;  // the emoji that stands for it
  QString name;     // for people, translated
  QStringList emoji;
};

// The emoji that the panel offers, by category, in the order in which people look for them.
QList<EmojiCategory> emoji_categories();

// Those that have a keyword, Chinese or English, that begins with `words`, whatever the language of the program.
QStringList find_emoji(const QString& words);

}  // namespace queqiao::client
