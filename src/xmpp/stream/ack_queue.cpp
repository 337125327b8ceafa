#include "xmpp/stream/ack_queue.h"

#include <algorithm>

namespace queqiao::xmpp {

void AckQueue::push(std::string_view stanza, std::uint64_t position) {
  queue_.push_back({std::string(stanza), position});
  bytes_ += stanza.size();
}

AckQueue::Outcome AckQueue::acknowledge(std::uint32_t h, std::uint64_t& confirmed) {
  if (!may_acknowledge(h)) return Outcome::too_high;
  const std::uint32_t count = h - acknowledged_;
  for (std::uint32_t i = 0; i < count; ++i) {
    confirmed = std::max(confirmed, queue_.front().position);
    bytes_ -= queue_.front().stanza.size();
    queue_.pop_front();
  }
  acknowledged_ = h;
  return Outcome::ok;
}

void AckQueue::clear() {
  queue_.clear();
  bytes_ = 0;
}

std::uint32_t HandledCounter::receive() { return ++received_; }

void HandledCounter::hold(std::uint32_t number) { held_.push_back(number); }

bool HandledCounter::release(std::uint32_t number) {
  const auto place = std::find(held_.begin(), held_.end(), number);
  if (place == held_.end()) return false;
  const bool was_first = place == held_.begin();
  held_.erase(place);
  return was_first;
}

std::uint32_t HandledCounter::handled() const { return held_.empty() ? received_ : held_.front() - 1; }

}  // namespace queqiao::xmpp
