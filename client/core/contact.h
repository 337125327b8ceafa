#pragma once

#include <QDateTime>
#include <QString>
#include <QStringList>

#include "client/core/status.h"

namespace queqiao::client {

// Somebody in the roster (RFC 6121 2), with what they show of themselves now.
struct Contact {
  QString jid;              // bare
  QString remark;           // the name that the user gave them; may be empty
  QString nickname;         // the name that they gave themselves (XEP-0172); may be empty
  QStringList groups;       // empty: in the group without a name, shown as "Friends"
  bool is_friend = false;   // both see each other's status
  bool is_pending = false;  // asked and not answered yet
  bool is_blocked = false;  // XEP-0191
  Status status = Status::offline;
  QString signature;    // the line of text with their status
  QString device;       // name of the program of the resource that messages go to; empty when not known
  QDateTime last_seen;  // invalid: not known

  // Remark, nickname, or what stands before the @.
  QString display_name() const;
};

// Somebody wants to be the user's friend (RFC 6121 3.1).
struct FriendRequest {
  QString jid;
  QString nickname;  // XEP-0172; may be empty
  QString greeting;
  QDateTime received;
};

}  // namespace queqiao::client
