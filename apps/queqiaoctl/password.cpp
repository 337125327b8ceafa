#include "password.h"

#include <fcntl.h>
#include <termios.h>
#include <unistd.h>

#include <iostream>

#include "net/file_descriptor.h"

namespace queqiao::ctl {
namespace {

// Switches the terminal's echo off as long as it lives.
class Quiet {
 public:
  explicit Quiet(int terminal) : terminal_(terminal) {
    is_changed_ = ::tcgetattr(terminal_, &before_) == 0;
    auto quiet = before_;
    quiet.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    if (is_changed_) is_changed_ = ::tcsetattr(terminal_, TCSAFLUSH, &quiet) == 0;
  }
  ~Quiet() {
    if (is_changed_) ::tcsetattr(terminal_, TCSAFLUSH, &before_);
  }
  Quiet(const Quiet&) = delete;
  Quiet& operator=(const Quiet&) = delete;
  bool is_quiet() const { return is_changed_; }

 private:
  const int terminal_;
  termios before_{};
  bool is_changed_ = false;
};

Result<std::string> ask(int terminal, std::string_view prompt) {
  const Error failed{ErrorCode::io, "no password was entered"};
  if (::write(terminal, prompt.data(), prompt.size()) < 0) return failed;
  std::string line;
  char c = 0;
  for (;;) {
    if (::read(terminal, &c, 1) != 1) return failed;
    if (c == '\n') break;
    line += c;
  }
  if (::write(terminal, "\n", 1) < 0) return failed;
  return line;
}

}  // namespace

Result<std::string> password_from_stdin() {
  std::string line;
  if (!std::getline(std::cin, line)) return Error{ErrorCode::invalid, "there is no password on standard input"};
  if (line.ends_with('\r')) line.pop_back();
  return line;
}

Result<std::string> password_from_terminal() {
  const net::FileDescriptor terminal(::open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY));
  if (!terminal) return Error{ErrorCode::invalid, "there is no terminal to ask for the password; use --password-stdin"};
  const Quiet quiet(terminal.get());
  if (!quiet.is_quiet())
    return Error{ErrorCode::io, "the terminal's echo cannot be switched off; use --password-stdin"};
  QUEQIAO_TRY(auto first, ask(terminal.get(), "Password: "));
  QUEQIAO_TRY(const auto second, ask(terminal.get(), "Once more: "));
  if (first != second) return Error{ErrorCode::invalid, "the two passwords differ"};
  return first;
}

}  // namespace queqiao::ctl
