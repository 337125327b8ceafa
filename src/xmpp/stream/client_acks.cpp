#include "xmpp/stream/client_acks.h"

#include <utility>

#include "base/text.h"
#include "xml/writer.h"
#include "xmpp/namespaces.h"

namespace queqiao::xmpp {

std::uint64_t ClientAcks::send_message(std::string stanza, bool is_online, std::string& out) {
  const auto number = ++last_number_;
  if (is_online) {
    out += stanza;
    if (is_enabled_) queue_.push(stanza, number);
  } else {
    backlog_bytes_ += stanza.size();
    backlog_.push_back({std::move(stanza), number});
  }
  return number;
}

void ClientAcks::send_other(std::string_view stanza, std::string& out) {
  out += stanza;
  if (is_enabled_) queue_.push(stanza, 0);
}

void ClientAcks::write_enable(std::string& out) {
  xml::Writer(out).open("enable", ns::stream_management).attribute("resume", "true").close();
}

void ClientAcks::enabled(const xml::Element& element) {
  is_enabled_ = true;
  const auto resume = element.attribute("resume");
  if (resume == "true" || resume == "1") resumption_id_ = element.attribute("id");
}

void ClientAcks::write_resume(std::string& out) const {
  xml::Writer(out)
      .open("resume", ns::stream_management)
      .attribute("h", std::to_string(received_.handled()))
      .attribute("previd", resumption_id_)
      .close();
}

bool ClientAcks::take_h(const xml::Element& element) {
  const auto h = parse_number<std::uint32_t>(element.attribute("h"));
  return h && queue_.acknowledge(*h, confirmed_) == AckQueue::Outcome::ok;
}

bool ClientAcks::resumed(const xml::Element& element, std::string& out) {
  if (!take_h(element)) return false;
  for (const auto& sent : queue_.unacknowledged()) out += sent.stanza;
  return true;
}

bool ClientAcks::resumption_failed(const xml::Element& element) {
  const bool is_valid = !element.has_attribute("h") || take_h(element);
  end_session();
  return is_valid;
}

void ClientAcks::send_backlog(std::string& out) {
  backlog_bytes_ = 0;
  for (auto& message : std::exchange(backlog_, {})) {
    out += message.stanza;
    if (is_enabled_) queue_.push(message.stanza, message.position);
  }
}

void ClientAcks::write_answer(std::string& out) const {
  xml::Writer(out).open("a", ns::stream_management).attribute("h", std::to_string(received_.handled())).close();
}

bool ClientAcks::acknowledged(const xml::Element& element) {
  is_waiting_ = false;
  return take_h(element);
}

bool ClientAcks::write_request(std::string& out, bool even_if_idle) {
  if (!is_enabled_ || is_waiting_ || (queue_.unacknowledged().empty() && !even_if_idle)) return false;
  xml::Writer(out).open("r", ns::stream_management).close();
  is_waiting_ = true;
  return true;
}

void ClientAcks::connection_lost() {
  is_waiting_ = false;
  if (!can_resume()) end_session();
}

void ClientAcks::end_session() {
  std::deque<AckQueue::Sent> again;
  for (const auto& sent : queue_.unacknowledged()) {
    if (sent.position == 0) continue;
    backlog_bytes_ += sent.stanza.size();
    again.push_back(sent);
  }
  backlog_.insert(backlog_.begin(), again.begin(), again.end());
  queue_ = AckQueue();
  received_ = HandledCounter();
  resumption_id_.clear();
  is_enabled_ = false;
  is_waiting_ = false;
}

}  // namespace queqiao::xmpp
