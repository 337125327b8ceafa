#include <QDateTime>
#include <utility>

#include "client/core/history/local_history.h"

// How LocalHistory is filled: by what the user sends, by what arrives, and by the archive.
namespace queqiao::client {
namespace {

constexpr QChar between_emoji(31);

qint64 now() {
  return QDateTime::currentMSecsSinceEpoch() * 1000;
}

}  // namespace

LocalHistory::Batch::Batch(LocalHistory& history, Durability durability) : history_(&history) {
  history.begin(durability);
}

bool LocalHistory::Batch::commit() {
  return !history_ || std::exchange(history_, nullptr)->end();
}

void LocalHistory::begin(Durability durability) {
  if (depth_++ == 0) database_->begin(durability);
}

bool LocalHistory::end() {
  if (--depth_ > 0) return true;
  const auto announcements = std::exchange(announcements_, {});
  const auto chats = std::exchange(changed_chats_, {});
  if (!database_->commit()) {
    chats_.forget_ids();
    emit write_failed();
    return false;
  }
  pending_.insert(pending_.end(), announcements.begin(), announcements.end());
  for (const auto& chat : chats) pending_.emplace_back([this, chat] { emit conversation_changed(chat); });
  emit_pending();
  return true;
}

// A receiver may change the history again; what that announces comes behind what is announced already.
void LocalHistory::emit_pending() {
  if (std::exchange(is_emitting_, true)) return;
  while (!pending_.empty()) {
    const auto announce = std::move(pending_.front());
    pending_.pop_front();
    announce();
  }
  is_emitting_ = false;
}

void LocalHistory::after_commit(std::function<void()> then) {
  Batch batch(*this);
  announcements_.push_back(std::move(then));
}

void LocalHistory::announce_change(qint64 id) {
  after_commit([this, id] {
    if (const auto message = find(id)) emit message_changed(*message);
  });
}

void LocalHistory::announce_older(const QString& chat, int count) {
  after_commit([this, chat, count] { emit older_added(chat, count); });
}

std::optional<qint64> LocalHistory::find_copy(const Message& message, const MessageTraits& traits) {
  const auto chat = chats_.find(message.chat);
  const auto copy = chat ? messages_.find_copy(*chat, message, traits.has_origin_id) : std::nullopt;
  if (copy && !message.archive_id.isEmpty()) {
    Batch batch(*this);
    messages_.set_archive_id(*copy, message.archive_id);
  }
  return copy;
}

bool LocalHistory::was_removed(const Message& message) {
  const auto chat = chats_.find(message.chat);
  return chat && messages_.was_removed(*chat, message);
}

qint64 LocalHistory::add(Message message, MessageTraits traits, bool is_announced) {
  Batch batch(*this);
  const auto chat = chats_.id_of(message.chat);
  message.id = message.id > 0 ? message.id : message.time.toMSecsSinceEpoch() * 1000;
  if (message.is_outgoing && message.delivery == Delivery::sent && message.id <= chats_.peer_read(chat)) {
    message.delivery = Delivery::read;
  }
  if (traits.is_unread && message.id <= chats_.read_up_to(chat)) traits.is_unread = false;
  messages_.insert(chat, message, traits);
  index_.add(chat, message);
  if (traits.is_unread) chats_.add_unread(chat, 1);
  chats_.set_listed(chat, true);
  announce_conversation(message.chat);
  if (is_announced) {
    after_commit([this, message] { emit message_added(message); });
  }
  // What was said about it before it was here.
  for (const auto& amendment : amendments_.take(chat, message.wire_id)) apply(message.chat, message.id, amendment);
  if (has_reactions(chat, message.wire_id)) announce_change(message.id);
  return message.id;
}

bool LocalHistory::has_reactions(qint64 chat, const QString& target) {
  if (target.isEmpty()) return false;
  return database_->run("SELECT 1 FROM reaction WHERE chat = ? AND target = ?", {chat, target}).next();
}

std::optional<qint64> LocalHistory::find_by_wire_id(const QString& chat, const QString& wire_id, bool is_outgoing) {
  const auto id = chats_.find(chat);
  return id ? messages_.find_by_wire_id(*id, wire_id, is_outgoing) : std::nullopt;
}

bool LocalHistory::amend(const QString& chat, const Amendment& amendment) {
  Batch batch(*this);
  // Only who wrote a message corrects or recalls it; only who got it tells that it came, or that it was read.
  const bool is_of_author = amendment.kind == AmendmentKind::correction || amendment.kind == AmendmentKind::recall;
  const auto id = find_by_wire_id(chat, amendment.target, amendment.is_own == is_of_author);
  if (id) return apply(chat, *id, amendment);
  amendments_.keep(chats_.id_of(chat), amendment);
  return false;
}

bool LocalHistory::apply(const QString& chat, qint64 id, const Amendment& amendment) {
  const auto message = messages_.find(id);
  if (!message) return false;
  const bool is_of_author = amendment.kind == AmendmentKind::correction || amendment.kind == AmendmentKind::recall;
  if (message->is_outgoing != (amendment.is_own == is_of_author)) return false;
  switch (amendment.kind) {
    case AmendmentKind::correction:
      return correct(*message, amendment);
    case AmendmentKind::recall:
      return recall(*message);
    case AmendmentKind::delivered:
      set_delivery(id, Delivery::delivered);
      return true;
    case AmendmentKind::displayed:
      return amendment.is_own ? mark_read(chat, id) : note_peer_read(chat, id);
  }
  return false;
}

void LocalHistory::replace_content(const Message& before, const Message& after, qint64 edited) {
  const auto chat = chats_.id_of(before.chat);
  index_.remove(chat, before);
  index_.add(chat, after);
  database_->run("UPDATE message SET text = ?, kind = ?, edited = ? WHERE id = ?",
                 {after.text, static_cast<int>(after.kind), edited, before.id});
  announce_change(before.id);
  announce_conversation(before.chat);
}

bool LocalHistory::correct(Message message, const Amendment& amendment) {
  if (message.kind != MessageKind::text) return false;
  auto rows = database_->run("SELECT edited FROM message WHERE id = ?", {message.id});
  // The archive may tell of an older correction after a newer one.
  if (!rows.next() || rows.number(0) > amendment.time) return false;
  auto corrected = message;
  corrected.text = amendment.text;
  replace_content(message, corrected, amendment.time);
  return true;
}

bool LocalHistory::recall(Message message) {
  if (message.kind == MessageKind::recalled || message.kind == MessageKind::notice) return false;
  auto recalled = message;
  recalled.kind = MessageKind::recalled;
  // One's own words stay, for writing them again, and for when the server refuses the recall after all.
  if (!message.is_outgoing) {
    recalled.text.clear();
    database_->run("DELETE FROM file WHERE message = ?", {message.id});
  }
  database_->run("DELETE FROM transfer WHERE message = ?", {message.id});
  replace_content(message, recalled, 0);
  return true;
}

void LocalHistory::restore(qint64 id, const QString& text, bool is_edited) {
  Batch batch(*this);
  const auto message = messages_.find(id);
  if (!message) return;
  auto restored = *message;
  restored.kind = message->file ? MessageKind::file : message->game.isEmpty() ? MessageKind::text : MessageKind::game;
  restored.text = text;
  replace_content(*message, restored, is_edited ? 1 : 0);
}

void LocalHistory::set_reactions(const QString& chat, const QString& target, const QString& person,
                                 const QStringList& emoji, qint64 time) {
  Batch batch(*this);
  const auto id = chats_.id_of(chat);
  database_->run(
      "INSERT INTO reaction(chat, target, person, emoji, time) VALUES(?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET "
      "emoji = excluded.emoji, time = excluded.time WHERE excluded.time >= reaction.time",
      {id, target, person, emoji.join(between_emoji), time});
  for (const bool is_outgoing : {false, true}) {
    if (const auto message = messages_.find_by_wire_id(id, target, is_outgoing)) announce_change(*message);
  }
}

QStringList LocalHistory::reactions(const QString& chat, const QString& target, const QString& person) {
  auto rows = database_->run("SELECT emoji FROM reaction WHERE chat = ? AND target = ? AND person = ?",
                             {chats_.find(chat).value_or(0), target, person});
  return rows.next() ? rows.text(0).split(between_emoji, Qt::SkipEmptyParts) : QStringList();
}

void LocalHistory::set_delivery(qint64 id, Delivery delivery, const QString& failure) {
  Batch batch(*this);
  constexpr auto failed = static_cast<int>(Delivery::failed), sent = static_cast<int>(Delivery::sent);
  const auto wanted = static_cast<int>(delivery);
  // Upwards only; but what failed may be sent again, and what was refused later had been sent.
  auto rows = database_->run(
      "UPDATE message SET delivery = ?, failure = ? WHERE id = ? AND is_outgoing = 1 AND "
      "(CASE WHEN ? = ? THEN delivery <= ? ELSE delivery < ? OR delivery = ? END)",
      {wanted, failure, id, wanted, failed, sent, wanted, failed});
  if (rows.changed() > 0) announce_change(id);
}

void LocalHistory::set_file(qint64 id, const FileInfo& file) {
  Batch batch(*this);
  messages_.set_file(id, file);
  announce_change(id);
}

bool LocalHistory::note_peer_read(const QString& chat, qint64 up_to) {
  const auto id = chats_.id_of(chat);
  const auto before = chats_.peer_read(id);
  if (up_to <= before) return false;
  chats_.set_peer_read(id, up_to);
  QList<qint64> messages;
  {
    auto rows = database_->run(
        "SELECT id FROM message WHERE chat = ? AND id > ? AND id <= ? AND is_outgoing = 1 AND delivery IN (1, 2, 3)",
        {id, before, up_to});
    while (rows.next()) messages.append(rows.number(0));
  }
  for (const auto message : messages) set_delivery(message, Delivery::read);
  return !messages.isEmpty();
}

bool LocalHistory::mark_read(const QString& chat, qint64 up_to) {
  const auto id = chats_.find(chat);
  if (!id) return false;
  Batch batch(*this);
  auto rows =
      database_->run("UPDATE message SET is_unread = 0 WHERE chat = ? AND is_unread = 1 AND id <= ?", {*id, up_to});
  const auto count = rows.changed();
  chats_.add_unread(*id, -count);
  auto last = database_->run("SELECT max(id) FROM message WHERE chat = ? AND id <= ?", {*id, up_to});
  if (last.next()) chats_.set_read_up_to(*id, last.number(0));
  if (count > 0) announce_conversation(chat);
  return count > 0;
}

bool LocalHistory::mark_unread(qint64 id) {
  Batch batch(*this);
  const auto message = messages_.find(id);
  if (!message || message->is_outgoing) return false;
  const auto chat = chats_.id_of(message->chat);
  if (id <= chats_.read_up_to(chat)) return false;
  if (database_->run("UPDATE message SET is_unread = 1 WHERE id = ? AND is_unread = 0", {id}).changed() < 1)
    return false;
  chats_.add_unread(chat, 1);
  announce_conversation(message->chat);
  return true;
}

std::optional<Message> LocalHistory::newest_incoming(const QString& chat) {
  const auto id = chats_.find(chat);
  if (!id) return std::nullopt;
  auto rows = database_->run(
      "SELECT id FROM message WHERE chat = ? AND is_outgoing = 0 AND wire_id <> '' ORDER BY id DESC LIMIT 1", {*id});
  return rows.next() ? find(rows.number(0)) : std::nullopt;
}

bool LocalHistory::is_markable(qint64 id) {
  auto rows = database_->run("SELECT is_markable FROM message WHERE id = ?", {id});
  return rows.next() && rows.flag(0);
}

bool LocalHistory::is_unread(qint64 id) {
  auto rows = database_->run("SELECT is_unread FROM message WHERE id = ?", {id});
  return rows.next() && rows.flag(0);
}

std::optional<qint64> LocalHistory::oldest(const QString& chat) {
  auto rows =
      database_->run("SELECT id FROM message WHERE chat = ? ORDER BY id LIMIT 1", {chats_.find(chat).value_or(0)});
  return rows.next() ? std::optional(rows.number(0)) : std::nullopt;
}

QString LocalHistory::oldest_archive_id(const QString& chat) {
  auto rows =
      database_->run("SELECT archive_id FROM message WHERE chat = ? AND archive_id IS NOT NULL ORDER BY id LIMIT 1",
                     {chats_.find(chat).value_or(0)});
  return rows.next() ? rows.text(0) : QString();
}

qint64 LocalHistory::next_time(const QString& chat) {
  const auto id = chats_.find(chat);
  auto rows = database_->run("SELECT max(id) FROM message WHERE chat = ?", {id.value_or(0)});
  return std::max(now() + clock_ahead_, rows.next() ? rows.number(0) + 1 : 0);
}

}  // namespace queqiao::client
