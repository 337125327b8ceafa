#include "server/http/upload_folder.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "base/text.h"

namespace queqiao::server::http {
namespace {

constexpr std::size_t id_size = 22;  // 128 random bits: base/crypto.h, random_id()
constexpr std::size_t fan_out = 2;   // characters: at most 4096 folders
constexpr std::string_view part_ending = ".part";

Error system_error(std::string_view what, const std::filesystem::path& path) {
  const auto code = errno == ENOSPC || errno == EDQUOT ? ErrorCode::no_space
                    : errno == ENOENT                  ? ErrorCode::not_found
                                                       : ErrorCode::io;
  return {code, std::string(what) + " " + path.string() + ": " + std::strerror(errno)};
}

Result<void> sync_folder(const std::filesystem::path& folder) {
  const net::FileDescriptor fd(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!fd || ::fsync(fd.get()) != 0) return system_error("cannot sync", folder);
  return {};
}

Result<void> make_folder(const std::filesystem::path& folder) {
  if (::mkdir(folder.c_str(), 0700) != 0 && errno != EEXIST) return system_error("cannot make", folder);
  return {};
}

}  // namespace

Result<void> UploadFolder::make() const {
  return make_folder(root_);
}

bool UploadFolder::is_id(std::string_view text) {
  return text.size() == id_size && std::all_of(text.begin(), text.end(), [](char c) {
           const bool is_letter = ascii_lower(c) >= 'a' && ascii_lower(c) <= 'z';
           return is_letter || (c >= '0' && c <= '9') || c == '-' || c == '_';
         });
}

std::uint64_t UploadFolder::free_bytes() const {
  struct statvfs disk {};
  if (::statvfs(root_.c_str(), &disk) != 0) return 0;
  return std::uint64_t{disk.f_bavail} * disk.f_frsize;
}

std::filesystem::path UploadFolder::path_of(std::string_view id) const {
  return root_ / id.substr(0, fan_out) / id;
}

std::filesystem::path UploadFolder::part_of(std::string_view id) const {
  return path_of(id) += part_ending;
}

Result<net::FileDescriptor> UploadFolder::open_part(std::string_view id, std::uint64_t offset) const {
  const auto path = part_of(id);
  QUEQIAO_CHECK(make_folder(path.parent_path()));
  net::FileDescriptor fd(::open(path.c_str(), O_WRONLY | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600));
  if (!fd) return system_error("cannot open", path);
  if (::flock(fd.get(), LOCK_EX | LOCK_NB) != 0)
    return Error{ErrorCode::conflict, "the file is being uploaded already"};
  // It was published while this request was on its way: what others may have read already does not change.
  if (::access(path_of(id).c_str(), F_OK) == 0) return Error{ErrorCode::conflict, "the file is complete"};
  struct stat found {};
  if (::fstat(fd.get(), &found) != 0) return system_error("cannot read", path);
  if (static_cast<std::uint64_t>(found.st_size) < offset) return Error{ErrorCode::invalid, "the file has fewer bytes"};
  if (::ftruncate(fd.get(), static_cast<off_t>(offset)) != 0) return system_error("cannot cut", path);
  return fd;
}

std::uint64_t UploadFolder::part_size(std::string_view id) const {
  struct stat found {};
  return ::stat(part_of(id).c_str(), &found) == 0 ? static_cast<std::uint64_t>(found.st_size) : 0;
}

Result<void> UploadFolder::publish(std::string_view id, const net::FileDescriptor& part) const {
  const auto path = path_of(id);
  if (::fdatasync(part.get()) != 0) return system_error("cannot write", path);
  if (::rename(part_of(id).c_str(), path.c_str()) != 0) return system_error("cannot name", path);
  QUEQIAO_CHECK(sync_folder(path.parent_path()));
  return sync_folder(root_);  // which may have got that folder just now
}

Result<net::FileDescriptor> UploadFolder::open_file(std::string_view id) const {
  const auto path = path_of(id);
  net::FileDescriptor fd(::open(path.c_str(), O_RDONLY | O_NOFOLLOW | O_CLOEXEC));
  if (!fd) return system_error("cannot open", path);
  ::posix_fadvise(fd.get(), 0, 0, POSIX_FADV_SEQUENTIAL);
  return fd;
}

void UploadFolder::remove(std::string_view id) const {
  ::unlink(path_of(id).c_str());
  ::unlink(part_of(id).c_str());
}

std::vector<std::string> UploadFolder::folders() const {
  std::vector<std::string> found;
  std::error_code error;
  for (std::filesystem::directory_iterator at(root_, error), end; !error && at != end; at.increment(error)) {
    found.push_back(at->path().filename().string());
  }
  return found;
}

std::vector<std::string> UploadFolder::ids_in(const std::string& folder) const {
  std::vector<std::string> found;
  std::error_code error;
  for (std::filesystem::directory_iterator at(root_ / folder, error), end; !error && at != end; at.increment(error)) {
    auto name = at->path().filename().string();
    if (name.ends_with(part_ending)) name.resize(name.size() - part_ending.size());
    if (is_id(name) && name.starts_with(folder)) found.push_back(std::move(name));
  }
  return found;
}

Result<std::size_t> read_at(int fd, std::uint64_t offset, char* buffer, std::size_t size) {
  std::size_t done = 0;
  while (done < size) {
    const auto count = ::pread(fd, buffer + done, size - done, static_cast<off_t>(offset + done));
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return system_error("cannot read", "an uploaded file");
    if (count == 0) break;
    done += static_cast<std::size_t>(count);
  }
  return done;
}

Result<void> write_at(int fd, std::uint64_t offset, std::string_view bytes) {
  while (!bytes.empty()) {
    const auto count = ::pwrite(fd, bytes.data(), bytes.size(), static_cast<off_t>(offset));
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return system_error("cannot write", "an uploaded file");
    bytes.remove_prefix(static_cast<std::size_t>(count));
    offset += static_cast<std::uint64_t>(count);
  }
  return {};
}

}  // namespace queqiao::server::http
