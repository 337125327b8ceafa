#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "scram.h"
#include "settings.h"

namespace queqiao::bench {

// How far a connection is taken before it counts as ready.
enum class Goal {
  registered,  // the account exists (XEP-0077), not logged in
  bound,       // logged in with a resource
  available    // roster fetched and initial presence handled, so that messages to the bare JID arrive
};

// What a client says until it has reached its goal (RFC 6120 5-7): elements in, bytes out, no socket.
class Negotiation {
 public:
  enum class Step { wait, start_tls, done, failed };

  Negotiation(const Settings& settings, Goal goal, std::size_t index, ScramKeys& keys);
  std::string stream_header() const;
  // Takes the next child of the stream and appends what to send. On start_tls the next call follows a new header.
  Step take(std::string_view element, bool is_secure, std::string& out);
  const std::string& failure() const { return failure_; }

 private:
  enum class State { features, tls_proceed, registering, sasl, binding, enabling_sm, becoming_available };

  Step on_features(std::string_view features, bool is_secure, std::string& out);
  Step on_registered(std::string_view answer);
  Step on_sasl(std::string_view element, std::string& out);
  Step on_bound(std::string_view answer, std::string& out);
  Step become_available(std::string& out);
  Step authenticate(std::string_view features, std::string& out);
  Step fail(std::string_view element);

  const Settings& settings_;  // not owned
  Goal goal_;
  std::size_t index_;
  ScramKeys& keys_;  // not owned
  State state_ = State::features;
  bool is_authenticated_ = false;
  std::optional<ScramDialogue> scram_;
  std::string failure_;
};

}  // namespace queqiao::bench
