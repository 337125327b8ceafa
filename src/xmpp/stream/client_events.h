#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <variant>

#include "base/crypto.h"
#include "base/function.h"
#include "xml/element.h"
#include "xml/parser.h"
#include "xmpp/jid.h"
#include "xmpp/xep/registration.h"

// What goes into a ClientStream, and what comes out of it.
namespace queqiao::xmpp {

struct ClientSettings {
  Jid account;  // the resource, if any, is the one that is wished for
  std::string password;
  bool requires_tls = true;         // false on loopback only: then TLS is not used at all, nor is PLAIN
  bool wants_registration = false;  // XEP-0077 before log-in; RegistrationWanted follows
  std::chrono::seconds negotiation_timeout{30};
  std::chrono::seconds answer_timeout{30};  // for an IQ, and for an acknowledgement that was asked for
  std::chrono::seconds idle_timeout{60};    // of silence, before the server is asked whether it is still there
  // More than a server takes from a client, since what it passes on comes stamped and wrapped (XEP-0280, 0313): one message
  // at the server's limit must not end the stream of everybody who reads it, each time that they do.
  xml::ParserLimits limits{.element_bytes = 1'048'576, .depth = 96, .attributes = 192, .elements = 65'536, .namespaces = 4'096};
  UniqueFunction<std::string()> random = random_id;  // unpredictable ids and nonces
};

// Begin the TLS handshake on the connection, then call secured().
struct TlsWanted {};

// The server's questions to who wants an account; answer with submit_registration().
struct RegistrationWanted {
  Registration question;
};

// The account is there; log-in goes on by itself.
struct Registered {};

struct Online {
  Jid jid;                  // with the resource that was given
  bool is_resumed = false;  // the session goes on: presence and roster are still known to the server
};

// A message, a presence or an IQ request, which the receiver of this event answers. Answers to one's own IQs, forged
// carbons and forged roster pushes never come this way.
struct StanzaReceived {
  xml::Element stanza;  // valid until the stream is called again
};

// The server has taken over all messages up to this number.
struct Acknowledged {
  std::uint64_t up_to = 0;
};

enum class StreamEnd : unsigned char {
  closed,                // in order, by either side
  stream_error,          // the server's, RFC 6120 4.9.3
  protocol,              // what answers breaks the rules
  no_tls,                // TLS is demanded and the server has none, or the other way round
  no_mechanism,          // no way to log in that both sides allow
  login_refused,         // RFC 6120 6.5
  not_proven,            // the server did not prove that it knows the password: it is not the account's server
  no_registration,       // the server does not offer it
  registration_refused,  // XEP-0077
  bind_refused,
  timed_out
};

// The stream is over; the connection is to be closed once the output is written.
struct StreamEnded {
  StreamEnd reason = StreamEnd::closed;
  std::string condition;   // of the RFC or XEP: "not-authorized", "conflict", …; may be empty
  std::string text;        // the server's words for people; may be empty
  bool may_retry = false;  // whether connecting again without a change makes sense
};

using ClientEvent =
    std::variant<TlsWanted, RegistrationWanted, Registered, Online, StanzaReceived, Acknowledged, StreamEnded>;

}  // namespace queqiao::xmpp
