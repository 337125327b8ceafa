#pragma once

#include <netinet/in.h>

#include <memory>
#include <string_view>

namespace queqiao::bench {

// Makes TLS client sessions. Certificates are not verified, since servers under test make their own, and sessions are
// not resumed: every log-in pays a full handshake. The only file that knows OpenSSL is channel.cpp.
class TlsContext {
 public:
  TlsContext();
  ~TlsContext();
  TlsContext(const TlsContext&) = delete;
  TlsContext& operator=(const TlsContext&) = delete;
  void* get() const { return context_; }

 private:
  void* context_;  // SSL_CTX
};

// A non-blocking TCP connection, with or without TLS.
class Channel {
 public:
  enum class Progress { done, wants_read, wants_write, failed };

  ~Channel() { close(); }
  // Starts connecting from 127.0.0.1 for the first `connections_per_address` connections, then from 127.0.0.2 and so
  // on: one address has fewer than 28,000 free ports. False with errno on failure.
  bool connect(const sockaddr_in& server, std::size_t index);
  Progress finish_connect();
  Progress handshake(const TlsContext& context);  // starts or goes on
  // Bytes moved; 0 when none can be moved now; -1 when the connection has ended.
  long read(char* buffer, std::size_t size);
  long write(std::string_view bytes);
  bool is_open() const { return fd_ >= 0; }
  bool is_secure() const { return is_secure_; }
  int fd() const { return fd_; }
  // With a reset, not in order: thousands of log-ins a second would otherwise leave all ports in TIME_WAIT.
  void close();

 private:
  struct FreeTls {
    void operator()(void* session) const;
  };
  int fd_ = -1;
  bool is_secure_ = false;
  std::unique_ptr<void, FreeTls> tls_;  // SSL
};

}  // namespace queqiao::bench
