#include "server_link.h"

#include <fmt/format.h>
#include <sys/socket.h>

#include <cerrno>
#include <cstring>

#include "control_socket.h"

namespace queqiao::ctl {
namespace {

Error gone() {
  return {ErrorCode::io, "the server went away without an answer; it may still carry this out"};
}

Result<void> send_all(int fd, std::string_view bytes) {
  while (!bytes.empty()) {
    const auto sent = ::send(fd, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent < 0 && errno == EINTR) continue;
    if (sent < 0) return gone();
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return {};
}

Result<std::string> receive_line(int fd) {
  std::string line;
  char buffer[16384];
  while (!line.ends_with('\n')) {
    const auto received = ::recv(fd, buffer, sizeof buffer, 0);
    if (received < 0 && errno == EINTR) continue;
    if (received <= 0 || line.size() > daemon::control_answer_bytes) return gone();
    line.append(buffer, static_cast<std::size_t>(received));
  }
  return line;
}

}  // namespace

Result<nlohmann::json> ask_server(const std::filesystem::path& data_dir, const nlohmann::json& request) {
  auto socket = daemon::connect_to_control_socket(data_dir);
  if (!socket) {
    return Error{ErrorCode::not_found, fmt::format("no server answers: is queqiaod running with --data-dir {}? ({})",
                                                   data_dir.string(), socket.error().message)};
  }
  const auto line = request.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace) + '\n';
  QUEQIAO_CHECK(send_all(socket->get(), line));
  QUEQIAO_TRY(const auto text, receive_line(socket->get()));
  const auto answer = nlohmann::json::parse(text, nullptr, false);
  if (!answer.is_object()) return gone();
  if (answer.value("ok", false)) return answer.value("result", nlohmann::json::object());
  return Error{ErrorCode::invalid, answer.value("error", "the server refused")};
}

}  // namespace queqiao::ctl
