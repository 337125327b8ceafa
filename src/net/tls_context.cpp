#include "net/tls_context.h"

#include <openssl/err.h>
#include <openssl/ssl.h>

#include <utility>

namespace queqiao::net {

namespace {

// RFC 9325 4.2: forward secrecy and authenticated encryption only. TLS 1.3 has no others.
constexpr const char* tls12_ciphers =
    "ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES256-GCM-SHA384:"
    "ECDHE-RSA-AES256-GCM-SHA384:ECDHE-ECDSA-CHACHA20-POLY1305:ECDHE-RSA-CHACHA20-POLY1305";

Error tls_error(const std::string& what) {
  char text[256] = "unknown reason";
  if (const auto code = ERR_get_error()) ERR_error_string_n(code, text, sizeof text);
  ERR_clear_error();
  return {ErrorCode::invalid, what + ": " + text};
}

int choose_protocol(SSL*, const unsigned char** chosen, unsigned char* chosen_size, const unsigned char* offered,
                    unsigned int offered_size, void* wire) {
  const auto& ours = *static_cast<const std::string*>(wire);
  unsigned char* match = nullptr;
  const int outcome = SSL_select_next_proto(&match, chosen_size, reinterpret_cast<const unsigned char*>(ours.data()),
                                            static_cast<unsigned int>(ours.size()), offered, offered_size);
  *chosen = match;
  return outcome == OPENSSL_NPN_NEGOTIATED ? SSL_TLSEXT_ERR_OK : SSL_TLSEXT_ERR_ALERT_FATAL;  // RFC 7301 3.2
}

void set_common_options(SSL_CTX* context) {
  SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION);
  SSL_CTX_set_cipher_list(context, tls12_ciphers);
  SSL_CTX_set1_groups_list(context, "X25519:P-256:P-384");
  SSL_CTX_set_options(context, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION | SSL_OP_CIPHER_SERVER_PREFERENCE);
  // An idle session keeps no buffers, and what is queued may move in memory between two tries to write it.
  SSL_CTX_set_mode(context,
                   SSL_MODE_RELEASE_BUFFERS | SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
  SSL_CTX_set_read_ahead(context, 1);  // header and body of a record with one system call
  // Resumption is by tickets, which the client keeps; one is enough for a client that reconnects.
  SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
  SSL_CTX_set_num_tickets(context, 1);
}

Result<void> set_certificate(SSL_CTX* context, const Certificate& certificate) {
  bool is_good = SSL_CTX_use_certificate(context, certificate.leaf()) == 1 &&
                 SSL_CTX_use_PrivateKey(context, certificate.key()) == 1;
  for (std::size_t i = 1; is_good && i < certificate.chain().size(); ++i) {
    is_good = SSL_CTX_add1_chain_cert(context, certificate.chain()[i].get()) == 1;
  }
  if (!is_good || SSL_CTX_check_private_key(context) != 1) return tls_error("the certificate cannot be used");
  return {};
}

}  // namespace

TlsContext::TlsContext(bool is_server, Trust trust, std::string protocol)
    : is_server_(is_server), trust_(std::move(trust)), protocol_(static_cast<char>(protocol.size()) + protocol) {}

Result<std::unique_ptr<TlsContext>> TlsContext::server(const Certificate& certificate, std::string protocol) {
  std::unique_ptr<TlsContext> made(new TlsContext(true, {}, std::move(protocol)));
  QUEQIAO_CHECK(made->use_certificate(certificate));
  return made;
}

Result<std::unique_ptr<TlsContext>> TlsContext::client(const Trust& trust, std::string protocol) {
  std::unique_ptr<TlsContext> made(new TlsContext(false, trust, std::move(protocol)));
  QUEQIAO_TRY(made->context_, made->make());
  QUEQIAO_CHECK(made->set_trust(made->context_.get()));
  return made;
}

Result<void> TlsContext::use_certificate(const Certificate& certificate) {
  QUEQIAO_TRY(auto context, make());
  QUEQIAO_CHECK(set_certificate(context.get(), certificate));
  const std::lock_guard lock(mutex_);
  context_.swap(context);
  return {};
}

Result<std::shared_ptr<SSL_CTX>> TlsContext::make() const {
  ERR_clear_error();
  std::shared_ptr<SSL_CTX> context(SSL_CTX_new(is_server_ ? TLS_server_method() : TLS_client_method()), &SSL_CTX_free);
  if (!context) return tls_error("OpenSSL cannot be used");
  set_common_options(context.get());
  if (is_server_) {
    SSL_CTX_set_alpn_select_cb(context.get(), &choose_protocol, const_cast<std::string*>(&protocol_));
  } else {
    SSL_CTX_set_alpn_protos(context.get(), reinterpret_cast<const unsigned char*>(protocol_.data()),
                            static_cast<unsigned int>(protocol_.size()));
  }
  return context;
}

Result<void> TlsContext::set_trust(SSL_CTX* context) const {
  if (!trust_.is_verifying) return {};
  SSL_CTX_set_verify(context, SSL_VERIFY_PEER, nullptr);
  const int outcome = trust_.authorities.empty()
                          ? SSL_CTX_set_default_verify_paths(context)
                          : SSL_CTX_load_verify_locations(context, trust_.authorities.c_str(), nullptr);
  if (outcome != 1) return tls_error("cannot read the trusted certificates");
  return {};
}

SSL* TlsContext::new_session(const std::string& server_name) const {
  std::shared_ptr<SSL_CTX> context;
  {
    const std::lock_guard lock(mutex_);
    context = context_;
  }
  SSL* session = SSL_new(context.get());
  if (!session) return nullptr;
  if (is_server_) {
    SSL_set_accept_state(session);
    return session;
  }
  SSL_set_connect_state(session);
  if (!server_name.empty()) {
    SSL_set_tlsext_host_name(session, server_name.c_str());
    SSL_set1_host(session, server_name.c_str());
  }
  return session;
}

}  // namespace queqiao::net
