#pragma once

#include <QList>
#include <QObject>
#include <QStringList>
#include <functional>

#include "client/core/contact.h"

namespace queqiao::client {

// The user's friends, and those who want to be (RFC 6121 2 and 3, XEP-0191). Changes go to the server; what is shown
// changes when the server has taken them. While offline it shows what was known last.
class Roster : public QObject {
  Q_OBJECT

 public:
  using QObject::QObject;
  using Done = std::function<void(const QString& error)>;  // empty: all went well

  virtual QList<Contact> contacts() const = 0;
  virtual const Contact* find(const QString& jid) const = 0;  // null: not in the roster; valid until the next change
  virtual QStringList groups() const = 0;                     // in the user's own order, empty ones included
  virtual QList<FriendRequest> requests() const = 0;

  virtual void add(const QString& jid, const QString& remark, const QString& group, const QString& greeting,
                   Done done) = 0;
  virtual void accept(const QString& jid, const QString& remark,
                      const QString& group) = 0;  // and asks the same of them
  virtual void refuse(const QString& jid) = 0;
  virtual void remove(const QString& jid, Done done) = 0;
  virtual void set_remark(const QString& jid, const QString& remark, Done done) = 0;
  virtual void set_groups(const QString& jid, const QStringList& groups, Done done) = 0;
  virtual void set_blocked(const QString& jid, bool is_blocked, Done done) = 0;
  virtual QStringList blocked() const = 0;

  virtual void add_group(const QString& name) = 0;
  virtual void rename_group(const QString& name, const QString& new_name, Done done) = 0;
  virtual void remove_group(const QString& name, Done done) = 0;  // its people go to the group without a name
  virtual void move_group(const QString& name, int place) = 0;

 signals:
  void reset();                              // everything may be different
  void contact_changed(const QString& jid);  // or is new
  void contact_removed(const QString& jid);
  void came_online(const QString& jid);
  void groups_changed();
  void requests_changed();
  void request_received(const queqiao::client::FriendRequest& request);
};

}  // namespace queqiao::client
