#pragma once

#include <QMap>
#include <QObject>
#include <QString>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "client/core/status.h"
#include "xml/element.h"
#include "xmpp/jid.h"

namespace queqiao::client {

class CapabilityCache;
class Session;

// One connected device of somebody (RFC 6121 4.7).
struct Resource {
  xmpp::Jid jid;  // full
  Status status = Status::online;
  int priority = 0;
  QString signature;
  std::string capabilities;  // XEP-0115 node#ver; empty: none announced
};

// Who is online with what, as their servers tell us. Empties itself when the session ends.
class Presences : public QObject {
  Q_OBJECT

 public:
  explicit Presences(Session& session, QObject* parent = nullptr);
  ~Presences() override;

  // The best first: available before away before busy, then by priority.
  std::vector<Resource> resources(const QString& bare_jid) const;
  std::optional<Resource> best(const QString& bare_jid) const;
  // Whether that device has announced `feature` (XEP-0115, XEP-0030). Nothing: it has not answered yet, and was asked
  // now.
  std::optional<bool> has_feature(const xmpp::Jid& full_jid, std::string_view feature);
  QString program(const Resource& resource) const;  // its name; empty when not known

 signals:
  void changed(const QString& bare_jid);
  void came_online(const QString& bare_jid);
  void reset();

 private:
  bool take(const xml::Element& presence);

  Session& session_;
  std::unique_ptr<CapabilityCache> capabilities_;
  QMap<QString, std::vector<Resource>> people_;  // by bare JID
};

}  // namespace queqiao::client
