#include "xmpp/stream/iq_requests.h"

#include <algorithm>
#include <iterator>
#include <utility>
#include <vector>

namespace queqiao::xmpp {

void IqRequests::add(std::string id, const Jid& to, TimePoint deadline, Then then) {
  waiting_.insert_or_assign(std::move(id), Waiting{to, deadline, std::move(then)});
}

// RFC 6120 8.1.2.1 and 10.3.3: without 'to' the own account is asked, and without 'from' it is the one who speaks.
bool IqRequests::is_from(const xml::Element& iq, const Jid& asked) const {
  const Jid& expected = asked.empty() ? account_ : asked;
  const auto from = iq.attribute("from");
  if (from.empty()) return expected == account_;
  return Jid::parse(from) == expected;
}

bool IqRequests::answer(const xml::Element& iq) {
  const auto place = waiting_.find(iq.attribute("id"));
  if (place == waiting_.end() || !is_from(iq, place->second.to)) return false;
  IqAnswer answer;
  answer.iq = iq;
  answer.kind = IqAnswer::Kind::result;
  if (auto error = read_error(iq)) {
    answer.kind = IqAnswer::Kind::error;
    answer.error = *std::move(error);
  }
  auto then = std::move(place->second.then);
  waiting_.erase(place);  // first, since the callback may ask again
  if (then) then(answer);
  return true;
}

std::optional<TimePoint> IqRequests::next_deadline() const {
  const auto earliest = std::min_element(waiting_.begin(), waiting_.end(), [](const auto& a, const auto& b) {
    return a.second.deadline < b.second.deadline;
  });
  if (earliest == waiting_.end()) return std::nullopt;
  return earliest->second.deadline;
}

void IqRequests::expire(TimePoint now) {
  std::vector<Then> expired;
  for (auto place = waiting_.begin(); place != waiting_.end();) {
    const auto next = std::next(place);
    if (place->second.deadline <= now) expired.push_back(std::move(waiting_.extract(place).mapped().then));
    place = next;
  }
  IqAnswer answer;
  answer.kind = IqAnswer::Kind::timed_out;
  for (auto& then : expired) {
    if (then) then(answer);
  }
}

void IqRequests::lose_all() {
  for (auto& entry : std::exchange(waiting_, {})) {
    if (entry.second.then) entry.second.then(IqAnswer{});
  }
}

}  // namespace queqiao::xmpp
