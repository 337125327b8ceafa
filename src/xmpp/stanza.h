#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "xml/element.h"
#include "xmpp/jid.h"

namespace queqiao::xmpp {

enum class StanzaKind : unsigned char { message, presence, iq };

// RFC 6121 5.2.2; what is unknown counts as normal.
enum class MessageType : unsigned char { normal, chat, headline, groupchat, error };

// RFC 6121 4.7.1; `available` is the absence of a type.
enum class PresenceType : unsigned char {
  available, unavailable, subscribe, subscribed, unsubscribe, unsubscribed, probe, error
};

enum class IqType : unsigned char { get, set, result, error };

std::optional<StanzaKind> stanza_kind(const xml::Element& element);  // nothing for what is no stanza of jabber:client
MessageType message_type(std::string_view type);
std::optional<PresenceType> presence_type(std::string_view type);
std::optional<IqType> iq_type(std::string_view type);
// RFC 6120 8.2.3: an IQ of type get or set with an id and exactly one child element.
bool is_request(const xml::Element& iq);
std::string_view name_of(MessageType type);
std::string_view name_of(PresenceType type);  // "" for available

// RFC 6120 8.3.2 and 8.3.3.
enum class ErrorType : unsigned char { auth, cancel, modify, wait };
enum class StanzaCondition : unsigned char {
  bad_request, conflict, feature_not_implemented, forbidden, gone, internal_server_error, item_not_found, jid_malformed,
  not_acceptable, not_allowed, not_authorized, policy_violation, recipient_unavailable, redirect, registration_required,
  remote_server_not_found, remote_server_timeout, resource_constraint, service_unavailable, subscription_required,
  undefined_condition, unexpected_request
};

struct StanzaError {
  StanzaCondition condition = StanzaCondition::undefined_condition;
  ErrorType type = ErrorType::cancel;
  std::string text;         // for people, English; may be empty
  std::string application;  // XML of an application-specific condition, with its own namespace; may be empty

  // With the type that RFC 6120 8.3.3 gives the condition.
  static StanzaError of(StanzaCondition condition, std::string_view text = {});
};

std::string_view name_of(StanzaCondition condition);
std::optional<StanzaCondition> stanza_condition(std::string_view name);
std::string_view name_of(ErrorType type);

// Appends <error>…</error>.
void write_error(std::string& out, const StanzaError& error);

// The error that a received stanza carries, for clients; nothing when its type is not error.
std::optional<StanzaError> read_error(const xml::Element& stanza);

// Appends the start tag <name from= to= type= id=, without '>', leaving out what is empty; all values are escaped.
void write_stanza_start(std::string& out, std::string_view name, std::string_view from, std::string_view to,
                        std::string_view type, std::string_view id);

// The stanza that answers `stanza` with an error: same name and id, type error. Empty when RFC 6120 8.3.1 forbids an answer
// (an error, or an IQ result, is never answered).
std::string error_reply(const xml::Element& stanza, std::string_view from, std::string_view to, const StanzaError& error);

// <iq type='result'> with `payload` as its content.
std::string result_reply(std::string_view id, std::string_view from, std::string_view to, std::string_view payload = {});

}  // namespace queqiao::xmpp
