#include "client/core/history/schema.h"

namespace queqiao::client {
namespace {

// Chats, and single values of the account.
QStringList chat_tables() {
  return {
      QStringLiteral(R"(CREATE TABLE property(
        name TEXT PRIMARY KEY,
        value TEXT NOT NULL
      ) STRICT, WITHOUT ROWID)"),

      QStringLiteral(R"(CREATE TABLE chat(
        id INTEGER PRIMARY KEY,
        jid TEXT NOT NULL UNIQUE,
        is_listed INTEGER NOT NULL DEFAULT 0,   -- among the recent ones
        is_pinned INTEGER NOT NULL DEFAULT 0,
        is_muted INTEGER NOT NULL DEFAULT 0,
        draft TEXT NOT NULL DEFAULT '',
        drafted INTEGER NOT NULL DEFAULT 0,     -- when, in microseconds
        unread INTEGER NOT NULL DEFAULT 0,      -- count of messages with is_unread
        read_up_to INTEGER NOT NULL DEFAULT 0,  -- message: displayed, here or on another device of ours
        peer_read INTEGER NOT NULL DEFAULT 0,   -- message: displayed by the other side
        older_page TEXT NOT NULL DEFAULT '',    -- archive id in front of which older messages go on
        is_whole INTEGER NOT NULL DEFAULT 0     -- the archive has nothing older
      ) STRICT)"),
  };
}

// A message's id is its time in microseconds, moved on until it is free: the order of ids is the order of
// display, in the table, in the index of a chat and in the full-text index alike.
QStringList message_table() {
  return {
      QStringLiteral(R"(CREATE TABLE message(
        id INTEGER PRIMARY KEY,
        chat INTEGER NOT NULL REFERENCES chat(id),
        sender TEXT NOT NULL,
        is_outgoing INTEGER NOT NULL,
        kind INTEGER NOT NULL,
        text TEXT NOT NULL,
        wire_id TEXT NOT NULL,
        archive_id TEXT,                        -- NULL: not known
        delivery INTEGER NOT NULL,
        failure TEXT NOT NULL DEFAULT '',
        edited INTEGER NOT NULL DEFAULT 0,      -- when it was corrected last, in microseconds; 0: never
        is_unread INTEGER NOT NULL DEFAULT 0,
        is_markable INTEGER NOT NULL DEFAULT 0, -- XEP-0333
        quote_id TEXT NOT NULL DEFAULT '',
        quote_author TEXT NOT NULL DEFAULT '',
        quote_text TEXT NOT NULL DEFAULT '',
        game BLOB NOT NULL DEFAULT x''
      ) STRICT)"),
      QStringLiteral("CREATE INDEX message_by_chat ON message(chat)"),
      QStringLiteral("CREATE INDEX message_by_wire_id ON message(wire_id) WHERE wire_id <> ''"),
      QStringLiteral("CREATE UNIQUE INDEX message_by_archive_id ON message(archive_id) WHERE archive_id IS NOT NULL"),
      QStringLiteral("CREATE INDEX message_of_game ON message(chat) WHERE game <> x''"),
      QStringLiteral("CREATE INDEX message_unread ON message(chat) WHERE is_unread = 1"),
  };
}

// What a message has besides its row.
QStringList tables_beside_messages() {
  return {
      // Terms of base/search_terms.h. No copy of the text: deleting an entry names its terms again.
      QStringLiteral("CREATE VIRTUAL TABLE search USING fts5(terms, tags, content='', tokenize='ascii')"),

      QStringLiteral(R"(CREATE TABLE file(
        message INTEGER PRIMARY KEY,
        name TEXT NOT NULL,
        size INTEGER NOT NULL,
        media_type TEXT NOT NULL,
        url TEXT NOT NULL,
        local_path TEXT NOT NULL,
        sha256 BLOB NOT NULL,
        width INTEGER NOT NULL,
        height INTEGER NOT NULL,
        thumbnail BLOB NOT NULL
      ) STRICT)"),

      // By the id that they name, since a reaction may be known before its message.
      QStringLiteral(R"(CREATE TABLE reaction(
        chat INTEGER NOT NULL,
        target TEXT NOT NULL,                   -- wire id
        person TEXT NOT NULL,
        emoji TEXT NOT NULL,                    -- separated by U+001F; '' when all were taken back
        time INTEGER NOT NULL,
        PRIMARY KEY(chat, target, person)
      ) STRICT, WITHOUT ROWID)"),
  };
}

// What the archive has and has not brought.
QStringList archive_tables() {
  return {
      // What changes a message that is not here yet: the archive is read from its newest page backwards.
      QStringLiteral(R"(CREATE TABLE amendment(
        id INTEGER PRIMARY KEY,
        chat INTEGER NOT NULL,
        target TEXT NOT NULL,                   -- wire id
        is_own INTEGER NOT NULL,
        kind INTEGER NOT NULL,
        text TEXT NOT NULL,
        time INTEGER NOT NULL
      ) STRICT)"),
      QStringLiteral("CREATE INDEX amendment_by_target ON amendment(chat, target)"),

      // Messages that the user removed here, so that the archive does not bring them back.
      QStringLiteral(R"(CREATE TABLE removed(
        chat INTEGER NOT NULL,
        sender TEXT NOT NULL,
        wire_id TEXT NOT NULL,
        archive_id TEXT NOT NULL
      ) STRICT)"),
      QStringLiteral("CREATE INDEX removed_by_wire_id ON removed(wire_id)"),
      QStringLiteral("CREATE INDEX removed_by_archive_id ON removed(archive_id) WHERE archive_id <> ''"),

      // Stretches of the archive, between two of its ids, that are not here and will be fetched.
      QStringLiteral(R"(CREATE TABLE archive_gap(
        id INTEGER PRIMARY KEY,
        older TEXT NOT NULL,
        older_time INTEGER NOT NULL,
        newer TEXT NOT NULL,
        newer_time INTEGER NOT NULL
      ) STRICT)"),
  };
}

// What goes on after a restart.
QStringList sending_tables() {
  return {
      // Stanzas that the server has not acknowledged, in the order in which they go out.
      QStringLiteral(R"(CREATE TABLE outbox(
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        purpose INTEGER NOT NULL,
        message INTEGER NOT NULL,               -- that it is or changes; 0: none
        chat TEXT NOT NULL,
        wire_id TEXT NOT NULL UNIQUE,
        stanza TEXT NOT NULL,
        undo TEXT NOT NULL                      -- what stands again when it is refused
      ) STRICT)"),

      QStringLiteral(R"(CREATE TABLE transfer(
        message INTEGER PRIMARY KEY,
        is_upload INTEGER NOT NULL,
        state INTEGER NOT NULL,
        path TEXT NOT NULL,                     -- that is read or written
        slot TEXT NOT NULL DEFAULT '',          -- XEP-0363, of an upload that has begun
        failure TEXT NOT NULL DEFAULT ''
      ) STRICT)"),
  };
}

QStringList first_version() {
  return chat_tables() + message_table() + tables_beside_messages() + archive_tables() + sending_tables();
}

// The file that an upload has begun with: a slot of before has none, and is not used any more.
QStringList file_of_an_upload() {
  return {
      QStringLiteral("ALTER TABLE transfer ADD COLUMN file_size INTEGER NOT NULL DEFAULT -1"),
      QStringLiteral("ALTER TABLE transfer ADD COLUMN file_changed INTEGER NOT NULL DEFAULT 0"),  // milliseconds
      QStringLiteral("ALTER TABLE transfer ADD COLUMN file_sha256 BLOB NOT NULL DEFAULT x''"),    // empty: not known
  };
}

}  // namespace

const QList<QStringList>& history_migrations() {
  static const QList<QStringList> migrations{first_version(), file_of_an_upload()};
  return migrations;
}

}  // namespace queqiao::client
