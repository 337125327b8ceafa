#pragma once

#include <QObject>
#include <QString>
#include <QStringList>
#include <functional>

#include "xml/element.h"

namespace queqiao::client {

class Session;

// Whom the account does not want to hear (XEP-0191).
class BlockList : public QObject {
  Q_OBJECT

 public:
  using Done = std::function<void(const QString& error)>;  // empty: all went well

  explicit BlockList(Session& session, QObject* parent = nullptr);

  const QStringList& all() const { return blocked_; }  // bare JIDs, sorted
  bool contains(const QString& jid) const { return blocked_.contains(jid); }
  void set_blocked(const QString& jid, bool is_blocked, Done done);

 signals:
  void changed(const QStringList& jids);  // whose state is another now

 private:
  void load();
  bool take_push(const xml::Element& iq);
  void replace(QStringList blocked);

  Session& session_;
  QStringList blocked_;
};

}  // namespace queqiao::client
