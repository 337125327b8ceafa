#include <algorithm>
#include <chrono>
#include <utility>

#include "server/modules/pep/parts.h"
#include "xml/parser.h"
#include "xmpp/namespaces.h"
#include "xmpp/xep/disco.h"

namespace queqiao::server::pep {
namespace {

constexpr std::string_view notify = "+notify";
constexpr std::chrono::seconds patience{30};
// What one client may have us keep.
constexpr std::size_t most_nodes = 200;
constexpr std::size_t most_bytes = 16 * 1024;
constexpr std::size_t version_bytes = 128;

std::string version_of(const xmpp::Capabilities& caps) {
  // Another hash function may give the same text for something else.
  return caps.hash + ' ' + caps.version;
}

std::shared_ptr<const Interests> interests_in(const xmpp::DiscoInfo& info, const std::string& version) {
  std::vector<std::string> nodes;
  std::size_t bytes = 0;
  for (const auto& feature : info.features) {
    if (!feature.ends_with(notify)) continue;
    nodes.push_back(feature.substr(0, feature.size() - notify.size()));
    bytes += feature.size();
    if (nodes.size() > most_nodes || bytes > most_bytes)
      return std::make_shared<const Interests>(version, std::vector<std::string>());
  }
  return std::make_shared<const Interests>(version, std::move(nodes));
}

}  // namespace

void ClientCapabilities::announced(Session& session, const xml::Element& presence) {
  const auto caps = xmpp::Capabilities::find(presence);
  if (!caps || caps->version.size() > version_bytes || caps->node.size() > version_bytes * 8) {
    session.interests.reset();
    return;
  }
  const auto version = version_of(*caps);
  if (session.interests && session.interests->version() == version) return;
  session.interests.reset();
  if (auto known = find(version)) return give(session, std::move(known));
  auto& question = questions_[version];
  if (question.asked == session.id()) return;
  if (question.asked != 0) {
    if (std::find(question.waiting.begin(), question.waiting.end(), session.id()) == question.waiting.end()) {
      question.waiting.push_back(session.id());
    }
    return;
  }
  question.node = caps->node + '#' + caps->version;
  ask(version, question, session);
}

// Now that the answer is there; it may have announced something else meanwhile.
bool ClientCapabilities::announces(const Session& session, std::string_view version) {
  xml::Document document;
  if (xml::parse_element(session.presence(), document, {}, xmpp::ns::client) != xml::ParseError::none) return false;
  const auto caps = xmpp::Capabilities::find(document.root());
  return caps && version_of(*caps) == version;
}

void ClientCapabilities::ask(const std::string& version, Question& question, Session& session) {
  question.asked = session.id();
  question.id = "caps-" + std::to_string(++last_question_);
  question.timeout = shard_.loop().after(patience, [this, version, asked = question.id] {
    const auto place = questions_.find(version);
    if (place == questions_.end() || place->second.id != asked) return;
    place->second.timeout = 0;
    ask_next(version);
  });
  std::string stanza;
  xmpp::write_stanza_start(stanza, "iq", shard_.domain(), session.jid().text(), "get", question.id);
  stanza += '>';
  xml::Writer(stanza).open("query", xmpp::ns::disco_info).attribute("node", question.node).close();
  stanza += "</iq>";
  shard_.send(session, stanza, xmpp::StanzaKind::iq);
}

void ClientCapabilities::ask_next(const std::string& version) {
  const auto place = questions_.find(version);
  auto& question = place->second;
  shard_.loop().cancel(question.timeout);
  while (!question.waiting.empty()) {
    Session* next = shard_.session(question.waiting.back());
    question.waiting.pop_back();
    if (next && next->is_available()) return ask(version, question, *next);
  }
  questions_.erase(place);
}

bool ClientCapabilities::answered(Session& session, const xml::Element& iq) {
  const auto place = std::find_if(questions_.begin(), questions_.end(), [&](const auto& entry) {
    return entry.second.asked == session.id() && entry.second.id == iq.attribute("id");
  });
  if (place == questions_.end()) return false;
  const auto version = place->first;
  const auto info = iq.attribute("type") == "result" ? xmpp::DiscoInfo::parse(iq.first_child()) : std::nullopt;
  const auto computed = info ? xmpp::capabilities_version(*info) : std::nullopt;
  if (computed && version == "sha-1 " + *computed) {
    learned(version, interests_in(*info, version));
    return true;
  }
  // 5.4 3.10: no more than what this one client says of itself.
  if (info && announces(session, version)) give(session, interests_in(*info, version));
  ask_next(version);
  return true;
}

void ClientCapabilities::learned(const std::string& version, const Known& known) {
  keep(known);
  auto question = questions_.extract(version);
  shard_.loop().cancel(question.mapped().timeout);
  question.mapped().waiting.push_back(question.mapped().asked);
  for (const auto id : question.mapped().waiting) {
    Session* session = shard_.session(id);
    if (session && announces(*session, version)) give(*session, known);
  }
}

// The newest items follow when its presence has gone out.
void ClientCapabilities::give(Session& session, Known known) {
  session.interests = std::move(known);
  if (session.interests->empty()) return;
  shard_.loop().post([&shard = shard_, id = session.id()] {
    if (Session* there = shard.session(id)) shard.nodes().greet(*there);
  });
}

void ClientCapabilities::left(Session& session) {
  session.interests.reset();
  const auto place = std::find_if(questions_.begin(), questions_.end(),
                                  [&](const auto& entry) { return entry.second.asked == session.id(); });
  if (place != questions_.end()) ask_next(std::string(place->first));
}

ClientCapabilities::Known ClientCapabilities::find(std::string_view version) {
  const auto place = known_.find(version);
  if (place == known_.end()) return nullptr;
  recent_.splice(recent_.begin(), recent_, place->second);
  return recent_.front();
}

void ClientCapabilities::keep(Known known) {
  recent_.push_front(std::move(known));
  known_[recent_.front()->version()] = recent_.begin();
  if (recent_.size() <= shard_.config().known_capabilities) return;
  known_.erase(recent_.back()->version());
  recent_.pop_back();
}

}  // namespace queqiao::server::pep
