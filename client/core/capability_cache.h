#pragma once

#include <QMap>
#include <QObject>
#include <QSet>
#include <QString>
#include <optional>
#include <string_view>

#include "xmpp/jid.h"
#include "xmpp/xep/disco.h"

namespace queqiao::client {

class Session;

// What other people's programs say they can do (XEP-0030), asked once for everybody who announces the same version
// (XEP-0115). An answer that does not have the announced hash counts for its sender alone, or one stranger could speak
// for everybody's programs.
class CapabilityCache : public QObject {
  Q_OBJECT

 public:
  explicit CapabilityCache(Session& session, QObject* parent = nullptr);

  // Null while it is not known; then it is asked for, and known() follows if there is an answer.
  const xmpp::DiscoInfo* info(const xmpp::Jid& full_jid, const std::optional<xmpp::Capabilities>& announced);
  void forget(const xmpp::Jid& full_jid);
  void forget_all();  // that is not verified by a hash

 signals:
  void known(const QString& full_jid);

 private:
  void ask(const xmpp::Jid& full_jid, const std::optional<xmpp::Capabilities>& announced);
  void take(const xmpp::Jid& full_jid, const std::optional<xmpp::Capabilities>& announced, xmpp::DiscoInfo info);

  Session& session_;
  QMap<QString, xmpp::DiscoInfo> by_version_;  // verified
  QMap<QString, xmpp::DiscoInfo> by_jid_;      // the rest
  QSet<QString> asked_;                        // versions and JIDs: nobody is asked twice in a session
};

// Whether `info` has the hash that was announced (XEP-0115 5.4), so that it counts for all who announce the same.
bool is_genuine(const xmpp::DiscoInfo& info, const xmpp::Capabilities& announced);

}  // namespace queqiao::client
