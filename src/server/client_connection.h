#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "net/connection.h"
#include "server/peer_table.h"
#include "server/session.h"
#include "xml/element.h"
#include "xmpp/sasl/scram_keys.h"
#include "xmpp/stream/server_stream.h"

namespace queqiao::server {

class Shard;

// One client's connection with its stream, from accept to close. After log-in it moves to its user's home shard, and after
// bind it belongs to a session, which may outlive it.
class ClientConnection final : public net::ConnectionHandler {
 public:
  ClientConnection(std::uint64_t id, Shard& shard, std::unique_ptr<net::Connection> connection, PeerTable::Place place);
  ~ClientConnection() override;

  std::uint64_t id() const { return id_; }
  Session* session() const { return session_; }
  net::Connection& transport() { return *connection_; }
  bool is_trusted() const { return is_trusted_; }
  bool is_ended() const { return is_ended_; }  // by us; it closes when the peer has taken what is queued
  const std::string& user() const { return stream_.user(); }  // empty before authentication

  void write(std::string_view bytes) { connection_->send(bytes); }
  void send_output();   // of the stream: negotiation, errors
  // Ends the stream with a stream error (RFC 6120 4.9.3), or in order when `condition` is empty, and the connection.
  // `application` is the XML of an application-specific condition (4.9.4).
  void end(std::string_view condition = {}, std::string_view text = {}, std::string_view application = {});
  void reconfigured();  // the shard has other limits
  // What this client sends goes to somebody who has no room for it: it is not read from for a moment.
  void slow_down();
  void answer(std::string_view stanza);  // to a request before log-in
  // What kept the client's next stanza waiting is over; goes on at the end of the turn.
  void go_on_later();

  // For Shard: the two halves of moving to another shard.
  std::unique_ptr<net::Connection> leave_shard();
  void join_shard(std::uint64_t id, Shard& shard, std::unique_ptr<net::Connection> connection);

  // For the module that answers <resume/>: this connection carries that session from now on.
  void resume_session(Session& session);
  void forget_session() { session_ = nullptr; }  // the session ends by itself

 private:
  void on_bytes(std::string_view bytes) override;
  void on_secured() override;
  void on_drained() override { go_on_later(); }
  void on_closed(net::CloseReason reason) override;

  void pump();
  void handle(xmpp::StreamEvent& event);
  void handle_stanza(const xml::Element& element, xmpp::StanzaKind kind);
  void dispatch(const xml::Element& element, xmpp::StanzaKind kind);
  bool must_wait(const xml::Element& element, xmpp::StanzaKind kind) const;
  void wait_with(const xml::Element& element);
  void go_on();
  void set_waiting(bool is_waiting);
  void leave();
  bool has_open_requests() const;
  void charge(std::size_t bytes);

  bool may_log_in();
  void count_failed_logins();
  void find_keys(const std::string& user);
  void check_password(const std::string& user, std::string password);
  void authenticated();
  void bind(std::string resource);
  void request_before_login(const xml::Element& element);

  void start_login_timer();
  void start_idle_timer();
  void idle();

  std::uint64_t id_;
  Shard* shard_;
  std::unique_ptr<net::Connection> connection_;
  xmpp::ServerStream stream_;
  Session* session_ = nullptr;                 // not owned
  std::unique_ptr<xml::Document> waiting_;     // a stanza that must wait for those before it
  EventLoop::TimerId timer_ = 0;               // log-in, then idleness
  EventLoop::TimerId rate_timer_ = 0;
  EventLoop::TimerId slow_timer_ = 0;  // 0: not slowed down
  TimePoint last_bytes_{};
  TimePoint credit_time_{};
  PeerTable::Place place_;
  std::uint32_t requests_before_login_ = 0;
  std::uint32_t open_requests_ = 0;            // before log-in
  std::uint32_t counted_failures_ = 0;         // of log-in; the table knows of them
  double credit_ = 0;                          // bytes that may come at once
  bool is_trusted_;
  bool is_ended_ = false;
  bool is_leaving_ = false;  // it has ended its stream; answers are due
  bool is_pumping_ = false;
  bool is_moving_ = false;
  bool is_pinged_ = false;
  bool is_rate_limited_ = false;
  bool is_go_on_due_ = false;
  bool is_read_paused_ = false;
};

}  // namespace queqiao::server
