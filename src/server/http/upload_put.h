#pragma once

#include <memory>
#include <string>

#include "server/http/uploads.h"

namespace queqiao::server::http {

// PUT of a file into its slot, the whole or what is missing (Content-Range). The bytes go to disk on a worker, in
// blocks, two of them at most in memory; the answer 201 comes when the file is durable and the store knows that it is
// complete.
class UploadPut final : public net::http::RequestHandler, public std::enable_shared_from_this<UploadPut> {
 public:
  UploadPut(std::shared_ptr<UploadParts> parts, std::string id) : parts_(std::move(parts)), id_(std::move(id)) {}

  void begin(net::http::Exchange& exchange) override;
  void on_body(std::string_view bytes) override;
  void on_body_end() override;
  void on_gone() override;

 private:
  struct Refusal {
    unsigned status;
    std::string_view why;
  };

  void found(Result<std::optional<storage::Upload>> found);
  std::optional<Refusal> check(const storage::Upload& upload) const;
  std::optional<Refusal> take_range(const storage::Upload& upload);
  void open_part();
  void opened(Result<net::FileDescriptor> part);
  void write_some();
  void written(Result<void> outcome, std::string block);
  void received_all();
  void publish();
  void published(Result<void> outcome);
  void completed(Result<void> outcome);
  void answer_offset();
  void keep_slot();
  void keep_slot_again();
  // Runs `work` for the disk, then `then` with what it returned, here.
  template <class Work, class Then>
  void on_disk(Work work, Then then);
  void fail(const Error& error);
  void refuse(unsigned status, std::string_view why);
  net::http::Exchange* leave();

  const std::shared_ptr<UploadParts> parts_;
  const std::string id_;
  net::http::Exchange* exchange_ = nullptr;  // null before begin() and when it is over
  EventLoop* loop_ = nullptr;
  storage::Upload upload_;
  std::shared_ptr<net::FileDescriptor> part_;
  std::uint64_t offset_ = 0;  // in the file, of what is written next
  std::string filling_;       // what came and is not being written
  std::string spare_;         // the memory of the block written last
  EventLoop::TimerId timer_ = 0;
  bool is_writing_ = false;
  bool is_paused_ = false;
  bool has_ended_ = false;
  bool is_publishing_ = false;
};

}  // namespace queqiao::server::http
