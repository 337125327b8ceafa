#pragma once

#include <QSet>
#include <deque>
#include <functional>
#include <memory>

#include "client/core/history.h"
#include "client/core/history/amendments.h"
#include "client/core/history/archive_position.h"
#include "client/core/history/chat_table.h"
#include "client/core/history/database.h"
#include "client/core/history/message_table.h"
#include "client/core/history/outbox.h"
#include "client/core/history/search_index.h"

namespace queqiao::client {

// The history in its SQLite file, with what the parts of core that fill it need. Changes within a Batch are one
// transaction; signals come after it, in the order of the changes, so that what they tell is durable.
class LocalHistory final : public History {
  Q_OBJECT

 public:
  explicit LocalHistory(std::unique_ptr<Database> database);

  QList<Message> newest(const QString& chat, int limit) override;
  QList<Message> before(const QString& chat, qint64 anchor, int limit) override;
  QList<Message> after(const QString& chat, qint64 anchor, int limit) override;
  QList<Message> around(const QString& chat, qint64 anchor, int limit) override;
  std::optional<Message> find(qint64 id) override;
  std::optional<qint64> first_unread(const QString& chat) override;
  std::optional<qint64> first_of_day(const QString& chat, QDate day) override;
  QList<QDate> days_with_messages(const QString& chat, int year, int month) override;
  QList<Message> games(const QString& chat) override;
  QList<Message> search(const HistoryQuery& query) override;
  QList<Conversation> conversations() override;
  std::optional<Conversation> conversation(const QString& chat) override;
  void set_pinned(const QString& chat, bool is_pinned) override;
  void set_muted(const QString& chat, bool is_muted) override;
  void set_draft(const QString& chat, const QString& text) override;
  void remove_conversation(const QString& chat) override;
  void remove(const QList<qint64>& ids) override;

  // One transaction, ended by the outermost Batch. When that fails (disk full), nothing of it has happened, no signal
  // is given but write_failed(), and commit() tells so.
  class Batch {
   public:
    explicit Batch(LocalHistory& history, Durability durability = Durability::process);
    ~Batch() { commit(); }
    Batch(const Batch&) = delete;
    Batch& operator=(const Batch&) = delete;
    bool commit();

   private:
    LocalHistory* history_;
  };
  // Runs `then` when the present batch is durable, in line with the signals.
  void after_commit(std::function<void()> then);

  // The same message, known from another way; it learns the archive's id from `message`.
  std::optional<qint64> find_copy(const Message& message, const MessageTraits& traits);
  bool was_removed(const Message& message);  // by the user, on this machine
  // The id. `is_announced` is off for pages of older messages, see announce_older().
  qint64 add(Message message, MessageTraits traits, bool is_announced = true);
  void announce_older(const QString& chat, int count);
  // Now, or as soon as the message is here. Whether it changed anything now.
  bool amend(const QString& chat, const Amendment& amendment);
  void restore(qint64 id, const QString& text, bool is_edited);  // after a correction or a recall that was refused
  void set_reactions(const QString& chat, const QString& target, const QString& person, const QStringList& emoji,
                     qint64 time);
  QStringList reactions(const QString& chat, const QString& target, const QString& person);
  void set_delivery(qint64 id, Delivery delivery, const QString& failure = {});  // never back from read to delivered
  void set_file(qint64 id, const FileInfo& file);
  bool mark_read(const QString& chat, qint64 up_to);  // whether anything was unread
  bool mark_unread(qint64 id);
  std::optional<Message> newest_incoming(const QString& chat);
  bool is_markable(qint64 id);
  bool is_unread(qint64 id);
  std::optional<qint64> oldest(const QString& chat);
  QString oldest_archive_id(const QString& chat);  // empty: none is known
  // Microseconds: now, but behind everything of the chat; by a clock that is `ahead` of this machine's.
  qint64 next_time(const QString& chat);
  qint64 free_place(qint64 id) { return messages_.free_id_before(id); }  // the last one that is free, up to `id`
  void set_clock_ahead(qint64 ahead) { clock_ahead_ = ahead; }
  std::optional<qint64> find_by_archive_id(const QString& archive_id) {
    return messages_.find_by_archive_id(archive_id);
  }
  std::optional<qint64> find_by_wire_id(const QString& chat, const QString& wire_id, bool is_outgoing);

  ChatTable& chats() { return chats_; }
  Outbox& outbox() { return outbox_; }
  ArchivePosition& archive() { return archive_; }
  Database& database() { return *database_; }

 signals:
  void write_failed();

 private:
  void begin(Durability durability);
  bool end();
  void emit_pending();
  void announce_change(qint64 id);
  void announce_conversation(const QString& chat) { changed_chats_.insert(chat); }
  bool apply(const QString& chat, qint64 id, const Amendment& amendment);
  bool correct(Message message, const Amendment& amendment);
  bool recall(Message message);
  bool has_reactions(qint64 chat, const QString& target);
  bool note_peer_read(const QString& chat, qint64 up_to);
  void replace_content(const Message& before, const Message& after, qint64 edited);

  std::unique_ptr<Database> database_;
  MessageTable messages_;
  ChatTable chats_;
  SearchIndex index_;
  Amendments amendments_;
  Outbox outbox_;
  ArchivePosition archive_;
  qint64 clock_ahead_ = 0;  // microseconds
  int depth_ = 0;           // of batches
  bool is_emitting_ = false;
  QSet<QString> changed_chats_;
  std::vector<std::function<void()>> announcements_;  // of the batch that is open
  std::deque<std::function<void()>> pending_;         // of batches that are durable
};

}  // namespace queqiao::client
