#include "tests/client/fakes/fake_roster.h"

#include <algorithm>

namespace queqiao::client::test {
namespace {

void tell(const Roster::Done& done) {
  if (done) done({});
}

}  // namespace

void FakeRoster::put(const Contact& contact) {
  for (const QString& group : contact.groups) {
    if (!groups_.contains(group)) groups_ << group;
  }
  Contact* known = own(contact.jid);
  const bool was_offline = !known || known->status == Status::offline;
  if (known) {
    *known = contact;
  } else {
    contacts_ << contact;
  }
  emit contact_changed(contact.jid);
  if (was_offline && contact.status != Status::offline) emit came_online(contact.jid);
}

void FakeRoster::ask(const FriendRequest& request) {
  requests_ << request;
  emit request_received(request);
  emit requests_changed();
}

Contact* FakeRoster::own(const QString& jid) {
  const auto found = std::find_if(contacts_.begin(), contacts_.end(), [&](const Contact& c) { return c.jid == jid; });
  return found == contacts_.end() ? nullptr : &*found;
}

const Contact* FakeRoster::find(const QString& jid) const {
  return const_cast<FakeRoster*>(this)->own(jid);
}

void FakeRoster::add(const QString& jid, const QString& remark, const QString& group, const QString&, Done done) {
  Contact contact;
  contact.jid = jid;
  contact.remark = remark;
  if (!group.isEmpty()) contact.groups = {group};
  contact.is_pending = true;
  put(contact);
  tell(done);
}

void FakeRoster::drop_request(const QString& jid) {
  requests_.removeIf([&jid](const FriendRequest& request) { return request.jid == jid; });
  emit requests_changed();
}

void FakeRoster::accept(const QString& jid, const QString& remark, const QString& group) {
  add(jid, remark, group, {}, {});
  own(jid)->is_pending = false;
  own(jid)->is_friend = true;
  emit contact_changed(jid);
  drop_request(jid);
}

void FakeRoster::refuse(const QString& jid) {
  drop_request(jid);
}

void FakeRoster::remove(const QString& jid, Done done) {
  contacts_.removeIf([&jid](const Contact& contact) { return contact.jid == jid; });
  emit contact_removed(jid);
  tell(done);
}

void FakeRoster::set_remark(const QString& jid, const QString& remark, Done done) {
  if (Contact* contact = own(jid)) contact->remark = remark;
  emit contact_changed(jid);
  tell(done);
}

void FakeRoster::set_groups(const QString& jid, const QStringList& groups, Done done) {
  if (Contact* contact = own(jid)) contact->groups = groups;
  for (const QString& group : groups) {
    if (!groups_.contains(group)) add_group(group);
  }
  emit contact_changed(jid);
  tell(done);
}

void FakeRoster::set_blocked(const QString& jid, bool is_blocked, Done done) {
  if (Contact* contact = own(jid)) contact->is_blocked = is_blocked;
  emit contact_changed(jid);
  tell(done);
}

QStringList FakeRoster::blocked() const {
  QStringList jids;
  for (const Contact& contact : contacts_) {
    if (contact.is_blocked) jids << contact.jid;
  }
  return jids;
}

void FakeRoster::add_group(const QString& name) {
  groups_ << name;
  emit groups_changed();
}

void FakeRoster::rename_group(const QString& name, const QString& new_name, Done done) {
  groups_.replaceInStrings(name, new_name);
  for (Contact& contact : contacts_) contact.groups.replaceInStrings(name, new_name);
  emit groups_changed();
  emit reset();
  tell(done);
}

void FakeRoster::remove_group(const QString& name, Done done) {
  groups_.removeAll(name);
  for (Contact& contact : contacts_) contact.groups.removeAll(name);
  emit groups_changed();
  emit reset();
  tell(done);
}

void FakeRoster::move_group(const QString& name, int place) {
  groups_.removeAll(name);
  groups_.insert(std::min<qsizetype>(place, groups_.size()), name);
  emit groups_changed();
}

}  // namespace queqiao::client::test
