#include "net/http/request_reader.h"

#include <algorithm>
#include <boost/asio/buffer.hpp>
#include <boost/beast/http/basic_parser.hpp>
#include <boost/beast/http/error.hpp>
#include <limits>
#include <utility>

#include "base/text.h"
#include "net/http/target.h"

namespace queqiao::net::http {
namespace {

namespace beast = boost::beast;

constexpr std::string_view head_end = "\r\n\r\n";
constexpr int most_empty_lines = 2;  // before a request
constexpr std::string_view empty_last_chunk = "0\r\n\r\n";

std::string_view view(beast::string_view text) {
  return {text.data(), text.size()};
}

// RFC 3986 3.2: what may stand in a host with its port. Nothing that a log or a redirect could trip over.
bool is_host(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) {
    const bool is_letter = ascii_lower(c) >= 'a' && ascii_lower(c) <= 'z';
    return is_letter || (c >= '0' && c <= '9') ||
           std::string_view("-._~:[]%!$&'()*+,;=").find(c) != std::string_view::npos;
  });
}

unsigned status_of(const beast::error_code& error) {
  if (error == beast::http::error::bad_version) return 505;
  if (error == beast::http::error::header_limit) return 431;
  return 400;
}

// How the body is framed (RFC 9112 6). 0, or the status of the refusal.
unsigned check_framing(const Request& request) {
  const auto codings = request.fields.count("Transfer-Encoding");
  const auto lengths = request.fields.count("Content-Length");
  if (codings + lengths > 1) return 400;
  // 6.1: an unknown coding is 501, and in HTTP/1.0 the field means that somebody misread the message.
  if (codings == 1 && request.is_version_1_0) return 400;
  if (codings == 1 && !equal_ignoring_case(request.fields.value("Transfer-Encoding"), "chunked")) return 501;
  const auto length = request.fields.value("Content-Length");
  const bool is_decimal = std::all_of(length.begin(), length.end(), [](char c) { return c >= '0' && c <= '9'; });
  if (lengths == 1 && (!is_decimal || !parse_number<std::uint64_t>(length))) return 400;
  return 0;
}

unsigned check_fields(const Request& request) {
  const auto hosts = request.fields.count("Host");
  if (hosts > 1 || (hosts == 0 && !request.is_version_1_0) || !is_host(request.fields.value("Host"))) return 400;
  if (const auto status = check_framing(request)) return status;
  const auto expectation = request.fields.value("Expect");
  if (!expectation.empty() && !equal_ignoring_case(expectation, "100-continue")) return 417;
  return 0;
}

}  // namespace

// Beast's parser takes the message apart; what it is lenient about is refused here and in check_text().
class RequestReader::Parser final : public beast::http::basic_parser<true> {
 public:
  Parser() {
    eager(true);
    header_limit(std::numeric_limits<std::uint32_t>::max());  // RequestReader counts
    body_limit(boost::none);                                  // handlers decide
  }

  Sink* sink = nullptr;
  Request request;
  unsigned failure = 0;
  bool has_told_head = false;

 private:
  using error_code = beast::error_code;
  using text = beast::string_view;

  void on_request_impl(beast::http::verb, text method, text target, int version, error_code&) override {
    request.method = view(method);
    request.target = view(target);
    request.is_version_1_0 = version == 10;
  }
  void on_response_impl(int, text, int, error_code&) override {}
  void on_field_impl(beast::http::field, text name, text value, error_code&) override {
    if (!has_told_head) request.fields.add(view(name), view(value));  // trailers are dropped (RFC 9110 6.5.1)
  }
  void on_header_impl(error_code& error) override {
    has_told_head = true;
    failure = check_fields(request);
    auto target = http::parse_target(request.target);
    if (failure == 0 && !target) failure = 400;
    if (failure != 0) {
      error = beast::http::error::bad_target;  // stops here; `failure` tells why
      return;
    }
    request.path = std::move(target->path);
    request.query = std::move(target->query);
    request.is_chunked = request.fields.has("Transfer-Encoding");
    request.content_length = parse_number<std::uint64_t>(request.fields.value("Content-Length"));
    request.keeps_alive = keep_alive();
    request.wants_continue = !request.is_version_1_0 && request.fields.has("Expect") && request.has_body();
    sink->on_head(std::move(request));
  }
  void on_body_init_impl(const boost::optional<std::uint64_t>&, error_code&) override {}
  std::size_t on_body_impl(text body, error_code&) override {
    sink->on_body(view(body));
    return body.size();
  }
  void on_chunk_header_impl(std::uint64_t, text, error_code&) override {}
  std::size_t on_chunk_body_impl(std::uint64_t, text body, error_code&) override {
    sink->on_body(view(body));
    return body.size();
  }
  void on_finish_impl(error_code&) override {}
};

RequestReader::RequestReader(std::size_t header_bytes) : header_bytes_(header_bytes) {}
RequestReader::~RequestReader() = default;

std::size_t RequestReader::read(std::string_view bytes, Sink& sink) {
  if (failure_ != 0) return bytes.size();
  return has_head_ ? read_body(bytes, sink) : read_head(bytes, sink);
}

void RequestReader::next() {
  parser_.reset();
  has_head_ = false;
}

// RFC 9112 2.2: an empty line before a request is skipped. Only a few, and without a copy of what follows: many would
// make work that is out of proportion to what they cost their sender. The answer is how much of `bytes` was one.
std::size_t RequestReader::skip_empty_line(std::string_view bytes) {
  const bool is_empty_line = buffer_.empty() ? bytes.starts_with("\r\n") : buffer_ == "\r" && bytes.starts_with('\n');
  if (!is_empty_line) return 0;
  const auto taken = 2 - buffer_.size();
  buffer_.clear();
  if (++empty_lines_ > most_empty_lines) fail(400);
  return taken;
}

// A head is parsed when all of it is there: only then can its text be checked, and it is small.
std::size_t RequestReader::read_head(std::string_view bytes, Sink& sink) {
  if (const auto skipped = skip_empty_line(bytes)) return skipped;
  const auto before = buffer_.size();
  const auto searched = before - std::min(before, head_end.size() - 1);
  // No more than a head may have; what follows it stays with the caller.
  buffer_.append(bytes.substr(0, header_bytes_ + head_end.size()));
  const auto end = buffer_.find(head_end, searched);
  if (end == std::string::npos || end > header_bytes_) {
    if (buffer_.size() >= header_bytes_ + head_end.size()) fail(431);
    return std::min(bytes.size(), buffer_.size() - before);
  }
  buffer_.resize(end + head_end.size());
  const auto taken = buffer_.size() - before;
  if (const auto status = check_text(buffer_)) {
    fail(status);
    return taken;
  }
  has_head_ = true;
  empty_lines_ = 0;
  parser_ = std::make_unique<Parser>();
  parser_->sink = &sink;
  beast::error_code error;
  parser_->put(boost::asio::buffer(buffer_), error);
  buffer_ = {};
  // A line without a colon makes Beast wait for one, although the head has ended.
  if (!parser_->has_told_head || parser_->failure != 0) {
    fail(parser_->failure ? parser_->failure : status_of(error));
  } else if (parser_->is_done()) {
    sink.on_end();
  }
  return taken;
}

// What Beast would let pass: obs-fold (RFC 9112 5.2), which some readers join and others do not, and line ends of one
// character, which are none for us and some for others.
unsigned RequestReader::check_text(std::string_view head) const {
  for (std::size_t i = 0; i < head.size(); ++i) {
    const char c = head[i];
    if (c == '\0') return 400;
    if (c == '\n' && (i == 0 || head[i - 1] != '\r')) return 400;
    if (c == '\r' && (i + 1 == head.size() || head[i + 1] != '\n')) return 400;
    if (c == '\n' && i + 1 < head.size() && (head[i + 1] == ' ' || head[i + 1] == '\t')) return 400;
  }
  return 0;
}

std::size_t RequestReader::read_body(std::string_view bytes, Sink& sink) {
  parser_->sink = &sink;
  const auto before = buffer_.size();
  if (before > 0) buffer_.append(bytes);
  const std::string_view given = before > 0 ? std::string_view(buffer_) : bytes;
  // Asked again about a last chunk that it has called incomplete, Beast asserts that it has got this much of it.
  if (before > 0 && given.size() < empty_last_chunk.size() && given.starts_with("0\r\n")) return bytes.size();
  std::size_t used = 0;
  while (used < given.size() && !parser_->is_done()) {
    beast::error_code error;
    const auto taken = parser_->put(boost::asio::buffer(given.data() + used, given.size() - used), error);
    used += taken;
    if (error == beast::http::error::need_more) break;
    if (error) {
      fail(status_of(error));
      return bytes.size();
    }
    if (taken == 0) break;
  }
  if (parser_->is_done()) {
    buffer_.clear();
    sink.on_end();
    return used - before;
  }
  // The frame of a chunk that is cut stays until the rest of it comes.
  buffer_ = std::string(given.substr(used));
  if (buffer_.size() > header_bytes_) fail(431);
  return bytes.size();
}

}  // namespace queqiao::net::http
