#include "control_call.h"

#include <fmt/format.h>

#include "xmpp/jid.h"

namespace queqiao::daemon {

std::optional<std::string> ControlCall::text(const char* name) const {
  const auto place = state_->request.find(name);
  if (place == state_->request.end() || !place->is_string()) return std::nullopt;
  return place->get<std::string>();
}

std::optional<std::int64_t> ControlCall::number(const char* name) const {
  const auto place = state_->request.find(name);
  if (place == state_->request.end() || !place->is_number_integer()) return std::nullopt;
  return place->get<std::int64_t>();
}

bool ControlCall::flag(const char* name) const {
  const auto place = state_->request.find(name);
  return place != state_->request.end() && place->is_boolean() && place->get<bool>();
}

std::optional<std::string> ControlCall::user(const char* name) const {
  const auto given = text(name).value_or("");
  const auto domain = daemon_->settings()->server.domain;
  const auto at = given.find('@');
  const bool is_ours =
      at == std::string::npos || xmpp::normalize_domain(std::string_view(given).substr(at + 1)) == domain;
  const auto local = is_ours ? xmpp::normalize_local(std::string_view(given).substr(0, at)) : std::nullopt;
  if (local && !local->empty()) return local;
  refuse(is_ours ? fmt::format("'{}' is no name for an account", given)
                 : fmt::format("'{}' is not of {}", given, domain));
  return std::nullopt;
}

void ControlCall::refuse(const Error& error, std::string_view user) const {
  switch (error.code) {
    case ErrorCode::not_found:
      return refuse(fmt::format("there is no account '{}'", user));
    case ErrorCode::conflict:
      return refuse(fmt::format("the account '{}' exists already", user));
    default:
      return refuse(error.message);
  }
}

void ControlCall::State::finish(Result<Json> outcome) {
  if (!is_finished_.exchange(true)) answer_(std::move(outcome));
}

}  // namespace queqiao::daemon
