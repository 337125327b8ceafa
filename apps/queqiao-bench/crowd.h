#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "base/function.h"
#include "base/result.h"
#include "client.h"
#include "histogram.h"

namespace queqiao::bench {

// All users of a run. Each call runs the event loop until it is done or has failed; stanzas that arrive meanwhile go to
// the handler of on_stanzas().
class Crowd final : public ClientOwner {
 public:
  using StanzaHandler = UniqueFunction<void(Client&, std::string_view stanza, Nanos arrival)>;

  explicit Crowd(const Settings& settings);
  Crowd(const Crowd&) = delete;
  Crowd& operator=(const Crowd&) = delete;

  void on_stanzas(StanzaHandler handler) { handler_ = std::move(handler); }
  // Takes every client to `goal`, Settings::concurrency at a time.
  Result<void> bring_up(Goal goal);
  Result<void> send_home();                   // every client leaves
  Result<void> bring_up_and_home(Goal goal);  // each leaves as soon as it is ready; concurrency counts till it has left
  // Turns the loop until `is_done` or the deadline; fails when a connection breaks.
  Result<void> run_until(Nanos deadline, UniqueFunction<bool()> is_done);
  Result<void> run_until(Nanos deadline) {
    return run_until(deadline, [] { return false; });
  }

  std::size_t size() const { return clients_.size(); }
  Client& operator[](std::size_t index) { return *clients_[index]; }
  const Client& operator[](std::size_t index) const { return *clients_[index]; }
  Reactor& reactor() { return reactor_; }
  const std::optional<Error>& failure() const { return failure_; }
  const Histogram& login_times() const { return login_times_; }  // from connect() to ready, of the last bring_up
  std::size_t ready_count() const { return ready_; }

  void on_ready(Client& client) override;
  void on_stanza(Client& client, std::string_view stanza, Nanos arrival) override;
  void on_closed(Client& client, const std::string& failure) override;

 private:
  Result<void> run_through(Goal goal, bool leaves_at_once);
  void start_more(Goal goal);
  std::size_t finished() const { return leaves_at_once_ ? left_ : ready_; }

  Reactor reactor_;
  TlsContext tls_;
  ScramKeys keys_;
  Surroundings surroundings_;
  std::vector<std::unique_ptr<Client>> clients_;
  StanzaHandler handler_;
  Histogram login_times_;
  std::size_t started_ = 0, ready_ = 0, left_ = 0;
  bool leaves_at_once_ = false;
  std::optional<Error> failure_;
};

}  // namespace queqiao::bench
