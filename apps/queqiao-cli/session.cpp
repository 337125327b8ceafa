#include "session.h"

#include <fmt/core.h>

#include <algorithm>
#include <cstdio>
#include <utility>

#include "base/encoding.h"
#include "base/log.h"
#include "stream_end.h"
#include "xmpp/namespaces.h"

namespace queqiao::cli {
namespace {

constexpr std::chrono::seconds longest_back_off{60};
constexpr std::chrono::seconds end_timeout{2};

xmpp::ClientSettings settings_of(const Options& options) {
  xmpp::ClientSettings settings;
  settings.account = options.account;
  settings.password = options.password;
  settings.requires_tls = options.tls != TlsUse::none;
  settings.wants_registration = options.command == CommandKind::enroll;
  return settings;
}

xmpp::sasl::ChannelBindings bindings_of(const net::Connection& connection) {
  auto info = connection.tls_info();
  return {std::move(info.exporter), std::move(info.server_end_point)};
}

void complain(std::string_view text) {
  fmt::print(stderr, "queqiao-cli: {}\n", text);
}

}  // namespace

Session::Session(net::Shard& shard, net::Connector& connector, Options options, std::unique_ptr<Command> command,
                 OnFinished on_finished)
    : shard_(shard),
      connector_(connector),
      options_(std::move(options)),
      command_(std::move(command)),
      on_finished_(std::move(on_finished)),
      pins_(options_.pins_file),
      expected_fingerprint_(options_.pin),
      stream_(settings_of(options_)) {
  if (expected_fingerprint_.empty()) expected_fingerprint_ = pins_.find(options_.account.domain()).value_or("");
}

Session::~Session() {
  shard_.cancel(stream_timer_);
  shard_.cancel(session_timer_);
}

void Session::start() {
  if (!make_tls()) return;
  if (!command_->stays()) {
    session_timer_ = shard_.after(options_.timeout, [this] {
      finish(ExitCode::unreachable, "It was not done in time; what was sent may not have arrived.");
    });
  }
  connect();
}

// A known fingerprint says more than any authority; without one the system's authorities must vouch for the domain.
bool Session::make_tls() {
  if (options_.tls == TlsUse::none) return true;
  net::TlsContext::Trust trust;
  trust.is_verifying = expected_fingerprint_.empty() && !options_.trusts_first_use;
  auto context = net::TlsContext::client(trust);
  if (!context) {
    finish(ExitCode::untrusted, context.error().message);
    return false;
  }
  tls_ = *std::move(context);
  return true;
}

void Session::connect() {
  net::Connector::Options how;
  how.tls_start = options_.tls == TlsUse::direct ? net::TlsStart::at_once : net::TlsStart::by_request;
  how.tls = tls_.get();
  how.server_name = options_.account.domain();
  connector_.connect(shard_, {options_.host, options_.port}, std::move(how),
                     [this, weak = std::weak_ptr(is_alive_)](Result<std::unique_ptr<net::Connection>> outcome) {
                       if (!weak.expired()) connected(std::move(outcome));
                     });
}

void Session::connected(Result<std::unique_ptr<net::Connection>> outcome) {
  if (is_finishing_) return;
  if (!outcome) {
    return reconnect(
        fmt::format("No connection to {} port {}: {}.", options_.host, options_.port, outcome.error().message));
  }
  connection_ = *std::move(outcome);
  connection_->set_handler(this);
  if (options_.tls == TlsUse::direct) return;  // on_secured() goes on
  stream_.open(shard_.now());
  pump();
}

void Session::on_bytes(std::string_view bytes) {
  stream_.receive(bytes, shard_.now());
  pump();
}

void Session::on_secured() {
  if (!is_trusted()) return;
  if (options_.tls == TlsUse::direct) {
    stream_.open(shard_.now(), bindings_of(*connection_));
  } else {
    stream_.secured(bindings_of(*connection_), shard_.now());
  }
  pump();
}

// Before anything of ours is sent. The hash of RFC 5929 is the certificate's SHA-256 fingerprint, save for the rare
// certificate that is signed with a longer hash.
bool Session::is_trusted() {
  const auto fingerprint = hex_encode(connection_->tls_info().server_end_point);
  if (expected_fingerprint_.empty() && !options_.trusts_first_use) return true;
  if (expected_fingerprint_.empty()) {
    complain("Trusting " + std::string(options_.account.domain()) + " from now on by its certificate " + fingerprint);
    expected_fingerprint_ = fingerprint;
    if (const auto saved = pins_.add(options_.account.domain(), fingerprint); !saved) complain(saved.error().message);
  }
  if (fingerprint == expected_fingerprint_) return true;
  finish(
      ExitCode::untrusted,
      fmt::format("The server's certificate has CHANGED. Either it was renewed, or somebody listens in: nothing was "
                  "sent.\n  expected {}\n  found    {}\nIf the operator confirms the new one, give it with --pin, or "
                  "remove the old one from {}.",
                  expected_fingerprint_, fingerprint, options_.pins_file.string()));
  return false;
}

void Session::on_closed(net::CloseReason reason) {
  connection_.reset();
  stream_.connection_lost();
  if (is_finishing_) return finished();
  if (reason == net::CloseReason::tls_failed) {
    return finish(ExitCode::untrusted,
                  "No secure connection: the system does not trust the certificate, or it is not for " +
                      std::string(options_.account.domain()) +
                      ". If the server makes its own certificate, use --insecure-trust the first time, or --pin.");
  }
  reconnect("The connection was lost.");
}

// The first attempt fails at once: whoever waits for it wants to know.
void Session::reconnect(std::string_view why) {
  if (!has_been_online_) return finish(ExitCode::unreachable, why);
  complain(fmt::format("{} Trying again in {} s.", why, back_off_.count()));
  // A random part, so that not all clients of a server that comes back do so in the same moment.
  const auto spread = std::chrono::milliseconds(random_number() % 1000);
  shard_.cancel(stream_timer_);
  stream_timer_ = shard_.after(back_off_ + spread, [this] { connect(); });
  back_off_ = std::min(back_off_ * 2, longest_back_off);
}

void Session::finish(ExitCode code, std::string_view complaint) {
  if (is_finishing_) return;
  is_finishing_ = true;
  code_ = code;
  if (!complaint.empty()) complain(complaint);
  shard_.cancel(stream_timer_);
  shard_.cancel(session_timer_);
  if (!connection_) return finished();
  session_timer_ = shard_.after(end_timeout, [this] { finished(); });
  stream_.close();
  connection_->send(stream_.take_output());
  connection_->close();
}

void Session::finished() {
  shard_.cancel(session_timer_);
  connection_.reset();
  // Not from inside: whoever hears it destroys this session.
  if (on_finished_) shard_.post([call = std::exchange(on_finished_, nullptr), code = code_] { call(code); });
}

}  // namespace queqiao::cli
