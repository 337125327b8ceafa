#pragma once

#include <QDateTime>
#include <QList>
#include <QString>
#include <functional>

#include "client/core/status.h"

namespace queqiao::client {

// An account that was used on this machine: a line in the log-in window's list.
struct RememberedAccount {
  QString jid;
  QString host;  // empty: found by DNS
  quint16 port = 0;
  bool remembers_password = false;
  bool logs_in_by_itself = false;
  Status status = Status::online;  // to start with
  QDateTime last_used;
  QString avatar_path;  // of the last known avatar; may be empty
  QString nickname;
};

// Kept in this machine's settings; passwords in the desktop's key ring (QtKeychain), or, where there is none and the
// user agrees, in a file that only they can read.
class RememberedAccounts {
 public:
  explicit RememberedAccounts(const QString& folder = {}) : folder_(folder) {}  // empty: the platform's

  QList<RememberedAccount> all() const;  // the last used first
  void put(const RememberedAccount& account);
  void remove(const QString& jid);  // and its password

  bool has_key_ring() const;
  void save_password(const QString& jid, const QString& password, std::function<void(const QString& error)> done);
  void load_password(const QString& jid, std::function<void(const QString& password)> done);  // empty: none

 private:
  QString folder_;
};

}  // namespace queqiao::client
