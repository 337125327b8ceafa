#include "server/http/upload_put.h"

#include <fcntl.h>

#include <utility>

#include "base/log.h"
#include "net/http/range.h"
#include "server/http/media_type.h"

namespace queqiao::server::http {
namespace {

constexpr std::size_t block_bytes = 128 << 10;  // that are written at once
constexpr std::size_t pause_bytes = 256 << 10;  // that may wait while a block is written

}  // namespace

void UploadPut::begin(net::http::Exchange& exchange) {
  exchange_ = &exchange;
  loop_ = &exchange.loop();
  parts_->store.find_upload(id_, {loop_, [self = shared_from_this()](Result<std::optional<storage::Upload>> found) {
                                    self->found(std::move(found));
                                  }});
}

void UploadPut::found(Result<std::optional<storage::Upload>> found) {
  if (!exchange_) return;
  if (!found) return fail(found.error());
  if (!*found) return refuse(404, "There is no such upload.");
  auto refusal = check(**found);
  if (!refusal) refusal = take_range(**found);
  if (refusal) return refuse(refusal->status, refusal->why);
  upload_ = std::move(**found);
  open_part();
}

std::optional<UploadPut::Refusal> UploadPut::check(const storage::Upload& upload) const {
  const auto& request = exchange_->request();
  if (upload.is_complete) return Refusal{409, "The file is complete; nobody changes it any more."};
  if (upload.created + parts_->config.upload_slot < loop_->wall_time()) {
    return Refusal{404, "The time for this upload is over; ask for another place."};
  }
  const auto type = media_type(request.fields.value("Content-Type"));
  if (!upload.type.empty() && !type.empty() && type != media_type(upload.type)) {
    return Refusal{415, "That is another Content-Type than was asked for."};
  }
  return std::nullopt;
}

// XEP-0363 6: the length must be what was asked for, of the whole or, together with what is there already, of the rest.
std::optional<UploadPut::Refusal> UploadPut::take_range(const storage::Upload& upload) {
  const auto& request = exchange_->request();
  if (!request.content_length) {
    // A PUT without either has no body (RFC 9112 6.3), which is right for an empty file alone.
    if (request.is_chunked || upload.size > 0) return Refusal{411, "Say the Content-Length."};
  }
  const auto length = request.content_length.value_or(0);
  if (!request.fields.has("Content-Range")) {
    if (length > upload.size) return Refusal{413, "That is more than was asked for."};
    if (length < upload.size) return Refusal{400, "That is less than was asked for."};
    return std::nullopt;
  }
  const auto range = net::http::parse_content_range(request.fields.value("Content-Range"));
  if (!range || range->total != upload.size || range->range.size() != length) {
    return Refusal{400, "The Content-Range does not fit the file and the Content-Length."};
  }
  offset_ = range->range.first;
  return std::nullopt;
}

template <class Work, class Then>
void UploadPut::on_disk(Work work, Then then) {
  auto task = [self = shared_from_this(), work = std::move(work), then = std::move(then)]() mutable {
    auto outcome = work();
    auto& loop = *self->loop_;
    loop.post([self = std::move(self), then = std::move(then), outcome = std::move(outcome)]() mutable {
      then(*self, std::move(outcome));
    });
  };
  if (!parts_->workers.of(id_).run(std::move(task))) fail({ErrorCode::unavailable, "too much waits for the disk"});
}

void UploadPut::open_part() {
  on_disk(
      [parts = parts_, id = id_, offset = offset_, size = upload_.size]() -> Result<net::FileDescriptor> {
        if (parts->folder.free_bytes() < parts->config.upload_disk_reserve + size) {
          return Error{ErrorCode::no_space, "the disk has no more than its reserve"};
        }
        return parts->folder.open_part(id, offset);
      },
      [](UploadPut& self, Result<net::FileDescriptor> part) { self.opened(std::move(part)); });
}

void UploadPut::opened(Result<net::FileDescriptor> part) {
  if (!exchange_) return;
  if (!part && part.error().code == ErrorCode::conflict) return refuse(409, "The file is being uploaded already.");
  if (!part && part.error().code == ErrorCode::invalid) return refuse(416, "There are fewer bytes than that.");
  if (!part) return fail(part.error());
  part_ = std::make_shared<net::FileDescriptor>(*std::move(part));
  keep_slot_again();  // now that nobody else can complete it
  if (!exchange_->request().has_body()) return on_body_end();
  exchange_->accept_body();
}

void UploadPut::on_body(std::string_view bytes) {
  filling_.append(bytes);
  if (filling_.size() >= pause_bytes && !std::exchange(is_paused_, true)) exchange_->set_reading(false);
  write_some();
}

void UploadPut::on_body_end() {
  has_ended_ = true;
  write_some();
}

void UploadPut::write_some() {
  if (is_writing_) return;
  if (filling_.empty()) {
    if (has_ended_) received_all();
    return;
  }
  if (filling_.size() < block_bytes && !has_ended_) return;
  is_writing_ = true;
  auto block = std::exchange(filling_, std::move(spare_));
  using Outcome = std::pair<Result<void>, std::string>;
  on_disk(
      [parts = parts_, part = part_, offset = offset_, block = std::move(block)]() mutable {
        // Many that began while there was room may fill the disk together.
        if (parts->folder.free_bytes() < parts->config.upload_disk_reserve + block.size()) {
          return Outcome(Error{ErrorCode::no_space, "the disk has no more than its reserve"}, std::move(block));
        }
        auto outcome = write_at(part->get(), offset, block);
        // The kernel begins to write now, so that the end of a large file does not wait for all of it.
        ::sync_file_range(part->get(), static_cast<off_t>(offset), static_cast<off_t>(block.size()),
                          SYNC_FILE_RANGE_WRITE);
        return Outcome(std::move(outcome), std::move(block));
      },
      [](UploadPut& self, Outcome outcome) { self.written(std::move(outcome.first), std::move(outcome.second)); });
}

void UploadPut::written(Result<void> outcome, std::string block) {
  is_writing_ = false;
  if (!outcome) {
    keep_slot();  // what is there stays, and can be gone on with
    return fail(outcome.error());
  }
  offset_ += block.size();
  block.clear();
  spare_ = std::move(block);
  if (!exchange_ && filling_.empty()) {
    // The peer has left; if that was after its last byte, it has done its part.
    if (offset_ == upload_.size) publish();
    return;
  }
  const bool has_room = filling_.size() < block_bytes;
  if (has_room && exchange_ && std::exchange(is_paused_, false)) exchange_->set_reading(true);
  write_some();
}

void UploadPut::received_all() {
  if (offset_ < upload_.size) return answer_offset();
  publish();
}

void UploadPut::publish() {
  is_publishing_ = true;  // from here on nothing but completed() is told to the store
  if (timer_) loop_->cancel(std::exchange(timer_, 0));
  on_disk([parts = parts_, id = id_, part = part_] { return parts->folder.publish(id, *part); },
          [](UploadPut& self, Result<void> outcome) { self.published(std::move(outcome)); });
}

// Also when the peer has left meanwhile: the file is complete, and others may have been told of it.
void UploadPut::published(Result<void> outcome) {
  if (!outcome) return fail(outcome.error());
  parts_->store.update_upload(id_, loop_->wall_time(), true, {loop_, [self = shared_from_this()](Result<void> done) {
                                                                self->completed(std::move(done));
                                                              }});
}

void UploadPut::completed(Result<void> outcome) {
  if (!exchange_) return;
  if (!outcome) return fail(outcome.error());
  answer(*leave(), 201);
}

// A part of the rest came, and more is to follow.
void UploadPut::answer_offset() {
  keep_slot();
  net::http::Response head{204, {}, {}};
  add_cross_origin(head.fields);
  head.fields.add("Upload-Offset", std::to_string(offset_));
  head.fields.add("Upload-Complete", "?0");
  leave()->respond(std::move(head));
}

void UploadPut::on_gone() {
  leave();
  if (!part_ || is_publishing_) return;
  // The client may come again and go on where this ends.
  keep_slot();
  has_ended_ = true;
  if (!filling_.empty()) write_some();
}

// That there is nothing to keep any more, since the file is complete or has expired, is found out elsewhere.
void UploadPut::keep_slot() {
  parts_->store.update_upload(id_, loop_->wall_time(), false, {});
}

// A long upload must not lose its slot while it runs.
void UploadPut::keep_slot_again() {
  keep_slot();
  timer_ = loop_->after(parts_->config.upload_slot / 2, [weak = weak_from_this()] {
    if (const auto self = weak.lock()) self->keep_slot_again();
  });
}

void UploadPut::fail(const Error& error) {
  log::warning("upload {}: {}", id_, error.message);
  if (error.code == ErrorCode::no_space) return refuse(507, "The server's disk is full.");
  refuse(error.code == ErrorCode::unavailable ? 503 : 500, "The file cannot be kept now; try again later.");
}

void UploadPut::refuse(unsigned status, std::string_view why) {
  if (exchange_) answer(*leave(), status, why);
}

net::http::Exchange* UploadPut::leave() {
  if (timer_) loop_->cancel(std::exchange(timer_, 0));
  return std::exchange(exchange_, nullptr);
}

}  // namespace queqiao::server::http
