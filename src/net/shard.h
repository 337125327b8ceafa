#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <thread>
#include <vector>

#include "base/event_loop.h"
#include "net/inbox.h"
#include "net/poll_set.h"
#include "net/timer_wheel.h"

namespace boost::asio {
class io_context;
}

namespace queqiao::net {

// One thread with its event loop. Connections live in the shard's own epoll set; everything that lives on a shard is
// used on its thread alone, and shards talk by post().
//
// A turn: wait; hand out what is ready; run what was posted; run timers; run the end-of-turn tasks; hand over what was
// posted to other shards; flush connections.
class Shard final : public EventLoop {
 public:
  explicit Shard(unsigned id);
  ~Shard() override;  // after stop(), when no other thread posts any more and the turns that did have ended
  Shard(const Shard&) = delete;
  Shard& operator=(const Shard&) = delete;

  unsigned id() const { return id_; }
  static Shard* current();  // of the calling thread; null on a thread that is no shard's
  bool is_current() const { return current() == this; }

  void start();  // on a thread of its own
  // Ends the loop after everything that the caller posted before, and waits for the thread. Tasks that come later are
  // destroyed without being run. What lives on the shard must have been destroyed by a task of its owner before.
  // Not for the shard's own thread.
  void stop();
  void drop_posted();  // destroys what came after stop(), while its owners are still there

  // post() never waits: two shards that waited for each other's room would stand still. Whoever makes work for another
  // shard out of what it reads asks is_congested() and stops reading meanwhile (Connection::set_reading). Tasks that
  // are not taken are limited to 8 Mi as a last resort: more is a broken invariant and stops the process.
  void post(Task task) override;
  bool is_congested() const override { return inbox_.size() > congestion_mark; }

  TimePoint now() const override { return now_; }
  WallTime wall_time() const override;
  TimerId after(std::chrono::milliseconds delay, Task task) override;
  void cancel(TimerId timer) override { timers_.cancel(timer); }
  void at_end_of_turn(Task task) override { end_tasks_.push_back(std::move(task)); }

  // For the network layer, on the shard's thread.
  void watch(int fd, Pollable& pollable) { poll_set_.watch(fd, pollable); }
  void forget(int fd, Pollable& pollable) { poll_set_.forget(fd, pollable); }
  void run_again(Pollable& pollable);    // on_ready(0) in the next turn, which comes at once
  void flush_later(Pollable& pollable);  // on_flush() at the end of this turn, once
  std::span<char> read_buffer() { return {read_buffer_.get(), read_buffer_size}; }
  std::string take_buffer();             // empty, perhaps with room
  void give_buffer(std::string buffer);  // for the next take_buffer(), if it is worth keeping

  // For libraries written on Boost.Asio. From the first call on the loop sleeps in Asio's reactor, with the shard's own
  // set inside it, which costs two more system calls per turn.
  boost::asio::io_context& asio();

 private:
  class AsioReactor;
  class Wake final : public Pollable {
    void on_ready(std::uint32_t) override {}  // having ended the wait is all
  };
  static constexpr std::size_t congestion_mark = 64 << 10;  // tasks: some tens of milliseconds of work
  static constexpr std::size_t read_buffer_size = 64 << 10;

  void run();
  void turn();
  void wait();
  void wait_until_ready(int timeout_ms);
  int sleep_limit_ms() const;
  bool has_work() const;
  void refresh_clock();
  void run_pollables_again();
  void run_posted();
  void finish_turn();
  void post_from_here(Shard& to, Task task);
  void hand_over();

  const unsigned id_;
  std::thread thread_;
  bool is_running_ = false;
  PollSet poll_set_;
  Inbox inbox_;
  Wake wake_;
  TimePoint now_;
  mutable WallTime wall_time_;
  mutable bool has_wall_time_ = false;
  TimerWheel timers_;
  std::vector<Task> own_tasks_;  // posted by this thread
  std::vector<Task> end_tasks_;
  std::vector<Task> running_;  // kept for its memory
  // What this thread posted to other shards in this turn: one lock and at most one wake-up for all of it.
  struct Outbox {
    Shard* to;  // not owned
    std::vector<Task> tasks;
  };
  std::vector<Outbox> outboxes_;
  AgainList again_;
  FlushList flush_;
  std::unique_ptr<char[]> read_buffer_;
  std::vector<std::string> spare_buffers_;
  std::unique_ptr<AsioReactor> asio_;
};

}  // namespace queqiao::net
