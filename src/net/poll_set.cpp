#include "net/poll_set.h"

#include <algorithm>

#include "base/assert.h"

namespace queqiao::net {

void Pollable::unlink() {
  detail::Hook<detail::AgainTag>::unlink();
  detail::Hook<detail::FlushTag>::unlink();
}

PollSet::PollSet() : epoll_(epoll_create1(EPOLL_CLOEXEC)) {
  QUEQIAO_ASSERT(epoll_);
}

void PollSet::watch(int fd, Pollable& pollable) {
  epoll_event event{};
  event.events = EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET;
  event.data.ptr = &pollable;
  const int outcome = epoll_ctl(epoll_.get(), EPOLL_CTL_ADD, fd, &event);
  QUEQIAO_ASSERT(outcome == 0);
}

void PollSet::forget(int fd, Pollable& pollable) {
  epoll_ctl(epoll_.get(), EPOLL_CTL_DEL, fd, nullptr);
  for (int i = 0; i < fetched_; ++i) {
    if (events_[i].data.ptr == &pollable) events_[i].data.ptr = nullptr;
  }
}

void PollSet::wait(int timeout_ms) {
  fetched_ = std::max(0, epoll_wait(epoll_.get(), events_.data(), static_cast<int>(events_.size()), timeout_ms));
}

void PollSet::dispatch() {
  for (int i = 0; i < fetched_; ++i) {
    if (auto* pollable = static_cast<Pollable*>(events_[i].data.ptr)) pollable->on_ready(events_[i].events);
  }
  fetched_ = 0;
}

}  // namespace queqiao::net
