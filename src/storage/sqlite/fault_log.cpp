#include "storage/sqlite/fault_log.h"

#include <utility>

#include "base/log.h"

namespace queqiao::storage::sqlite {
namespace {

constexpr auto line_interval = std::chrono::minutes(1);
constexpr auto quiet_time = std::chrono::seconds(5);  // a full disk still takes a small write now and then

const char* advice(ErrorCode code) {
  switch (code) {
    case ErrorCode::no_space:
      return "the disk (or the store's size limit) is full; free space, and messages are accepted again at once";
    case ErrorCode::unavailable:
      return "the data file cannot be written; check that its folder is writable and its disk mounted read-write";
    case ErrorCode::corrupt:
      return "the data file is damaged; stop the server, keep a copy of the file and restore the latest backup";
    default:
      return "the disk failed; look at the kernel's log";
  }
}

}  // namespace

void FaultLog::note(const Error& error) {
  if (error.code == ErrorCode::not_found || error.code == ErrorCode::conflict || error.code == ErrorCode::invalid)
    return;
  const std::lock_guard lock(mutex_);
  is_failing_ = true;
  Kind& kind = kinds_[static_cast<std::size_t>(error.code)];
  const auto now = last_failure_ = Clock::now();
  if (kind.was_said && now - kind.last_line < line_interval) {
    ++kind.unsaid;
    return;
  }
  log::error("storage: {} ({}; {} more like it since the last line)", advice(error.code), error.message,
             std::exchange(kind.unsaid, 0));
  kind.last_line = now;
  kind.was_said = true;
}

void FaultLog::recovered() {
  const std::lock_guard lock(mutex_);
  if (!is_failing_ || Clock::now() - last_failure_ < quiet_time) return;
  is_failing_ = false;
  log::info("storage: writing works again");
}

}  // namespace queqiao::storage::sqlite
