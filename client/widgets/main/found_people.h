#pragma once

#include <QAbstractListModel>
#include <QList>

#include "client/core/account.h"
#include "client/core/people_search.h"

namespace queqiao::client {

// The results of a search for people, for ContactDelegate; roles are in contact_roles.h.
class FoundPeople final : public QAbstractListModel {
  Q_OBJECT

 public:
  explicit FoundPeople(Profiles& profiles, QObject* parent = nullptr);
  void set(const QList<FoundPerson>& people);
  void append(const QList<FoundPerson>& people);
  const FoundPerson* at(const QModelIndex& index) const;  // null: no such row

  int rowCount(const QModelIndex& parent = {}) const override;
  QVariant data(const QModelIndex& index, int role) const override;

 private:
  Profiles& profiles_;
  QList<FoundPerson> people_;
};

QString gender_name(Gender gender);

}  // namespace queqiao::client
