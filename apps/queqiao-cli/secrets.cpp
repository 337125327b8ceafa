#include "secrets.h"

#include <termios.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <iostream>

namespace queqiao::cli {
namespace {

// While it lives, the terminal does not show what is typed.
class HiddenInput {
 public:
  HiddenInput() {
    tcgetattr(STDIN_FILENO, &before_);
    auto hidden = before_;
    hidden.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    tcsetattr(STDIN_FILENO, TCSAFLUSH, &hidden);
  }
  ~HiddenInput() { tcsetattr(STDIN_FILENO, TCSAFLUSH, &before_); }
  HiddenInput(const HiddenInput&) = delete;
  HiddenInput& operator=(const HiddenInput&) = delete;

 private:
  termios before_{};
};

Result<std::string> first_line(std::istream& in, const std::string& source) {
  std::string line;
  if (!std::getline(in, line) || line.empty()) return Error{ErrorCode::io, source + " has none"};
  return line;
}

}  // namespace

Result<std::string> find_password(const std::string& given, const std::filesystem::path& file, const char* variable,
                                  const char* prompt) {
  if (!given.empty()) return given;
  if (!file.empty()) {
    std::ifstream in(file);
    if (!in) return Error{ErrorCode::io, file.string() + " cannot be read"};
    return first_line(in, file.string());
  }
  if (const char* value = std::getenv(variable); value && *value) return std::string(value);
  if (!isatty(STDIN_FILENO)) {
    return Error{ErrorCode::not_found, std::string("set ") + variable + " or give a file"};
  }
  const HiddenInput hidden;
  std::cerr << prompt << std::flush;
  auto password = first_line(std::cin, "the terminal");
  std::cerr << '\n';
  return password;
}

}  // namespace queqiao::cli
