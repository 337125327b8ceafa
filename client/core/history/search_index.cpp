#include "client/core/history/search_index.h"

#include <limits>

#include "base/search_terms.h"

namespace queqiao::client {
namespace {

QString tag_of_chat(qint64 chat) {
  return QStringLiteral("c%1").arg(chat);
}

QString tag_of_side(bool is_outgoing) {
  return is_outgoing ? QStringLiteral("mine") : QStringLiteral("theirs");
}

QString terms_of(const Message& message) {
  return QString::fromStdString(index_terms(SearchIndex::searched_text(message).toStdString()));
}

QString tags_of(qint64 chat, const Message& message) {
  return tag_of_chat(chat) + ' ' + tag_of_side(message.is_outgoing);
}

qint64 start_of(QDate day) {
  return day.startOfDay().toMSecsSinceEpoch() * 1000;
}

struct Span {
  qint64 from = 0, to = std::numeric_limits<qint64>::max();  // ids; `to` is exclusive
};

Span span_of(const HistoryQuery& query) {
  Span span;
  if (query.from) span.from = start_of(*query.from);
  if (query.to) span.to = start_of(query.to->addDays(1));
  return span;
}

// Nothing: the text has nothing that one could look for.
std::optional<QString> expression_of(const HistoryQuery& query, qint64 chat, std::optional<bool> is_outgoing) {
  const auto words = QString::fromStdString(match_expression(query.text.toStdString()));
  if (words.isEmpty()) return std::nullopt;
  auto expression = QStringLiteral("{terms} : (%1)").arg(words);
  if (chat) expression += QStringLiteral(" AND {tags} : \"%1\"").arg(tag_of_chat(chat));
  if (is_outgoing) expression += QStringLiteral(" AND {tags} : \"%1\"").arg(tag_of_side(*is_outgoing));
  return expression;
}

QList<qint64> ids_of(Rows rows) {
  QList<qint64> ids;
  while (rows.next()) ids.append(rows.number(0));
  return ids;
}

}  // namespace

QString SearchIndex::searched_text(const Message& message) {
  switch (message.kind) {
    case MessageKind::text:
      return message.text;
    case MessageKind::file:
      return message.file ? message.file->name + ' ' + message.text : message.text;
    default:
      return {};
  }
}

void SearchIndex::add(qint64 chat, const Message& message) {
  if (searched_text(message).isEmpty()) return;
  database_.run("INSERT INTO search(rowid, terms, tags) VALUES(?, ?, ?)",
                {message.id, terms_of(message), tags_of(chat, message)});
}

void SearchIndex::remove(qint64 chat, const Message& message) {
  if (searched_text(message).isEmpty()) return;
  database_.run("INSERT INTO search(search, rowid, terms, tags) VALUES('delete', ?, ?, ?)",
                {message.id, terms_of(message), tags_of(chat, message)});
}

QList<qint64> SearchIndex::find(const HistoryQuery& query, qint64 chat, std::optional<bool> is_outgoing) {
  const auto span = span_of(query);
  if (!query.text.trimmed().isEmpty()) {
    const auto expression = expression_of(query, chat, is_outgoing);
    if (!expression) return {};
    return ids_of(
        database_.run("SELECT rowid FROM search WHERE search MATCH ? AND rowid >= ? AND rowid < ? ORDER BY rowid DESC "
                      "LIMIT ? OFFSET ?",
                      {*expression, span.from, span.to, query.limit, query.offset}));
  }
  const int side = is_outgoing ? int{*is_outgoing} : -1;
  if (chat) {
    return ids_of(
        database_.run("SELECT id FROM message WHERE chat = ? AND id >= ? AND id < ? AND (? < 0 OR is_outgoing = ?) "
                      "ORDER BY id DESC LIMIT ? OFFSET ?",
                      {chat, span.from, span.to, side, side, query.limit, query.offset}));
  }
  return ids_of(
      database_.run("SELECT id FROM message WHERE id >= ? AND id < ? AND (? < 0 OR is_outgoing = ?) ORDER BY id DESC "
                    "LIMIT ? OFFSET ?",
                    {span.from, span.to, side, side, query.limit, query.offset}));
}

}  // namespace queqiao::client
