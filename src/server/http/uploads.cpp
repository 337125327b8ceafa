#include "server/http/uploads.h"

#include <utility>

#include "server/http/upload_download.h"
#include "server/http/upload_put.h"
#include "server/http/upload_sweep.h"

namespace queqiao::server::http {
namespace {

using net::http::Exchange;
using net::http::Fields;
using net::http::Request;
using net::http::RequestHandler;
using net::http::Response;

constexpr std::string_view methods = "GET, HEAD, PUT, OPTIONS";

// Fetch standard, "CORS-preflight request".
class Preflight final : public RequestHandler {
 public:
  void begin(Exchange& exchange) override {
    Response head{204, {}, {}};
    add_cross_origin(head.fields);
    head.fields.add("Access-Control-Allow-Methods", methods);
    head.fields.add("Access-Control-Allow-Headers", "Content-Type, Content-Range, Range, If-Range");
    head.fields.add("Access-Control-Max-Age", "86400");
    exchange.respond(std::move(head));
  }
};

class Refusal final : public RequestHandler {
 public:
  explicit Refusal(unsigned status) : status_(status) {}
  void begin(Exchange& exchange) override {
    auto [head, body] = net::http::plain_answer(status_);
    if (status_ == 405) head.fields.add("Allow", methods);
    add_cross_origin(head.fields);
    exchange.respond(std::move(head), body);
  }

 private:
  const unsigned status_;
};

}  // namespace

Result<std::unique_ptr<Uploads>> Uploads::open(const Config& config, storage::Store& store, EventLoop& home) {
  auto parts = std::shared_ptr<UploadParts>(new UploadParts{config, store, UploadFolder(config.upload_folder), {}});
  QUEQIAO_CHECK(parts->folder.make());
  std::unique_ptr<Uploads> uploads(new Uploads(parts));
  uploads->sweep_ = std::make_shared<UploadSweep>(std::move(parts), home);
  uploads->sweep_->start();
  return uploads;
}

Uploads::~Uploads() {
  stop();
}

void Uploads::stop() {
  if (sweep_) sweep_->stop();
  parts_->workers.stop();
}

std::shared_ptr<RequestHandler> Uploads::handler_for(const Request& request) const {
  // /upload/ID or /upload/ID/NAME; the name is for people and their browsers.
  const bool is_ours = (request.path.size() == 2 || request.path.size() == 3) && UploadFolder::is_id(request.path[1]);
  if (!is_ours) return std::make_shared<Refusal>(404);
  if (request.method == "PUT") return std::make_shared<UploadPut>(parts_, request.path[1]);
  if (request.method == "GET" || request.method == "HEAD") {
    return std::make_shared<UploadDownload>(parts_, request.path[1]);
  }
  if (request.method == "OPTIONS") return std::make_shared<Preflight>();
  return std::make_shared<Refusal>(405);
}

void add_cross_origin(Fields& fields) {
  fields.add("Access-Control-Allow-Origin", "*");
  fields.add("Access-Control-Expose-Headers", "Content-Range, ETag, Upload-Offset, Upload-Complete");
  fields.add("Cross-Origin-Resource-Policy", "cross-origin");
}

void answer(Exchange& exchange, unsigned status, std::string_view explanation) {
  auto [head, body] = net::http::plain_answer(status, explanation);
  add_cross_origin(head.fields);
  exchange.respond(std::move(head), body);
}

}  // namespace queqiao::server::http
