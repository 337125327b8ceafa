#include "channel.h"

#include <netinet/tcp.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>

#include "base/assert.h"

namespace queqiao::bench {
namespace {

constexpr std::size_t connections_per_address = 20'000;

SSL* ssl(void* session) {
  return static_cast<SSL*>(session);
}

void set_option(int fd, int level, int name, int value) {
  ::setsockopt(fd, level, name, &value, sizeof value);
}

void bind_source(int fd, std::size_t index) {
  sockaddr_in source{};
  source.sin_family = AF_INET;
  source.sin_addr.s_addr = htonl(INADDR_LOOPBACK + static_cast<std::uint32_t>(index / connections_per_address));
  // The port is then chosen at connect(), where the whole 4-tuple is known to be free.
  set_option(fd, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, 1);
  ::bind(fd, reinterpret_cast<const sockaddr*>(&source), sizeof source);
}

long moved(SSL* session, int result) {
  if (result > 0) return result;
  const int error = SSL_get_error(session, result);
  ERR_clear_error();
  return error == SSL_ERROR_WANT_READ || error == SSL_ERROR_WANT_WRITE ? 0 : -1;
}

}  // namespace

TlsContext::TlsContext() {
  SSL_CTX* context = SSL_CTX_new(TLS_client_method());
  QUEQIAO_ASSERT(context != nullptr);
  SSL_CTX_set_verify(context, SSL_VERIFY_NONE, nullptr);
  SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
  SSL_CTX_set_mode(context,
                   SSL_MODE_RELEASE_BUFFERS | SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
  context_ = context;
}

TlsContext::~TlsContext() {
  SSL_CTX_free(static_cast<SSL_CTX*>(context_));
}

void Channel::FreeTls::operator()(void* session) const {
  SSL_free(ssl(session));
}

bool Channel::connect(const sockaddr_in& server, std::size_t index) {
  fd_ = ::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (fd_ < 0) return false;
  set_option(fd_, IPPROTO_TCP, TCP_NODELAY, 1);
  if (ntohl(server.sin_addr.s_addr) >> 24 == IN_LOOPBACKNET) bind_source(fd_, index);
  const auto* address = reinterpret_cast<const sockaddr*>(&server);
  return ::connect(fd_, address, sizeof server) == 0 || errno == EINPROGRESS;
}

Channel::Progress Channel::finish_connect() {
  int error = 0;
  socklen_t size = sizeof error;
  ::getsockopt(fd_, SOL_SOCKET, SO_ERROR, &error, &size);
  errno = error;
  return error == 0 ? Progress::done : Progress::failed;
}

Channel::Progress Channel::handshake(const TlsContext& context) {
  if (!tls_) {
    tls_.reset(SSL_new(static_cast<SSL_CTX*>(context.get())));
    SSL_set_fd(ssl(tls_.get()), fd_);
    SSL_set_connect_state(ssl(tls_.get()));
  }
  const int result = SSL_do_handshake(ssl(tls_.get()));
  if (result == 1) {
    is_secure_ = true;
    return Progress::done;
  }
  const int error = SSL_get_error(ssl(tls_.get()), result);
  ERR_clear_error();
  if (error == SSL_ERROR_WANT_READ) return Progress::wants_read;
  return error == SSL_ERROR_WANT_WRITE ? Progress::wants_write : Progress::failed;
}

long Channel::read(char* buffer, std::size_t size) {
  if (tls_) return moved(ssl(tls_.get()), SSL_read(ssl(tls_.get()), buffer, static_cast<int>(size)));
  const long count = ::recv(fd_, buffer, size, 0);
  if (count > 0) return count;
  return count < 0 && (errno == EAGAIN || errno == EINTR) ? 0 : -1;
}

long Channel::write(std::string_view bytes) {
  if (tls_) return moved(ssl(tls_.get()), SSL_write(ssl(tls_.get()), bytes.data(), static_cast<int>(bytes.size())));
  const long count = ::send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
  if (count >= 0) return count;
  return errno == EAGAIN || errno == EINTR ? 0 : -1;
}

void Channel::close() {
  tls_.reset();
  is_secure_ = false;
  if (fd_ < 0) return;
  const linger reset{.l_onoff = 1, .l_linger = 0};
  ::setsockopt(fd_, SOL_SOCKET, SO_LINGER, &reset, sizeof reset);
  ::close(fd_);
  fd_ = -1;
}

}  // namespace queqiao::bench
