#include "net/socket.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include <cerrno>

namespace queqiao::net {

namespace {

IoResult failure() {
  switch (errno) {
    case EAGAIN:
    case EINTR:
      return {IoResult::Status::again};
    case ECONNRESET:
    case EPIPE:
    case ETIMEDOUT:
      return {IoResult::Status::ended};
    default:
      return {IoResult::Status::failed};
  }
}

void set_option(int fd, int level, int name, int value) {
  setsockopt(fd, level, name, &value, sizeof value);
}

}  // namespace

IoResult receive_some(int fd, std::span<char> buffer) {
  const auto received = recv(fd, buffer.data(), buffer.size(), 0);
  if (received < 0) return failure();
  if (received == 0) return {IoResult::Status::ended};
  return {IoResult::Status::done, static_cast<std::size_t>(received)};
}

IoResult send_some(int fd, std::string_view bytes) {
  const auto sent = send(fd, bytes.data(), bytes.size(), MSG_NOSIGNAL);
  if (sent < 0) return failure();
  return {IoResult::Status::done, static_cast<std::size_t>(sent)};
}

void set_stream_options(int fd) {
  set_option(fd, IPPROTO_TCP, TCP_NODELAY, 1);
  set_option(fd, SOL_SOCKET, SO_KEEPALIVE, 1);
  set_option(fd, IPPROTO_TCP, TCP_KEEPIDLE, 120);
  set_option(fd, IPPROTO_TCP, TCP_KEEPINTVL, 30);
  set_option(fd, IPPROTO_TCP, TCP_KEEPCNT, 3);
  set_option(fd, IPPROTO_TCP, TCP_USER_TIMEOUT, 120'000);
}

}  // namespace queqiao::net
