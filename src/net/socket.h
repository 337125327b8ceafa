#pragma once

#include <span>
#include <string_view>

#include "net/io_result.h"

namespace queqiao::net {

// recv(2) and send(2) without waiting and without SIGPIPE.
IoResult receive_some(int fd, std::span<char> buffer);
IoResult send_some(int fd, std::string_view bytes);

// The options of every connection; set on a listening socket, those that it accepts have them. TCP_NODELAY, because we
// gather output ourselves and a chat's bytes are wanted at once. A peer that is silent is asked after 2 minutes and
// given up after 3.5 (keepalive), which also keeps the paths through most NATs alive; one that does not acknowledge
// what was sent, after 2 (TCP_USER_TIMEOUT; the default of about 15 would keep ghosts online, and a session that is
// worth more can be resumed by XEP-0198).
void set_stream_options(int fd);

}  // namespace queqiao::net
