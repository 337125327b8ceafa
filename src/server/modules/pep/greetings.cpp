#include <algorithm>
#include <chrono>
#include <utility>

#include "server/modules/pep/parts.h"

namespace queqiao::server::pep {
namespace {

constexpr std::chrono::seconds pause{30};
// Changes of mind for which a client gets items of further nodes, before the pause is over.
constexpr std::size_t most_wishes = 8;

}  // namespace

void Greetings::greet(Session& session) {
  if (!session.interests || !session.is_available()) return;
  auto& past = past_[session.id()];
  const auto now = shard_.loop().now();
  const bool is_paused = !past.had.empty() && now < past.since + pause;
  if (is_paused && (past.is_over || past.had.size() >= most_wishes)) {
    return defer(session.id(), past, past.since + pause);
  }
  if (past.is_over) past.had.clear();
  past.is_over = false;
  const auto wanted = unseen(past, session.interests);
  if (wanted->empty()) return;
  if (!is_paused) past.since = now;
  past.had.push_back(wanted);
  if (past.had.size() > most_wishes) past.had.erase(past.had.begin());
  shard_.nodes().greet(session, wanted);
}

// Once, however often the client comes back until then.
void Greetings::defer(std::uint64_t session, Past& past, TimePoint until) {
  if (past.again != 0) return;
  const auto delay = std::chrono::ceil<std::chrono::milliseconds>(until - shard_.loop().now());
  past.again = shard_.loop().after(delay, [this, session] {
    past_[session].again = 0;
    if (Session* there = shard_.session(session)) greet(*there);
  });
}

std::shared_ptr<const Interests> Greetings::unseen(const Past& past, const std::shared_ptr<const Interests>& wanted) {
  if (past.had.empty()) return wanted;
  std::vector<std::string> nodes;
  for (const auto& node : wanted->nodes()) {
    const auto has_it = [&](const auto& before) { return before->contains(node); };
    if (std::none_of(past.had.begin(), past.had.end(), has_it)) nodes.push_back(node);
  }
  return std::make_shared<const Interests>(wanted->version(), std::move(nodes));
}

void Greetings::left(const Session& session) {
  const auto past = past_.find(session.id());
  if (past != past_.end()) past->second.is_over = true;
}

void Greetings::ended(const Session& session) {
  const auto past = past_.find(session.id());
  if (past == past_.end()) return;
  shard_.loop().cancel(past->second.again);
  past_.erase(past);
}

}  // namespace queqiao::server::pep
