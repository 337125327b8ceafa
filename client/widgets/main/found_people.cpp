#include "client/widgets/main/found_people.h"

#include <QImage>

#include "client/core/profiles.h"
#include "client/core/status.h"
#include "client/models/contact_roles.h"

namespace queqiao::client {

namespace {

QString described(const FoundPerson& person) {
  QStringList parts{person.jid};
  if (!person.full_name.isEmpty()) parts << person.full_name;
  if (person.gender != Gender::unknown) parts << gender_name(person.gender);
  if (person.age > 0) parts << FoundPeople::tr("age %1").arg(person.age);
  if (!person.city.isEmpty()) parts << person.city;
  return parts.join(QStringLiteral(" · "));
}

}  // namespace

FoundPeople::FoundPeople(Profiles& profiles, QObject* parent) : QAbstractListModel(parent), profiles_(profiles) {
  connect(&profiles, &Profiles::avatar_changed, this, [this] {
    if (!people_.isEmpty()) emit dataChanged(index(0), index(int(people_.size()) - 1), {avatar_role});
  });
}

void FoundPeople::set(const QList<FoundPerson>& people) {
  beginResetModel();
  people_ = people;
  endResetModel();
}

void FoundPeople::append(const QList<FoundPerson>& people) {
  if (people.isEmpty()) return;
  beginInsertRows({}, int(people_.size()), int(people_.size() + people.size()) - 1);
  people_ += people;
  endInsertRows();
}

const FoundPerson* FoundPeople::at(const QModelIndex& index) const {
  return index.isValid() && index.row() < people_.size() ? &people_[index.row()] : nullptr;
}

int FoundPeople::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : int(people_.size());
}

QVariant FoundPeople::data(const QModelIndex& index, int role) const {
  const FoundPerson* person = at(index);
  if (!person) return {};
  const QString name = person->nickname.isEmpty() ? person->jid.section('@', 0, 0) : person->nickname;
  switch (role) {
    case Qt::DisplayRole:
      return name;
    case Qt::AccessibleTextRole:
      return name + ", " + described(*person);
    case is_group_role:
      return false;
    case jid_role:
      return person->jid;
    case signature_role:
      return described(*person);
    case status_role:
      return int(person->is_online ? Status::online : Status::offline);
    case avatar_role:
      return profiles_.avatar(person->jid);
    default:
      return {};
  }
}

QString gender_name(Gender gender) {
  switch (gender) {
    case Gender::unknown:
      return FoundPeople::tr("Not told");
    case Gender::male:
      return FoundPeople::tr("Male");
    case Gender::female:
      return FoundPeople::tr("Female");
    case Gender::other:
      return FoundPeople::tr("Other");
  }
  return {};
}

}  // namespace queqiao::client
