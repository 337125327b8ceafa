#pragma once

#include <QList>
#include <QObject>
#include <QString>

#include "client/core/profiles.h"

namespace queqiao::client {

// XEP-0055 with a data form. Empty fields do not restrict.
struct PeopleQuery {
  QString number;  // exact number or user name
  QString nickname, full_name, city;
  Gender gender = Gender::unknown;
  int age_from = 0, age_to = 0;  // 0: no border
  bool online_only = false;
};

struct FoundPerson {
  QString jid, nickname, full_name, city;
  Gender gender = Gender::unknown;
  int age = 0;  // 0: not told
  bool is_online = false;
};

class PeopleSearch : public QObject {
  Q_OBJECT

 public:
  using QObject::QObject;
  virtual void search(const PeopleQuery& query) = 0;  // found() or failed() follows; a new search ends the one before
  virtual void more() = 0;                            // the next page

 signals:
  void found(const QList<queqiao::client::FoundPerson>& people, bool is_first_page, bool has_more);
  void failed(const QString& why);
};

}  // namespace queqiao::client
