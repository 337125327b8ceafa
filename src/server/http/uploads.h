#pragma once

#include <memory>
#include <string_view>

#include "net/http/exchange.h"
#include "server/config.h"
#include "server/http/disk_workers.h"
#include "server/http/upload_folder.h"
#include "storage/store.h"

namespace queqiao::server::http {

// What the handlers of uploads share. The store outlives it.
struct UploadParts {
  const Config config;
  storage::Store& store;
  UploadFolder folder;
  DiskWorkers workers;
};

class UploadSweep;

// The HTTP side of XEP-0363, docs/protocol/upload.md: /upload/ID/NAME, of which ID alone counts. The module `upload`
// gives the ids out; the two know each other by what is in the store. Any thread, except where it says otherwise.
class Uploads {
 public:
  // Makes the folder, and removes from then on what has expired, on `home`, which outlives it. Fails when the folder
  // cannot be made.
  static Result<std::unique_ptr<Uploads>> open(const Config& config, storage::Store& store, EventLoop& home);
  ~Uploads();  // stop()

  // For net::http::Server::route("/upload", …).
  std::shared_ptr<net::http::RequestHandler> handler_for(const net::http::Request& request) const;
  // After it nothing is written any more. The exchanges have ended before.
  void stop();

 private:
  explicit Uploads(std::shared_ptr<UploadParts> parts) : parts_(std::move(parts)) {}

  std::shared_ptr<UploadParts> parts_;
  std::shared_ptr<UploadSweep> sweep_;
};

// An answer that scripts of other origins may read as well: which address is known decides who may have a file.
void answer(net::http::Exchange& exchange, unsigned status, std::string_view explanation = {});
void add_cross_origin(net::http::Fields& fields);

}  // namespace queqiao::server::http
