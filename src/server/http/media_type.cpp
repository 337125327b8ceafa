#include "server/http/media_type.h"

#include <algorithm>
#include <array>

#include "base/encoding.h"
#include "base/text.h"

namespace queqiao::server::http {
namespace {

constexpr std::string_view unknown_type = "application/octet-stream";

constexpr std::array<std::string_view, 22> shown_types{
    "audio/aac", "audio/flac", "audio/mp4",   "audio/mpeg",     "audio/ogg",  "audio/opus",
    "audio/wav", "audio/webm", "audio/x-m4a", "audio/x-wav",    "image/avif", "image/bmp",
    "image/gif", "image/heic", "image/heif",  "image/jpeg",     "image/png",  "image/webp",
    "video/mp4", "video/ogg",  "video/webm",  "video/quicktime"};

bool is_shown(std::string_view type) {
  return std::find(shown_types.begin(), shown_types.end(), type) != shown_types.end();
}

// RFC 9110 5.6.2 token, which is all that a type or a subtype may be.
bool is_token(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    const bool is_letter = ascii_lower(c) >= 'a' && ascii_lower(c) <= 'z';
    return is_letter || (c >= '0' && c <= '9') || std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos;
  });
}

}  // namespace

std::string media_type(std::string_view value) {
  const auto type = ascii_lower(trim(value.substr(0, value.find(';'))));
  const auto slash = type.find('/');
  if (slash == std::string::npos || type.size() > 127) return {};
  const std::string_view view = type;
  return is_token(view.substr(0, slash)) && is_token(view.substr(slash + 1)) ? type : std::string();
}

void add_file_headers(net::http::Fields& fields, std::string_view type, std::string_view name) {
  const auto normal = media_type(type);
  const bool is_inline = is_shown(normal);
  // A PDF is shown by no browser inside our origin either, but programs like to know that it is one.
  const bool keeps_type = is_inline || normal == "application/pdf";
  fields.add("Content-Type", keeps_type ? std::string_view(normal) : unknown_type);
  // RFC 6266 4.3 with RFC 8187: the name in one form that can carry every character.
  std::string disposition = is_inline ? "inline" : "attachment";
  if (!name.empty()) disposition.append("; filename*=UTF-8''").append(percent_encode(name));
  fields.add("Content-Disposition", disposition);
  fields.add("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'; sandbox");
}

}  // namespace queqiao::server::http
