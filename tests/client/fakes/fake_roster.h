#pragma once

#include "client/core/roster.h"

namespace queqiao::client::test {

// A roster that takes every change at once. What tests set up goes through put().
class FakeRoster : public Roster {
 public:
  void put(const Contact& contact);
  void ask(const FriendRequest& request);

  QList<Contact> contacts() const override { return contacts_; }
  const Contact* find(const QString& jid) const override;
  QStringList groups() const override { return groups_; }
  QList<FriendRequest> requests() const override { return requests_; }
  void add(const QString& jid, const QString& remark, const QString& group, const QString& greeting,
           Done done) override;
  void accept(const QString& jid, const QString& remark, const QString& group) override;
  void refuse(const QString& jid) override;
  void remove(const QString& jid, Done done) override;
  void set_remark(const QString& jid, const QString& remark, Done done) override;
  void set_groups(const QString& jid, const QStringList& groups, Done done) override;
  void set_blocked(const QString& jid, bool is_blocked, Done done) override;
  QStringList blocked() const override;
  void add_group(const QString& name) override;
  void rename_group(const QString& name, const QString& new_name, Done done) override;
  void remove_group(const QString& name, Done done) override;
  void move_group(const QString& name, int place) override;

 private:
  Contact* own(const QString& jid);
  void drop_request(const QString& jid);

  QList<Contact> contacts_;
  QStringList groups_;
  QList<FriendRequest> requests_;
};

}  // namespace queqiao::client::test
