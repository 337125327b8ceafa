#include "client/core/session.h"

#include <algorithm>
#include <utility>

#include "client/core/qt_text.h"
#include "xmpp/namespaces.h"
#include "xmpp/stanza.h"
#include "xmpp/xep/payload.h"

namespace queqiao::client {
namespace {

constexpr std::size_t most_services = 20;  // of a server that are looked at
constexpr std::string_view event_ns = "http://jabber.org/protocol/pubsub#event";

}  // namespace

Session::Session(LinkSettings settings, QObject* parent)
    : QObject(parent), account_(to_jid(settings.account.jid).bare()), link_(std::move(settings)) {
  own_info_.identities = {{"client", "pc", "Queqiao", {}}};
  own_info_.features = {std::string(xmpp::ns::disco_info)};
  connect(&link_, &StreamLink::stanza_received, this, &Session::deliver);
  connect(&link_, &StreamLink::acknowledged, this, &Session::acknowledged);
  connect(&link_, &StreamLink::offline, this, &Session::offline);
  connect(&link_, &StreamLink::online, this, [this](bool is_resumed) {
    if (!is_resumed) forget_features();
    discover();
    emit online(is_resumed);
  });
}

std::uint64_t Session::send_message(std::string message) {
  return link_.send_message(std::move(message));
}

void Session::send_presence(std::string_view presence) {
  link_.send_presence(presence);
}

void Session::request(xmpp::IqType type, const xmpp::Jid& to, std::string_view payload, Answered then) {
  link_.request(type, to, payload, std::move(then));
}

void Session::reply(std::string_view iq) {
  link_.reply(iq);
}

void Session::on_message(Handler handler) {
  message_handlers_.push_back(std::move(handler));
}

void Session::on_presence(Handler handler) {
  presence_handlers_.push_back(std::move(handler));
}

void Session::on_iq(std::string_view ns, Handler handler) {
  iq_handlers_.emplace_back(ns, std::move(handler));
}

void Session::on_event(std::string_view node, EventHandler handler) {
  event_handlers_.emplace_back(node, std::move(handler));
  advertise(std::string(node) + "+notify");
}

void Session::advertise(std::string_view feature, bool is_on) {
  auto& features = own_info_.features;
  const auto place = std::find(features.begin(), features.end(), feature);
  if ((place != features.end()) == is_on) return;
  if (is_on) {
    features.emplace_back(feature);
  } else {
    features.erase(place);
  }
  emit own_info_changed();
}

void Session::deliver(const xml::Element& stanza) {
  if (stanza.name() == "iq") return deliver_iq(stanza);
  if (stanza.name() == "message" && deliver_event(stanza)) return;
  const auto& handlers = stanza.name() == "message" ? message_handlers_ : presence_handlers_;
  for (std::size_t i = 0; i < handlers.size(); ++i) {
    if (handlers[i](stanza)) return;
  }
}

void Session::deliver_iq(const xml::Element& iq) {
  const auto payload_ns = iq.first_child().ns();
  for (std::size_t i = 0; i < iq_handlers_.size(); ++i) {
    if (iq_handlers_[i].first == payload_ns && iq_handlers_[i].second(iq)) return;
  }
  // RFC 6120 8.2.3: every request is answered.
  reply(xmpp::error_reply(iq, {}, iq.attribute("from"),
                          xmpp::StanzaError::of(xmpp::StanzaCondition::service_unavailable)));
}

bool Session::deliver_event(const xml::Element& message) {
  const auto event = message.child("event", event_ns);
  if (!event || message.attribute("type") == "error") return false;
  // RFC 6120 8.1.2.1: without 'from' it is of the own account.
  const auto from = message.has_attribute("from") ? xmpp::Jid::parse(message.attribute("from")) : account_;
  const auto items = event.child("items", event_ns);
  if (!from || !items) return true;
  for (std::size_t i = 0; i < event_handlers_.size(); ++i) {
    // PEP: a person's events come from the bare JID; what claims more is some other service's.
    if (from->is_bare() && event_handlers_[i].first == items.attribute("node")) event_handlers_[i].second(*from, items);
  }
  return true;
}

bool Session::has_personal_events() const {
  return std::any_of(account_info_.identities.begin(), account_info_.identities.end(),
                     [](const auto& identity) { return identity.category == "pubsub" && identity.type == "pep"; });
}

const Session::Service* Session::service_with(std::string_view feature) const {
  for (const auto& service : services_) {
    if (service.info.has_feature(feature)) return &service;
  }
  return nullptr;
}

void Session::forget_features() {
  features_.is_known = services_inquiry_.is_known = false;
  server_info_ = account_info_ = {};
  services_.clear();
}

// What the session does not know yet: all of it at its beginning; after a resumption, what the lost connection has
// taken away.
void Session::discover() {
  if (!knows_features()) discover_features();
  if (!knows_services()) discover_services();
}

void Session::discover_features() {
  features_.begin(2);
  const auto server = xmpp::Jid::from_parts({}, account_.domain(), {}).value_or(xmpp::Jid());
  ask_info(account_, features_, [this](auto info) {
    if (info) account_info_ = *std::move(info);
    note_features();
  });
  ask_info(server, features_, [this, server](auto info) {
    if (info) {
      server_info_ = *info;
      put_service(server, *std::move(info));
    }
    note_features();
  });
}

void Session::ask_info(const xmpp::Jid& whom, const Inquiry& inquiry,
                       std::function<void(std::optional<xmpp::DiscoInfo>)> then) {
  request(xmpp::IqType::get, whom, xmpp::to_xml(xmpp::DiscoInfo{}),
          [&inquiry, round = inquiry.round, then = std::move(then)](const xmpp::IqAnswer& answer) {
            if (round != inquiry.round) return;
            then(answer.is_result() ? xmpp::DiscoInfo::parse(answer.iq.first_child()) : std::nullopt);
          });
}

void Session::discover_services() {
  services_inquiry_.begin(1);
  const auto server = xmpp::Jid::from_parts({}, account_.domain(), {}).value_or(xmpp::Jid());
  request(xmpp::IqType::get, server, xmpp::to_xml(xmpp::DiscoItems{}),
          [this, round = services_inquiry_.round](const xmpp::IqAnswer& answer) {
            if (round != services_inquiry_.round) return;
            const auto items = answer.is_result() ? xmpp::DiscoItems::parse(answer.iq.first_child()) : std::nullopt;
            for (std::size_t i = 0; items && i < std::min(items->items.size(), most_services); ++i) {
              const auto jid = xmpp::Jid::parse(items->items[i].jid);
              if (jid && items->items[i].node.empty()) ask_service(*jid);
            }
            note_services();
          });
}

void Session::ask_service(const xmpp::Jid& jid) {
  const auto is_this = [&jid](const Service& service) { return service.jid == jid; };
  if (std::any_of(services_.begin(), services_.end(), is_this)) return;
  ++services_inquiry_.awaited;
  ask_info(jid, services_inquiry_, [this, jid](auto info) {
    if (info) put_service(jid, *std::move(info));
    note_services();
  });
}

// The server itself comes first.
void Session::put_service(const xmpp::Jid& jid, xmpp::DiscoInfo info) {
  const auto is_this = [&jid](const Service& service) { return service.jid == jid; };
  services_.erase(std::remove_if(services_.begin(), services_.end(), is_this), services_.end());
  const auto place = jid.text() == account_.domain() ? services_.begin() : services_.end();
  services_.insert(place, {jid, std::move(info)});
  emit services_changed();
}

// What is awaited of a connection that is lost is asked again when it is back.
void Session::note_features() {
  if (--features_.awaited > 0 || !is_online()) return;
  features_.is_known = true;
  emit features_known();
}

void Session::note_services() {
  if (--services_inquiry_.awaited > 0 || !is_online()) return;
  services_inquiry_.is_known = true;
  emit services_changed();
}

}  // namespace queqiao::client
