#pragma once

#include <sys/epoll.h>

#include <array>
#include <boost/intrusive/list.hpp>
#include <cstdint>

#include "net/file_descriptor.h"

namespace queqiao::net {

namespace detail {
struct AgainTag;
struct FlushTag;
template <class Tag>
using Hook = boost::intrusive::list_base_hook<boost::intrusive::tag<Tag>,
                                              boost::intrusive::link_mode<boost::intrusive::auto_unlink>>;
template <class T, class Tag>
using HookedList =
    boost::intrusive::list<T, boost::intrusive::base_hook<Hook<Tag>>, boost::intrusive::constant_time_size<false>>;
}  // namespace detail

// Something with a file descriptor that a shard watches. Being destroyed takes it off the shard's lists, but not out of
// the PollSet: whoever called watch() calls forget() first.
class Pollable : public detail::Hook<detail::AgainTag>, public detail::Hook<detail::FlushTag> {
 public:
  virtual ~Pollable() = default;
  // `events` are those of epoll_ctl(2), told once per change (EPOLLET): what is left unread is not told again, which is
  // what Shard::run_again() is for. 0 when run_again() asked for the call.
  virtual void on_ready(std::uint32_t events) = 0;
  virtual void on_flush() {}  // at the end of a turn in which Shard::flush_later() was called

  void unlink();  // from both lists
};

using AgainList = detail::HookedList<Pollable, detail::AgainTag>;
using FlushList = detail::HookedList<Pollable, detail::FlushTag>;

// The epoll set of one shard, edge-triggered: a connection is registered once for reading and writing, and neither
// waiting for room to write nor going back to idle costs a system call. docs/decisions/0002-event-loop.md has numbers.
class PollSet {
 public:
  PollSet();

  int fd() const { return epoll_.get(); }
  void watch(int fd, Pollable& pollable);
  void forget(int fd, Pollable& pollable);  // also drops events that were fetched and not yet dispatched
  void wait(int timeout_ms);                // fetches events; -1 waits for ever
  void dispatch();                          // hands what wait() fetched to their pollables

 private:
  FileDescriptor epoll_;
  std::array<epoll_event, 256> events_;
  int fetched_ = 0;
};

}  // namespace queqiao::net
