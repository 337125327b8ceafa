#pragma once

#include <memory>
#include <string>

#include "net/http/exchange.h"
#include "net/http/request_reader.h"

namespace queqiao::net {
class Shard;
}

namespace queqiao::net::http {

class Server;

// One client of the HTTP server: its requests one after the other (RFC 9112 9.3), with their time limits. Bytes that
// come while a request is being answered wait, and nothing more is read from the socket meanwhile. Its shard's thread.
class ServerConnection final : public std::enable_shared_from_this<ServerConnection>,
                               private ConnectionHandler,
                               private Exchange,
                               private RequestReader::Sink {
 public:
  ServerConnection(Server& server, Shard& shard, std::unique_ptr<Connection> connection);
  ~ServerConnection() override;

  void start();
  void end();  // the server stops: tells the handler, and closes

 private:
  enum class Phase : std::uint8_t {
    head,      // waiting for a request, or in the middle of its head
    handling,  // the handler has it; no answer yet
    answering,
    done,    // the answer is written; the next request may begin at the end of the turn
    closing  // nothing is read any more
  };

  // ConnectionHandler
  void on_bytes(std::string_view bytes) override;
  void on_drained() override;
  void on_closed(CloseReason reason) override;

  // RequestReader::Sink
  void on_head(Request request) override;
  void on_body(std::string_view bytes) override;
  void on_end() override;

  // Exchange
  const Request& request() const override { return request_; }
  EventLoop& loop() const override;
  void accept_body() override;
  void set_reading(bool is_reading) override;
  void start(Response head) override;
  void write(std::string_view bytes) override;
  bool is_congested() const override { return connection_->is_congested(); }
  void finish() override;
  void abort() override;
  std::unique_ptr<Connection> upgrade(std::string& rest) override;

  bool may_read() const;
  void read_pending();
  std::size_t give_to_reader(std::string_view bytes);
  void update_reading();
  void go_on_later();
  void go_on();
  void next_request();
  void refuse(unsigned status);
  void close();
  void lose_handler();
  void leave();

  void watch_transfer();
  void set_timer(std::chrono::milliseconds delay, void (ServerConnection::*then)());
  void head_is_late();
  void check_rate();
  void begin_head_timer();

  Server& server_;
  Shard& shard_;
  std::unique_ptr<Connection> connection_;
  const std::string network_;  // of the peer; empty when it is not counted
  RequestReader reader_;
  std::shared_ptr<RequestHandler> handler_;  // of the request at hand
  Request request_;
  std::string pending_;         // came behind what may be read now
  std::uint64_t to_write_ = 0;  // bytes of the answer that are left, when its length is known
  EventLoop::TimerId timer_ = 0;
  std::uint64_t bytes_at_check_ = 0;
  std::uint32_t requests_ = 0;
  Phase phase_ = Phase::head;
  bool has_timed_head_ = false;  // the head's time runs, not the idle one
  bool is_body_accepted_ = false;
  bool has_body_ended_ = false;
  bool is_reading_wanted_ = true;  // by the handler
  bool has_length_ = false;
  bool is_chunked_ = false;  // the answer
  bool is_last_ = false;     // the connection ends after this answer
  bool is_go_on_due_ = false;
};

}  // namespace queqiao::net::http
