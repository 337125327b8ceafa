#pragma once

#include <memory>
#include <string>
#include <vector>

#include "net/http/range.h"
#include "server/http/uploads.h"

namespace queqiao::server::http {

// GET and HEAD of a file, the whole or one range of it. The file is read on a worker, a block ahead of what is sent;
// two blocks at most are in memory. HEAD of a slot that waits for its file tells how much of it has come.
class UploadDownload final : public net::http::RequestHandler, public std::enable_shared_from_this<UploadDownload> {
 public:
  UploadDownload(std::shared_ptr<UploadParts> parts, std::string id) : parts_(std::move(parts)), id_(std::move(id)) {}

  void begin(net::http::Exchange& exchange) override;
  void on_drained() override { send(); }
  void on_gone() override { exchange_ = nullptr; }

 private:
  void found(Result<std::optional<storage::Upload>> found);
  void tell_offset();
  bool is_known_to_peer() const;
  bool wants_range() const;
  void choose_part();
  void opened(Result<net::FileDescriptor> file);
  void start();
  void read_ahead();
  void has_read(Result<std::size_t> size, std::string block);
  void send();
  template <class Work, class Then>
  void on_disk(Work work, Then then);
  void refuse(unsigned status);
  net::http::Exchange* leave() { return std::exchange(exchange_, nullptr); }

  const std::shared_ptr<UploadParts> parts_;
  const std::string id_;
  net::http::Exchange* exchange_ = nullptr;  // null before begin() and when it is over
  EventLoop* loop_ = nullptr;
  storage::Upload upload_;
  std::string tag_;  // entity tag (RFC 9110 8.8.3); a file never changes, so its id is a strong one
  bool is_part_ = false;
  std::uint64_t read_to_ = 0, sent_to_ = 0, end_ = 0;  // places in the file
  std::shared_ptr<net::FileDescriptor> file_;
  std::string ready_;  // read and not sent
  std::string spare_;
  bool is_reading_ = false;
};

}  // namespace queqiao::server::http
