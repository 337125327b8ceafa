#include "message.h"

#include <utility>

#include "xml/writer.h"
#include "xmpp/namespaces.h"
#include "xmpp/stanza.h"
#include "xmpp/xep/carbons.h"
#include "xmpp/xep/delay.h"
#include "xmpp/xep/stanza_ids.h"

namespace queqiao::cli {

std::optional<Message> read_plain_message(const xml::Element& stanza, const xmpp::Jid& account, WallTime now) {
  const auto body = stanza.child("body");
  if (stanza.name() != "message" || stanza.attribute("type") == "error" || !body) return std::nullopt;
  Message message;
  message.time = now;
  message.from = stanza.attribute("from");
  message.to = stanza.attribute("to");
  message.body = body.text();
  message.id = stanza.attribute("id");
  message.origin_id = xmpp::origin_id(stanza);
  message.archive_id = xmpp::stanza_id(stanza, account.bare_text());
  const auto from = xmpp::Jid::parse(message.from);
  message.is_outgoing = from && from->bare_text() == account.bare_text();
  // XEP-0203: only the own server says when a message waited there.
  for (const auto by : {account.bare_text(), account.domain()}) {
    if (const auto delay = xmpp::Delay::find(stanza, by)) message.time = delay->stamp;
  }
  return message;
}

std::optional<Message> read_message(const xml::Element& stanza, const xmpp::Jid& account, WallTime now) {
  const auto carbon = xmpp::read_carbon(stanza, account);
  if (!carbon) return read_plain_message(stanza, account, now);
  auto message = read_plain_message(carbon->forwarded.stanza, account, now);
  if (message && carbon->forwarded.delay) message->time = carbon->forwarded.delay->stamp;
  return message;
}

std::string write_message(const xmpp::Jid& to, std::string_view body, std::string_view id) {
  std::string out;
  xml::Writer writer(out);
  writer.open("message").attribute("to", to.text()).attribute("type", "chat").attribute("id", id);
  writer.open("body").text(body).close();
  xmpp::write_origin_id(writer, id);
  writer.close();
  return out;
}

bool SeenMessages::add(const Message& message) {
  bool is_new = true;
  if (!message.archive_id.empty()) is_new = add("archive " + message.archive_id) && is_new;
  // Other people's ids mean something only together with whose they are.
  if (!message.origin_id.empty()) is_new = add("origin " + message.from + ' ' + message.origin_id) && is_new;
  return is_new;
}

bool SeenMessages::add(std::string key) {
  if (!keys_.insert(key).second) return false;
  order_.push_back(std::move(key));
  if (order_.size() > capacity) {
    keys_.erase(order_.front());
    order_.pop_front();
  }
  return true;
}

}  // namespace queqiao::cli
