#include "client/widgets/chat/history_export.h"

#include <QCoreApplication>
#include <QLocale>
#include <QSaveFile>
#include <QTextStream>
#include <QUrl>

#include "client/core/history.h"
#include "client/widgets/chat/message_text.h"

namespace queqiao::client {
namespace {

struct ExportWords {
  Q_DECLARE_TR_FUNCTIONS(ExportWords)
};

constexpr int page = 500;

constexpr auto style =
    R"(body{font:15px/1.5 "Noto Sans CJK SC",sans-serif;max-width:46em;margin:2em auto;padding:0 1em;color:#1c2128}
h1{font-size:1.3em}h2{font-size:.9em;color:#66707c;text-align:center;margin:2em 0 .5em}
p{margin:.4em 0;white-space:pre-wrap;overflow-wrap:anywhere}.who{color:#0b63c0;font-weight:600}.own .who{color:#1b7f4b}
.when{color:#66707c;font-size:.8em;margin-left:.6em}.grey{color:#66707c;text-align:center}img{max-width:24em;display:block}
blockquote{margin:.2em 0;padding-left:.6em;border-left:3px solid #c9d0d9;color:#66707c})";

// One form of the file. Short-lived.
class Writer {
 public:
  Writer(QTextStream& out, const HistoryExport::NameOf& name_of) : out_(out), name_of_(name_of) {}
  virtual ~Writer() = default;
  virtual void begin(const QString& title) = 0;
  virtual void day(const QDate& day) = 0;
  virtual void message(const Message& message) = 0;
  virtual void end() {}

 protected:
  QString time_of(const Message& message) const {
    return message.time.toLocalTime().toString(QStringLiteral("HH:mm:ss"));
  }
  QString words_of(const Message& message) const {
    if (message.kind == MessageKind::recalled) return recalled_text(message, name_of_(message.sender));
    return message.kind == MessageKind::text || message.kind == MessageKind::notice ? message.text
                                                                                    : summary_of(message);
  }
  bool is_grey(const Message& message) const {
    return message.kind == MessageKind::notice || message.kind == MessageKind::recalled;
  }

  QTextStream& out_;
  const HistoryExport::NameOf& name_of_;
};

class TextWriter final : public Writer {
 public:
  using Writer::Writer;
  void begin(const QString& title) override { out_ << title << "\n"; }
  void day(const QDate& day) override { out_ << "\n==== " << day.toString(Qt::ISODate) << " ====\n"; }
  void message(const Message& message) override {
    if (is_grey(message)) {
      out_ << time_of(message) << "  " << words_of(message) << "\n";
      return;
    }
    out_ << time_of(message) << "  " << name_of_(message.sender) << ":\n";
    if (message.quote)
      out_ << "    > " << name_of_(message.quote->author) << ": " << message.quote->text.simplified() << "\n";
    // Indented, so that no line of a message looks like another message's head.
    for (const QString& line : words_of(message).split(u'\n')) out_ << "    " << line << "\n";
  }
};

class HtmlWriter final : public Writer {
 public:
  using Writer::Writer;
  void begin(const QString& title) override {
    const QString escaped = title.toHtmlEscaped();
    out_ << "<!DOCTYPE html>\n<html><head><meta charset=\"utf-8\"><title>" << escaped << "</title>\n<style>" << style
         << "</style></head>\n<body><h1>" << escaped << "</h1>\n";
  }
  void day(const QDate& day) override {
    out_ << "<h2>" << QLocale().toString(day, QLocale::LongFormat).toHtmlEscaped() << "</h2>\n";
  }
  void message(const Message& message) override {
    if (is_grey(message)) {
      out_ << "<p class=\"grey\">" << words_of(message).toHtmlEscaped() << "</p>\n";
      return;
    }
    out_ << "<div class=\"" << (message.is_outgoing ? "own" : "other") << "\"><span class=\"who\">"
         << name_of_(message.sender).toHtmlEscaped() << "</span><span class=\"when\">" << time_of(message) << "</span>";
    if (message.quote) {
      out_ << "<blockquote>" << name_of_(message.quote->author).toHtmlEscaped() << ": "
           << message.quote->text.toHtmlEscaped() << "</blockquote>";
    }
    out_ << "<p>" << words_of(message).toHtmlEscaped() << "</p>" << picture_of(message) << "</div>\n";
  }
  void end() override { out_ << "</body></html>\n"; }

 private:
  static QString picture_of(const Message& message) {
    if (!message.file || message.file->local_path.isEmpty()) return {};
    const QString url = QUrl::fromLocalFile(message.file->local_path).toString(QUrl::FullyEncoded).toHtmlEscaped();
    if (message.file->is_picture()) return QStringLiteral("<img src=\"%1\" alt=\"\">").arg(url);
    return QStringLiteral("<a href=\"%1\">%2</a>").arg(url, message.file->name.toHtmlEscaped());
  }
};

}  // namespace

qint64 HistoryExport::write(const QString& chat, ExportFormat format, QIODevice& device) const {
  QTextStream out(&device);
  TextWriter text(out, name_of_);
  HtmlWriter html(out, name_of_);
  Writer& writer = format == ExportFormat::html ? static_cast<Writer&>(html) : text;
  writer.begin(ExportWords::tr("Chat with %1 (%2), written on %3")
                   .arg(name_of_(chat), chat, QLocale().toString(QDateTime::currentDateTime(), QLocale::LongFormat)));
  qint64 count = 0;
  QDate day;
  const auto put = [&](const Message& message) {
    const QDate date = message.time.toLocalTime().date();
    if (date != day) writer.day(date);
    day = date;
    writer.message(message);
    ++count;
  };
  auto last = history_.first_of_day(chat, QDate(1970, 1, 1));
  if (const auto first = last ? history_.find(*last) : std::nullopt) put(*first);
  while (last) {
    const QList<Message> messages = history_.after(chat, *last, page);
    for (const Message& message : messages) put(message);
    last = messages.isEmpty() ? std::nullopt : std::optional(messages.back().id);
  }
  writer.end();
  return count;
}

QString HistoryExport::write(const QString& chat, ExportFormat format, const QString& path) const {
  QSaveFile file(path);
  if (!file.open(QIODevice::WriteOnly))
    return ExportWords::tr("The file could not be written: %1").arg(file.errorString());
  write(chat, format, file);
  if (file.commit()) return {};
  return ExportWords::tr("The file could not be written: %1").arg(file.errorString());
}

}  // namespace queqiao::client
