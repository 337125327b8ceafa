#pragma once

#include <QAbstractListModel>
#include <QStringList>

#include "client/core/account.h"
#include "client/models/contact_roles.h"

namespace queqiao::client {

// Friends whose remark, nickname, number or address has what was typed, or the first letters of their pinyin. Best
// first: beginnings before middles, friends who are online before others. Roles as in ContactTree.
class ContactSearch final : public QAbstractListModel {
  Q_OBJECT

 public:
  ContactSearch(Roster& roster, Profiles& profiles, QObject* parent = nullptr);

  void set_text(const QString& text);
  int rowCount(const QModelIndex& parent = {}) const override;
  QVariant data(const QModelIndex& index, int role) const override;

 private:
  void search();

  Roster& roster_;
  Profiles& profiles_;
  QString text_;
  QStringList found_;
};

}  // namespace queqiao::client
