#pragma once

#include <string>

#include "base/result.h"

namespace queqiao::ctl {

// The first line of standard input, without its end.
Result<std::string> password_from_stdin();

// Asks twice on the terminal, without echo. Fails when there is no terminal or the two differ.
Result<std::string> password_from_terminal();

}  // namespace queqiao::ctl
