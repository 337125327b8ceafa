#include "client/core/stream_end_text.h"

#include "client/core/qt_text.h"

namespace queqiao::client {
namespace {

constexpr qsizetype longest_foreign_text = 300;

// What the server says goes after our own words: it is in whatever language the server speaks.
QString with_servers_words(const QString& ours, std::string_view condition, std::string_view text) {
  const auto theirs = to_qt(text.empty() ? condition : text).simplified().left(longest_foreign_text);
  if (theirs.isEmpty()) return ours;
  return Words::tr("%1 (the server says: %2)").arg(ours, theirs);
}

QString explain_login(const xmpp::StreamEnded& end) {
  if (end.condition == "not-authorized") return Words::tr("Wrong password, or there is no such account.");
  if (end.condition == "account-disabled") return Words::tr("This account has been disabled by the server's operator.");
  if (end.condition == "credentials-expired") return Words::tr("The password has expired: ask the server's operator.");
  if (end.condition == "temporary-auth-failure") return Words::tr("The server cannot check passwords at the moment.");
  return with_servers_words(Words::tr("The server refused the log-in."), end.condition, end.text);
}

QString explain_registration(const xmpp::StreamEnded& end) {
  if (end.condition == "conflict") return Words::tr("This name is taken already.");
  if (end.condition == "not-acceptable") {
    return with_servers_words(Words::tr("The server does not accept this name or password."), {}, end.text);
  }
  if (end.condition == "resource-constraint") {
    return with_servers_words(Words::tr("Too many accounts were made from here: try again later."), {}, end.text);
  }
  return with_servers_words(Words::tr("The server refused to make the account."), end.condition, end.text);
}

QString explain_stream_error(const xmpp::StreamEnded& end) {
  if (end.condition == "conflict") return Words::tr("This account has logged in from the same program elsewhere.");
  if (end.condition == "host-unknown") return Words::tr("This server does not serve the domain of the account.");
  if (end.condition == "system-shutdown") return Words::tr("The server is being restarted.");
  if (end.condition == "not-authorized") return Words::tr("The server has ended the session.");
  return with_servers_words(Words::tr("The server ended the connection."), end.condition, end.text);
}

}  // namespace

QString explain(const xmpp::StreamEnded& end) {
  using xmpp::StreamEnd;
  switch (end.reason) {
    case StreamEnd::closed:
      return Words::tr("The server closed the connection.");
    case StreamEnd::stream_error:
      return explain_stream_error(end);
    case StreamEnd::protocol:
      return Words::tr("What answers there does not speak XMPP correctly.");
    case StreamEnd::no_tls:
      return Words::tr("The server offers no encryption, so nothing was sent to it.");
    case StreamEnd::no_mechanism:
      return Words::tr("The server offers no way to log in that is safe.");
    case StreamEnd::login_refused:
      return explain_login(end);
    case StreamEnd::not_proven:
      return Words::tr("The server did not prove that it knows the password: it is not the server of this account.");
    case StreamEnd::no_registration:
      return Words::tr("This server does not let people make accounts themselves: ask its operator for one.");
    case StreamEnd::registration_refused:
      return explain_registration(end);
    case StreamEnd::bind_refused:
      return with_servers_words(Words::tr("The server accepted no session."), end.condition, end.text);
    case StreamEnd::timed_out:
      return Words::tr("The server did not answer in time.");
  }
  return {};
}

QString explain(const xmpp::StanzaError& error) {
  using xmpp::StanzaCondition;
  const auto with = [&](const QString& ours) { return with_servers_words(ours, {}, error.text); };
  switch (error.condition) {
    case StanzaCondition::item_not_found:
      return with(Words::tr("There is no such thing or person."));
    case StanzaCondition::forbidden:
    case StanzaCondition::not_allowed:
    case StanzaCondition::not_authorized:
      return with(Words::tr("This is not allowed."));
    case StanzaCondition::service_unavailable:
    case StanzaCondition::feature_not_implemented:
      return with(Words::tr("The other side does not know how to do this, or does not want to."));
    case StanzaCondition::resource_constraint:
    case StanzaCondition::policy_violation:
      return with(Words::tr("Too much or too often: try again later."));
    case StanzaCondition::remote_server_not_found:
    case StanzaCondition::remote_server_timeout:
      return with(Words::tr("Their server cannot be reached."));
    case StanzaCondition::not_acceptable:
    case StanzaCondition::bad_request:
    case StanzaCondition::jid_malformed:
      return with(Words::tr("The server does not accept this."));
    default:
      return with_servers_words(Words::tr("The server refused."), xmpp::name_of(error.condition), error.text);
  }
}

QString explain(const xmpp::IqAnswer& answer) {
  switch (answer.kind) {
    case xmpp::IqAnswer::Kind::result:
      return {};
    case xmpp::IqAnswer::Kind::error:
      return explain(answer.error);
    case xmpp::IqAnswer::Kind::timed_out:
      return Words::tr("There was no answer in time.");
    case xmpp::IqAnswer::Kind::lost:
      return Words::tr("There is no connection to the server.");
  }
  return {};
}

}  // namespace queqiao::client
