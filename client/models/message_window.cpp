#include "client/models/message_window.h"

#include <QLocale>
#include <algorithm>

namespace queqiao::client {
namespace {

bool is_earlier(const Message& a, const Message& b) {
  return a.time != b.time ? a.time < b.time : a.id < b.id;
}

}  // namespace

MessageWindow::MessageWindow(History& history, NameOf name_of, QObject* parent)
    : QAbstractListModel(parent), history_(history), name_of_(std::move(name_of)) {
  take_pending_timer_.setSingleShot(true);
  take_pending_timer_.setInterval(0);
  connect(&take_pending_timer_, &QTimer::timeout, this, &MessageWindow::take_pending);
  connect(&history_, &History::message_added, this, &MessageWindow::on_added);
  connect(&history_, &History::message_changed, this, &MessageWindow::on_changed);
  connect(&history_, &History::message_removed, this, &MessageWindow::on_removed);
  connect(&history_, &History::older_added, this, [this](const QString& chat) {
    if (chat != chat_) return;
    has_oldest_ = false;
    if (rows_.isEmpty()) show_newest();
  });
}

void MessageWindow::open(const QString& chat) {
  chat_ = chat;
  divider_ = history_.first_unread(chat);
  const auto conversation = history_.conversation(chat);
  unseen_ = conversation ? conversation->unread : 0;
  if (divider_ && show_around(*divider_)) {
    emit unseen_changed(unseen_);
    return;
  }
  divider_.reset();
  show_newest();
}

void MessageWindow::show_newest() {
  const QList<Message> messages = history_.newest(chat_, page);
  has_newest_ = true;
  has_oldest_ = messages.size() < page;
  reset_to(messages);
}

bool MessageWindow::show_around(qint64 id) {
  const QList<Message> messages = history_.around(chat_, id, page);
  const auto place = std::find_if(messages.begin(), messages.end(), [id](const Message& m) { return m.id == id; });
  if (place == messages.end()) return false;
  // A short half says that this side of the history ends here.
  has_oldest_ = place - messages.begin() < page / 2;
  has_newest_ = messages.end() - place <= page / 2;
  reset_to(messages);
  return true;
}

void MessageWindow::reset_to(const QList<Message>& messages) {
  take_pending_timer_.stop();
  pending_.clear();
  beginResetModel();
  rows_ = messages;
  endResetModel();
}

bool MessageWindow::fetch_older() {
  if (has_oldest_ || rows_.isEmpty()) return false;
  const QList<Message> older = history_.before(chat_, rows_.front().id, page);
  has_oldest_ = older.size() < page;
  if (older.isEmpty()) return false;
  beginInsertRows({}, 0, int(older.size()) - 1);
  rows_ = older + rows_;
  endInsertRows();
  // What was the first row has one before it now, which may be of the same day.
  const QModelIndex old_first = index(int(older.size()));
  emit dataChanged(old_first, old_first);
  trim_back();
  return true;
}

bool MessageWindow::fetch_newer() {
  if (has_newest_ || rows_.isEmpty()) return false;
  const QList<Message> newer = history_.after(chat_, rows_.back().id, page);
  has_newest_ = newer.size() < page;
  if (newer.isEmpty()) return false;
  append(newer);
  trim_front();
  return true;
}

void MessageWindow::append(const QList<Message>& messages) {
  const int first = int(rows_.size());
  beginInsertRows({}, first, first + int(messages.size()) - 1);
  rows_ += messages;
  endInsertRows();
}

void MessageWindow::trim_front() {
  const int surplus = int(rows_.size()) - most_rows;
  if (surplus <= 0) return;
  beginRemoveRows({}, 0, surplus - 1);
  rows_.remove(0, surplus);
  endRemoveRows();
  has_oldest_ = false;
  emit dataChanged(index(0), index(0));
}

void MessageWindow::trim_back() {
  if (rows_.size() <= most_rows) return;
  beginRemoveRows({}, most_rows, int(rows_.size()) - 1);
  rows_.resize(most_rows);
  endRemoveRows();
  has_newest_ = false;
}

int MessageWindow::row_of(qint64 id) const {
  // From the end: what changes is nearly always new.
  for (int row = int(rows_.size()) - 1; row >= 0; --row) {
    if (rows_[row].id == id) return row;
  }
  return -1;
}

int MessageWindow::row_of_wire_id(const QString& wire_id) const {
  for (int row = int(rows_.size()) - 1; row >= 0; --row) {
    if (rows_[row].wire_id == wire_id || rows_[row].archive_id == wire_id) return row;
  }
  return -1;
}

void MessageWindow::on_added(const Message& message) {
  if (message.chat != chat_ || chat_.isEmpty()) return;
  pending_ << message;
  if (!take_pending_timer_.isActive()) take_pending_timer_.start();
}

void MessageWindow::take_pending() {
  QList<Message> messages;
  messages.swap(pending_);
  if (messages.isEmpty()) return;
  std::stable_sort(messages.begin(), messages.end(), is_earlier);
  const auto is_theirs = [](const Message& message) {
    return !message.is_outgoing && message.kind != MessageKind::notice;
  };
  if (!is_at_end_) add_unseen(int(std::count_if(messages.begin(), messages.end(), is_theirs)));
  if (is_at_end_ && (!has_newest_ || messages.size() > page)) return show_newest();
  const bool is_tail = rows_.isEmpty() || !is_earlier(messages.front(), rows_.back());
  if (!is_tail) {
    for (const Message& message : messages) insert_by_time(message);
  } else if (has_newest_ && (is_at_end_ || rows_.size() + messages.size() <= most_rows)) {
    append(messages);
  } else {
    has_newest_ = false;  // it is fetched when the reader comes there
  }
  if (is_at_end_) trim_front();
}

void MessageWindow::insert_by_time(const Message& message) {
  const auto place = std::upper_bound(rows_.begin(), rows_.end(), message, is_earlier);
  if (place == rows_.begin() && !has_oldest_) return;
  if (place == rows_.end() && (!has_newest_ || rows_.size() >= most_rows)) {
    has_newest_ = false;
    return;
  }
  const int row = int(place - rows_.begin());
  beginInsertRows({}, row, row);
  rows_.insert(row, message);
  endInsertRows();
  if (row + 1 < rows_.size()) emit dataChanged(index(row + 1), index(row + 1));
}

void MessageWindow::on_changed(const Message& message) {
  if (message.chat != chat_) return;
  for (Message& waiting : pending_) {
    if (waiting.id == message.id) waiting = message;
  }
  const int row = row_of(message.id);
  if (row < 0) return;
  rows_[row] = message;
  emit dataChanged(index(row), index(row));
}

void MessageWindow::on_removed(const QString& chat, qint64 id) {
  if (chat != chat_) return;
  pending_.removeIf([id](const Message& message) { return message.id == id; });
  const int row = row_of(id);
  if (row < 0) return;
  if (divider_ == id) divider_ = row + 1 < rows_.size() ? std::optional(rows_[row + 1].id) : std::nullopt;
  beginRemoveRows({}, row, row);
  rows_.removeAt(row);
  endRemoveRows();
  if (row < rows_.size()) emit dataChanged(index(row), index(row));
}

void MessageWindow::set_at_end(bool is_at_end) {
  is_at_end_ = is_at_end && has_newest_;
  if (is_at_end_ && unseen_ != 0) {
    unseen_ = 0;
    emit unseen_changed(0);
  }
}

void MessageWindow::add_unseen(int count) {
  if (count == 0) return;
  unseen_ += count;
  emit unseen_changed(unseen_);
}

bool MessageWindow::begins_day(int row) const {
  return row == 0 || rows_[row - 1].time.date() != rows_[row].time.date();
}

QString MessageWindow::spoken(const Message& message) const {
  const QString text = message.kind == MessageKind::file && message.file ? message.file->name : message.text;
  return tr("%1, %2, %3").arg(name_of_(message), QLocale().toString(message.time, QLocale::ShortFormat), text);
}

int MessageWindow::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : int(rows_.size());
}

QVariant MessageWindow::data(const QModelIndex& index, int role) const {
  if (!index.isValid() || index.row() >= rows_.size()) return {};
  const Message& message = rows_[index.row()];
  switch (role) {
    case Qt::DisplayRole:
      return message.text;
    case Qt::AccessibleTextRole:
      return spoken(message);
    case message_id:
      return message.id;
    case starts_day:
      return begins_day(index.row());
    case starts_unread:
      return divider_ == message.id;
    default:
      return {};
  }
}

}  // namespace queqiao::client
