#pragma once

#include <QList>
#include <QString>

#include "client/core/message.h"

namespace queqiao::client {

struct TextLink {
  int start = 0;
  int length = 0;
  QString address;  // with a scheme
};

// A message's words as a bubble shows them.
struct ShownText {
  QString text;
  QList<TextLink> links;
  bool is_big_emoji = false;  // one to three emoji and nothing else
  bool is_action = false;     // XEP-0245: "/me waves"
};

ShownText shown_text(const Message& message, const QString& sender_name);
QList<TextLink> find_links(const QString& text);  // http, https, ftp, mailto, xmpp, and www.
// Characters that are emoji by default and that Chinese fonts have in black and white: they need the emoji font by
// name.
QList<int> plain_font_emoji(const QString& text);
int count_emoji(const QString& text);  // -1: there is something else as well

// What a quote, a list of hits or a copied message says of it in words: "[Picture]", "[File] name", its text.
QString summary_of(const Message& message);
QString file_size_text(qint64 bytes);  // "1.5 MB"; empty when not known
// The grey line instead of a message that its sender took back.
QString recalled_text(const Message& message, const QString& sender_name);

}  // namespace queqiao::client
