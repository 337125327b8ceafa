#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace queqiao::net::http {

// What a request asks for (RFC 9112 3.2). Pure function: any thread.
struct Target {
  std::vector<std::string> path;  // see Request
  std::string query;
};

// Origin form ("/a/b?c") and absolute form ("http://host/a/b?c", of which the host is dropped). Nothing for the other
// forms, for a path with "." or ".." or an encoded '/', for control characters, and for what is no UTF-8 after
// decoding: nobody who is honest sends them, and they are how paths leave the folder that they should stay in.
std::optional<Target> parse_target(std::string_view target);

}  // namespace queqiao::net::http
