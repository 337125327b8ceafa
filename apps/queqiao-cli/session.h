#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "command.h"
#include "net/connector.h"
#include "net/shard.h"
#include "net/tls_context.h"
#include "options.h"
#include "pins.h"
#include "xmpp/stream/client_stream.h"

namespace queqiao::cli {

// One account's life on a shard: connects, checks whom it talks to, moves bytes between the connection and the stream,
// and connects again, later and later, when the connection is lost. Lives on the shard's thread.
class Session final : private net::ConnectionHandler {
 public:
  using OnFinished = std::function<void(ExitCode)>;

  // `connector` and `shard` outlive it. `on_finished` is called once, when everything is closed.
  Session(net::Shard& shard, net::Connector& connector, Options options, std::unique_ptr<Command> command,
          OnFinished on_finished);
  ~Session() override;

  void start();
  // Ends the stream in order and then the session. What is wrong, if anything, goes to standard error.
  void finish(ExitCode code, std::string_view complaint = {});

  // For the command.
  const Options& options() const { return options_; }
  net::Shard& loop() { return shard_; }
  xmpp::ClientStream& stream() { return stream_; }
  std::uint64_t send_message(std::string message);
  void send_presence(std::string_view presence);
  // An IQ whose failure ends the session with the server's words; `then` gets the <iq/> of a success.
  void ask(xmpp::IqType type, const xmpp::Jid& to, std::string_view payload,
           std::function<void(const xml::Element&)> then);

 private:
  void on_bytes(std::string_view bytes) override;
  void on_secured() override;
  void on_closed(net::CloseReason reason) override;

  bool make_tls();
  void connect();
  void connected(Result<std::unique_ptr<net::Connection>> outcome);
  bool is_trusted();
  void pump();
  void arm_timer();
  void handle(const xmpp::ClientEvent& event);
  void register_account(const xmpp::Registration& question);
  void receive(const xml::Element& stanza);
  void ended(const xmpp::StreamEnded& end);
  void reconnect(std::string_view why);
  void close_connection();
  void finished();

  net::Shard& shard_;
  net::Connector& connector_;
  Options options_;
  std::unique_ptr<Command> command_;
  OnFinished on_finished_;
  Pins pins_;
  std::string expected_fingerprint_;  // empty: the system's authorities decide, or the first use
  xmpp::ClientStream stream_;
  std::unique_ptr<net::TlsContext> tls_;
  std::unique_ptr<net::Connection> connection_;
  EventLoop::TimerId stream_timer_ = 0;
  EventLoop::TimerId session_timer_ = 0;  // of --timeout, of the next attempt, or of an end that takes too long
  std::chrono::seconds back_off_{1};
  ExitCode code_ = ExitCode::done;
  bool has_been_online_ = false;
  bool is_finishing_ = false;
  std::shared_ptr<bool> is_alive_ = std::make_shared<bool>(true);  // asked by callbacks that may come too late
};

}  // namespace queqiao::cli
