#include "net/listener.h"

#include <netdb.h>

#include <atomic>
#include <cerrno>
#include <cstring>
#include <future>
#include <utility>

#include "base/assert.h"
#include "base/log.h"
#include "net/shards.h"
#include "net/socket.h"

namespace queqiao::net {

namespace {

constexpr int accepted_per_turn = 64;
constexpr std::chrono::milliseconds pause_without_descriptors{250};

Error system_error(const HostPort& at) {
  const auto code = errno == EADDRINUSE ? ErrorCode::unavailable : ErrorCode::io;
  return {code, "cannot listen on " + (at.host.empty() ? "*" : at.host) + ":" + std::to_string(at.port) + ": " +
                    std::strerror(errno)};
}

Result<FileDescriptor> bind_and_listen(const addrinfo& address, const HostPort& at, int backlog) {
  FileDescriptor fd(socket(address.ai_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
  if (!fd) return system_error(at);
  const int on = 1;
  setsockopt(fd.get(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  const int is_v6_only = at.host.empty() ? 0 : 1;  // "*" means IPv4 as well
  if (address.ai_family == AF_INET6) {
    setsockopt(fd.get(), IPPROTO_IPV6, IPV6_V6ONLY, &is_v6_only, sizeof is_v6_only);
  }
  set_stream_options(fd.get());
  if (bind(fd.get(), address.ai_addr, address.ai_addrlen) != 0 || listen(fd.get(), backlog) != 0) {
    return system_error(at);
  }
  return fd;
}

// The first address of the host that can be bound; for every address, IPv6 that takes IPv4 too if the machine has it.
Result<FileDescriptor> open_socket(const HostPort& at, int backlog) {
  addrinfo hints{};
  hints.ai_socktype = SOCK_STREAM;
  hints.ai_flags = AI_PASSIVE | AI_NUMERICSERV;
  addrinfo* found = nullptr;
  const auto port = std::to_string(at.port);
  const int outcome = getaddrinfo(at.host.empty() ? nullptr : at.host.c_str(), port.c_str(), &hints, &found);
  if (outcome != 0) return Error{ErrorCode::invalid, "'" + at.host + "': " + gai_strerror(outcome)};
  const std::unique_ptr<addrinfo, decltype(&freeaddrinfo)> addresses(found, &freeaddrinfo);
  Result<FileDescriptor> bound = Error{ErrorCode::invalid, "'" + at.host + "' has no address"};
  for (const int family : {AF_INET6, AF_INET}) {
    for (const addrinfo* one = found; one && !bound; one = one->ai_next) {
      if (one->ai_family == family) bound = bind_and_listen(*one, at, backlog);
    }
  }
  return bound;
}

std::uint16_t port_of(int fd) {
  sockaddr_storage address{};
  socklen_t size = sizeof address;
  getsockname(fd, reinterpret_cast<sockaddr*>(&address), &size);
  return ntohs(reinterpret_cast<const sockaddr_in&>(address).sin_port);  // in the same place for IPv6
}

}  // namespace

// What lives on the accepting shard. Shared with the connections that are on their way to other shards.
class Listener::Acceptor final : public Pollable, public std::enable_shared_from_this<Acceptor> {
 public:
  Acceptor(Shards& shards, FileDescriptor fd, Options options, Arrived arrived)
      : shards_(shards),
        home_(shards[0]),
        fd_(std::move(fd)),
        options_(std::move(options)),
        arrived_(std::move(arrived)) {}

  Shard& home() { return home_; }
  void start() { home_.watch(fd_.get(), *this); }
  void stop() {
    is_stopped_ = true;
    if (pause_) home_.cancel(std::exchange(pause_, 0));
    unlink();
    home_.forget(fd_.get(), *this);
    fd_.reset();
  }

  void on_ready(std::uint32_t) override {
    if (pause_) return;
    for (int i = 0; i < accepted_per_turn; ++i) {
      if (!accept_one()) return;
    }
    home_.run_again(*this);
  }

 private:
  bool accept_one() {
    sockaddr_storage address{};
    socklen_t size = sizeof address;
    FileDescriptor fd(accept4(fd_.get(), reinterpret_cast<sockaddr*>(&address), &size, SOCK_NONBLOCK | SOCK_CLOEXEC));
    if (!fd) return go_on_after(errno);
    Shard& shard = shards_[next_++ % shards_.size()];
    shard.post([self = shared_from_this(), &shard, fd = std::move(fd), peer = IpAddress(address)]() mutable {
      self->hand_out(shard, std::move(fd), peer);
    });
    return true;
  }

  // accept(2): some errors belong to the one connection that was to be accepted.
  bool go_on_after(int error) {
    if (error == EAGAIN) return false;
    if (error == EMFILE || error == ENFILE || error == ENOBUFS || error == ENOMEM) {
      log::error("cannot accept connections on port {}: {}; trying again soon", port_of(fd_.get()),
                 std::strerror(error));
      pause_ = home_.after(pause_without_descriptors, [this] {
        pause_ = 0;
        home_.run_again(*this);
      });
      return false;
    }
    return true;
  }

  void hand_out(Shard& shard, FileDescriptor fd, const IpAddress& peer) {
    if (is_stopped_) return;
    auto connection = std::make_unique<SocketConnection>(shard, std::move(fd), peer, *options_.limits, options_.tls);
    if (options_.tls_start == TlsStart::at_once) connection->start_tls();
    arrived_(shard, std::move(connection));
  }

  Shards& shards_;
  Shard& home_;
  FileDescriptor fd_;
  const Options options_;
  const Arrived arrived_;
  unsigned next_ = 0;
  EventLoop::TimerId pause_ = 0;
  std::atomic<bool> is_stopped_{false};
};

Listener::Listener(Shards& shards, std::uint16_t port, std::shared_ptr<Acceptor> acceptor)
    : shards_(shards), port_(port), acceptor_(std::move(acceptor)) {}

Result<std::unique_ptr<Listener>> Listener::open(Shards& shards, const HostPort& at, Options options, Arrived arrived) {
  QUEQIAO_ASSERT(options.tls || options.tls_start == TlsStart::by_request);
  QUEQIAO_TRY(auto fd, open_socket(at, options.backlog));
  const auto port = port_of(fd.get());
  auto acceptor = std::make_shared<Acceptor>(shards, std::move(fd), std::move(options), std::move(arrived));
  acceptor->home().post([acceptor] { acceptor->start(); });
  return std::unique_ptr<Listener>(new Listener(shards, port, std::move(acceptor)));
}

Listener::~Listener() {
  stop();
}

void Listener::stop() {
  if (!acceptor_) return;
  std::promise<void> done;
  acceptor_->home().post([&] {
    acceptor_->stop();
    done.set_value();
  });
  done.get_future().wait();
  acceptor_.reset();
}

}  // namespace queqiao::net
