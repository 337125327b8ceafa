#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "base/log.h"
#include "base/result.h"
#include "net/http/server.h"
#include "net/socket_connection.h"
#include "server/config.h"
#include "storage/sqlite/options.h"

namespace queqiao::daemon {

// All that an operator may set, from the configuration file and the command line, which wins.
struct Settings {
  std::filesystem::path data_dir = "data";
  std::vector<std::string> c2s;      // "host:port", clients with STARTTLS
  std::vector<std::string> c2s_tls;  // direct TLS
  std::vector<std::string> http;     // in the clear: for a proxy on the same machine, and for people on it
  std::vector<std::string> https;
  std::string public_url;            // what stands before every path of HTTP; empty: https, the domain, the port
  unsigned shards = 0;               // 0: one per core
  std::filesystem::path
      certificate;  // PEM chain and key; empty: data_dir/certificate.pem and key.pem, made when missing
  std::filesystem::path certificate_key;
  log::Level log_level = log::Level::info;
  server::Config server;
  net::ConnectionLimits connections;
  net::http::ServerLimits http_limits;
  storage::sqlite::Options storage;
};

// What single keys cannot tell: values that do not fit each other.
Result<void> check_together(const Settings& settings);

enum class Request { serve, check_config, print_config };

struct CommandLine {
  Settings settings;
  Request request = Request::serve;
};

// Fails with the text for the operator: what is wrong, where, and what is allowed.
Result<CommandLine> parse_command_line(int argc, char** argv);

}  // namespace queqiao::daemon
