#pragma once

#include <vector>

#include "clock.h"

namespace queqiao::bench {

// Something with a socket. Called by Reactor::turn() only.
class Pollable {
 public:
  virtual ~Pollable() = default;
  virtual void on_readable() = 0;
  virtual void on_writable() = 0;
  virtual void flush() = 0;  // asked for with flush_at_end_of_turn()
};

// The one thread's event loop on bare epoll. What many messages of a turn wrote to a connection leaves in one send.
class Reactor {
 public:
  Reactor();
  ~Reactor();
  Reactor(const Reactor&) = delete;
  Reactor& operator=(const Reactor&) = delete;

  // `pollable` is not owned and must outlive its socket. Closing the socket ends the watch.
  void watch(int fd, Pollable& pollable, bool also_writable);
  void rewatch(int fd, Pollable& pollable, bool also_writable);
  void flush_at_end_of_turn(Pollable& pollable) { dirty_.push_back(&pollable); }

  // Handles what is ready, waiting for it until `deadline` at most (to a few µs: the timer slack is set to 1 ns),
  // then flushes.
  void turn(Nanos deadline);
  void flush();

 private:
  int epoll_;
  std::vector<Pollable*> dirty_;  // not owned
};

}  // namespace queqiao::bench
