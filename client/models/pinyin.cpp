#include "client/models/pinyin.h"

#include <QHash>
#include <QVector>

namespace queqiao::client {

namespace {

// One letter for each character from U+4E00 on.
constexpr char table[] =
#include "client/models/pinyin_table.inc"
    ;
constexpr char16_t first_character = 0x4E00;
constexpr qsizetype table_size = sizeof(table) - 1;

// The other everyday reading of names and words that have two.
QChar second_reading(QChar character) {
  static const QHash<QChar, QChar> readings{
      {u'曾', u'z'}, {u'单', u's'}, {u'仇', u'q'}, {u'解', u'x'}, {u'查', u'z'}, {u'盖', u'g'}, {u'区', u'o'},
      {u'朴', u'p'}, {u'覃', u'q'}, {u'翟', u'z'}, {u'重', u'c'}, {u'长', u'c'}, {u'行', u'x'}, {u'乐', u'y'},
      {u'都', u'd'}, {u'还', u'h'}, {u'石', u's'}, {u'万', u'w'}, {u'大', u'd'}, {u'家', u'j'}, {u'会', u'h'}};
  return readings.value(character);
}

// What may be typed for one character: one or two letters, or none.
QString letters_of(QChar character) {
  if (character.unicode() < 128) return character.isLetterOrNumber() ? QString(character.toLower()) : QString();
  const qsizetype place = character.unicode() - first_character;
  if (place < 0 || place >= table_size || table[place] == '.') return {};
  QString letters = QChar::fromLatin1(table[place]);
  const QChar other = second_reading(character);
  if (!other.isNull() && other != letters[0]) letters += other;
  return letters;
}

}  // namespace

QString pinyin_initials(const QString& name) {
  QString initials;
  for (const QChar character : name) initials += letters_of(character).left(1);
  return initials;
}

bool initials_contain(const QString& name, const QString& typed) {
  QVector<QString> letters;
  for (const QChar character : name) {
    if (auto some = letters_of(character); !some.isEmpty()) letters.push_back(some);
  }
  for (qsizetype start = 0; start + typed.size() <= letters.size(); ++start) {
    qsizetype matched = 0;
    while (matched < typed.size() && letters[start + matched].contains(typed[matched])) ++matched;
    if (matched == typed.size()) return true;
  }
  return false;
}

}  // namespace queqiao::client
