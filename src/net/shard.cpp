#include "net/shard.h"

#include <algorithm>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <utility>

#include "base/assert.h"

namespace queqiao::net {

namespace {
thread_local Shard* current_shard = nullptr;
constexpr std::size_t spare_buffer_bytes = 16 << 10;  // a larger one is given back to the heap
constexpr std::size_t spare_buffer_count = 64;
}  // namespace

// Asio's reactor with the shard's epoll set as one of its descriptors.
class Shard::AsioReactor {
 public:
  explicit AsioReactor(int epoll_fd) : connections_(context_, epoll_fd) { await_connections(); }
  ~AsioReactor() { connections_.release(); }  // the descriptor is the PollSet's

  boost::asio::io_context& context() { return context_; }

  // Runs at most one handler of Asio's. True when the shard's own set has events.
  bool wait(int timeout_ms) {
    is_ready_ = false;
    if (timeout_ms == 0) {
      context_.poll_one();
    } else if (timeout_ms < 0) {
      context_.run_one();
    } else {
      context_.run_one_for(std::chrono::milliseconds(timeout_ms));
    }
    if (is_ready_) await_connections();
    return is_ready_;
  }

 private:
  void await_connections() {
    connections_.async_wait(boost::asio::posix::descriptor_base::wait_read,
                            [this](const boost::system::error_code&) { is_ready_ = true; });
  }

  boost::asio::io_context context_{1};
  boost::asio::executor_work_guard<boost::asio::io_context::executor_type> work_ = make_work_guard(context_);
  boost::asio::posix::stream_descriptor connections_;
  bool is_ready_ = false;
};

Shard::Shard(unsigned id)
    : id_(id),
      now_(std::chrono::steady_clock::now()),
      timers_(now_),
      read_buffer_(std::make_unique_for_overwrite<char[]>(read_buffer_size)) {
  poll_set_.watch(inbox_.wake_fd(), wake_);
}

Shard::~Shard() {
  QUEQIAO_ASSERT(!thread_.joinable());
}

Shard* Shard::current() {
  return current_shard;
}

void Shard::start() {
  QUEQIAO_ASSERT(!thread_.joinable());
  thread_ = std::thread([this] { run(); });
}

void Shard::stop() {
  if (!thread_.joinable()) return;
  QUEQIAO_ASSERT(!is_current());
  inbox_.push([this] { is_running_ = false; });
  thread_.join();
}

void Shard::drop_posted() {
  QUEQIAO_ASSERT(!thread_.joinable());
  std::vector<Task> late;
  inbox_.take(late);
}

void Shard::post(Task task) {
  if (is_current()) {
    own_tasks_.push_back(std::move(task));
  } else if (Shard* here = current()) {
    here->post_from_here(*this, std::move(task));
  } else {
    inbox_.push(std::move(task));
  }
}

void Shard::post_from_here(Shard& to, Task task) {
  auto outbox = std::find_if(outboxes_.begin(), outboxes_.end(), [&](const Outbox& each) { return each.to == &to; });
  if (outbox == outboxes_.end()) outbox = outboxes_.insert(outbox, Outbox{&to, {}});
  outbox->tasks.push_back(std::move(task));
}

void Shard::hand_over() {
  for (auto& outbox : outboxes_) {
    if (!outbox.tasks.empty()) outbox.to->inbox_.push_all(outbox.tasks);
  }
}

WallTime Shard::wall_time() const {
  if (!std::exchange(has_wall_time_, true)) {
    wall_time_ = std::chrono::time_point_cast<WallTime::duration>(std::chrono::system_clock::now());
  }
  return wall_time_;
}

EventLoop::TimerId Shard::after(std::chrono::milliseconds delay, Task task) {
  return timers_.add(now_ + delay, std::move(task));
}

void Shard::run_again(Pollable& pollable) {
  if (!pollable.detail::Hook<detail::AgainTag>::is_linked()) again_.push_back(pollable);
}

void Shard::flush_later(Pollable& pollable) {
  if (!pollable.detail::Hook<detail::FlushTag>::is_linked()) flush_.push_back(pollable);
}

std::string Shard::take_buffer() {
  if (spare_buffers_.empty()) return {};
  auto buffer = std::move(spare_buffers_.back());
  spare_buffers_.pop_back();
  return buffer;
}

void Shard::give_buffer(std::string buffer) {
  if (buffer.capacity() > spare_buffer_bytes || spare_buffers_.size() == spare_buffer_count) return;
  buffer.clear();
  spare_buffers_.push_back(std::move(buffer));
}

boost::asio::io_context& Shard::asio() {
  QUEQIAO_ASSERT(is_current());
  if (!asio_) asio_ = std::make_unique<AsioReactor>(poll_set_.fd());
  return asio_->context();
}

void Shard::run() {
  current_shard = this;
  is_running_ = true;
  refresh_clock();
  while (is_running_) turn();
  // Tasks own things that belong to this thread, so they end here too.
  own_tasks_.clear();
  end_tasks_.clear();
  inbox_.take(running_);
  running_.clear();
  hand_over();
  asio_.reset();
  current_shard = nullptr;
}

void Shard::turn() {
  wait();
  refresh_clock();
  poll_set_.dispatch();
  run_pollables_again();
  run_posted();
  timers_.advance(now_);
  finish_turn();
}

void Shard::wait() {
  if (has_work() || !inbox_.begin_sleep()) {
    wait_until_ready(0);
    return;
  }
  wait_until_ready(sleep_limit_ms());
  inbox_.end_sleep();
}

void Shard::wait_until_ready(int timeout_ms) {
  if (!asio_) {
    poll_set_.wait(timeout_ms);
  } else if (asio_->wait(timeout_ms)) {
    poll_set_.wait(0);
  }
}

bool Shard::has_work() const {
  if (!own_tasks_.empty() || !end_tasks_.empty() || !again_.empty() || !flush_.empty()) return true;
  return std::any_of(outboxes_.begin(), outboxes_.end(), [](const Outbox& outbox) { return !outbox.tasks.empty(); });
}

int Shard::sleep_limit_ms() const {
  const auto due = timers_.next_due();
  if (!due) return -1;
  const auto left = std::chrono::ceil<std::chrono::milliseconds>(*due - std::chrono::steady_clock::now());
  return static_cast<int>(std::clamp<std::int64_t>(left.count(), 0, 60'000));
}

void Shard::refresh_clock() {
  now_ = std::chrono::steady_clock::now();
  has_wall_time_ = false;
}

void Shard::run_pollables_again() {
  AgainList list;
  list.swap(again_);
  while (!list.empty()) {
    Pollable& pollable = list.front();
    list.pop_front();
    pollable.on_ready(0);
  }
}

// Each list once: what a task posts runs in the next turn, so that tasks that post each other do not starve
// connections.
void Shard::run_posted() {
  for (const bool is_own : {false, true}) {
    if (is_own) {
      running_.swap(own_tasks_);
    } else {
      inbox_.take(running_);
    }
    for (auto& task : running_) task();
    running_.clear();
  }
}

void Shard::finish_turn() {
  running_.swap(end_tasks_);
  for (auto& task : running_) task();
  running_.clear();
  hand_over();
  FlushList list;
  list.swap(flush_);
  while (!list.empty()) {
    Pollable& pollable = list.front();
    list.pop_front();
    pollable.on_flush();
  }
}

}  // namespace queqiao::net
