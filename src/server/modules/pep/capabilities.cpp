#include <algorithm>
#include <array>
#include <chrono>
#include <utility>

#include "server/modules/pep/parts.h"
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
constexpr std::size_t software_bytes = 1'024;
// Under way at a time, per shard.
constexpr std::size_t most_questions = 1'000;
// XEP-0115 9.2 has the names of IANA's registry; those of XEP-0300 are in use as well.
constexpr std::array<std::string_view, 9> hashes{"md5",     "sha-1",    "sha-224",  "sha-256",    "sha-384",
                                                 "sha-512", "sha3-256", "sha3-512", "blake2b-256"};

bool is_usable(const xmpp::Capabilities& caps) {
  return caps.version.size() <= version_bytes && caps.node.size() <= software_bytes &&
         std::find(hashes.begin(), hashes.end(), caps.hash) != hashes.end();
}

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
  const auto version = caps && is_usable(*caps) ? version_of(*caps) : std::string();
  if (session.interests && session.interests->version() == version) return;
  session.interests.reset();
  const auto open = concerned_.find(session.id());
  if (open != concerned_.end() && open->second == version) return;
  withdraw(session.id());
  if (version.empty()) return;
  if (auto known = find(version)) return give(session, std::move(known));
  inquire(session, version, caps->node + '#' + caps->version);
}

void ClientCapabilities::inquire(Session& session, const std::string& version, std::string node) {
  const auto place = questions_.find(version);
  if (place != questions_.end()) {
    place->second.waiting.insert(session.id());
    concerned_[session.id()] = version;
    return;
  }
  if (questions_.size() >= most_questions) return;
  auto& question = questions_[version];
  question.node = std::move(node);
  ask(version, question, session);
}

void ClientCapabilities::ask(const std::string& version, Question& question, Session& session) {
  concerned_[session.id()] = version;
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
  concerned_.erase(question.asked);
  while (!question.waiting.empty()) {
    const auto id = question.waiting.extract(question.waiting.begin()).value();
    Session* next = shard_.session(id);
    if (next && next->is_available()) return ask(version, question, *next);
    concerned_.erase(id);
  }
  questions_.erase(place);
}

bool ClientCapabilities::answered(Session& session, const xml::Element& iq) {
  const auto open = concerned_.find(session.id());
  if (open == concerned_.end()) return false;
  const auto version = open->second;
  const auto& question = questions_.find(version)->second;
  if (question.asked != session.id() || question.id != iq.attribute("id")) return false;
  const auto info = iq.attribute("type") == "result" ? xmpp::DiscoInfo::parse(iq.first_child()) : std::nullopt;
  const auto computed = info ? xmpp::capabilities_version(*info) : std::nullopt;
  if (computed && version == "sha-1 " + *computed) {
    learned(version, interests_in(*info, version));
    return true;
  }
  // 5.4 3.10: no more than what this one client says of itself.
  if (info) give(session, interests_in(*info, version));
  ask_next(version);
  return true;
}

void ClientCapabilities::learned(const std::string& version, const Known& known) {
  keep(known);
  auto question = questions_.extract(version);
  shard_.loop().cancel(question.mapped().timeout);
  question.mapped().waiting.insert(question.mapped().asked);
  for (const auto id : question.mapped().waiting) {
    concerned_.erase(id);
    if (Session* session = shard_.session(id)) give(*session, known);
  }
}

// The newest items follow when its presence has gone out.
void ClientCapabilities::give(Session& session, Known known) {
  session.interests = std::move(known);
  if (session.interests->empty()) return;
  shard_.loop().post([this, id = session.id()] {
    if (Session* there = shard_.session(id)) greetings_.greet(*there);
  });
}

void ClientCapabilities::withdraw(std::uint64_t session) {
  const auto open = concerned_.extract(session);
  if (!open) return;
  const auto& version = open.mapped();
  auto& question = questions_.find(version)->second;
  if (question.asked == session) return ask_next(version);
  question.waiting.erase(session);
}

void ClientCapabilities::left(Session& session) {
  session.interests.reset();
  withdraw(session.id());
  greetings_.left(session);
}

void ClientCapabilities::ended(Session& session) {
  left(session);
  greetings_.ended(session);
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
