#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "net/file_descriptor.h"

namespace queqiao::server::http {

// The files that people uploaded: FOLDER/ab/abcd…, named by their random ids, and abcd….part while they are not
// complete. No name that somebody chose is ever part of a path. Every call may wait for the disk, so none but
// is_id() is for a shard's thread.
class UploadFolder {
 public:
  explicit UploadFolder(std::filesystem::path root) : root_(std::move(root)) {}

  Result<void> make() const;  // the folder, when it is missing
  static bool is_id(std::string_view text);
  std::uint64_t free_bytes() const;  // on the disk

  // The unfinished file, to go on behind `offset`; what it has beyond is cut off. `conflict`: another upload is writing
  // it, until its descriptor is closed. `invalid`: it has fewer bytes than `offset`.
  Result<net::FileDescriptor> open_part(std::string_view id, std::uint64_t offset) const;
  std::uint64_t part_size(std::string_view id) const;  // 0: there is none
  // All of it is in `part`: on return it is on disk under its name, and survives a power cut.
  Result<void> publish(std::string_view id, const net::FileDescriptor& part) const;
  Result<net::FileDescriptor> open_file(std::string_view id) const;  // not_found
  void remove(std::string_view id) const;                            // complete or not; fine when absent

  std::vector<std::string> folders() const;                          // the second level
  std::vector<std::string> ids_in(const std::string& folder) const;  // of complete and unfinished files

 private:
  std::filesystem::path path_of(std::string_view id) const;
  std::filesystem::path part_of(std::string_view id) const;

  const std::filesystem::path root_;
};

// Until all is read or written, or an error. Reading answers fewer bytes only at the end of the file.
Result<std::size_t> read_at(int fd, std::uint64_t offset, char* buffer, std::size_t size);
Result<void> write_at(int fd, std::uint64_t offset, std::string_view bytes);

}  // namespace queqiao::server::http
