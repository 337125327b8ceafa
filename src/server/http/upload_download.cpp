#include "server/http/upload_download.h"

#include <algorithm>
#include <utility>

#include "base/log.h"
#include "base/text.h"
#include "net/http/date.h"
#include "server/http/media_type.h"

namespace queqiao::server::http {
namespace {

constexpr std::size_t block_bytes = 128 << 10;

WallTime whole_seconds(WallTime time) {
  return std::chrono::floor<std::chrono::seconds>(time);
}

}  // namespace

void UploadDownload::begin(net::http::Exchange& exchange) {
  exchange_ = &exchange;
  loop_ = &exchange.loop();
  parts_->store.find_upload(id_, {loop_, [self = shared_from_this()](Result<std::optional<storage::Upload>> found) {
                                    self->found(std::move(found));
                                  }});
}

void UploadDownload::found(Result<std::optional<storage::Upload>> found) {
  if (!exchange_) return;
  if (!found) return refuse(503);
  if (!*found) return refuse(404);
  upload_ = std::move(**found);
  tag_ = '"' + id_ + '"';
  if (!upload_.is_complete) {
    if (exchange_->request().method != "HEAD") return refuse(404);
    return tell_offset();
  }
  if (is_known_to_peer()) {
    net::http::Response head{304, {}, {}};
    head.fields.add("ETag", tag_);
    add_cross_origin(head.fields);
    return leave()->respond(std::move(head));
  }
  choose_part();
}

template <class Work, class Then>
void UploadDownload::on_disk(Work work, Then then) {
  auto task = [self = shared_from_this(), work = std::move(work), then = std::move(then)]() mutable {
    auto outcome = work();
    auto& loop = *self->loop_;
    loop.post([self = std::move(self), then = std::move(then), outcome = std::move(outcome)]() mutable {
      then(*self, std::move(outcome));
    });
  };
  if (parts_->workers.of(id_).run(std::move(task)) || !exchange_) return;
  log::warning("upload {}: too much waits for the disk", id_);
  leave()->abort();
}

// The names of these fields are those of draft-ietf-httpbis-resumable-upload; docs/protocol/upload.md.
void UploadDownload::tell_offset() {
  on_disk([parts = parts_, id = id_] { return parts->folder.part_size(id); },
          [](UploadDownload& self, std::uint64_t size) {
            if (!self.exchange_) return;
            net::http::Response head{204, {}, {}};
            head.fields.add("Upload-Offset", std::to_string(size));
            head.fields.add("Upload-Complete", "?0");
            head.fields.add("Cache-Control", "no-store");
            add_cross_origin(head.fields);
            self.leave()->respond(std::move(head));
          });
}

// RFC 9110 13.1.2, 13.1.3: If-None-Match counts alone when it is there.
bool UploadDownload::is_known_to_peer() const {
  const auto& fields = exchange_->request().fields;
  if (fields.has("If-None-Match")) {
    for (auto tag : split(fields.value("If-None-Match"), ',')) {
      tag = trim(tag);
      if (tag.starts_with("W/")) tag.remove_prefix(2);
      if (tag == tag_ || tag == "*") return true;
    }
    return false;
  }
  const auto since = net::http::parse_date(fields.value("If-Modified-Since"));
  return since && whole_seconds(upload_.created) <= *since;
}

// RFC 9110 13.1.5: with If-Range a range counts only when the file is still the one that the peer has a part of.
bool UploadDownload::wants_range() const {
  const auto& fields = exchange_->request().fields;
  if (!fields.has("Range")) return false;
  if (!fields.has("If-Range")) return true;
  const auto condition = fields.value("If-Range");
  if (condition.starts_with('"')) return condition == tag_;
  return net::http::parse_date(condition) == whole_seconds(upload_.created);
}

void UploadDownload::choose_part() {
  const auto range = wants_range() ? exchange_->request().fields.value("Range") : std::string_view();
  const auto choice = net::http::choose_range(range, upload_.size);
  if (choice.answer == net::http::RangeAnswer::unsatisfiable) {
    auto [head, body] = net::http::plain_answer(416);
    head.fields.add("Content-Range", "bytes */" + std::to_string(upload_.size));
    add_cross_origin(head.fields);
    return leave()->respond(std::move(head), body);
  }
  is_part_ = choice.answer == net::http::RangeAnswer::part;
  read_to_ = sent_to_ = is_part_ ? choice.range.first : 0;
  end_ = is_part_ ? choice.range.last + 1 : upload_.size;
  on_disk([parts = parts_, id = id_] { return parts->folder.open_file(id); },
          [](UploadDownload& self, Result<net::FileDescriptor> file) { self.opened(std::move(file)); });
}

void UploadDownload::opened(Result<net::FileDescriptor> file) {
  if (!exchange_) return;
  if (!file) {
    log::error("upload {}: {}", id_, file.error().message);
    return refuse(404);
  }
  file_ = std::make_shared<net::FileDescriptor>(*std::move(file));
  start();
  if (exchange_->request().method == "HEAD" || sent_to_ == end_) return leave()->finish();
  read_ahead();
}

void UploadDownload::start() {
  net::http::Response head{is_part_ ? 206u : 200u, {}, end_ - sent_to_};
  add_file_headers(head.fields, upload_.type, upload_.name);
  head.fields.add("ETag", tag_);
  head.fields.add("Last-Modified", net::http::format_date(upload_.created));
  head.fields.add("Accept-Ranges", "bytes");
  head.fields.add("Cache-Control", "private, max-age=604800, immutable");
  if (exchange_->request().method == "HEAD") {  // who asks may have missed the answer to the PUT
    head.fields.add("Upload-Offset", std::to_string(upload_.size));
    head.fields.add("Upload-Complete", "?1");
  }
  if (is_part_) head.fields.add("Content-Range", net::http::write_content_range({sent_to_, end_ - 1}, upload_.size));
  add_cross_origin(head.fields);
  exchange_->start(std::move(head));
}

void UploadDownload::read_ahead() {
  if (is_reading_ || !ready_.empty() || read_to_ == end_) return;
  is_reading_ = true;
  spare_.resize(static_cast<std::size_t>(std::min<std::uint64_t>(block_bytes, end_ - read_to_)));
  using Outcome = std::pair<Result<std::size_t>, std::string>;
  on_disk(
      [file = file_, offset = read_to_, block = std::move(spare_)]() mutable {
        auto size = read_at(file->get(), offset, block.data(), block.size());
        return Outcome(std::move(size), std::move(block));
      },
      [](UploadDownload& self, Outcome outcome) {
        self.has_read(std::move(outcome.first), std::move(outcome.second));
      });
  spare_ = {};
}

void UploadDownload::has_read(Result<std::size_t> size, std::string block) {
  is_reading_ = false;
  if (!exchange_) return;
  // The head has promised so many bytes: the peer must see that they do not come.
  if (!size || *size < block.size()) {
    log::error("upload {}: {}", id_, size ? "the file is shorter than it was" : size.error().message);
    return leave()->abort();
  }
  read_to_ += *size;
  ready_ = std::move(block);
  send();
}

void UploadDownload::send() {
  if (!exchange_ || ready_.empty() || exchange_->is_congested()) return;
  auto block = std::exchange(ready_, {});
  read_ahead();  // while the block goes out
  exchange_->write(block);
  sent_to_ += block.size();
  spare_ = std::move(block);  // two blocks take turns: one from the heap each time costs more than reading it
  if (sent_to_ == end_) leave()->finish();
}

void UploadDownload::refuse(unsigned status) {
  answer(*leave(), status);
}

}  // namespace queqiao::server::http
