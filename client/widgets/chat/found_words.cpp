#include "client/widgets/chat/found_words.h"

#include <QRegularExpression>
#include <QStringList>
#include <algorithm>

namespace queqiao::client {
namespace {

// Scripts without spaces between words, and words.
#define QUEQIAO_UNSPACED "\\p{Han}\\p{Hiragana}\\p{Katakana}\\p{Hangul}\\p{Thai}"
#define QUEQIAO_LETTER "[\\p{L}\\p{N}\\p{M}]"

const QRegularExpression& pieces() {
  static const QRegularExpression expression(
      QStringLiteral("(?<run>[" QUEQIAO_UNSPACED "]+)|(?<word>(?:(?![" QUEQIAO_UNSPACED "])" QUEQIAO_LETTER ")+)"),
      QRegularExpression::UseUnicodePropertiesOption);
  return expression;
}

// A word stands where no other letter of a script with words touches it.
QString pattern_of_word(const QString& word, bool may_go_on) {
  const auto letter = QStringLiteral("(?![" QUEQIAO_UNSPACED "])" QUEQIAO_LETTER);
  const auto before = QStringLiteral("(?<![^" QUEQIAO_UNSPACED "\\P{L}])(?<![\\p{N}\\p{M}])");
  return before + QRegularExpression::escape(word) + (may_go_on ? QString() : QStringLiteral("(?!%1)").arg(letter));
}

}  // namespace

QList<FoundRange> found_ranges(const QString& text, const QString& searched) {
  QStringList runs, words;
  for (auto piece = pieces().globalMatch(searched); piece.hasNext();) {
    const auto match = piece.next();
    (match.hasCaptured(u"word") ? words : runs) << match.captured();
  }
  QStringList patterns;
  for (const QString& run : runs) patterns << QRegularExpression::escape(run);
  for (const QString& word : words) patterns << pattern_of_word(word, &word == &words.back());
  if (patterns.isEmpty()) return {};
  const QRegularExpression any(
      patterns.join(u'|'), QRegularExpression::CaseInsensitiveOption | QRegularExpression::UseUnicodePropertiesOption);
  QList<FoundRange> ranges;
  for (auto found = any.globalMatch(text); found.hasNext();) {
    const auto match = found.next();
    ranges << FoundRange{int(match.capturedStart()), int(match.capturedLength())};
  }
  return ranges;
}

}  // namespace queqiao::client
