#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>

namespace queqiao::xmpp {

// What one end has sent and the other has not acknowledged: the outbound half of XEP-0198 1.6. Counters wrap at 2^32.
class AckQueue {
 public:
  struct Sent {
    std::string stanza;
    std::uint64_t position = 0;  // the archive id that the peer's acknowledgement confirms; 0 for none
  };
  enum class Outcome { ok, too_high };  // XEP-0198 4: an h above what was sent is an error of the peer

  void push(std::string_view stanza, std::uint64_t position);
  // Whether `h` lies between what was acknowledged before and what was sent.
  bool may_acknowledge(std::uint32_t h) const { return h - acknowledged_ <= queue_.size(); }  // modulo 2^32, XEP-0198 4
  // Everything up to `h` has arrived. `confirmed` becomes the highest archive position among it, if there is one.
  Outcome acknowledge(std::uint32_t h, std::uint64_t& confirmed);
  // The stanzas after `h`, to be sent again on resumption.
  const std::deque<Sent>& unacknowledged() const { return queue_; }
  std::uint32_t acknowledged() const { return acknowledged_; }
  std::size_t bytes() const { return bytes_; }
  void clear();

 private:
  std::deque<Sent> queue_;
  std::uint32_t acknowledged_ = 0;
  std::size_t bytes_ = 0;
};

// What one end has received and is done with: the inbound half. A stanza is handled when everything that it must leave
// behind is durable, which may be later than that of a stanza after it; `h` counts only as far as there is no gap.
class HandledCounter {
 public:
  std::uint32_t receive();              // a stanza has come in; the answer is its number, from 1
  void hold(std::uint32_t number);      // it is not done yet
  bool release(std::uint32_t number);   // now it is; true when h moved
  std::uint32_t handled() const;        // h
  std::uint32_t received() const { return received_; }
  bool is_holding() const { return !held_.empty(); }
  std::size_t held() const { return held_.size(); }

 private:
  std::uint32_t received_ = 0;
  std::deque<std::uint32_t> held_;  // ascending
};

}  // namespace queqiao::xmpp
