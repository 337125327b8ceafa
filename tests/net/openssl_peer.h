#pragma once

#include <arpa/inet.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <sys/socket.h>

#include <memory>
#include <string>
#include <string_view>

#include "net/file_descriptor.h"

namespace queqiao::net {

// A client on blocking sockets and plain OpenSSL, which shares no code with ours.
class OpensslPeer {
 public:
  explicit OpensslPeer(std::uint16_t port) : fd_(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    ::connect(fd_.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address);
  }

  void send_clear(std::string_view bytes) { ::send(fd_.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL); }
  std::string receive_clear(std::size_t count) {
    std::string bytes(count, '\0');
    const auto received = recv(fd_.get(), bytes.data(), count, MSG_WAITALL);
    bytes.resize(received < 0 ? 0 : static_cast<std::size_t>(received));
    return bytes;
  }
  bool is_ended() {  // waits for bytes or the end
    char byte = 0;
    return recv(fd_.get(), &byte, 1, 0) <= 0;
  }

  SSL_CTX* context() { return context_.get(); }
  bool handshake(std::string_view protocols = {}) {
    ssl_.reset(SSL_new(context_.get()));
    SSL_set_fd(ssl_.get(), fd_.get());
    if (!protocols.empty()) {
      SSL_set_alpn_protos(ssl_.get(), reinterpret_cast<const unsigned char*>(protocols.data()),
                          static_cast<unsigned>(protocols.size()));
    }
    return SSL_connect(ssl_.get()) == 1;
  }
  SSL* ssl() { return ssl_.get(); }
  std::string protocol() {
    const unsigned char* name = nullptr;
    unsigned size = 0;
    SSL_get0_alpn_selected(ssl_.get(), &name, &size);
    return {reinterpret_cast<const char*>(name), size};
  }
  bool send(std::string_view bytes) {
    return SSL_write(ssl_.get(), bytes.data(), static_cast<int>(bytes.size())) == static_cast<int>(bytes.size());
  }
  std::string receive(std::size_t count) {
    std::string bytes(count, '\0');
    std::size_t filled = 0;
    while (filled < count) {
      const int got = SSL_read(ssl_.get(), bytes.data() + filled, static_cast<int>(count - filled));
      if (got <= 0) break;
      filled += static_cast<std::size_t>(got);
    }
    bytes.resize(filled);
    return bytes;
  }
  bool got_orderly_end() {
    char byte = 0;
    return SSL_read(ssl_.get(), &byte, 1) == 0 && SSL_get_shutdown(ssl_.get()) == SSL_RECEIVED_SHUTDOWN;
  }
  std::string exporter() {
    std::string bytes(32, '\0');
    const std::string_view label = "EXPORTER-Channel-Binding";
    SSL_export_keying_material(ssl_.get(), reinterpret_cast<unsigned char*>(bytes.data()), bytes.size(), label.data(),
                               label.size(), nullptr, 0, 0);
    return bytes;
  }
  std::string certificate_sha256() {
    std::string bytes(32, '\0');
    X509* certificate = SSL_get0_peer_certificate(ssl_.get());
    X509_digest(certificate, EVP_sha256(), reinterpret_cast<unsigned char*>(bytes.data()), nullptr);
    return bytes;
  }

 private:
  struct Free {
    void operator()(SSL* ssl) const { SSL_free(ssl); }
    void operator()(SSL_CTX* context) const { SSL_CTX_free(context); }
  };
  FileDescriptor fd_;
  std::unique_ptr<SSL_CTX, Free> context_{SSL_CTX_new(TLS_client_method())};
  std::unique_ptr<SSL, Free> ssl_;
};

}  // namespace queqiao::net
