#include "stream_end.h"

#include "base/log.h"

namespace queqiao::cli {
namespace {

std::string in_brackets(const std::string& condition, const std::string& text) {
  std::string words = condition;
  if (!text.empty()) words += (words.empty() ? "" : ": ") + text;
  return words.empty() ? words : " (" + log::escaped(words) + ")";
}

std::string explain_login(const xmpp::StreamEnded& end, const Options& options) {
  if (end.condition == "not-authorized") {
    return "Wrong password, or there is no account " + options.account.text() + ".";
  }
  if (end.condition == "account-disabled") return "The account is disabled.";
  return "The server refused the log-in" + in_brackets(end.condition, end.text) + ".";
}

std::string explain_registration(const xmpp::StreamEnded& end, const Options& options) {
  if (end.condition == "conflict") return "The name " + std::string(options.account.local()) + " is taken.";
  return "The server refused to make the account" + in_brackets(end.condition, end.text) + ".";
}

std::string explain_stream_error(const xmpp::StreamEnded& end) {
  if (end.condition == "conflict") return "Another client has logged in with the same resource.";
  if (end.condition == "host-unknown") return "The server does not serve this domain.";
  return "The server ended the stream" + in_brackets(end.condition, end.text) + ".";
}

}  // namespace

Explanation explain(const xmpp::StreamEnded& end, const Options& options) {
  using xmpp::StreamEnd;
  switch (end.reason) {
    case StreamEnd::closed:
      return {"The server closed the stream.", ExitCode::unreachable};
    case StreamEnd::stream_error:
      return {explain_stream_error(end)};
    case StreamEnd::protocol:
      return {"What answers there does not speak XMPP correctly" + in_brackets(end.condition, {}) + "."};
    case StreamEnd::no_tls:
      return {options.tls == TlsUse::none ? "The server wants TLS: leave out --tls none."
                                          : "The server offers no TLS, so nothing was sent to it."};
    case StreamEnd::no_mechanism:
      return {"The server offers no way to log in that is safe here."};
    case StreamEnd::login_refused:
      return {explain_login(end, options)};
    case StreamEnd::not_proven:
      return {"The server did not prove that it knows the password. It is not the server of this account.",
              ExitCode::untrusted};
    case StreamEnd::no_registration:
      return {"The server does not let anyone register."};
    case StreamEnd::registration_refused:
      return {explain_registration(end, options)};
    case StreamEnd::bind_refused:
      return {"The server accepted no session" + in_brackets(end.condition, end.text) + "."};
    case StreamEnd::timed_out:
      return {"The server did not answer in time.", ExitCode::unreachable};
  }
  return {};
}

std::string explain(const xmpp::StanzaError& error) {
  return "The server refused" + in_brackets(std::string(name_of(error.condition)), error.text) + ".";
}

}  // namespace queqiao::cli
