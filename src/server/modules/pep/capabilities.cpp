#include <algorithm>
#include <array>
#include <utility>

#include "server/modules/pep/parts.h"
#include "xmpp/namespaces.h"
#include "xmpp/xep/disco.h"

namespace queqiao::server::pep {
namespace {

constexpr std::string_view notify = "+notify";
// What one client may have us keep.
constexpr std::size_t most_nodes = 200;
constexpr std::size_t most_bytes = 16 * 1024;
constexpr std::size_t version_bytes = 128;
constexpr std::size_t software_bytes = 1'024;
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

std::string id_of(std::uint64_t question) {
  return "caps-" + std::to_string(question);
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
  const auto open = questions_.find(session.id());
  if (open != questions_.end() && open->second.version == version) return;
  withdraw(session.id());
  if (version.empty()) return;
  if (auto known = find(version)) return give(session, std::move(known));
  ask(session, version, caps->node + '#' + caps->version);
}

// Each client is asked itself until somebody's answer has the hash: the node is what it announces itself, which the
// hash does not cover, and who does not answer keeps nobody waiting. A question has no end of its own: it goes with
// what is announced, and is all that a silent client makes us keep.
void ClientCapabilities::ask(Session& session, const std::string& version, const std::string& node) {
  const auto number = ++last_question_;
  questions_[session.id()] = {number, version};
  asked_[version].insert(session.id());
  std::string stanza;
  xmpp::write_stanza_start(stanza, "iq", shard_.domain(), session.jid().text(), "get", id_of(number));
  stanza += '>';
  xml::Writer(stanza).open("query", xmpp::ns::disco_info).attribute("node", node).close();
  stanza += "</iq>";
  shard_.send(session, stanza, xmpp::StanzaKind::iq);
}

bool ClientCapabilities::answered(Session& session, const xml::Element& iq) {
  const auto open = questions_.find(session.id());
  if (open == questions_.end() || iq.attribute("id") != id_of(open->second.number)) return false;
  const auto version = open->second.version;
  withdraw(session.id());
  const auto info = iq.attribute("type") == "result" ? xmpp::DiscoInfo::parse(iq.first_child()) : std::nullopt;
  if (!info) return true;
  auto interests = interests_in(*info, version);
  const auto computed = xmpp::capabilities_version(*info);
  if (computed && version == "sha-1 " + *computed) learned(interests);
  // 5.4 3.10: without the hash no more than what this one client says of itself.
  give(session, std::move(interests));
  return true;
}

// Nobody else needs to be asked, or to answer.
void ClientCapabilities::learned(const Known& known) {
  keep(known);
  const auto others = asked_.extract(known->version());
  if (!others) return;
  for (const auto id : others.mapped()) {
    questions_.erase(id);
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
  const auto question = questions_.extract(session);
  if (!question) return;
  const auto place = asked_.find(question.mapped().version);
  place->second.erase(session);
  if (place->second.empty()) asked_.erase(place);
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
