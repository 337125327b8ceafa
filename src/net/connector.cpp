#include "net/connector.h"

#include <netdb.h>

#include <cerrno>
#include <cstring>
#include <utility>
#include <vector>

#include "net/shard.h"
#include "net/socket.h"

namespace queqiao::net {

namespace {

struct Address {
  sockaddr_storage storage{};
  socklen_t size = 0;
};

Result<std::vector<Address>> resolve(const HostPort& to, int flags) {
  addrinfo hints{};
  hints.ai_socktype = SOCK_STREAM;
  hints.ai_flags = AI_NUMERICSERV | flags;
  addrinfo* found = nullptr;
  const int outcome = getaddrinfo(to.host.c_str(), std::to_string(to.port).c_str(), &hints, &found);
  if (outcome != 0) return Error{ErrorCode::not_found, "'" + to.host + "': " + gai_strerror(outcome)};
  std::vector<Address> addresses;
  for (const addrinfo* one = found; one; one = one->ai_next) {
    Address& address = addresses.emplace_back();
    std::memcpy(&address.storage, one->ai_addr, one->ai_addrlen);
    address.size = one->ai_addrlen;
  }
  freeaddrinfo(found);
  return addresses;
}

// One try to connect, address by address. It belongs to its timer, and so to its shard: when the shard ends, it ends.
class Attempt final : public Pollable, public std::enable_shared_from_this<Attempt> {
 public:
  Attempt(Shard& shard, std::vector<Address> addresses, Connector::Options options, Connector::Then then)
      : shard_(shard), addresses_(std::move(addresses)), options_(std::move(options)), then_(std::move(then)) {}
  ~Attempt() override { drop_socket(); }

  void try_next() {
    drop_socket();
    if (next_ == addresses_.size()) return then_(Error{ErrorCode::unavailable, std::strerror(last_error_)});
    const Address& address = addresses_[next_++];
    fd_.reset(socket(address.storage.ss_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
    if (!fd_) return give_up_address(errno);
    set_stream_options(fd_.get());
    const int outcome = ::connect(fd_.get(), reinterpret_cast<const sockaddr*>(&address.storage), address.size);
    if (outcome != 0 && errno != EINPROGRESS) return give_up_address(errno);
    timer_ = shard_.after(options_.timeout, [self = shared_from_this()] { self->give_up_address(ETIMEDOUT); });
    shard_.watch(fd_.get(), *this);
  }

 private:
  void on_ready(std::uint32_t events) override {
    if (!(events & (EPOLLOUT | EPOLLERR | EPOLLHUP))) return;
    int error = 0;
    socklen_t size = sizeof error;
    getsockopt(fd_.get(), SOL_SOCKET, SO_ERROR, &error, &size);
    if (error != 0) return give_up_address(error);
    succeed();
  }

  void succeed() {
    const auto self = shared_from_this();
    const IpAddress peer(addresses_[next_ - 1].storage);
    FileDescriptor fd(fd_.release());
    shard_.forget(fd.get(), *this);
    shard_.cancel(timer_);
    auto connection = std::make_unique<SocketConnection>(shard_, std::move(fd), peer, *options_.limits, options_.tls,
                                                         options_.server_name);
    if (options_.tls_start == TlsStart::at_once) connection->start_tls();
    then_(std::unique_ptr<Connection>(std::move(connection)));
  }

  void give_up_address(int error) {
    last_error_ = error;
    const auto self = shared_from_this();
    try_next();
  }

  void drop_socket() {
    if (!fd_) return;
    shard_.cancel(timer_);
    shard_.forget(fd_.get(), *this);
    fd_.reset();
  }

  Shard& shard_;
  const std::vector<Address> addresses_;
  const Connector::Options options_;
  Connector::Then then_;
  std::size_t next_ = 0;
  int last_error_ = EADDRNOTAVAIL;
  FileDescriptor fd_;
  EventLoop::TimerId timer_ = 0;
};

void begin(Shard& shard, Result<std::vector<Address>> addresses, Connector::Options options, Connector::Then then) {
  if (!addresses) return then(addresses.error());
  std::make_shared<Attempt>(shard, *std::move(addresses), std::move(options), std::move(then))->try_next();
}

}  // namespace

void Connector::connect(Shard& shard, const HostPort& to, Options options, Then then) {
  // Shared by the look-up and by its refusal; only one of them runs.
  auto go_on = [&shard, options = std::move(options), then = std::move(then)](auto addresses) mutable {
    shard.post(
        [&shard, addresses = std::move(addresses), options = std::move(options), then = std::move(then)]() mutable {
          begin(shard, std::move(addresses), std::move(options), std::move(then));
        });
  };
  if (auto digits = resolve(to, AI_NUMERICHOST)) return go_on(std::move(digits));
  const auto shared = std::make_shared<decltype(go_on)>(std::move(go_on));
  if (!resolver_.run([to, shared] { (*shared)(resolve(to, 0)); })) {
    (*shared)(Result<std::vector<Address>>(Error{ErrorCode::unavailable, "too many look-ups are under way"}));
  }
}

}  // namespace queqiao::net
