#include "client/core/private_storage.h"

#include <utility>

#include "client/core/qt_text.h"
#include "client/core/session.h"
#include "client/core/stream_end_text.h"
#include "xml/writer.h"
#include "xmpp/xep/data_form.h"
#include "xmpp/xep/payload.h"
#include "xmpp/xep/pubsub.h"

namespace queqiao::client {
namespace {

constexpr std::string_view storage_ns = "jabber:iq:private";
constexpr std::string_view publish_options = "http://jabber.org/protocol/pubsub#publish-options";
constexpr std::string_view item_id = "current";

// XEP-0223 3: kept, and for nobody but the owner.
xmpp::DataForm private_options(std::string_view form_type) {
  xmpp::DataForm form(xmpp::FormType::submit, form_type);
  form.add("pubsub#persist_items", "true");
  form.add("pubsub#access_model", "whitelist");
  return form;
}

bool is_precondition_failure(const xmpp::IqAnswer& answer) {
  return answer.kind == xmpp::IqAnswer::Kind::error && answer.error.condition == xmpp::StanzaCondition::conflict;
}

bool is_missing(const xmpp::IqAnswer& answer) {
  return answer.kind == xmpp::IqAnswer::Kind::error && answer.error.condition == xmpp::StanzaCondition::item_not_found;
}

}  // namespace

PrivateStorage::PrivateStorage(Session& session, QObject* parent) : QObject(parent), session_(session) {
  // Before anything is loaded: what the user has changed meanwhile is newer than what the server has.
  connect(&session_, &Session::features_known, this, &PrivateStorage::store_waiting);
}

void PrivateStorage::store_waiting() {
  for (auto& [ns, waiting] : std::exchange(waiting_, {})) store(ns, waiting.content, std::move(waiting.done));
}

bool PrivateStorage::has_private_events() const {
  const bool has_options = session_.account_has(publish_options) || session_.server_has(publish_options);
  return session_.has_personal_events() && has_options;
}

void PrivateStorage::watch(std::string_view ns, Changed changed) {
  connect(&session_, &Session::features_known, this, [this, ns = std::string(ns), changed] { load(ns, changed); });
  session_.on_event(ns, [this, changed](const xmpp::Jid& from, const xml::Element& items) {
    // XEP-0223 6: an event of somebody else is not about our things (CVE-2023-28686).
    if (from != session_.account()) return;
    const auto item = items.child("item");
    if (item) changed(item.first_child());
  });
}

void PrivateStorage::load(const std::string& ns, const Changed& changed) {
  if (has_private_events()) return load_from_events(ns, changed);
  load_from_storage(ns, changed);
}

void PrivateStorage::load_from_events(const std::string& ns, const Changed& changed) {
  xmpp::PubsubItemsRequest question;
  question.node = ns;
  question.max_items = 1;
  session_.request(xmpp::IqType::get, {}, xmpp::to_xml(question), [changed](const xmpp::IqAnswer& answer) {
    if (is_missing(answer)) return changed({});
    if (!answer.is_result()) return;
    const auto items = answer.iq.child("pubsub", xmpp::pubsub::ns).child("items", xmpp::pubsub::ns);
    changed(items.child("item").first_child());
  });
}

void PrivateStorage::load_from_storage(const std::string& ns, const Changed& changed) {
  std::string question;
  xml::Writer(question).open("query", storage_ns).open("queqiao", ns).close().close();
  session_.request(xmpp::IqType::get, {}, question, [changed](const xmpp::IqAnswer& answer) {
    if (!answer.is_result()) return;
    const auto content = answer.iq.child("query", storage_ns).first_child();
    changed(content.children().begin() == content.children().end() ? xml::Element() : content.first_child());
  });
}

void PrivateStorage::store(std::string_view ns, const std::string& content, Done done) {
  if (session_.is_online() && !session_.knows_features()) {
    waiting_.insert_or_assign(std::string(ns), Waiting{content, std::move(done)});
    return;
  }
  if (has_private_events()) return publish(std::string(ns), content, false, std::move(done));
  std::string payload;
  xml::Writer(payload).open("query", storage_ns).open("queqiao", ns).raw(content).close().close();
  session_.request(xmpp::IqType::set, {}, payload,
                   [done = std::move(done)](const xmpp::IqAnswer& answer) { done(explain(answer)); });
}

// Never without publish-options: a node that the server made with its defaults would show this to all friends
// (CVE-2018-6591).
void PrivateStorage::publish(const std::string& ns, const std::string& content, bool is_second_try, Done done) {
  xmpp::PubsubPublication publication;
  publication.node = ns;
  publication.items.push_back({std::string(item_id), content, {}, {}});
  publication.options = private_options(publish_options);
  session_.request(xmpp::IqType::set, {}, xmpp::to_xml(publication),
                   [this, ns, content, is_second_try, done = std::move(done)](const xmpp::IqAnswer& answer) {
                     if (!is_precondition_failure(answer) || is_second_try) return done(explain(answer));
                     make_private(ns, [this, ns, content, done](const QString& error) {
                       if (!error.isEmpty()) return done(error);
                       publish(ns, content, true, done);
                     });
                   });
}

// XEP-0060 8.2: the node is there already, with another configuration.
void PrivateStorage::make_private(const std::string& ns, std::function<void(const QString& error)> then) {
  std::string payload;
  xml::Writer writer(payload);
  writer.open("pubsub", xmpp::pubsub::owner_ns).open("configure").attribute("node", ns);
  private_options(xmpp::pubsub::node_config_form).write(writer);
  writer.close().close();
  session_.request(xmpp::IqType::set, {}, payload,
                   [then = std::move(then)](const xmpp::IqAnswer& answer) { then(explain(answer)); });
}

}  // namespace queqiao::client
