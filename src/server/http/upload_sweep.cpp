#include "server/http/upload_sweep.h"

#include <utility>

#include "base/log.h"

namespace queqiao::server::http {
namespace {

constexpr std::chrono::seconds pause_between_sweeps{60};
constexpr std::chrono::seconds rest_after_start{10};
constexpr std::chrono::milliseconds pause_between_folders{50};
constexpr std::uint32_t files_per_step = 100;

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
void UploadSweep::on_disk(Work work, Then then) {
  auto task = [self = shared_from_this(), work = std::move(work), then = std::move(then)]() mutable {
    auto outcome = work(self->parts_->folder);
    auto& home = self->home_;
    home.post([self = std::move(self), then = std::move(then), outcome = std::move(outcome)]() mutable {
      if (!self->is_stopped_) then(*self, std::move(outcome));
    });
  };
  static_cast<void>(parts_->workers.of({}).run(std::move(task)));  // false only when it has stopped
}

void UploadSweep::expire() {
  const auto now = home_.wall_time();
  const auto keep = parts_->config.upload_keep;
  const auto files_before = keep ? now - *keep : WallTime::min();
  parts_->store.expired_uploads(now - parts_->config.upload_slot, files_before, files_per_step,
                                {&home_, [self = shared_from_this()](Result<std::vector<std::string>> ids) {
                                   if (self->is_stopped_) return;
                                   if (!ids || ids->empty())
                                     return self->later(pause_between_sweeps, &UploadSweep::expire);
                                   self->remove_expired(*std::move(ids));
                                 }});
}

// Files first: after a crash in between the store still knows what is to be removed.
void UploadSweep::remove_expired(std::vector<std::string> ids) {
  on_disk(
      [ids = std::move(ids)](const UploadFolder& folder) mutable {
        for (const auto& id : ids) folder.remove(id);
        return std::move(ids);
      },
      [](UploadSweep& self, std::vector<std::string> removed) {
        log::debug("uploads: {} expired", removed.size());
        const bool may_have_more = removed.size() == files_per_step;
        self.parts_->store.remove_uploads(
            std::move(removed), {&self.home_, [again = self.shared_from_this(), may_have_more](Result<void> done) {
                                   const bool goes_on = done && may_have_more;
                                   again->later(goes_on ? pause_between_folders : pause_between_sweeps,
                                                &UploadSweep::expire);
                                 }});
      });
}

void UploadSweep::look_for_strays() {
  on_disk([](const UploadFolder& folder) { return folder.folders(); },
          [](UploadSweep& self, std::vector<std::string> folders) {
            self.folders_ = std::move(folders);
            self.look_into_next();
          });
}

void UploadSweep::look_into_next() {
  if (folders_.empty()) return;
  auto next = std::move(folders_.back());
  folders_.pop_back();
  on_disk([next = std::move(next)](const UploadFolder& folder) { return folder.ids_in(next); },
          [](UploadSweep& self, std::vector<std::string> ids) { self.ask_about(std::move(ids)); });
}

void UploadSweep::ask_about(std::vector<std::string> ids) {
  for (auto& id : ids) {
    const auto name = id;
    parts_->store.find_upload(std::move(id),
                              {&home_, [self = shared_from_this(), name](auto found) {
                                 if (!found || *found || self->is_stopped_) return;
                                 log::info("uploads: nobody knows {} any more; removed", name);
                                 self->on_disk([name](const UploadFolder& folder) { return folder.remove(name), 0; },
                                               [](UploadSweep&, int) {});
                               }});
  }
  later(pause_between_folders, &UploadSweep::look_into_next);
}

}  // namespace queqiao::server::http
