#pragma once

#include <QAbstractItemModel>
#include <QCollator>
#include <vector>

#include "client/core/account.h"
#include "client/core/contact.h"
#include "client/models/contact_roles.h"

namespace queqiao::client {

// Friend groups and the people in them: those who are online first, then by name as Chinese readers sort. A person in
// two groups has two rows. Rows move when somebody's status changes, so views keep selection and place. Roles are in
// contact_roles.h; a group's name can be edited, people dragged from group to group, groups dragged in their order.
class ContactTree final : public QAbstractItemModel {
  Q_OBJECT

 public:
  ContactTree(Roster& roster, Profiles& profiles, QObject* parent = nullptr);

  QModelIndex index(int row, int column, const QModelIndex& parent = {}) const override;
  QModelIndex parent(const QModelIndex& child) const override;
  int rowCount(const QModelIndex& parent = {}) const override;
  int columnCount(const QModelIndex&) const override { return 1; }
  QVariant data(const QModelIndex& index, int role) const override;
  bool setData(const QModelIndex& index, const QVariant& value, int role) override;
  Qt::ItemFlags flags(const QModelIndex& index) const override;
  QStringList mimeTypes() const override;
  QMimeData* mimeData(const QModelIndexList& indexes) const override;
  bool canDropMimeData(const QMimeData* mime, Qt::DropAction action, int row, int column,
                       const QModelIndex& parent) const override;
  bool dropMimeData(const QMimeData* mime, Qt::DropAction action, int row, int column,
                    const QModelIndex& parent) override;
  Qt::DropActions supportedDropActions() const override { return Qt::MoveAction; }

  QModelIndex find(const QString& jid) const;  // its first row; invalid: none
  bool is_empty() const;

 signals:
  void change_failed(const QString& why);  // of a rename or a drop

 private:
  struct Person {
    QString jid;
    bool is_online;
    QCollatorSortKey key;
  };
  struct Group {
    quintptr id;  // of its people's model indexes; never 0, which is the groups' own
    QString name;
    std::vector<Person> people;  // sorted
  };

  void reload();
  void update_person(const QString& jid);
  void remove_person(const QString& jid);
  void update_in_group(int group_row, const Contact& contact, bool is_wanted);
  void erase_from_group(int group_row, int row);
  void repaint_person(const QString& jid);
  Person person_of(const Contact& contact) const;
  bool is_in(const Contact& contact, const Group& group) const;
  int group_row(quintptr id) const;
  int row_of(const Group& group, const QString& jid) const;
  int online_count(const Group& group) const;
  QVariant group_data(const Group& group, int role) const;
  QVariant person_data(const Group& group, const Contact& contact, int role) const;
  void drop_person(const QString& jid, const QString& from, const QString& to);

  Roster& roster_;
  Profiles& profiles_;
  QCollator collator_;
  std::vector<Group> groups_;
  quintptr last_id_ = 0;
};

// For screen readers and tool tips: "online", "away", …
QString status_name(Status status);

// The group without a name, as people see it.
QString shown_group_name(const QString& name);

}  // namespace queqiao::client
