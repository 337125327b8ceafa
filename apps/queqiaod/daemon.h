#pragma once

#include <atomic>
#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/worker.h"
#include "control_server.h"
#include "net/certificate.h"
#include "net/http/server.h"
#include "net/listener.h"
#include "net/shards.h"
#include "net/tls_context.h"
#include "server/http/uploads.h"
#include "server/shards.h"
#include "settings.h"
#include "storage/sqlite/sqlite_store.h"

namespace queqiao::daemon {

// The running server: store, shards, listeners. The one place that names concrete backends.
class Daemon {
 public:
  static Result<std::unique_ptr<Daemon>> start(Settings settings);
  ~Daemon();

  // Reads the certificate again if its files have changed; the old one stays when the new one is bad, and the log says
  // why.
  void reload_certificate();
  bool has_changed_certificate() const { return certificate_files_->have_changed(); }
  // Takes over what the configuration file and the command line say now, as far as no restart is needed; the log says
  // what has changed and what has to wait. When they are wrong everything stays as it is.
  void reload_settings(const Result<CommandLine>& line);
  // Tells the clients, lets them go, and writes what is left. Within 10 s.
  void stop();

  std::shared_ptr<const Settings> settings() const { return current_.load(); }  // any thread
  TimePoint started() const { return started_; }
  // For the operator: "127.0.0.1:5222 (STARTTLS)".
  const std::vector<std::string>& listening() const { return listening_; }
  std::string certificate_expires() const;  // any thread; XEP-0082
  server::Shards& shards() { return *server_; }
  storage::sqlite::SqliteStore& store() { return *store_; }
  Worker& worker() { return worker_; }

 private:
  explicit Daemon(Settings settings) : settings_(std::move(settings)) {}
  Result<void> open_store();
  Result<void> open_tls();
  Result<void> listen();
  Result<void> listen_for_clients();
  Result<void> listen_for_http();
  struct Purpose {
    std::string_view whom;  // "clients (STARTTLS)"
    std::string_view kind;  // "STARTTLS"
  };
  Result<std::uint16_t> listen_at(const std::string& address, net::Listener::Options options, Purpose purpose,
                                  net::Listener::Arrived arrived);
  std::string default_url(std::uint16_t port) const;

  void tell_clients();

  Settings settings_;  // as they were at the start
  std::atomic<std::shared_ptr<const Settings>> current_;
  const TimePoint started_ = std::chrono::steady_clock::now();
  // Before all that may still answer a call of it, so that it is destroyed after them.
  std::unique_ptr<ControlServer> control_;
  std::unique_ptr<storage::sqlite::SqliteStore> store_;
  std::unique_ptr<net::CertificateFiles> certificate_files_;
  std::unique_ptr<net::TlsContext> tls_;
  std::unique_ptr<net::TlsContext> https_tls_;  // the same certificate, another ALPN
  Worker worker_;
  // Before the loops, in whose last tasks its connections may be.
  std::unique_ptr<net::http::Server> http_;
  std::unique_ptr<net::Shards> loops_;
  std::unique_ptr<server::Shards> server_;
  std::unique_ptr<server::http::Uploads> uploads_;
  std::vector<std::unique_ptr<net::Listener>> listeners_;
  std::vector<std::string> listening_;
  std::atomic<std::int64_t> certificate_expires_{0};  // WallTime
  bool is_stopped_ = false;
};

}  // namespace queqiao::daemon
