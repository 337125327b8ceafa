#pragma once

#include <memory>
#include <mutex>
#include <string>

#include "base/result.h"
#include "net/certificate.h"

using SSL = struct ssl_st;
using SSL_CTX = struct ssl_ctx_st;

namespace queqiao::net {

// How TLS is spoken: versions and ciphers of RFC 9325, the certificate, whom to trust. Any thread; outlives its
// connections. The mutex guards the pointer to OpenSSL's context against replacement; it is taken once a handshake.
class TlsContext {
 public:
  // A server's. `protocol` is its name in ALPN (XEP-0368): a client that offers names, but not this one, is refused.
  static Result<std::unique_ptr<TlsContext>> server(const Certificate& certificate,
                                                    std::string protocol = "xmpp-client");

  struct Trust {
    bool is_verifying = true;           // false only where nobody can be fooled: tests and benchmarks
    std::filesystem::path authorities;  // a PEM file; empty for the system's
  };
  static Result<std::unique_ptr<TlsContext>> client(const Trust& trust, std::string protocol = "xmpp-client");

  // New handshakes use `certificate`; connections that exist keep theirs. On failure the old one stays.
  Result<void> use_certificate(const Certificate& certificate);

  // For TlsSession: a session that the caller frees; null when memory is short.
  SSL* new_session(const std::string& server_name) const;

 private:
  TlsContext(bool is_server, Trust trust, std::string protocol);

  Result<std::shared_ptr<SSL_CTX>> make() const;
  Result<void> set_trust(SSL_CTX* context) const;

  const bool is_server_;
  const Trust trust_;
  const std::string protocol_;  // as on the wire: length, name
  mutable std::mutex mutex_;
  std::shared_ptr<SSL_CTX> context_;
};

}  // namespace queqiao::net
