#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>

#include "base/event_loop.h"

namespace queqiao::storage::sqlite {

enum class Durability {
  full,   // what was answered survives a power cut
  normal  // it survives kill -9; a power cut may take the last seconds
};

struct Options {
  std::filesystem::path file;  // made when it is missing; its folder must exist
  Durability durability = Durability::full;

  std::uint32_t page_bytes = 8192;  // of a new file
  std::uint64_t writer_cache_bytes = 64 << 20;
  std::uint64_t reader_cache_bytes = 16 << 20;  // of each reader
  std::uint32_t readers = 2;
  std::uint64_t wal_bytes = 48 << 20;        // at which the write-ahead log is copied into the data file
  std::uint64_t max_file_bytes = 0;          // no_space beyond; 0: whatever the disk holds
  std::uint32_t max_value_bytes = 16 << 20;  // of one text or blob; invalid beyond

  std::size_t max_batch_writes = 20'000;  // in one transaction
  std::size_t max_batch_bytes = 16 << 20;
  std::size_t max_pending_writes = 500'000;  // unavailable beyond: whoever asks should look at pending_writes() earlier
  std::size_t file_after_messages = 32'768;  // see archive_writer.h

  bool is_searchable = true;  // keeps a full-text index of the archive; without, a search looks through every message

  std::function<WallTime()> clock;  // for ids and expiry, called on the writer's thread; the system's when empty
};

}  // namespace queqiao::storage::sqlite
