#include "net/http/message.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace queqiao::net::http {

const Fields::Field* Fields::find(std::string_view name) const {
  for (const auto& field : list_) {
    if (equal_ignoring_case(field.name, name)) return &field;
  }
  return nullptr;
}

std::string_view Fields::value(std::string_view name) const {
  const auto* field = find(name);
  return field ? std::string_view(field->value) : std::string_view();
}

std::size_t Fields::count(std::string_view name) const {
  return static_cast<std::size_t>(std::count_if(
      list_.begin(), list_.end(), [&](const Field& field) { return equal_ignoring_case(field.name, name); }));
}

std::string_view reason_of(unsigned status) {
  struct Reason {
    unsigned status;
    std::string_view text;
  };
  static constexpr std::array reasons{
      Reason{100, "Continue"},
      Reason{101, "Switching Protocols"},
      Reason{200, "OK"},
      Reason{201, "Created"},
      Reason{204, "No Content"},
      Reason{206, "Partial Content"},
      Reason{301, "Moved Permanently"},
      Reason{302, "Found"},
      Reason{303, "See Other"},
      Reason{304, "Not Modified"},
      Reason{400, "Bad Request"},
      Reason{401, "Unauthorized"},
      Reason{403, "Forbidden"},
      Reason{404, "Not Found"},
      Reason{405, "Method Not Allowed"},
      Reason{408, "Request Timeout"},
      Reason{409, "Conflict"},
      Reason{410, "Gone"},
      Reason{411, "Length Required"},
      Reason{413, "Content Too Large"},
      Reason{414, "URI Too Long"},
      Reason{415, "Unsupported Media Type"},
      Reason{416, "Range Not Satisfiable"},
      Reason{417, "Expectation Failed"},
      Reason{426, "Upgrade Required"},
      Reason{429, "Too Many Requests"},
      Reason{431, "Request Header Fields Too Large"},
      Reason{500, "Internal Server Error"},
      Reason{501, "Not Implemented"},
      Reason{503, "Service Unavailable"},
      Reason{505, "HTTP Version Not Supported"},
      Reason{507, "Insufficient Storage"},
  };
  for (const auto& reason : reasons) {
    if (reason.status == status) return reason.text;
  }
  return "Unknown";
}

PlainAnswer plain_answer(unsigned status, std::string_view explanation) {
  PlainAnswer answer;
  answer.head.status = status;
  answer.head.fields.add("Content-Type", "text/plain; charset=utf-8");
  answer.head.fields.add("Cache-Control", "no-store");
  answer.body = std::to_string(status).append(1, ' ').append(reason_of(status)).append(1, '\n');
  if (!explanation.empty()) answer.body.append(explanation).append(1, '\n');
  return answer;
}

}  // namespace queqiao::net::http
