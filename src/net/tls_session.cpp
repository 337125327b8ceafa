#include "net/tls_session.h"

#include <openssl/bio.h>
#include <openssl/err.h>

#include <algorithm>

#include "base/assert.h"
#include "net/certificate.h"
#include "net/socket.h"
#include "net/tls_context.h"

namespace queqiao::net {

namespace {

constexpr std::size_t max_record = 16 << 10;                             // RFC 8446 5.1
constexpr std::string_view exporter_label = "EXPORTER-Channel-Binding";  // RFC 9266 2
constexpr std::size_t exporter_size = 32;

long control(BIO*, int command, long, void*) {
  return command == BIO_CTRL_FLUSH ? 1 : 0;
}

}  // namespace

TlsSession::TlsSession(const TlsContext& context, int fd, const std::string& server_name)
    : fd_(fd), ssl_(context.new_session(server_name)) {
  BIO* bio = BIO_new(socket_method());
  QUEQIAO_ASSERT(ssl_ && bio);
  BIO_set_data(bio, this);
  BIO_set_init(bio, 1);
  SSL_set_bio(ssl_.get(), bio, bio);  // owns it
}

// Not OpenSSL's own socket BIO: that one would raise SIGPIPE, and ask a socket that is known to be empty once more
// for every turn.
const BIO_METHOD* TlsSession::socket_method() {
  static const BIO_METHOD* const method = [] {
    BIO_METHOD* made = BIO_meth_new(BIO_get_new_index() | BIO_TYPE_SOURCE_SINK, "queqiao socket");
    BIO_meth_set_read(made, &TlsSession::read_socket);
    BIO_meth_set_write(made, &TlsSession::write_socket);
    BIO_meth_set_ctrl(made, &control);
    return made;
  }();
  return method;
}

int TlsSession::read_socket(BIO* bio, char* buffer, int size) {
  auto& self = *static_cast<TlsSession*>(BIO_get_data(bio));
  BIO_clear_retry_flags(bio);
  if (self.is_socket_drained_) {
    BIO_set_retry_read(bio);
    return -1;
  }
  const auto result = receive_some(self.fd_, {buffer, static_cast<std::size_t>(size)});
  if (result.status == IoResult::Status::done) {
    // epoll(7): after a short read a stream has no more, and the kernel will tell of what comes later.
    self.is_socket_drained_ = result.bytes < static_cast<std::size_t>(size) && !self.has_peer_ended_;
    return static_cast<int>(result.bytes);
  }
  if (result.status == IoResult::Status::ended) return 0;
  if (result.status != IoResult::Status::again) return -1;
  self.is_socket_drained_ = true;
  BIO_set_retry_read(bio);
  return -1;
}

int TlsSession::write_socket(BIO* bio, const char* bytes, int size) {
  auto& self = *static_cast<TlsSession*>(BIO_get_data(bio));
  BIO_clear_retry_flags(bio);
  const auto result = send_some(self.fd_, {bytes, static_cast<std::size_t>(size)});
  if (result.status == IoResult::Status::done) return static_cast<int>(result.bytes);
  if (result.status == IoResult::Status::again) BIO_set_retry_write(bio);
  return -1;
}

IoResult TlsSession::handshake() {
  ERR_clear_error();
  return result_of(SSL_do_handshake(ssl_.get()));
}

IoResult TlsSession::read(std::span<char> buffer) {
  ERR_clear_error();
  std::size_t filled = 0;
  // Several small records are handed out together.
  while (filled < buffer.size()) {
    std::size_t bytes = 0;
    const int outcome = SSL_read_ex(ssl_.get(), buffer.data() + filled, buffer.size() - filled, &bytes);
    if (outcome != 1 && filled == 0) return result_of(outcome);
    if (outcome != 1) break;  // the next call meets it again
    filled += bytes;
  }
  return {IoResult::Status::done, filled};
}

IoResult TlsSession::write(std::string_view bytes) {
  ERR_clear_error();
  std::size_t written = 0;
  const int outcome = SSL_write_ex(ssl_.get(), bytes.data(), std::min(bytes.size(), max_record), &written);
  if (outcome != 1) return result_of(outcome);
  return {IoResult::Status::done, written};
}

void TlsSession::end() {
  ERR_clear_error();
  if (SSL_is_init_finished(ssl_.get())) SSL_shutdown(ssl_.get());
}

IoResult TlsSession::result_of(int outcome) {
  if (outcome == 1) return {IoResult::Status::done};
  switch (SSL_get_error(ssl_.get(), outcome)) {
    case SSL_ERROR_WANT_READ:
    case SSL_ERROR_WANT_WRITE:
      return {IoResult::Status::again};
    case SSL_ERROR_ZERO_RETURN:
      return {IoResult::Status::ended};
    case SSL_ERROR_SYSCALL:
      return {IoResult::Status::ended};
    default:
      // A peer that ends without close_notify is told from a failure: XMPP marks its end itself (</stream:stream>).
      if (ERR_GET_REASON(ERR_peek_error()) == SSL_R_UNEXPECTED_EOF_WHILE_READING) return {IoResult::Status::ended};
      return {IoResult::Status::tls_failed};
  }
}

TlsInfo TlsSession::info() const {
  TlsInfo info;
  info.version = SSL_get_version(ssl_.get());
  info.cipher = SSL_get_cipher_name(ssl_.get());
  // RFC 9266 3: below TLS 1.3 the exporter is safe only with the extended master secret, so we do not offer it there.
  if (SSL_version(ssl_.get()) >= TLS1_3_VERSION) {
    info.exporter.resize(exporter_size);
    const int outcome =
        SSL_export_keying_material(ssl_.get(), reinterpret_cast<unsigned char*>(info.exporter.data()), exporter_size,
                                   exporter_label.data(), exporter_label.size(), nullptr, 0, 0);
    if (outcome != 1) info.exporter.clear();
  }
  if (SSL_is_server(ssl_.get())) {
    info.server_end_point = end_point_hash(SSL_get_certificate(ssl_.get()));
  } else if (X509* peer = SSL_get0_peer_certificate(ssl_.get())) {
    info.server_end_point = end_point_hash(peer);
  }
  return info;
}

}  // namespace queqiao::net
