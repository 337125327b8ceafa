#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/crypto.h"
#include "xml/element.h"
#include "xml/parser.h"
#include "xmpp/jid.h"
#include "xmpp/sasl/mechanism.h"
#include "xmpp/sasl/scram_keys.h"
#include "xmpp/stanza.h"

namespace queqiao::xmpp {

// What the stream may offer and demand; outlives the streams that refer to it.
struct ServerStreamRules {
  std::string domain;
  bool has_tls = true;                  // a certificate is there
  bool requires_tls = true;             // before authentication
  bool allows_plain = true;             // SASL PLAIN, under TLS only unless is_trusted
  bool has_registration = false;        // XEP-0077 among the features before log-in
  std::uint32_t login_attempts = 5;
  std::uint32_t scram_iterations = sasl::default_scram_iterations;  // that accounts have: decoys must look the same
  std::string decoy_secret;             // for decoys that stay the same over restarts; empty: drawn per process
  xml::ParserLimits before_login;
  xml::ParserLimits after_login;
};

struct StreamEvent {
  enum class Kind {
    none,            // nothing until more bytes come or what was asked is answered
    start_tls,       // <proceed/> is in the output: send it, start the handshake, then call secured()
    find_keys,       // SCRAM: `text` is the user; answer with keys()
    check_password,  // PLAIN: `text` is the user, `password` what it claims; answer with checked()
    authenticated,   // `text` is the user; <success/> is in the output; the client opens its stream anew
    request,         // an IQ request before log-in that is allowed then (registration); answer by sending
    bind,            // `text` is the resource that the client wants, or empty; answer with bound() or refuse_bind()
    resume,          // `element` is <resume/> of XEP-0198; answer with resumed() or refuse_resume()
    stanza,          // `element`, of the kind `stanza`, after bind
    other,           // `element` after bind that is no stanza: of an extension
    closed,  // the peer ended the stream and sends no more: end it as well with close(), after what is still due
    failed   // a stream error is in the output; the connection must be closed
  };
  Kind kind = Kind::none;
  StanzaKind stanza = StanzaKind::message;
  xml::Element element;   // valid until the document is used again
  std::string text;
  std::string password;
};

// The server's side of one client's stream (RFC 6120): bytes in, events and bytes out. Knows no socket, clock or thread.
//   stream.receive(bytes); while ((event = stream.next_event(document)).kind != none) …; stream.keep_unread();
// After an event that asks for something, next_event() gives none until it is answered.
class ServerStream {
 public:
  // `is_trusted`: the peer is on loopback and the operator trusts that: no TLS is demanded.
  ServerStream(const ServerStreamRules& rules, bool is_trusted);
  ServerStream(const ServerStream&) = delete;  // input_ may point into unread_
  ServerStream& operator=(const ServerStream&) = delete;
  ~ServerStream();

  void receive(std::string_view bytes);  // valid until keep_unread() returns
  StreamEvent next_event(xml::Document& document);
  void keep_unread();                    // copies what has not been read, if the caller stops before `none`
  std::string take_output();

  // Answers.
  void secured(sasl::ChannelBindings bindings);            // TLS is up, after start_tls or from the beginning
  void keys(const std::optional<sasl::ScramKeys>& keys);  // nothing: no such account, or it may not log in
  void checked(bool is_right);  // then is_authenticated() or, after too many tries, has_ended() tells; no event follows
  // What XEP-0198, CSI and others add to the features after log-in, and the one JID that the stream is for from now on.
  void set_features(std::string_view xml) { session_features_ = xml; }
  void bound(const Jid& full);
  void refuse_bind(const StanzaError& error);
  void resumed();                                    // the caller has put <resumed/> first
  void refuse_resume(std::string_view failed_xml);

  // RFC 6120 4.9.3, with the XML of an application-specific condition (4.9.4) or none; nothing is read any more.
  void fail(std::string_view condition, std::string_view text = {}, std::string_view application = {});
  void close();                                      // ends the stream in order
  // Instead of keys() or checked(): nobody may try at the moment (temporary-auth-failure, RFC 6120 6.5.11).
  void refuse_login();
  std::uint32_t failed_logins() const { return failed_logins_; }  // wrong passwords so far
  void set_rules(const ServerStreamRules& rules);  // from now on, when the stream goes on elsewhere or limits change
  bool is_authenticated() const { return !user_.empty(); }
  bool is_established() const;
  bool has_ended() const;
  bool has_unread() const { return !input_.empty(); }  // bytes wait for an answer of the caller's
  const std::string& user() const { return user_; }
  Hash mechanism_hash() const;                       // whose keys find_keys wants

 private:
  struct Negotiation;
  enum class State : unsigned char;
  struct Rule;
  static const Rule* find_rule(State state, const xml::Element& element);

  StreamEvent handle(const xml::Element& element);
  StreamEvent open(const xml::Element& header);
  StreamEvent fail_event(std::string_view condition, std::string_view text = {});
  StreamEvent parse_failure();
  void write_header(std::string_view to);
  void write_features();
  void write_mechanisms(std::string& out) const;
  bool may_authenticate() const { return is_secure_ || is_trusted_ || !rules_->requires_tls; }
  StreamEvent sasl_failure(sasl::Failure failure);
  StreamEvent sasl_success();
  StreamEvent start_scram(sasl::Mechanism mechanism, std::string_view message);
  StreamEvent scram_message(std::string_view message);
  bool binds_channel() const;

  // The actions of the table in server_stream.cpp.
  StreamEvent on_starttls(const xml::Element& element);
  StreamEvent on_auth(const xml::Element& element);
  StreamEvent on_response(const xml::Element& element);
  StreamEvent on_abort(const xml::Element& element);
  StreamEvent on_iq_before_login(const xml::Element& element);
  StreamEvent on_iq_before_bind(const xml::Element& element);
  StreamEvent on_resume(const xml::Element& element);
  StreamEvent on_enable_before_bind(const xml::Element& element);
  StreamEvent on_established(const xml::Element& element);

  const ServerStreamRules* rules_;
  xml::Parser parser_;
  std::unique_ptr<Negotiation> negotiation_;  // until the stream is established
  std::string_view input_;  // not read yet: the caller's bytes, or unread_
  std::string unread_;
  std::string output_;
  std::string user_;
  std::string session_features_;
  std::uint32_t failed_logins_ = 0;
  State state_;
  bool is_trusted_;
  bool is_secure_ = false;
  bool is_header_sent_ = false;
};

}  // namespace queqiao::xmpp
