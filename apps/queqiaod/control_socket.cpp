#include "control_socket.h"

#include <fcntl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>

#include <cerrno>
#include <cstring>
#include <optional>

namespace queqiao::daemon {
namespace {

constexpr const char* socket_name = "control";

// A socket's address holds 107 bytes of path, a data directory's path may have more: the address goes by way of the
// directory's descriptor, which must stay open while the address is used.
sockaddr_un address_in(const net::FileDescriptor& directory) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  const auto path = "/proc/self/fd/" + std::to_string(directory.get()) + "/" + socket_name;
  std::memcpy(address.sun_path, path.c_str(), path.size() + 1);
  return address;
}

net::FileDescriptor open_directory(const std::filesystem::path& path) {
  return net::FileDescriptor(::open(path.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC));
}

Error failure(const std::filesystem::path& data_dir) {
  return {ErrorCode::io, "control socket " + (data_dir / socket_name).string() + ": " + std::strerror(errno)};
}

}  // namespace

Result<net::FileDescriptor> listen_on_control_socket(const std::filesystem::path& data_dir) {
  const auto directory = open_directory(data_dir);
  if (!directory) return failure(data_dir);
  remove_control_socket(data_dir);
  net::FileDescriptor fd(::socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
  const auto address = address_in(directory);
  // unix(7): the mode of the socket object, set before bind(), is that of its file; so it is never open to others.
  if (!fd || ::fchmod(fd.get(), 0600) != 0 ||
      ::bind(fd.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0 ||
      ::listen(fd.get(), 16) != 0) {
    return failure(data_dir);
  }
  return fd;
}

void remove_control_socket(const std::filesystem::path& data_dir) {
  const auto path = data_dir / socket_name;
  std::error_code ignored;
  if (std::filesystem::is_socket(path, ignored)) std::filesystem::remove(path, ignored);
}

Result<net::FileDescriptor> connect_to_control_socket(const std::filesystem::path& data_dir) {
  const auto directory = open_directory(data_dir);
  net::FileDescriptor fd(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
  std::optional<sockaddr_un> address;
  if (directory) address = address_in(directory);
  if (!address || !fd || ::connect(fd.get(), reinterpret_cast<const sockaddr*>(&*address), sizeof *address) != 0) {
    return Error{ErrorCode::not_found, std::strerror(errno)};
  }
  return fd;
}

bool is_peer_allowed(int fd) {
  ucred peer{};
  socklen_t size = sizeof peer;
  if (::getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &peer, &size) != 0) return false;
  return peer.uid == ::geteuid() || peer.uid == 0;
}

}  // namespace queqiao::daemon
