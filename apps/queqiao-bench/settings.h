#pragma once

#include <sys/types.h>

#include <cstdint>
#include <string>
#include <vector>

namespace queqiao::bench {

enum class Tls { none, starttls, direct };
enum class Mechanism { automatic, plain, scram_sha1, scram_sha256 };  // automatic: the strongest that is offered

// What every subcommand needs to know: which server, which users, how they log in.
struct Settings {
  std::string host = "127.0.0.1";  // an IPv4 address: a name would put the resolver into the measurement
  std::uint16_t port = 5222;
  std::string domain = "localhost";
  std::string user_prefix = "u";
  std::string password = "secret";  // of all users
  std::size_t users = 100;
  std::size_t first = 1;         // the users are <prefix><first> to <prefix><first + users - 1>
  std::size_t concurrency = 16;  // log-ins or registrations under way at any time
  Tls tls = Tls::none;
  Mechanism mechanism = Mechanism::automatic;
  std::uint64_t ack_every = 0;  // XEP-0198: asks for an acknowledgement after so many messages; 0: not enabled
  std::size_t body_bytes = 64;
  std::uint64_t seed = 1;
  double stall_seconds = 60;  // gives up when nothing at all has happened for so long
  std::vector<pid_t> server_pids;

  std::string user(std::size_t index) const { return user_prefix + std::to_string(first + index); }
  std::string bare_jid(std::size_t index) const { return user(index) + "@" + domain; }
};

}  // namespace queqiao::bench
