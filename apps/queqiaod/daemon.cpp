#include "daemon.h"

#include <fmt/format.h>

#include <algorithm>
#include <future>
#include <thread>

#include "base/log.h"
#include "base/time_text.h"
#include "net/address.h"
#include "secrets.h"
#include "server/modules/module_list.h"
#include "server/shard.h"
#include "setting_keys.h"

namespace queqiao::daemon {

Result<std::unique_ptr<Daemon>> Daemon::start(Settings settings) {
  std::unique_ptr<Daemon> daemon(new Daemon(std::move(settings)));
  QUEQIAO_CHECK(daemon->open_store());
  QUEQIAO_CHECK(daemon->open_tls());
  daemon->current_ = std::make_shared<const Settings>(daemon->settings_);
  QUEQIAO_CHECK(daemon->listen());
  QUEQIAO_TRY(daemon->control_, ControlServer::start(*daemon));
  return daemon;
}

Daemon::~Daemon() {
  stop();
}

Result<void> Daemon::open_store() {
  QUEQIAO_CHECK(ensure_data_dir(settings_));
  settings_.storage.file = settings_.data_dir / "queqiao.db";
  settings_.storage.is_searchable = settings_.server.has_archive_search;
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
    log::warning("the certificate {} is not for {}: clients will complain", paths.chain.string(),
                 settings_.server.domain);
  }
  QUEQIAO_TRY(auto context, net::TlsContext::server(certificate));
  tls_ = std::move(context);
  QUEQIAO_TRY(https_tls_, net::TlsContext::server(certificate, "http/1.1"));
  certificate_expires_ = certificate.expires().time_since_epoch().count();
  return {};
}

Result<void> Daemon::listen() {
  const unsigned count = settings_.shards ? settings_.shards : std::max(1u, std::thread::hardware_concurrency());
  loops_ = std::make_unique<net::Shards>(count);
  std::vector<EventLoop*> loops;
  for (unsigned i = 0; i < count; ++i) loops.push_back(&(*loops_)[i]);
  // Without TLS nobody gets an address from us, unless the operator says that there is a proxy which has TLS.
  settings_.server.has_uploads = !settings_.https.empty() || (!settings_.http.empty() && !settings_.public_url.empty());
  settings_.server.upload_folder = settings_.data_dir / "files";
  server_ = std::make_unique<server::Shards>(settings_.server, *store_, worker_, loops, server::modules::all());
  loops_->start();
  // First, since clients are told its address. Tasks that are posted before a listener's reach every shard before them.
  QUEQIAO_CHECK(listen_for_http());
  server_->reconfigure(settings_.server);
  current_ = std::make_shared<const Settings>(settings_);
  return listen_for_clients();
}

Result<void> Daemon::listen_for_clients() {
  const auto arrived = [this](net::Shard& loop, std::unique_ptr<net::Connection> connection) {
    server_->at(loop.id()).accept(std::move(connection));
  };
  net::Listener::Options options{.tls = tls_.get(), .limits = &settings_.connections};
  for (const auto& address : settings_.c2s)
    QUEQIAO_CHECK(listen_at(address, options, {"clients (STARTTLS)", "STARTTLS"}, arrived));
  options.tls_start = net::TlsStart::at_once;
  for (const auto& address : settings_.c2s_tls)
    QUEQIAO_CHECK(listen_at(address, options, {"clients (direct TLS)", "direct TLS"}, arrived));
  return {};
}

Result<void> Daemon::listen_for_http() {
  if (settings_.http.empty() && settings_.https.empty()) return {};
  http_ = std::make_unique<net::http::Server>(*loops_, settings_.http_limits);
  if (settings_.server.has_uploads) {
    QUEQIAO_TRY(uploads_, server::http::Uploads::open(settings_.server, *store_, (*loops_)[0]));
    http_->route("/upload", [this](const net::http::Request& request) { return uploads_->handler_for(request); });
  }
  const auto arrived = [this](net::Shard& loop, std::unique_ptr<net::Connection> connection) {
    http_->accept(loop, std::move(connection));
  };
  net::Listener::Options options{.limits = &http_->connection_limits()};
  for (const auto& address : settings_.http) QUEQIAO_CHECK(listen_at(address, options, {"HTTP", "HTTP"}, arrived));
  options.tls_start = net::TlsStart::at_once;
  options.tls = https_tls_.get();
  settings_.server.http_url = settings_.public_url;
  while (settings_.server.http_url.ends_with('/')) settings_.server.http_url.pop_back();
  for (const auto& address : settings_.https) {
    QUEQIAO_TRY(const auto port, listen_at(address, options, {"HTTPS", "HTTPS"}, arrived));
    if (settings_.server.http_url.empty()) settings_.server.http_url = default_url(port);
  }
  return {};
}

std::string Daemon::default_url(std::uint16_t port) const {
  const auto& domain = settings_.server.domain;
  return port == 443 ? "https://" + domain : fmt::format("https://{}:{}", domain, port);
}

// The answer is the port, which may have been given as 0.
Result<std::uint16_t> Daemon::listen_at(const std::string& address, net::Listener::Options options, Purpose purpose,
                                        net::Listener::Arrived arrived) {
  QUEQIAO_TRY(const auto at, net::HostPort::parse(address));
  QUEQIAO_TRY(auto listener, net::Listener::open(*loops_, at, options, std::move(arrived)));
  const auto host = at.host.empty() ? "*" : at.host.find(':') == std::string::npos ? at.host : "[" + at.host + "]";
  const auto port = listener->port();
  fmt::print("queqiaod: listens on {}:{} for {}\n", host, port, purpose.whom);
  listening_.push_back(fmt::format("{}:{} ({})", host, port, purpose.kind));
  listeners_.push_back(std::move(listener));
  return port;
}

void Daemon::reload_certificate() {
  auto certificate = certificate_files_->load();
  auto used = certificate ? tls_->use_certificate(*certificate) : Result<void>(certificate.error());
  if (used) used = https_tls_->use_certificate(*certificate);
  if (!used) {
    log::error("the new certificate cannot be used, the old one stays: {}", used.error().message);
    return;
  }
  certificate_expires_ = certificate->expires().time_since_epoch().count();
  log::info("the certificate was read again");
}

void Daemon::reload_settings(const Result<CommandLine>& line) {
  if (!line) return log::error("the settings stay as they are: {}", line.error().message);
  auto next = std::make_shared<Settings>(*settings());
  for (const auto& key : setting_keys()) {
    const auto wanted = key.get(line->settings);
    if (wanted == key.get(*next)) continue;
    if (key.needs_restart) {
      log::warning("[{}] {} = {}: this needs a restart", key.section, key.name, text_of(wanted));
      continue;
    }
    key.set(*next, wanted);
    log::info("[{}] {} is {} now", key.section, key.name, text_of(wanted));
  }
  log::set_level(next->log_level);
  server_->reconfigure(next->server);
  current_ = std::move(next);
}

std::string Daemon::certificate_expires() const {
  return format_date_time(WallTime(WallTime::duration(certificate_expires_.load())));
}

void Daemon::stop() {
  if (std::exchange(is_stopped_, true)) return;
  if (control_) control_->stop();
  for (auto& listener : listeners_) listener->stop();
  if (http_) http_->stop();
  if (uploads_) uploads_->stop();
  if (server_) tell_clients();
  worker_.stop();
  if (store_) store_->stop();
  if (loops_) loops_->stop();
  server_.reset();
}

// Clients hear that they may come back at once (RFC 6120 4.9.3.20), sessions end with what belongs to them. A client
// that does not take its goodbye is not waited for.
void Daemon::tell_clients() {
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(6);
  std::vector<std::future<void>> told;
  for (unsigned i = 0; i < server_->count(); ++i) {
    auto promise = std::make_shared<std::promise<void>>();
    told.push_back(promise->get_future());
    server_->post(i, [promise](server::Shard& shard) { shard.shut_down([promise] { promise->set_value(); }); });
  }
  for (auto& one : told) one.wait_until(deadline);
}

}  // namespace queqiao::daemon
