#include "server/http/upload_sweep.h"

#include <utility>

#include "base/log.h"

namespace queqiao::server::http {
namespace {

constexpr std::chrono::seconds pause_between_sweeps{60};
constexpr std::chrono::seconds rest_after_start{10};
constexpr std::chrono::milliseconds pause_between_folders{50};
constexpr std::uint32_t files_per_step = 100;
// For a PUT that came in the last moment of its slot, to begin and to keep it.
constexpr std::chrono::seconds rest_of_slot{60};

}  // namespace

void UploadSweep::start() {
  home_.post([self = shared_from_this()] {
    self->expire();
    self->later(rest_after_start, &UploadSweep::look_for_strays);
  });
}

void UploadSweep::later(std::chrono::milliseconds delay, void (UploadSweep::*then)()) {
  home_.after(delay, [self = shared_from_this(), then] {
    if (!self->is_stopped_) ((*self).*then)();
  });
}

template <class Work, class Then>
void UploadSweep::on_disk(std::string_view file, Work work, Then then) {
  auto task = [self = shared_from_this(), work = std::move(work), then = std::move(then)]() mutable {
    auto outcome = work(self->parts_->folder);
    auto& home = self->home_;
    home.post([self = std::move(self), then = std::move(then), outcome = std::move(outcome)]() mutable {
      if (!self->is_stopped_) then(*self, std::move(outcome));
    });
  };
  static_cast<void>(parts_->workers.of(file).run(std::move(task)));
}

void UploadSweep::expire() {
  const auto now = home_.wall_time();
  const auto keep = parts_->config.upload_keep;
  const auto files_before = keep ? now - *keep : WallTime::min();
  parts_->store.remove_expired_uploads(now - parts_->config.upload_slot - rest_of_slot, files_before, files_per_step,
                                       {&home_, [self = shared_from_this()](Result<std::vector<std::string>> ids) {
                                          if (!self->is_stopped_) self->expired(std::move(ids));
                                        }});
}

// The store first: it alone can tell in one step that nobody has kept or completed an upload meanwhile. Files that a
// crash, or a worker with too much to do, leaves behind are found by look_for_strays() after the next start.
void UploadSweep::expired(Result<std::vector<std::string>> ids) {
  if (!ids || ids->empty()) return later(pause_between_sweeps, &UploadSweep::expire);
  log::debug("uploads: {} expired", ids->size());
  for (const auto& id : *ids) remove_file(id);
  const bool may_have_more = ids->size() == files_per_step;
  later(may_have_more ? pause_between_folders : pause_between_sweeps, &UploadSweep::expire);
}

void UploadSweep::remove_file(const std::string& id) {
  on_disk(
      id, [id](const UploadFolder& folder) { return folder.remove(id), 0; }, [](UploadSweep&, int) {});
}

void UploadSweep::look_for_strays() {
  on_disk(
      {}, [](const UploadFolder& folder) { return folder.folders(); },
      [](UploadSweep& self, std::vector<std::string> folders) {
        self.folders_ = std::move(folders);
        self.look_into_next();
      });
}

void UploadSweep::look_into_next() {
  if (folders_.empty()) return;
  auto next = std::move(folders_.back());
  folders_.pop_back();
  on_disk(
      {}, [next = std::move(next)](const UploadFolder& folder) { return folder.ids_in(next); },
      [](UploadSweep& self, std::vector<std::string> ids) { self.ask_about(std::move(ids)); });
}

void UploadSweep::ask_about(std::vector<std::string> ids) {
  for (auto& id : ids) {
    const auto name = id;
    parts_->store.find_upload(std::move(id), {&home_, [self = shared_from_this(), name](auto found) {
                                                if (!found || *found || self->is_stopped_) return;
                                                log::info("uploads: nobody knows {} any more; removed", name);
                                                self->remove_file(name);
                                              }});
  }
  later(pause_between_folders, &UploadSweep::look_into_next);
}

}  // namespace queqiao::server::http
