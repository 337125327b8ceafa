#include "server/peer_table.h"

#include <algorithm>
#include <utility>

namespace queqiao::server {

void SlidingCounts::turn(std::chrono::seconds window, TimePoint now) {
  const bool is_full = present_.size() >= capacity;
  if (now - begin_ < window && !is_full) return;
  before_ = now - begin_ < 2 * window ? std::exchange(present_, {}) : TextMap<std::uint32_t>{};
  present_.clear();
  // The next window follows the last one, unless nothing happened for long.
  begin_ = is_full || now - begin_ >= 2 * window ? now : begin_ + window;
}

void SlidingCounts::add(std::string_view name, std::chrono::seconds window, TimePoint now) {
  turn(window, now);
  ++present_.try_emplace(std::string(name)).first->second;
}

double SlidingCounts::count(std::string_view name, std::chrono::seconds window, TimePoint now) {
  turn(window, now);
  const auto of = [name](const TextMap<std::uint32_t>& counts) {
    const auto place = counts.find(name);
    return place == counts.end() ? 0.0 : place->second;
  };
  const std::chrono::duration<double> passed = now - begin_;
  return of(present_) + of(before_) * (1 - std::clamp(passed / window, 0.0, 1.0));
}

PeerTable::Place::Place(Place&& other) noexcept
    : table_(std::exchange(other.table_, nullptr)),
      address_(std::move(other.address_)),
      is_logged_in_(other.is_logged_in_) {}

PeerTable::Place& PeerTable::Place::operator=(Place&& other) noexcept {
  leave();
  table_ = std::exchange(other.table_, nullptr);
  address_ = std::move(other.address_);
  is_logged_in_ = other.is_logged_in_;
  return *this;
}

void PeerTable::Place::logged_in() {
  if (table_ && !std::exchange(is_logged_in_, true)) table_->logged_in(address_);
}

void PeerTable::Place::leave() {
  if (auto* table = std::exchange(table_, nullptr)) table->leave(address_, is_logged_in_);
}

bool PeerTable::enter(const std::string& address, const Config& config) {
  const std::lock_guard lock(mutex_);
  auto& count = connections_[address];
  const bool is_too_many =
      count.connections >= config.connections_per_address || count.before_login >= config.strangers_per_address;
  // A new address has room: both limits are at least 1.
  if (is_too_many) return false;
  ++count.connections;
  ++count.before_login;
  return true;
}

void PeerTable::logged_in(std::string_view address) {
  const std::lock_guard lock(mutex_);
  --connections_.find(address)->second.before_login;
}

void PeerTable::leave(std::string_view address, bool is_logged_in) {
  const std::lock_guard lock(mutex_);
  const auto place = connections_.find(address);
  if (!is_logged_in) --place->second.before_login;
  if (--place->second.connections == 0) connections_.erase(place);
}

bool PeerTable::may_log_in(std::string_view address, const Config& config, TimePoint now) {
  if (config.failed_logins_per_address == 0) return true;
  const std::lock_guard lock(mutex_);
  return failures_.count(address, config.failed_login_window, now) < config.failed_logins_per_address;
}

void PeerTable::login_failed(std::string_view address, const Config& config, TimePoint now) {
  const std::lock_guard lock(mutex_);
  failures_.add(address, config.failed_login_window, now);
}

}  // namespace queqiao::server
