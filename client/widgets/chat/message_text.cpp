#include "client/widgets/chat/message_text.h"

#include <QCoreApplication>
#include <QLocale>
#include <QRegularExpression>
#include <QTextBoundaryFinder>

namespace queqiao::client {
namespace {

constexpr int most_big_emoji = 3;

struct MessageWords {
  Q_DECLARE_TR_FUNCTIONS(MessageWords)
};

char32_t first_code_point(QStringView cluster) {
  if (cluster.size() > 1 && cluster[0].isHighSurrogate()) return QChar::surrogateToUcs4(cluster[0], cluster[1]);
  return cluster[0].unicode();
}

const QString& shown_in_colour() {
  static const QString all = QStringLiteral("⌚⌛⏩⏪⏫⏬⏰⏳☔☕♿⚓⚡⚪⚫⚽⚾⛄⛅⛎⛔⛪⛲⛳⛵⛺⛽✅✊✋✨❌❎❓❔❕❗➕➖➗➰⬛⬜⭐⭕");
  return all;
}

// Whether a grapheme cluster is shown as an emoji: by its first code point, or because the variation selector asks.
bool is_emoji(QStringView cluster) {
  const char32_t first = first_code_point(cluster);
  if (first >= 0x1F000 && first <= 0x1FAFF) return true;
  if (cluster.contains(QChar(0xFE0F))) return true;
  return cluster.size() == 1 && shown_in_colour().contains(cluster[0]);
}

// Punctuation at the end of a sentence is not part of the link before it; a closing bracket is when it was opened.
int trimmed_length(QStringView link) {
  auto opened = link.count(u'('), closed = link.count(u')');  // once: strangers choose how many there are
  while (!link.isEmpty()) {
    const QChar last = link.back();
    const bool is_unopened = last == u')' && opened < closed;
    if (!is_unopened && !QStringLiteral(".,;:!?'\"*>]").contains(last)) break;
    if (last == u')') --closed;
    link.chop(1);
  }
  return int(link.size());
}

}  // namespace

QList<int> plain_font_emoji(const QString& text) {
  QList<int> places;
  for (int i = 0; i < text.size(); ++i) {
    if (text[i].unicode() >= 0x2300 && text[i].unicode() < 0x2C00 && shown_in_colour().contains(text[i])) places << i;
  }
  return places;
}

int count_emoji(const QString& text) {
  QTextBoundaryFinder finder(QTextBoundaryFinder::Grapheme, text);
  int count = 0;
  for (qsizetype start = 0, end; (end = finder.toNextBoundary()) != -1; start = end) {
    const QStringView cluster = QStringView(text).sliced(start, end - start);
    if (cluster.trimmed().isEmpty()) continue;
    if (!is_emoji(cluster)) return -1;
    ++count;
  }
  return count;
}

QList<TextLink> find_links(const QString& text) {
  // Ends at white space, at quotes and brackets, and where Chinese begins: addresses are often followed by it at once.
  static const QRegularExpression pattern(
      QStringLiteral(
          R"((?<![A-Za-z0-9])(?:(?:https?|ftp)://|(?:mailto|xmpp):|www\.)[^\s<>"“”‘’「」（）\x{3000}-\x{303f}\x{4e00}-\x{9fff}\x{ff00}-\x{ffef}]+)"),
      QRegularExpression::CaseInsensitiveOption | QRegularExpression::UseUnicodePropertiesOption);
  QList<TextLink> links;
  for (auto found = pattern.globalMatch(text); found.hasNext();) {
    const QRegularExpressionMatch match = found.next();
    const int length = trimmed_length(match.capturedView());
    const QString address = match.captured().left(length);
    if (address.endsWith(u'/') && address.endsWith(QLatin1String("://"))) continue;
    const bool has_scheme = !address.startsWith(QLatin1String("www."), Qt::CaseInsensitive);
    links << TextLink{int(match.capturedStart()), length, has_scheme ? address : QStringLiteral("https://") + address};
  }
  return links;
}

ShownText shown_text(const Message& message, const QString& sender_name) {
  ShownText shown;
  shown.text = message.text;
  if (message.text.startsWith(QLatin1String("/me "))) {
    shown.is_action = true;
    shown.text = QStringLiteral("* %1 %2").arg(sender_name, message.text.mid(4));
  }
  if (shown.text.size() <= most_big_emoji * 16) {  // a family of four takes eleven UTF-16 units
    const int emoji = count_emoji(shown.text);
    shown.is_big_emoji = emoji > 0 && emoji <= most_big_emoji;
  }
  shown.links = find_links(shown.text);
  return shown;
}

QString summary_of(const Message& message) {
  switch (message.kind) {
    case MessageKind::file:
      if (!message.file) break;
      return message.file->is_picture() ? MessageWords::tr("[Picture]")
                                        : MessageWords::tr("[File] %1").arg(message.file->name);
    case MessageKind::recalled:
      return MessageWords::tr("[Recalled message]");
    case MessageKind::game:
      return MessageWords::tr("[Game] %1").arg(message.text);
    case MessageKind::text:
    case MessageKind::notice:
      break;
  }
  return message.text;
}

QString file_size_text(qint64 bytes) {
  return bytes < 0 ? QString() : QLocale().formattedDataSize(bytes, 1, QLocale::DataSizeTraditionalFormat);
}

QString recalled_text(const Message& message, const QString& sender_name) {
  return message.is_outgoing ? MessageWords::tr("You recalled a message")
                             : MessageWords::tr("%1 recalled a message").arg(sender_name);
}

}  // namespace queqiao::client
