#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include "net/http/message.h"

namespace queqiao::net::http {

// Reads HTTP/1.1 requests out of a stream of bytes (RFC 9112), one after the other. Stricter than the RFC allows
// wherever two readers of the same bytes could disagree about where a request ends ("request smuggling"). Knows no
// socket; one thread at a time.
class RequestReader {
 public:
  class Sink {
   public:
    virtual ~Sink() = default;
    virtual void on_head(Request request) = 0;
    virtual void on_body(std::string_view bytes) = 0;  // valid for the call
    virtual void on_end() = 0;                         // of the request
  };

  explicit RequestReader(std::size_t header_bytes);  // most that a head, or the trailer of a chunked body, may have
  ~RequestReader();

  // Takes bytes up to the end of a head or of a request, and tells the sink; the answer is how many it took. The caller
  // gives the rest again: after on_head() to go on with the body, after on_end() once next() was called.
  std::size_t read(std::string_view bytes, Sink& sink);
  void next();  // forgets the request that has ended

  unsigned failure() const { return failure_; }  // status to answer with, after which nothing is read; 0: none
  bool is_in_head() const { return !has_head_; }
  bool is_empty() const { return buffer_.empty() && !has_head_; }  // nothing of a request has come yet

 private:
  class Parser;

  std::size_t skip_empty_line(std::string_view bytes);
  std::size_t read_head(std::string_view bytes, Sink& sink);
  std::size_t read_body(std::string_view bytes, Sink& sink);
  unsigned check_text(std::string_view head) const;
  void fail(unsigned status) { failure_ = status; }

  const std::size_t header_bytes_;
  std::unique_ptr<Parser> parser_;
  std::string buffer_;  // of a head that is not complete, or of the frame of a chunk
  bool has_head_ = false;
  int empty_lines_ = 0;  // before the request that is awaited
  unsigned failure_ = 0;
};

}  // namespace queqiao::net::http
