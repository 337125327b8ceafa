// XEP-0363 HTTP File Upload 1.1.0: a client asks for a place for a file. The bytes come and go over HTTP (server/http),
// which knows of the place by the store.
#include <algorithm>
#include <memory>

#include "base/crypto.h"
#include "base/encoding.h"
#include "server/free_space.h"
#include "server/shard.h"
#include "xmpp/xep/payload.h"
#include "xmpp/xep/upload.h"

namespace queqiao::server {
namespace {

using xmpp::StanzaCondition;
using xmpp::StanzaError;

constexpr std::size_t max_name_bytes = 255;
constexpr std::size_t max_type_bytes = 127;

// The name goes into an address and comes out as that of a file, so nothing in it may look like a folder.
bool is_file_name(std::string_view name) {
  const bool has_bad_character = std::any_of(name.begin(), name.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte < 0x20 || byte == 0x7f || c == '/' || c == '\\';
  });
  return !has_bad_character && name.size() <= max_name_bytes && name != "." && name != "..";
}

std::string megabytes(std::uint64_t bytes) {
  return bytes < 1 << 20 ? std::to_string(bytes) + " bytes" : std::to_string(bytes >> 20) + " MiB";
}

class Upload final : public Module {
 public:
  void attach(Shard& shard) override {
    shard_ = &shard;
    if (!shard.config().has_uploads) return;
    space_ = std::make_unique<FreeSpace>(shard.loop(), shard.shards().worker());
    shard.advertise(xmpp::ns::upload);
    shard.advertise(xmpp::DiscoIdentity{"store", "file", "HTTP File Upload", {}});
    shard.advertise(xmpp::upload_limits(shard.config().upload_bytes));
    shard.on_iq(iq_target::server, "request", xmpp::ns::upload, [this](IqRequest request) { ask(std::move(request)); });
  }

 private:
  void ask(IqRequest request) {
    if (request.is_set()) return request.reply_error(StanzaCondition::bad_request);
    const auto wanted = xmpp::UploadRequest::parse(request.payload);
    if (!wanted) return request.reply_error(StanzaCondition::bad_request, "A name and a size are needed.");
    if (!request.session && request.from().domain() != shard_->domain()) {
      return request.reply_error(StanzaCondition::not_allowed, "Only people of this server may put files here.");
    }
    if (const auto error = check(*wanted)) return request.reply_error(*error);
    space_->of(shard_->config().upload_folder, [this, request = std::move(request),
                                                wanted = *wanted](auto bytes) mutable {
      if (bytes && *bytes < shard_->config().upload_disk_reserve + wanted.size) {
        return request.reply_error(StanzaCondition::resource_constraint, "The server's disk is full. Try again later.");
      }
      give_slot(std::move(request), wanted);
    });
  }

  std::optional<StanzaError> check(const xmpp::UploadRequest& wanted) const {
    const auto& config = shard_->config();
    if (!is_file_name(wanted.name) || wanted.type.size() > max_type_bytes) {
      return StanzaError::of(StanzaCondition::not_acceptable, "That is no name of a file.");
    }
    if (wanted.size > config.upload_bytes) {
      auto error = StanzaError::of(StanzaCondition::not_acceptable,
                                   "File too large. The largest size is " + megabytes(config.upload_bytes) + ".");
      error.type = xmpp::ErrorType::modify;
      error.application = xmpp::file_too_large(config.upload_bytes);
      return error;
    }
    return std::nullopt;
  }

  void give_slot(IqRequest request, const xmpp::UploadRequest& wanted) {
    const auto& config = shard_->config();
    const storage::Upload upload{random_id(), std::string(request.from().local()), wanted.size, wanted.name,
                                 wanted.type, shard_->loop().wall_time(),          false};
    const auto url = config.http_url + "/upload/" + upload.id + "/" + percent_encode(upload.name);
    auto then = [this, url, request = std::move(request)](Result<void> added) mutable {
      if (!added) return refuse(std::move(request), added.error());
      request.reply(xmpp::to_xml(xmpp::UploadSlot{url, url, {}}));
    };
    shard_->store().add_upload(upload, {config.upload_quota_bytes, config.upload_quota_files},
                               {&shard_->loop(), std::move(then)});
  }

  void refuse(IqRequest request, const Error& error) const {
    if (error.code != ErrorCode::no_space) return request.reply_error(error);
    const auto quota = megabytes(shard_->config().upload_quota_bytes);
    request.reply_error(StanzaCondition::resource_constraint,
                        "Your files would be more than the " + quota + " that you may keep here.");
  }

  Shard* shard_ = nullptr;  // not owned
  std::unique_ptr<FreeSpace> space_;
};

}  // namespace
}  // namespace queqiao::server

QUEQIAO_MODULE(upload, Upload)
