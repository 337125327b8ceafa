#pragma once

#include <gtest/gtest.h>

#include <condition_variable>
#include <deque>
#include <functional>
#include <future>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "net/connector.h"
#include "net/listener.h"
#include "net/shards.h"

namespace queqiao::net {

// Runs `task` on `shard` and waits for what it returns.
template <class F>
auto on(Shard& shard, F task) {
  std::promise<decltype(task())> done;
  shard.post([&] {
    if constexpr (std::is_void_v<decltype(task())>) {
      task();
      done.set_value();
    } else {
      done.set_value(task());
    }
  });
  return done.get_future().get();
}

// One end of a connection with a record of what its handler was told, which the test's thread can wait for.
class End final : public ConnectionHandler {
 public:
  std::function<void(std::string_view)> on_input;  // on the connection's thread, instead of recording
  std::function<void()> on_drain;
  std::function<void()> on_secure;
  std::function<void(CloseReason)> on_end;

  // On the connection's thread.
  void adopt(std::unique_ptr<Connection> connection) {
    connection_ = std::move(connection);
    connection_->set_handler(this);
  }
  Connection& connection() { return *connection_; }
  std::unique_ptr<Connection> give_up() { return std::move(connection_); }
  void drop() { connection_.reset(); }

  // On the test's thread; each waits until it is so.
  std::string wait_for_bytes(std::size_t count) {
    wait([&] { return received_.size() >= count || closed_; });
    const std::lock_guard lock(mutex_);
    return received_;
  }
  CloseReason wait_for_close() {
    wait([&] { return closed_.has_value(); });
    return *closed_;
  }
  void wait_for_secured() {
    wait([&] { return is_secured_ || closed_; });
  }
  void wait_for_drained() {
    wait([&] { return is_drained_; });
  }
  bool is_closed() {
    const std::lock_guard lock(mutex_);
    return closed_.has_value();
  }
  bool was_secured() {
    const std::lock_guard lock(mutex_);
    return is_secured_;
  }

 private:
  void on_bytes(std::string_view bytes) override {
    if (on_input) return on_input(bytes);
    record([&] { received_ += bytes; });
  }
  void on_secured() override {
    record([&] { is_secured_ = true; });
    if (on_secure) on_secure();
  }
  void on_drained() override {
    record([&] { is_drained_ = true; });
    if (on_drain) on_drain();
  }
  void on_closed(CloseReason reason) override {
    if (on_end) on_end(reason);
    record([&] { closed_ = reason; });
  }
  template <class F>
  void record(F change) {
    const std::lock_guard lock(mutex_);
    change();
    changed_.notify_all();
  }
  template <class F>
  void wait(F condition) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, condition);
  }

  std::unique_ptr<Connection> connection_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::string received_;
  bool is_secured_ = false;
  bool is_drained_ = false;
  std::optional<CloseReason> closed_;
};

// Two shards, a listener on a free port of the loopback, and pairs of connected ends.
class NetTest : public ::testing::Test {
 protected:
  struct Pair {
    std::shared_ptr<End> client;  // on shard 1
    std::shared_ptr<End> server;  // on *server_shard
    Shard* server_shard;
  };

  NetTest() { shards_.start(); }
  ~NetTest() override {
    if (listener_) listener_->stop();
    for (unsigned id = 0; id < shards_.size(); ++id) {
      on(shards_[id], [&] { ends_[id].clear(); });
    }
    shards_.stop();
  }

  void listen(Listener::Options options = {}) {
    auto listener = Listener::open(shards_, {"127.0.0.1", 0}, options,
                                   [this](Shard& shard, auto connection) { arrived(shard, std::move(connection)); });
    ASSERT_TRUE(listener) << listener.error().message;
    listener_ = *std::move(listener);
  }

  // Connects, and gives both ends when both are known.
  Pair connect(Connector::Options options = {}) {
    if (!listener_) listen();
    Pair pair;
    pair.client = std::make_shared<End>();
    std::promise<void> connected;
    connector_.connect(shards_[1], {"127.0.0.1", listener_->port()}, options, [&](auto connection) {
      if (connection) pair.client->adopt(*std::move(connection));
      ends_[1].push_back(pair.client);
      connected.set_value();
    });
    connected.get_future().wait();
    const auto arrived = take_arrived();
    pair.server = arrived.server;
    pair.server_shard = arrived.server_shard;
    return pair;
  }

  // Waits for the next connection that the listener got; without a client's end.
  Pair take_arrived() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return !arrived_.empty(); });
    Pair pair{nullptr, arrived_.front().first, arrived_.front().second};
    arrived_.pop_front();
    return pair;
  }

  // Applied to server ends before they hear anything, on their thread.
  std::function<void(End&)> prepare_;

  Shards shards_{2};
  Connector connector_;
  std::unique_ptr<Listener> listener_;

 private:
  void arrived(Shard& shard, std::unique_ptr<Connection> connection) {
    auto end = std::make_shared<End>();
    end->adopt(std::move(connection));
    if (prepare_) prepare_(*end);
    ends_[shard.id()].push_back(end);
    const std::lock_guard lock(mutex_);
    arrived_.emplace_back(end, &shard);
    changed_.notify_all();
  }

  std::vector<std::shared_ptr<End>> ends_[2];  // each used on its shard
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<std::pair<std::shared_ptr<End>, Shard*>> arrived_;
};

}  // namespace queqiao::net
