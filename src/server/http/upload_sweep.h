#pragma once

#include <atomic>
#include <memory>
#include <string>
#include <vector>

#include "server/http/uploads.h"

namespace queqiao::server::http {

// Removes what nobody may have any more: slots that were not used in time, files that are too old, those of deleted
// accounts; and, once after the start, files that the store does not know (a backup of it may be older than they are).
// Everything in small steps, on one loop; the disk's part on a worker.
class UploadSweep final : public std::enable_shared_from_this<UploadSweep> {
 public:
  UploadSweep(std::shared_ptr<UploadParts> parts, EventLoop& home) : parts_(std::move(parts)), home_(home) {}

  void start();                        // any thread
  void stop() { is_stopped_ = true; }  // any thread; no further step begins

 private:
  void expire();
  void expired(Result<std::vector<std::string>> ids);
  void remove_file(const std::string& id);
  void look_for_strays();
  void look_into_next();
  void ask_about(std::vector<std::string> ids);
  void later(std::chrono::milliseconds delay, void (UploadSweep::*then)());
  // Runs `work` on the worker of `file`, then `then` with what it returned, here.
  template <class Work, class Then>
  void on_disk(std::string_view file, Work work, Then then);

  const std::shared_ptr<UploadParts> parts_;
  EventLoop& home_;
  std::atomic<bool> is_stopped_{false};
  std::vector<std::string> folders_;  // that are still to be looked into
};

}  // namespace queqiao::server::http
