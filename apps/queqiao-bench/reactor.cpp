#include "reactor.h"

#include <sys/epoll.h>
#include <sys/prctl.h>
#include <unistd.h>

#include <algorithm>
#include <array>

#include "base/assert.h"

namespace queqiao::bench {
namespace {

constexpr int events_per_turn = 256;

epoll_event interest(Pollable& pollable, bool also_writable) {
  epoll_event event{};
  event.events = EPOLLIN | (also_writable ? EPOLLOUT : 0U);
  event.data.ptr = &pollable;
  return event;
}

}  // namespace

Reactor::Reactor() : epoll_(epoll_create1(EPOLL_CLOEXEC)) {
  QUEQIAO_ASSERT(epoll_ >= 0);
  prctl(PR_SET_TIMERSLACK, 1UL);  // the default, 50 µs, would delay every message of a fixed rate
}

Reactor::~Reactor() {
  close(epoll_);
}

void Reactor::watch(int fd, Pollable& pollable, bool also_writable) {
  epoll_event event = interest(pollable, also_writable);
  epoll_ctl(epoll_, EPOLL_CTL_ADD, fd, &event);
}

void Reactor::rewatch(int fd, Pollable& pollable, bool also_writable) {
  epoll_event event = interest(pollable, also_writable);
  epoll_ctl(epoll_, EPOLL_CTL_MOD, fd, &event);
}

void Reactor::turn(Nanos deadline) {
  std::array<epoll_event, events_per_turn> events;
  const Nanos wait = std::max<Nanos>(deadline - now(), 0);
  const timespec timeout{.tv_sec = wait / second, .tv_nsec = wait % second};
  const int count = epoll_pwait2(epoll_, events.data(), events_per_turn, &timeout, nullptr);
  for (int i = 0; i < count; ++i) {
    auto& pollable = *static_cast<Pollable*>(events[i].data.ptr);
    if (events[i].events & EPOLLOUT) pollable.on_writable();
    if (events[i].events & ~static_cast<unsigned>(EPOLLOUT)) pollable.on_readable();
  }
  flush();
}

void Reactor::flush() {
  // By index: flushing may find a connection broken, and whoever hears of it may write to another one.
  for (std::size_t i = 0; i < dirty_.size(); ++i) dirty_[i]->flush();
  dirty_.clear();
}

}  // namespace queqiao::bench
