#pragma once

#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>

#include "base/result.h"

namespace queqiao::ctl {

using Json = nlohmann::json;

enum class Task { ask_server, check_config, print_config };

// What the operator wants. `request` is what the control socket takes, without the password.
struct CommandLine {
  std::filesystem::path data_dir = "data";
  bool wants_json = false;
  Task task = Task::ask_server;
  Json request = Json::object();
  bool needs_password = false;
  bool has_password_on_stdin = false;
  std::filesystem::path file;  // of check_config
};

// Ends the process after --help and --version. Fails with what is wrong with the arguments.
Result<CommandLine> parse_command_line(int argc, char** argv);

}  // namespace queqiao::ctl
