#pragma once

#include <memory>
#include <string_view>

#include "base/event_loop.h"
#include "net/connection.h"
#include "net/http/message.h"

namespace queqiao::net::http {

// One request and the answer that it gets. Everything on the thread of loop(), the shard of the connection; a handler
// whose work is elsewhere posts there and back. Valid until finish(), abort(), upgrade() or RequestHandler::on_gone().
class Exchange {
 public:
  virtual ~Exchange() = default;

  virtual const Request& request() const = 0;
  virtual EventLoop& loop() const = 0;

  // The body, if there is one, does not come before this is called: until then it waits in the kernel. An answer that
  // begins before all of the body came ends the connection after it.
  virtual void accept_body() = 0;
  virtual void set_reading(bool is_reading) = 0;  // pauses an accepted body; up to 64 KiB may still come

  // The answer: start() once, write() as often as needed, finish(). With a length in the head exactly so many bytes are
  // written; to a HEAD request none are sent, whatever is written.
  virtual void start(Response head) = 0;
  virtual void write(std::string_view bytes) = 0;
  virtual bool is_congested() const = 0;  // the peer is slow: write no more until on_drained()
  virtual void finish() = 0;
  virtual void abort() = 0;  // ends the connection in the middle, so that the peer sees that the answer is not whole

  // Takes the connection over for another protocol (RFC 9110 7.8); the caller writes the answer 101 to it.
  // `rest` gets what the peer sent already. The connection's time limits are the caller's from then on.
  virtual std::unique_ptr<Connection> upgrade(std::string& rest) = 0;

  // start(), write() and finish() in one.
  void respond(Response head, std::string_view body = {}) {
    head.length = body.size();
    start(std::move(head));
    write(body);
    finish();
  }
  void respond(unsigned status, std::string_view explanation = {}) {
    auto answer = plain_answer(status, explanation);
    respond(std::move(answer.head), answer.body);
  }
};

// Who answers one request. Calls come on the exchange's thread; what a handler asked others to do may come back after
// on_gone(), so a handler is shared with its own questions and looks whether the exchange is still there.
class RequestHandler {
 public:
  virtual ~RequestHandler() = default;
  virtual void begin(Exchange& exchange) = 0;
  virtual void on_body(std::string_view) {}  // bytes are valid for the call
  virtual void on_body_end() {}
  virtual void on_drained() {}
  // The peer left, or was too slow; the exchange is not valid any more. Perhaps before begin(), which does not come
  // then.
  virtual void on_gone() {}
};

}  // namespace queqiao::net::http
