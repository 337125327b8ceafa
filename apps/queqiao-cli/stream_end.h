#pragma once

#include <string>

#include "options.h"
#include "xmpp/stanza.h"
#include "xmpp/stream/client_events.h"

namespace queqiao::cli {

// Why the stream ended, for the person at the terminal, and with what the process ends when it cannot go on.
struct Explanation {
  std::string text;
  ExitCode code = ExitCode::refused;
};
Explanation explain(const xmpp::StreamEnded& end, const Options& options);

// The same for the error that answers a request.
std::string explain(const xmpp::StanzaError& error);

}  // namespace queqiao::cli
