#include "client/models/contact_tree.h"

#include <QCoreApplication>
#include <QImage>
#include <QMimeData>
#include <algorithm>

#include "client/core/profiles.h"
#include "client/core/roster.h"

namespace queqiao::client {

namespace {

constexpr auto person_type = "application/x-queqiao-person";  // jid, line feed, group
constexpr auto group_type = "application/x-queqiao-group";    // name

}  // namespace

ContactTree::ContactTree(Roster& roster, Profiles& profiles, QObject* parent)
    : QAbstractItemModel(parent), roster_(roster), profiles_(profiles), collator_(QLocale(QLocale::Chinese)) {
  collator_.setCaseSensitivity(Qt::CaseInsensitive);
  collator_.setNumericMode(true);
  connect(&roster, &Roster::reset, this, &ContactTree::reload);
  connect(&roster, &Roster::groups_changed, this, &ContactTree::reload);
  connect(&roster, &Roster::contact_changed, this, &ContactTree::update_person);
  connect(&roster, &Roster::contact_removed, this, &ContactTree::remove_person);
  connect(&profiles, &Profiles::avatar_changed, this, &ContactTree::repaint_person);
  reload();
}

QModelIndex ContactTree::index(int row, int column, const QModelIndex& parent) const {
  if (column != 0 || row < 0 || row >= rowCount(parent)) return {};
  return createIndex(row, 0, parent.isValid() ? groups_[parent.row()].id : 0);
}

QModelIndex ContactTree::parent(const QModelIndex& child) const {
  if (!child.isValid() || child.internalId() == 0) return {};
  const int row = group_row(child.internalId());
  return row < 0 ? QModelIndex() : createIndex(row, 0, quintptr(0));
}

int ContactTree::rowCount(const QModelIndex& parent) const {
  if (!parent.isValid()) return int(groups_.size());
  return parent.internalId() == 0 ? int(groups_[parent.row()].people.size()) : 0;
}

QVariant ContactTree::data(const QModelIndex& index, int role) const {
  if (!index.isValid()) return {};
  if (index.internalId() == 0) return group_data(groups_[index.row()], role);
  const auto& group = groups_[group_row(index.internalId())];
  const Contact* contact = roster_.find(group.people[index.row()].jid);
  return contact ? person_data(group, *contact, role) : QVariant();
}

QVariant ContactTree::group_data(const Group& group, int role) const {
  const int total = int(group.people.size());
  switch (role) {
    case Qt::DisplayRole:
      return shown_group_name(group.name);
    case Qt::EditRole:
    case group_name_role:
      return group.name;
    case Qt::AccessibleTextRole:
      return tr("%1, %2 of %3 online").arg(shown_group_name(group.name)).arg(online_count(group)).arg(total);
    case is_group_role:
      return true;
    case online_count_role:
      return online_count(group);
    case total_count_role:
      return total;
    default:
      return {};
  }
}

QVariant ContactTree::person_data(const Group& group, const Contact& contact, int role) const {
  switch (role) {
    case Qt::DisplayRole:
      return contact.display_name();
    case Qt::AccessibleTextRole:
      return QStringList{contact.display_name(), status_name(contact.status), contact.signature}.join(", ");
    case is_group_role:
      return false;
    case jid_role:
      return contact.jid;
    case account_name_role:
      return contact.remark.isEmpty() ? QString() : contact.nickname;
    case signature_role:
      return contact.signature;
    case status_role:
      return int(contact.status);
    case avatar_role:
      return profiles_.avatar(contact.jid);
    case is_pending_role:
      return contact.is_pending;
    case is_blocked_role:
      return contact.is_blocked;
    case group_name_role:
      return group.name;
    default:
      return {};
  }
}

bool ContactTree::setData(const QModelIndex& index, const QVariant& value, int role) {
  if (role != Qt::EditRole || !index.isValid() || index.internalId() != 0) return false;
  const QString name = groups_[index.row()].name, wanted = value.toString().trimmed();
  if (name.isEmpty() || wanted.isEmpty() || wanted == name) return false;
  roster_.rename_group(name, wanted, [this](const QString& error) {
    if (!error.isEmpty()) emit change_failed(error);
  });
  return true;
}

Qt::ItemFlags ContactTree::flags(const QModelIndex& index) const {
  if (!index.isValid()) return Qt::ItemIsDropEnabled;
  auto flags = Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsDropEnabled;
  if (index.internalId() != 0) return flags | Qt::ItemIsDragEnabled | Qt::ItemNeverHasChildren;
  if (!groups_[index.row()].name.isEmpty()) flags |= Qt::ItemIsDragEnabled | Qt::ItemIsEditable;
  return flags;
}

QStringList ContactTree::mimeTypes() const {
  return {person_type, group_type};
}

QMimeData* ContactTree::mimeData(const QModelIndexList& indexes) const {
  if (indexes.isEmpty()) return nullptr;
  const auto& index = indexes.front();
  auto* mime = new QMimeData;
  if (index.internalId() == 0) {
    mime->setData(group_type, groups_[index.row()].name.toUtf8());
  } else {
    const auto& group = groups_[group_row(index.internalId())];
    mime->setData(person_type, (group.people[index.row()].jid + '\n' + group.name).toUtf8());
  }
  return mime;
}

bool ContactTree::canDropMimeData(const QMimeData* mime, Qt::DropAction, int row, int,
                                  const QModelIndex& parent) const {
  if (mime->hasFormat(group_type)) return !parent.isValid() && row >= 0;
  return mime->hasFormat(person_type) && (parent.isValid() || row >= 0);
}

bool ContactTree::dropMimeData(const QMimeData* mime, Qt::DropAction action, int row, int column,
                               const QModelIndex& parent) {
  if (!canDropMimeData(mime, action, row, column, parent)) return false;
  if (mime->hasFormat(group_type)) {
    const QString name = QString::fromUtf8(mime->data(group_type));
    // The group without a name is shown first and is not among roster_.groups().
    const int unnamed = !groups_.empty() && groups_.front().name.isEmpty() ? 1 : 0;
    const int from = int(roster_.groups().indexOf(name));
    const int wanted = std::max(0, row - unnamed);
    roster_.move_group(name, wanted > from ? wanted - 1 : wanted);
    return false;  // the roster tells when it has moved; the view must not remove the row
  }
  const auto parts = QString::fromUtf8(mime->data(person_type)).split('\n');
  const int target = !parent.isValid()          ? std::clamp(row - 1, 0, int(groups_.size()) - 1)
                     : parent.internalId() == 0 ? parent.row()
                                                : group_row(parent.internalId());
  drop_person(parts.value(0), parts.value(1), groups_[target].name);
  return false;
}

void ContactTree::drop_person(const QString& jid, const QString& from, const QString& to) {
  const Contact* contact = roster_.find(jid);
  if (!contact || from == to) return;
  QStringList groups = contact->groups;
  groups.removeAll(from);
  if (!to.isEmpty() && !groups.contains(to)) groups << to;
  if (to.isEmpty()) groups.clear();
  roster_.set_groups(jid, groups, [this](const QString& error) {
    if (!error.isEmpty()) emit change_failed(error);
  });
}

QModelIndex ContactTree::find(const QString& jid) const {
  for (int row = 0; row < int(groups_.size()); ++row) {
    const int person = row_of(groups_[row], jid);
    if (person >= 0) return createIndex(person, 0, groups_[row].id);
  }
  return {};
}

bool ContactTree::is_empty() const {
  return std::all_of(groups_.begin(), groups_.end(), [](const Group& group) { return group.people.empty(); });
}

void ContactTree::reload() {
  beginResetModel();
  QStringList names = roster_.groups();
  names.removeAll(QString());
  names.prepend(QString());
  std::vector<Group> groups;
  for (const QString& name : names) {
    // A group keeps its id, so that views that remember open groups by index find them again.
    const auto known =
        std::find_if(groups_.begin(), groups_.end(), [&](const Group& group) { return group.name == name; });
    groups.push_back({known != groups_.end() ? known->id : ++last_id_, name, {}});
  }
  for (const Contact& contact : roster_.contacts()) {
    for (auto& group : groups) {
      if (is_in(contact, group)) group.people.push_back(person_of(contact));
    }
  }
  const auto is_before = [](const Person& left, const Person& right) {
    return left.is_online != right.is_online ? left.is_online : left.key < right.key;
  };
  for (auto& group : groups) std::sort(group.people.begin(), group.people.end(), is_before);
  groups_ = std::move(groups);
  endResetModel();
}

void ContactTree::update_person(const QString& jid) {
  const Contact* contact = roster_.find(jid);
  if (!contact) return remove_person(jid);
  for (const QString& name : contact->groups) {
    const auto is_named = [&](const Group& group) { return group.name == name; };
    if (std::none_of(groups_.begin(), groups_.end(), is_named)) return reload();
  }
  for (int row = 0; row < int(groups_.size()); ++row) update_in_group(row, *contact, is_in(*contact, groups_[row]));
}

void ContactTree::remove_person(const QString& jid) {
  for (int row = 0; row < int(groups_.size()); ++row) erase_from_group(row, row_of(groups_[row], jid));
}

// Takes the person out of a group, puts them into it, or moves them to where they belong now.
void ContactTree::update_in_group(int group_row, const Contact& contact, bool is_wanted) {
  auto& people = groups_[group_row].people;
  const int old_row = row_of(groups_[group_row], contact.jid);
  if (!is_wanted) return erase_from_group(group_row, old_row);
  const auto person = person_of(contact);
  int new_row = 0;  // among the others
  for (const auto& other : people) {
    const bool is_before = other.is_online != person.is_online ? other.is_online : other.key < person.key;
    if (other.jid != contact.jid && is_before) ++new_row;
  }
  const QModelIndex group = index(group_row, 0);
  if (old_row < 0) {
    beginInsertRows(group, new_row, new_row);
    people.insert(people.begin() + new_row, person);
    endInsertRows();
  } else if (old_row == new_row) {
    people[old_row] = person;
  } else {
    beginMoveRows(group, old_row, old_row, group, new_row > old_row ? new_row + 1 : new_row);
    people.erase(people.begin() + old_row);
    people.insert(people.begin() + new_row, person);
    endMoveRows();
  }
  const QModelIndex changed = index(new_row, 0, group);
  emit dataChanged(changed, changed);
  emit dataChanged(group, group);
}

void ContactTree::erase_from_group(int group_row, int row) {
  if (row < 0) return;
  const QModelIndex group = index(group_row, 0);
  beginRemoveRows(group, row, row);
  groups_[group_row].people.erase(groups_[group_row].people.begin() + row);
  endRemoveRows();
  emit dataChanged(group, group);
}

void ContactTree::repaint_person(const QString& jid) {
  for (int row = 0; row < int(groups_.size()); ++row) {
    const int person = row_of(groups_[row], jid);
    if (person < 0) continue;
    const QModelIndex changed = index(person, 0, index(row, 0));
    emit dataChanged(changed, changed, {avatar_role});
  }
}

ContactTree::Person ContactTree::person_of(const Contact& contact) const {
  return {contact.jid, contact.status != Status::offline, collator_.sortKey(contact.display_name())};
}

bool ContactTree::is_in(const Contact& contact, const Group& group) const {
  return group.name.isEmpty() ? contact.groups.isEmpty() : contact.groups.contains(group.name);
}

int ContactTree::group_row(quintptr id) const {
  const auto found = std::find_if(groups_.begin(), groups_.end(), [id](const Group& group) { return group.id == id; });
  return found == groups_.end() ? -1 : int(found - groups_.begin());
}

int ContactTree::row_of(const Group& group, const QString& jid) const {
  const auto is_they = [&](const Person& person) { return person.jid == jid; };
  const auto found = std::find_if(group.people.begin(), group.people.end(), is_they);
  return found == group.people.end() ? -1 : int(found - group.people.begin());
}

int ContactTree::online_count(const Group& group) const {
  return int(std::count_if(group.people.begin(), group.people.end(), [](const Person& one) { return one.is_online; }));
}

QString status_name(Status status) {
  switch (status) {
    case Status::offline:
      return QCoreApplication::translate("Status", "Offline");
    case Status::online:
      return QCoreApplication::translate("Status", "Online");
    case Status::away:
      return QCoreApplication::translate("Status", "Away");
    case Status::busy:
      return QCoreApplication::translate("Status", "Do not disturb");
    case Status::invisible:
      return QCoreApplication::translate("Status", "Invisible");
  }
  return {};
}

QString shown_group_name(const QString& name) {
  return name.isEmpty() ? QCoreApplication::translate("Groups", "My friends") : name;
}

}  // namespace queqiao::client
