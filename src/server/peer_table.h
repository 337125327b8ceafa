#pragma once

#include <cstddef>
#include <cstdint>
#include <mutex>
#include <string>
#include <string_view>

#include "base/event_loop.h"
#include "base/hash.h"
#include "server/config.h"

namespace queqiao::server {

// How often something happened within the last `window`, by name: exactly in the present window, and of the one before
// it the share that still counts. Both halves are bounded; when too many names come, the oldest half goes early.
class SlidingCounts {
 public:
  void add(std::string_view name, std::chrono::seconds window, TimePoint now);
  double count(std::string_view name, std::chrono::seconds window, TimePoint now);

 private:
  static constexpr std::size_t capacity = 50'000;  // names of each half

  void turn(std::chrono::seconds window, TimePoint now);

  TextMap<std::uint32_t> present_, before_;
  TimePoint begin_{};
};

// What each peer address takes of the whole server: connections, those among them that have not logged in, and failed
// log-ins. An address is an IPv4 address or an IPv6 network of 64 bits (net::network_of), since one person has at least
// as many of those. Any thread. The mutex guards the tables: connections of one address are spread over all shards, and
// the answer is needed before a connection costs anything; it is held for a look-up per connection and per failed
// log-in.
class PeerTable {
 public:
  // One connection's place in the table, from accept until it is destroyed, on whichever thread that is.
  class Place {
   public:
    Place() = default;  // of one that is not counted
    Place(PeerTable& table, std::string address) : table_(&table), address_(std::move(address)) {}
    Place(Place&& other) noexcept;
    Place& operator=(Place&& other) noexcept;
    ~Place() { leave(); }
    void logged_in();  // from now on it is one of those that have
    const std::string& address() const { return address_; }

   private:
    void leave();

    PeerTable* table_ = nullptr;
    std::string address_;
    bool is_logged_in_ = false;
  };

  // Counts one more connection, unless that would be too many; then the answer is false.
  bool enter(const std::string& address, const Config& config);
  // False once too many log-ins from there have failed.
  bool may_log_in(std::string_view address, const Config& config, TimePoint now);
  void login_failed(std::string_view address, const Config& config, TimePoint now);

 private:
  struct Count {
    std::uint32_t connections = 0;
    std::uint32_t before_login = 0;
  };
  void logged_in(std::string_view address);
  void leave(std::string_view address, bool is_logged_in);

  std::mutex mutex_;
  TextMap<Count> connections_;  // as many as there are connections at most
  SlidingCounts failures_;
};

}  // namespace queqiao::server
