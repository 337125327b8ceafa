#include "net/http/target.h"

#include <algorithm>

#include "base/encoding.h"
#include "base/text.h"

namespace queqiao::net::http {
namespace {

bool has_bad_character(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte < 0x20 || byte == 0x7f || c == '/';
  });
}

// The path of an absolute form, or the target itself.
std::string_view without_host(std::string_view target) {
  for (const std::string_view scheme : {"http://", "https://"}) {
    if (!target.starts_with(scheme)) continue;
    const auto path = target.find('/', scheme.size());
    return path == std::string_view::npos ? "/" : target.substr(path);
  }
  return target;
}

}  // namespace

std::optional<Target> parse_target(std::string_view target) {
  target = without_host(target);
  if (!target.starts_with('/') || target.find('#') != std::string_view::npos) return std::nullopt;
  Target parsed;
  const auto question = target.find('?');
  if (question != std::string_view::npos) parsed.query = target.substr(question + 1);
  for (const auto segment :
       split(target.substr(1, question == std::string_view::npos ? question : question - 1), '/')) {
    auto decoded = percent_decode(segment);
    if (!decoded || !is_utf8(*decoded) || has_bad_character(*decoded)) return std::nullopt;
    if (*decoded == "." || *decoded == "..") return std::nullopt;
    parsed.path.push_back(*std::move(decoded));
  }
  return parsed;
}

}  // namespace queqiao::net::http
