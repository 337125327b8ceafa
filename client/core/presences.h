#pragma once

#include <QMap>
#include <QObject>
#include <QString>
#include <QTimer>
#include <optional>
#include <string_view>
#include <vector>

#include "client/core/capability_cache.h"
#include "client/core/status.h"
#include "xml/element.h"
#include "xmpp/jid.h"
#include "xmpp/xep/disco.h"

namespace queqiao::client {

class Session;

// One connected device of somebody (RFC 6121 4.7).
struct Resource {
  xmpp::Jid jid;  // full
  Status status = Status::online;
  int priority = 0;
  QString signature;
  std::optional<xmpp::Capabilities> capabilities;  // XEP-0115
};

// Nothing when `presence` is not of somebody who is there.
std::optional<Resource> read_resource(const xml::Element& presence);

// Who is online with what, as the servers tell us. Empties itself when the session ends.
class Presences : public QObject {
  Q_OBJECT

 public:
  explicit Presences(Session& session, QObject* parent = nullptr);

  // The one that messages go to first: by priority, then who is there before who is busy or away.
  const std::vector<Resource>& resources(const QString& bare_jid) const;
  const Resource* best(const QString& bare_jid) const;  // null: offline
  // Whether that device has announced `feature` (XEP-0115, XEP-0030). Nothing: it has not answered yet, and was asked.
  std::optional<bool> has_feature(const xmpp::Jid& full_jid, std::string_view feature);
  // The name of its program; empty while it is not known.
  QString program(const Resource& resource);

 signals:
  void changed(const QString& bare_jid);
  void came_online(const QString& bare_jid);  // not for those who were there when we came
  void reset();

 private:
  bool take(const xml::Element& presence);
  void put(Resource resource);
  void remove(const xmpp::Jid& full_jid);
  void clear();

  Session& session_;
  CapabilityCache capabilities_;
  QMap<QString, std::vector<Resource>> people_;  // by bare JID
  QTimer settling_;                              // while it runs, we hear who was there already
};

}  // namespace queqiao::client
