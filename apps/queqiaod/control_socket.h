#pragma once

#include <filesystem>

#include "base/result.h"
#include "net/file_descriptor.h"

namespace queqiao::daemon {

// The Unix stream socket `control` in the data directory, over which queqiaoctl talks to the running server. One line
// of JSON asks, one line answers: {"command": "users add", …} and {"ok": true, "result": …} or {"ok": false, "error":
// "why"}.
inline constexpr std::size_t control_request_bytes = 64 << 10;  // of a request's line
inline constexpr std::size_t control_answer_bytes = 64 << 20;

// Listens, not blocking, mode 0600. The caller holds the lock of the data directory, so a socket that is there belongs
// to a server that is dead, and is replaced.
Result<net::FileDescriptor> listen_on_control_socket(const std::filesystem::path& data_dir);
void remove_control_socket(const std::filesystem::path& data_dir);

// A blocking connection to the server of `data_dir`; not_found when none answers there.
Result<net::FileDescriptor> connect_to_control_socket(const std::filesystem::path& data_dir);

// The process at the other end runs as our user or as root (SO_PEERCRED).
bool is_peer_allowed(int fd);

}  // namespace queqiao::daemon
