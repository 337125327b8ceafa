#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "base/event_loop.h"
#include "xml/element.h"
#include "xml/parser.h"
#include "xmpp/stream/client_acks.h"
#include "xmpp/stream/client_events.h"
#include "xmpp/stream/client_sasl.h"
#include "xmpp/stream/iq_requests.h"

namespace queqiao::xmpp {

// The client's side of one account's XML stream (RFC 6120): bytes in, events and bytes out. Knows no socket, clock or
// thread. It outlives its connections: after a lost one, open() on the next resumes the session (XEP-0198) or begins a
// new one, and in either case messages that the server has not acknowledged go out again with the ids that they had.
//   stream.open(now); … stream.receive(bytes, now); while (auto event = stream.next_event(now)) …; take_output();
class ClientStream {
 public:
  explicit ClientStream(ClientSettings settings);
  ~ClientStream();
  ClientStream(const ClientStream&) = delete;
  ClientStream& operator=(const ClientStream&) = delete;

  // A connection is up; `tls` is set when TLS came with it (direct TLS, XEP-0368).
  void open(TimePoint now, std::optional<sasl::ChannelBindings> tls = std::nullopt);
  void secured(sasl::ChannelBindings tls, TimePoint now);  // the handshake that TlsWanted asked for is done
  void receive(std::string_view bytes, TimePoint now);
  std::optional<ClientEvent> next_event(TimePoint now);  // until nothing, after any call
  std::string take_output();
  std::optional<TimePoint> next_deadline() const;
  void tick(TimePoint now);  // when the deadline has come
  void connection_lost();    // without order; requests go on after a resumption
  void close();              // ends the stream in order: nothing can be resumed

  // `message` is one whole <message/> of jabber:client with an id and, for the sake of repetitions, an origin-id
  // (XEP-0359). It may be given at any time. The answer is its number for Acknowledged. Whoever gives many heeds
  // unacknowledged_bytes(), which has no limit here.
  std::uint64_t send_message(std::string message, TimePoint now);
  void send_presence(std::string_view presence);  // only while online
  // Asks `to`, or the own account when it is empty. Only while online; otherwise `then` hears at once that it is lost.
  void request(IqType type, const Jid& to, std::string_view payload, TimePoint now, IqRequests::Then then);
  void reply(std::string_view iq);  // the answer to an IQ request; only while online
  void submit_registration(const Registration& answer, TimePoint now);
  void set_password(std::string password) { settings_.password = std::move(password); }  // for the next log-in

  bool is_online() const { return state_ == State::online; }
  bool has_acknowledgements() const { return acks_.is_enabled(); }
  std::size_t unacknowledged_bytes() const { return acks_.unconfirmed_bytes(); }
  const Jid& jid() const { return jid_; }  // full while online
  std::string make_id() { return settings_.random(); }

 private:
  enum class State : unsigned char {
    disconnected,
    before_tls,
    tls_asked,
    tls_handshake,
    before_login,
    registration_asked,
    registration_filled_in,
    registration_sent,
    authenticating,
    after_login,
    resuming,
    binding,
    enabling,
    online,
    closing,
    ended
  };
  struct Rule;
  static const Rule* find_rule(State state, const xml::Element& element);

  void start_stream(State expected);
  void handle_header(const xml::Element& header);
  void handle(const xml::Element& element);
  void end(StreamEnded event);
  void end(StreamEnd reason, std::string_view condition = {}, std::string_view text = {}, bool may_retry = false);
  void fail(std::string_view condition);  // with a stream error to the server
  void handle_parse_failure();
  bool read_input();
  bool is_reading() const;
  bool is_negotiating() const;
  void go_online(bool is_resumed);
  void note_confirmed();
  void log_in();
  void bind();
  void ask_registration();
  void negotiate_by_iq(IqType type, std::string_view to, std::string_view payload, State next);
  bool is_answer(const xml::Element& iq) const;

  // The actions of the table in client_stream.cpp.
  void on_features_before_tls(const xml::Element& features);
  void on_proceed(const xml::Element& element);
  void on_tls_refused(const xml::Element& element);
  void on_features_before_login(const xml::Element& features);
  void on_registration_question(const xml::Element& iq);
  void on_registration_answer(const xml::Element& iq);
  void on_challenge(const xml::Element& element);
  void on_login(const xml::Element& element);
  void on_login_refused(const xml::Element& element);
  void on_features_after_login(const xml::Element& features);
  void on_resumed(const xml::Element& element);
  void on_not_resumed(const xml::Element& element);
  void on_bound(const xml::Element& iq);
  void on_enabled(const xml::Element& element);
  void on_not_enabled(const xml::Element& element);
  void on_message(const xml::Element& element);
  void on_presence(const xml::Element& element);
  void on_iq(const xml::Element& element);
  void on_ack_request(const xml::Element& element);
  void on_ack(const xml::Element& element);
  void ignore(const xml::Element& element);
  void on_stream_error(const xml::Element& element);

  ClientSettings settings_;
  Jid jid_;
  State state_ = State::disconnected;
  std::optional<sasl::ChannelBindings> tls_;  // of the connection
  bool has_header_ = false;
  bool has_sent_end_ = false;
  bool wants_registration_;
  bool offers_acks_ = false;

  xml::Parser parser_;
  xml::Document document_;
  std::string input_;
  std::size_t read_ = 0;  // bytes at the front of input_
  std::string output_;
  std::deque<ClientEvent> events_;

  std::optional<LoginChoice> login_;  // nothing: no mechanism is acceptable
  std::optional<ClientSasl> sasl_;
  std::string iq_id_;  // of the request of negotiation that is under way
  ClientAcks acks_;
  std::uint64_t reported_ = 0;  // of acks_.confirmed()
  IqRequests requests_;
  TimePoint deadline_;  // of negotiation or of what the server was asked
  TimePoint last_received_;
  TimePoint now_;  // of the latest call that brought the time
};

}  // namespace queqiao::xmpp
