#include "daemon.h"

#include <fmt/format.h>

#include <algorithm>
#include <future>
#include <thread>

#include "base/log.h"
#include "net/address.h"
#include "secrets.h"
#include "server/modules/module_list.h"
#include "server/shard.h"

namespace queqiao::daemon {

Result<std::unique_ptr<Daemon>> Daemon::start(Settings settings) {
  std::unique_ptr<Daemon> daemon(new Daemon(std::move(settings)));
  QUEQIAO_CHECK(daemon->open_store());
  QUEQIAO_CHECK(daemon->open_tls());
  QUEQIAO_CHECK(daemon->listen());
  return daemon;
}

Daemon::~Daemon() { stop(); }

Result<void> Daemon::open_store() {
  std::error_code error;
  std::filesystem::create_directories(settings_.data_dir, error);
  if (error) {
    return Error{ErrorCode::io, fmt::format("cannot make {}: {}", settings_.data_dir.string(), error.message())};
  }
  settings_.storage.file = settings_.data_dir / "queqiao.db";
  QUEQIAO_TRY(auto store, storage::sqlite::SqliteStore::open(settings_.storage));
  store_ = std::move(store);
  return {};
}

Result<void> Daemon::open_tls() {
  QUEQIAO_TRY(auto secret, ensure_secret(settings_));
  settings_.server.decoy_secret = std::move(secret);
  QUEQIAO_TRY(auto paths, ensure_certificate(settings_));
  certificate_files_ = std::make_unique<net::CertificateFiles>(paths.chain, paths.key);
  QUEQIAO_TRY(auto certificate, certificate_files_->load());
  if (!certificate.is_valid_for(settings_.server.domain)) {
    log::warning("the certificate {} is not for {}: clients will complain", paths.chain.string(), settings_.server.domain);
  }
  QUEQIAO_TRY(auto context, net::TlsContext::server(certificate));
  tls_ = std::move(context);
  return {};
}

Result<void> Daemon::listen() {
  const unsigned count = settings_.shards ? settings_.shards : std::max(1u, std::thread::hardware_concurrency());
  loops_ = std::make_unique<net::Shards>(count);
  std::vector<EventLoop*> loops;
  for (unsigned i = 0; i < count; ++i) loops.push_back(&(*loops_)[i]);
  server_ = std::make_unique<server::Shards>(settings_.server, *store_, worker_, loops, server::modules::all());
  loops_->start();
  for (const auto& address : settings_.c2s) QUEQIAO_CHECK(listen_at(address, net::TlsStart::by_request));
  for (const auto& address : settings_.c2s_tls) QUEQIAO_CHECK(listen_at(address, net::TlsStart::at_once));
  return {};
}

Result<void> Daemon::listen_at(const std::string& address, net::TlsStart tls_start) {
  QUEQIAO_TRY(const auto at, net::HostPort::parse(address));
  const net::Listener::Options options{.tls_start = tls_start, .tls = tls_.get(), .limits = &settings_.connections};
  auto arrived = [this](net::Shard& loop, std::unique_ptr<net::Connection> connection) {
    server_->at(loop.id()).accept(std::move(connection));
  };
  QUEQIAO_TRY(auto listener, net::Listener::open(*loops_, at, options, std::move(arrived)));
  const auto kind = tls_start == net::TlsStart::at_once ? "direct TLS" : "STARTTLS";
  fmt::print("queqiaod: listens on {}:{} for clients ({})\n", at.host.empty() ? "*" : at.host, listener->port(), kind);
  listeners_.push_back(std::move(listener));
  return {};
}

void Daemon::reload_certificate() {
  auto certificate = certificate_files_->load();
  const auto used = certificate ? tls_->use_certificate(*certificate) : Result<void>(certificate.error());
  if (!used) {
    log::error("the new certificate cannot be used, the old one stays: {}", used.error().message);
    return;
  }
  log::info("the certificate was read again");
}

void Daemon::stop() {
  if (std::exchange(is_stopped_, true)) return;
  for (auto& listener : listeners_) listener->stop();
  // Clients hear that they may come back at once (RFC 6120 4.9.3.20), sessions end with what belongs to it, and then the store
  // writes what is left.
  if (server_ && loops_) {
    std::vector<std::promise<void>> done(server_->count());
    for (unsigned i = 0; i < server_->count(); ++i) {
      server_->post(i, [&promise = done[i]](server::Shard& shard) {
        shard.shut_down([&promise] { promise.set_value(); });
      });
    }
    for (auto& promise : done) promise.get_future().wait_for(std::chrono::seconds(6));
  }
  worker_.stop();
  if (store_) store_->stop();
  if (loops_) loops_->stop();
  server_.reset();
}

}  // namespace queqiao::daemon
