#pragma once

#include <QObject>
#include <QString>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/crypto.h"
#include "client/core/account.h"
#include "client/core/stream_link.h"
#include "xml/element.h"
#include "xmpp/jid.h"
#include "xmpp/stream/client_events.h"
#include "xmpp/stream/iq_requests.h"
#include "xmpp/xep/disco.h"

namespace queqiao::client {

// An account's conversation with its server, as the parts of core use it: what is said goes through here, and what is
// heard comes to those who asked for it. Outlives its connections. Every element that is handed out is a copy that is
// valid for the call, so a handler may do anything, even open a dialog. On the GUI's thread.
//
// The parts that live on a Session register their handlers in their constructors and stay as long as it does.
class Session : public QObject {
  Q_OBJECT

 public:
  using Answered = std::function<void(const xmpp::IqAnswer& answer)>;
  using Handler = std::function<bool(const xml::Element& stanza)>;  // true: it was for this one, nobody else is asked
  using EventHandler = std::function<void(const xmpp::Jid& from, const xml::Element& items)>;

  explicit Session(LinkSettings settings, QObject* parent = nullptr);

  const xmpp::Jid& account() const { return account_; }  // bare
  const xmpp::Jid& jid() const { return link_.jid(); }   // full while online
  bool is_online() const { return link_.is_online(); }
  std::string make_id() { return random_id(); }  // unpredictable

  // `message` is one whole <message/> of jabber:client, with an id and, for the sake of repetitions, an origin-id
  // (XEP-0359). It may be given while offline, and goes out again after a lost connection until the server has
  // acknowledged it (XEP-0198). The answer is its number for acknowledged(). With a server without XEP-0198 there is no
  // acknowledged(): see has_acknowledgements().
  std::uint64_t send_message(std::string message);
  bool has_acknowledgements() const { return link_.has_acknowledgements(); }
  void send_presence(std::string_view presence);  // only while online
  // Asks `to`, or the own account when it is empty. While offline `then` hears later that the request is lost; when the
  // session is destroyed it hears nothing, since the parts of an account are gone before it.
  void request(xmpp::IqType type, const xmpp::Jid& to, std::string_view payload, Answered then);
  void reply(std::string_view iq);  // the answer to an IQ request; only while online

  // Handlers are asked in the order of their registration. Errors (type='error') come to on_message, too.
  void on_message(Handler handler);
  void on_presence(Handler handler);
  // IQ requests whose payload is in `ns`. The handler answers with reply(). What nobody takes gets service-unavailable.
  void on_iq(std::string_view ns, Handler handler);
  // <items node=…/> of PEP events (XEP-0163), from friends and from the own account. `from` is a bare JID. Whoever
  // keeps private things in a node checks that `from` is account() (CVE-2023-28686). advertises `node`+notify as well.
  void on_event(std::string_view node, EventHandler handler);

  // What this client says it can do (XEP-0030). A change while online goes out with the next presence, at once.
  void advertise(std::string_view feature, bool is_on = true);
  const xmpp::DiscoInfo& own_info() const { return own_info_; }

  // What the server and the account can do, asked once a session; empty before features_known().
  bool knows_features() const { return features_.is_known; }
  bool server_has(std::string_view feature) const { return server_info_.has_feature(feature); }
  bool account_has(std::string_view feature) const { return account_info_.has_feature(feature); }
  bool has_personal_events() const;  // PEP, XEP-0163
  // The server or the first of its services that has `feature`, and what it says of itself; null without one. Services
  // answer when they like, a dead one never: null means that there is none only when knows_services().
  struct Service {
    xmpp::Jid jid;
    xmpp::DiscoInfo info;
  };
  const Service* service_with(std::string_view feature) const;
  bool knows_services() const { return services_inquiry_.is_known; }

  // Of the server's certificate, when the user has accepted one that no authority vouches for; else empty.
  QString accepted_fingerprint() const { return link_.accepted_fingerprint(); }

  // The connection itself, for Account.
  StreamLink& link() { return link_; }
  const StreamLink& link() const { return link_; }

 signals:
  void online(bool is_resumed);  // not resumed: presence, roster and services are asked for anew
  void offline();
  void features_known();    // after online(false)
  void services_changed();  // one more is known, or knows_services()
  void acknowledged(quint64 up_to);
  void own_info_changed();

 private:
  void deliver(const xml::Element& stanza);
  void deliver_iq(const xml::Element& iq);
  bool deliver_event(const xml::Element& message);
  // Something that is asked by several requests; those of an earlier round do not count.
  struct Inquiry {
    int round = 0, awaited = 0;
    bool is_known = false;

    void begin(int requests) { ++round, awaited = requests, is_known = false; }
  };

  void forget_features();
  void discover();
  void discover_features();
  void ask_info(const xmpp::Jid& whom, const Inquiry& inquiry,
                std::function<void(std::optional<xmpp::DiscoInfo>)> then);
  void discover_services();
  void ask_service(const xmpp::Jid& jid);
  void put_service(const xmpp::Jid& jid, xmpp::DiscoInfo info);
  void note_features();
  void note_services();

  xmpp::Jid account_;
  StreamLink link_;
  std::vector<Handler> message_handlers_, presence_handlers_;
  std::vector<std::pair<std::string, Handler>> iq_handlers_;
  std::vector<std::pair<std::string, EventHandler>> event_handlers_;
  xmpp::DiscoInfo own_info_, server_info_, account_info_;
  std::vector<Service> services_;
  Inquiry features_, services_inquiry_;
};

}  // namespace queqiao::client
