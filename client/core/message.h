#pragma once

#include <QDateTime>
#include <QList>
#include <QSize>
#include <QString>
#include <QStringList>
#include <optional>

namespace queqiao::client {

// How far an outgoing message has come. `sent`: the server has it, durably; `delivered`: a device of the recipient has
// it (XEP-0184); `read`: it was on their screen (XEP-0333).
enum class Delivery : quint8 { none, sending, sent, delivered, read, failed };

enum class MessageKind : quint8 {
  text,
  file,      // a file or a picture, see `file`
  notice,    // a grey line in the middle: shaken, now friends, game over
  recalled,  // was here; `text` keeps one's own words for editing them again, and is empty for other people's
  game       // one step of a small game: `game` has its payload, `text` what other clients show
};

// What a message answers (XEP-0461).
struct Quote {
  QString id;      // Message::wire_id of the quoted one
  QString author;  // bare JID
  QString text;    // its beginning
};

// XEP-0446 metadata, and where the bytes are.
struct FileInfo {
  QString name;
  qint64 size = -1;      // bytes; -1: not known
  QString media_type;    // as the sender says; never trusted for opening
  QString url;           // where it was uploaded (XEP-0363); empty while it is not
  QString local_path;    // where it lies on this machine; empty: not fetched
  QByteArray sha256;     // empty: not known
  QSize picture_size;    // valid: it is a picture that can be shown
  QByteArray thumbnail;  // a small PNG or JPEG (XEP-0264); may be empty
  bool is_picture() const { return picture_size.isValid(); }
};

struct Reaction {
  QString emoji;
  QStringList people;  // bare JIDs
};

// One line of a conversation, as the local history has it.
struct Message {
  qint64 id = 0;   // of the local history; 0: not stored yet
  QString chat;    // bare JID of the other side
  QString sender;  // bare JID
  bool is_outgoing = false;
  MessageKind kind = MessageKind::text;
  QDateTime time;
  QString text;
  QString wire_id;     // the id that corrections, receipts, reactions and recalls name
  QString archive_id;  // stanza-id of the user's own archive (XEP-0359); empty: not known
  Delivery delivery = Delivery::none;
  QString failure;  // why it failed, in words for people
  bool is_edited = false;
  std::optional<Quote> quote;
  std::optional<FileInfo> file;
  QList<Reaction> reactions;
  QByteArray game;  // the payload's XML
};

}  // namespace queqiao::client
