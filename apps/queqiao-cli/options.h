#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "xmpp/jid.h"

namespace queqiao::cli {

// What the process ends with.
enum class ExitCode : int {
  done = 0,
  refused = 1,      // the server, or what it sent, said no
  usage = 2,        // the command line cannot be used
  unreachable = 3,  // no connection, or no answer in time
  untrusted = 4     // the server could not prove who it is
};

enum class TlsUse { starttls, direct, none };
enum class CommandKind { enroll, chat, send, listen, history, roster, add, passwd };

// The command line, checked.
struct Options {
  CommandKind command = CommandKind::listen;
  xmpp::Jid account;
  std::string password;
  std::string host;
  std::uint16_t port = 0;
  TlsUse tls = TlsUse::starttls;
  bool trusts_first_use = false;
  std::string pin;                   // SHA-256 of the certificate in hex, lower case; may be empty
  std::filesystem::path pins_file;   // where fingerprints of first uses are kept
  std::chrono::seconds timeout{60};  // for the whole of a command that ends by itself

  xmpp::Jid peer;
  std::string text;  // to send; or the greeting of `add`
  bool is_json = false;
  std::uint32_t limit = 20;
  std::string before, after;  // an archive id or a DateTime
  std::string contact_name;
  std::vector<std::string> groups;
  std::string new_password;
  std::map<std::string, std::string, std::less<>> fields;  // further answers to the questions of registration
};

// Reads the command line, asking on the terminal for a password that is not given. Prints what is wrong, or the help,
// and gives the code to end with when there is nothing to do.
struct ParsedOptions {
  std::optional<Options> options;
  ExitCode code = ExitCode::done;
};
ParsedOptions parse_options(int argc, char** argv);

}  // namespace queqiao::cli
