#pragma once

#include <gtest/gtest.h>

#include <map>
#include <string>
#include <string_view>

#include "base/text.h"
#include "tests/net/openssl_peer.h"

namespace queqiao::net::http {

// One answer as a client reads it.
struct Answer {
  unsigned status = 0;                        // 0: the connection ended before
  std::map<std::string, std::string> fields;  // names in lower case
  std::string body;
  bool is_whole = false;  // as long as it said

  std::string field(const std::string& name) const {
    const auto found = fields.find(name);
    return found == fields.end() ? "" : found->second;
  }
};

// A client that says exactly what a test wants and reads answers with a parser of its own.
class HttpPeer {
 public:
  explicit HttpPeer(std::uint16_t port) : peer_(port) {}

  bool secure() { return is_secure_ = peer_.handshake("\x08http/1.1"); }
  void say(std::string_view bytes) { is_secure_ ? static_cast<void>(peer_.send(bytes)) : peer_.send_clear(bytes); }
  Answer ask(std::string_view request) {
    say(request);
    return answer(request.starts_with("HEAD "));
  }
  Answer answer(bool is_head = false) {
    Answer answer;
    std::string head;
    while (head.find("\r\n\r\n") == std::string::npos) {
      const auto byte = receive(1);
      if (byte.empty()) return answer;
      head += byte;
    }
    const auto lines = split(head, '\n');
    answer.status = parse_number<unsigned>(lines[0].substr(9, 3)).value_or(0);
    for (std::size_t i = 1; i + 2 < lines.size(); ++i) {
      const auto colon = lines[i].find(':');
      answer.fields[ascii_lower(lines[i].substr(0, colon))] = trim(lines[i].substr(colon + 1));
    }
    const bool has_body = !is_head && answer.status >= 200 && answer.status != 204 && answer.status != 304;
    answer.is_whole = !has_body || read_body(answer);
    return answer;
  }
  bool is_ended() { return receive(1).empty(); }

 private:
  bool read_body(Answer& answer) {
    if (answer.field("transfer-encoding") == "chunked") return read_chunks(answer);
    const auto length = parse_number<std::size_t>(answer.field("content-length"));
    if (!length) {
      for (auto byte = receive(1); !byte.empty(); byte = receive(1)) answer.body += byte;
      return true;
    }
    answer.body = receive(*length);
    return answer.body.size() == *length;
  }
  bool read_chunks(Answer& answer) {
    for (;;) {
      std::string line;
      while (!line.ends_with("\r\n")) {
        const auto byte = receive(1);
        if (byte.empty()) return false;
        line += byte;
      }
      const auto size = std::stoul(line, nullptr, 16);
      const auto chunk = receive(size + 2);
      if (chunk.size() != size + 2) return false;
      answer.body += chunk.substr(0, size);
      if (size == 0) return true;
    }
  }
  std::string receive(std::size_t count) {
    if (count == 0) return {};
    return is_secure_ ? peer_.receive(count) : peer_.receive_clear(count);
  }

  OpensslPeer peer_;
  bool is_secure_ = false;
};

}  // namespace queqiao::net::http
