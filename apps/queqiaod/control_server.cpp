#include "control_server.h"

#include <fmt/format.h>
#include <sys/socket.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <future>
#include <unordered_map>

#include "base/log.h"
#include "control_commands.h"
#include "control_socket.h"
#include "net/shard.h"
#include "net/socket_connection.h"

namespace queqiao::daemon {
namespace {

constexpr std::size_t callers_at_once = 32;
constexpr std::chrono::seconds idle_limit{60};  // for a caller without a request under way
constexpr unsigned control_loop_id = ~0u;

const net::ConnectionLimits connection_limits{.hard_limit = control_answer_bytes};

std::string line_of(const Result<Json>& outcome) {
  const Json line =
      outcome ? Json{{"ok", true}, {"result", *outcome}} : Json{{"ok", false}, {"error", outcome.error().message}};
  return line.dump(-1, ' ', false, Json::error_handler_t::replace) + '\n';
}

}  // namespace

// The thread with its callers. Everything but start and stop happens on the thread.
class ControlServer::Desk final : private net::Pollable {
 public:
  Desk(Daemon& daemon, net::FileDescriptor listening)
      : daemon_(daemon), loop_(control_loop_id), listening_(std::move(listening)) {}
  void start();
  void stop();

 private:
  class Caller;
  void on_ready(std::uint32_t events) override;
  bool accept_one();
  bool go_on_after(int error);

  Daemon& daemon_;
  net::Shard loop_;
  net::FileDescriptor listening_;
  std::unordered_map<std::uint64_t, std::unique_ptr<Caller>> callers_;
  std::uint64_t next_id_ = 1;
  // Shared with the answers that are still to come: some come while this object's own queue is destroyed.
  std::shared_ptr<std::atomic<bool>> is_open_ = std::make_shared<std::atomic<bool>>(true);
};

// One connection: requests are served one after the other.
class ControlServer::Desk::Caller final : public net::ConnectionHandler {
 public:
  Caller(Desk& desk, std::uint64_t id, net::FileDescriptor fd)
      : desk_(desk), id_(id), connection_(desk.loop_, std::move(fd), {}, connection_limits) {
    connection_.set_handler(this);
    wait_for(idle_limit, [this] { connection_.close(); });
  }
  ~Caller() override { desk_.loop_.cancel(timer_); }

 private:
  void on_bytes(std::string_view bytes) override;
  void on_closed(net::CloseReason) override { desk_.callers_.erase(id_); }

  void serve_next();
  void serve(std::string_view line);
  void run(const ControlCommand& command, Json request);
  void finish(std::uint64_t request, const Result<Json>& outcome);
  void wait_for(std::chrono::seconds limit, EventLoop::Task task);

  Desk& desk_;
  const std::uint64_t id_;
  net::SocketConnection connection_;
  std::string input_;
  std::uint64_t request_ = 0;  // counts; an answer to an earlier one comes too late
  bool is_busy_ = false;
  EventLoop::TimerId timer_ = 0;
};

void ControlServer::Desk::Caller::wait_for(std::chrono::seconds limit, EventLoop::Task task) {
  desk_.loop_.cancel(timer_);
  timer_ = desk_.loop_.after(limit, std::move(task));
}

void ControlServer::Desk::Caller::on_bytes(std::string_view bytes) {
  input_.append(bytes);
  if (input_.size() > control_request_bytes) {
    connection_.send(line_of(Error{ErrorCode::invalid, "the request is too long"}));
    return connection_.close();
  }
  serve_next();
}

void ControlServer::Desk::Caller::serve_next() {
  if (is_busy_) return;
  const auto end = input_.find('\n');
  if (end == std::string::npos) return;
  const auto line = input_.substr(0, end);
  input_.erase(0, end + 1);
  is_busy_ = true;
  ++request_;
  serve(line);
}

void ControlServer::Desk::Caller::serve(std::string_view line) {
  auto request = Json::parse(line, nullptr, false);
  const auto name = request.is_object() ? request.find("command") : request.end();
  if (!request.is_object() || name == request.end() || !name->is_string()) {
    return finish(request_, Error{ErrorCode::invalid, "a request is one line with a JSON object that has a 'command'"});
  }
  const auto commands = control_commands();
  const auto command =
      std::find_if(commands.begin(), commands.end(), [&](const auto& one) { return *name == one.name; });
  if (command == commands.end()) {
    return finish(request_,
                  Error{ErrorCode::not_found, "the server does not know this command; is it of another version?"});
  }
  run(*command, std::move(request));
}

void ControlServer::Desk::Caller::run(const ControlCommand& command, Json request) {
  wait_for(command.time_limit, [this, limit = command.time_limit] {
    finish(request_, Error{ErrorCode::unavailable,
                           fmt::format("no answer within {} s; it may still be carried out", limit.count())});
  });
  ControlAnswer answer = [&desk = desk_, is_open = desk_.is_open_, id = id_, number = request_](Result<Json> outcome) {
    if (!*is_open) return;
    desk.loop_.post([&desk, id, number, outcome = std::move(outcome)] {
      const auto caller = desk.callers_.find(id);
      if (caller != desk.callers_.end()) caller->second->finish(number, outcome);
    });
  };
  command.run(ControlCall(desk_.daemon_, desk_.loop_, std::move(request), std::move(answer)));
}

void ControlServer::Desk::Caller::finish(std::uint64_t request, const Result<Json>& outcome) {
  if (!is_busy_ || request != request_) return;
  is_busy_ = false;
  connection_.send(line_of(outcome));
  wait_for(idle_limit, [this] { connection_.close(); });
  if (input_.empty()) return;
  desk_.loop_.post([&desk = desk_, id = id_] {
    const auto caller = desk.callers_.find(id);
    if (caller != desk.callers_.end()) caller->second->serve_next();
  });
}

void ControlServer::Desk::start() {
  loop_.post([this] { loop_.watch(listening_.get(), *this); });
  loop_.start();
}

void ControlServer::Desk::stop() {
  if (!is_open_->exchange(false)) return;
  std::promise<void> done;
  loop_.post([&] {
    unlink();
    loop_.forget(listening_.get(), *this);
    listening_.reset();
    callers_.clear();
    done.set_value();
  });
  done.get_future().wait();
  loop_.stop();
  remove_control_socket(daemon_.settings()->data_dir);
}

void ControlServer::Desk::on_ready(std::uint32_t) {
  while (accept_one()) continue;
}

bool ControlServer::Desk::accept_one() {
  net::FileDescriptor fd(::accept4(listening_.get(), nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC));
  if (!fd) return go_on_after(errno);
  if (!is_peer_allowed(fd.get())) {
    log::warning("control: a process of another user was turned away");
  } else if (callers_.size() >= callers_at_once) {
    log::warning("control: more than {} callers at once; one was turned away", callers_at_once);
  } else {
    const auto id = next_id_++;
    callers_.emplace(id, std::make_unique<Caller>(*this, id, std::move(fd)));
  }
  return true;
}

// Those who wait are not told again (EPOLLET), so without descriptors we come back by ourselves.
bool ControlServer::Desk::go_on_after(int error) {
  if (error == ECONNABORTED || error == EINTR) return true;
  if (error != EAGAIN) loop_.after(std::chrono::seconds(1), [this] { on_ready(0); });
  return false;
}

ControlServer::ControlServer(std::unique_ptr<Desk> desk) : desk_(std::move(desk)) {}
ControlServer::~ControlServer() {
  stop();
}
void ControlServer::stop() {
  desk_->stop();
}

Result<std::unique_ptr<ControlServer>> ControlServer::start(Daemon& daemon) {
  QUEQIAO_TRY(auto listening, listen_on_control_socket(daemon.settings()->data_dir));
  auto desk = std::make_unique<Desk>(daemon, std::move(listening));
  desk->start();
  return std::unique_ptr<ControlServer>(new ControlServer(std::move(desk)));
}

}  // namespace queqiao::daemon
