#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace queqiao::net::http {

// Header fields in their order; names are compared without regard to case (RFC 9110 5.1).
class Fields {
 public:
  struct Field {
    std::string name, value;
  };

  void add(std::string_view name, std::string_view value) { list_.push_back({std::string(name), std::string(value)}); }
  bool has(std::string_view name) const { return find(name) != nullptr; }
  std::string_view value(std::string_view name) const;  // of the first one; "" when it is absent
  std::size_t count(std::string_view name) const;
  const std::vector<Field>& list() const { return list_; }

 private:
  const Field* find(std::string_view name) const;

  std::vector<Field> list_;
};

// A request without its body. Only what passed every check of RequestReader becomes one.
struct Request {
  std::string method;             // "GET"; case matters
  std::string target;             // as it was sent
  std::vector<std::string> path;  // its segments, decoded: no "." or "..", no '/', no control characters, UTF-8
  std::string query;              // behind '?', not decoded
  Fields fields;
  std::optional<std::uint64_t> content_length;
  bool is_chunked = false;
  bool wants_continue = false;  // waits for 100 (Continue) before it sends its body
  bool keeps_alive = true;
  bool is_version_1_0 = false;
  std::string peer_address;  // "192.0.2.1", without port
  bool is_secure = false;    // came over TLS

  bool has_body() const { return is_chunked || content_length.value_or(0) > 0; }
};

struct Response {
  unsigned status = 200;
  Fields fields;  // without Content-Length, Connection, Transfer-Encoding and Date, which the connection adds
  std::optional<std::uint64_t> length;  // of the body in bytes, when it is known before
};

std::string_view reason_of(unsigned status);

// A short text for people as the answer to a request that cannot be served.
struct PlainAnswer {
  Response head;
  std::string body;
};
PlainAnswer plain_answer(unsigned status, std::string_view explanation = {});

}  // namespace queqiao::net::http
