#include "crowd.h"

#include <arpa/inet.h>
#include <fmt/format.h>

#include <algorithm>

#include "progress.h"

namespace queqiao::bench {
namespace {

sockaddr_in address_of(const Settings& settings) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(settings.port);
  inet_pton(AF_INET, settings.host.c_str(), &address.sin_addr);  // the command line has checked it
  return address;
}

}  // namespace

Crowd::Crowd(const Settings& settings) : surroundings_{settings, reactor_, tls_, keys_, address_of(settings)} {
  for (std::size_t i = 0; i < settings.users; ++i) {
    clients_.push_back(std::make_unique<Client>(i, surroundings_, *this));
  }
}

Result<void> Crowd::bring_up(Goal goal) {
  return run_through(goal, false);
}

Result<void> Crowd::bring_up_and_home(Goal goal) {
  return run_through(goal, true);
}

Result<void> Crowd::run_through(Goal goal, bool leaves_at_once) {
  started_ = ready_ = left_ = 0;
  leaves_at_once_ = leaves_at_once;
  login_times_.clear();
  Progress progress("users", size());
  const Nanos stall = static_cast<Nanos>(surroundings_.settings.stall_seconds * second);
  Nanos last_change = now();
  while (finished() < size()) {
    const std::size_t before = finished();
    start_more(goal);
    reactor_.turn(now() + 100 * millisecond);
    if (failure_) return *failure_;
    if (finished() != before) last_change = now();
    if (now() - last_change > stall) {
      return Error{ErrorCode::unavailable, fmt::format("stalled with {} of {} users", finished(), size())};
    }
    progress.show(finished());
  }
  return {};
}

void Crowd::start_more(Goal goal) {
  while (started_ < size() && started_ - finished() < surroundings_.settings.concurrency) {
    clients_[started_++]->connect(goal);
  }
}

Result<void> Crowd::send_home() {
  left_ = 0;
  for (auto& client : clients_) client->leave();
  reactor_.flush();
  const Nanos stall = static_cast<Nanos>(surroundings_.settings.stall_seconds * second);
  return run_until(now() + stall, [this] { return left_ == size(); });
}

Result<void> Crowd::run_until(Nanos deadline, UniqueFunction<bool()> is_done) {
  while (!is_done() && now() < deadline) {
    reactor_.turn(std::min(deadline, now() + 100 * millisecond));
    if (failure_) return *failure_;
  }
  return {};
}

void Crowd::on_ready(Client& client) {
  ++ready_;
  login_times_.record(now() - client.connect_time());
  if (leaves_at_once_) client.leave();
}

void Crowd::on_stanza(Client& client, std::string_view stanza, Nanos arrival) {
  if (handler_) handler_(client, stanza, arrival);
}

void Crowd::on_closed(Client& client, const std::string& failure) {
  ++left_;
  if (failure.empty() || failure_) return;
  const std::string user = surroundings_.settings.user(client.index());
  failure_ = Error{ErrorCode::unavailable, user + ": " + failure};
}

}  // namespace queqiao::bench
