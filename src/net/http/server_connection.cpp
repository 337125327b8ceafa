#include "net/http/server_connection.h"

#include <fmt/format.h>

#include <utility>

#include "base/assert.h"
#include "net/address.h"
#include "net/http/date.h"
#include "net/http/server.h"
#include "net/shard.h"

namespace queqiao::net::http {
namespace {

bool has_no_body(unsigned status) {
  return status < 200 || status == 204 || status == 304;  // RFC 9112 6.3
}

// What every answer says unless its handler says something else: a browser must neither guess types nor run anything,
// nor show it in a frame of somebody else's, nor tell others the address, which may be a secret.
void add_defaults(Fields& fields) {
  const std::pair<std::string_view, std::string_view> defaults[] = {
      {"X-Content-Type-Options", "nosniff"},
      {"Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"},
      {"X-Frame-Options", "DENY"},
      {"Referrer-Policy", "no-referrer"}};
  for (const auto& [name, value] : defaults) {
    if (!fields.has(name)) fields.add(name, value);
  }
}

}  // namespace

ServerConnection::ServerConnection(Server& server, Shard& shard, std::unique_ptr<Connection> connection)
    : server_(server),
      shard_(shard),
      connection_(std::move(connection)),
      network_(server.limits().trusts_loopback && connection_->is_loopback() ? ""
                                                                             : network_of(connection_->peer_address())),
      reader_(server.limits().header_bytes) {}

ServerConnection::~ServerConnection() {
  if (!network_.empty()) server_.release(network_);
}

EventLoop& ServerConnection::loop() const {
  return shard_;
}

void ServerConnection::start() {
  connection_->set_handler(this);
  begin_head_timer();  // a connection without a request is not worth more than a slow one
}

void ServerConnection::end() {
  lose_handler();
  if (timer_) shard_.cancel(std::exchange(timer_, 0));
  connection_.reset();
}

void ServerConnection::on_bytes(std::string_view bytes) {
  const auto self = shared_from_this();  // a handler may end the connection
  if (phase_ == Phase::closing) return;
  if (!pending_.empty()) {
    pending_.append(bytes);
    return read_pending();
  }
  // The usual case, in which nothing is copied.
  const auto used = give_to_reader(bytes);
  if (phase_ != Phase::closing) pending_.assign(bytes.substr(used));
  update_reading();
}

// Whether the reader gets what comes: a head, or the body that the handler wants.
bool ServerConnection::may_read() const {
  if (phase_ == Phase::head) return true;
  const bool is_in_body = (phase_ == Phase::handling || phase_ == Phase::answering) && !has_body_ended_;
  return is_in_body && is_body_accepted_;
}

void ServerConnection::read_pending() {
  pending_.erase(0, give_to_reader(pending_));
  if (pending_.empty()) pending_ = {};
  update_reading();
}

// How much of `bytes` may be read now, and was.
std::size_t ServerConnection::give_to_reader(std::string_view bytes) {
  std::size_t used = 0;
  while (used < bytes.size() && may_read()) {
    if (phase_ == Phase::head && !has_timed_head_) begin_head_timer();
    used += reader_.read(bytes.substr(used), *this);
    if (reader_.failure() != 0) refuse(reader_.failure());
  }
  return used;
}

// What may not be read stays in the kernel, so that the peer feels it.
void ServerConnection::update_reading() {
  if (!connection_ || phase_ == Phase::closing) return;
  connection_->set_reading(may_read() && (phase_ == Phase::head || is_reading_wanted_));
}

void ServerConnection::on_head(Request request) {
  request_ = std::move(request);
  request_.peer_address = connection_->peer_address();
  request_.is_secure = connection_->is_secure();
  phase_ = Phase::handling;
  has_body_ended_ = !request_.has_body();
  is_body_accepted_ = false;
  is_reading_wanted_ = true;
  is_last_ = !request_.keeps_alive || ++requests_ >= server_.limits().requests_per_connection;
  if (timer_) shard_.cancel(std::exchange(timer_, 0));
  handler_ = server_.handler_for(request_);
  // From the end of the turn, so that a handler which answers at once does not do so inside the reader.
  shard_.post([self = shared_from_this()] {
    if (self->phase_ == Phase::handling && self->handler_) {
      const auto handler = self->handler_;
      handler->begin(*self);
    }
  });
}

void ServerConnection::on_body(std::string_view bytes) {
  const auto handler = handler_;
  if (handler && phase_ != Phase::done) handler->on_body(bytes);
}

void ServerConnection::on_end() {
  if (!request_.has_body() && has_body_ended_) return;
  has_body_ended_ = true;
  const auto handler = handler_;
  if (handler && phase_ != Phase::done) handler->on_body_end();
}

void ServerConnection::accept_body() {
  if (has_body_ended_ || std::exchange(is_body_accepted_, true)) return;
  if (request_.wants_continue) connection_->send("HTTP/1.1 100 Continue\r\n\r\n");
  watch_transfer();
  go_on_later();
}

void ServerConnection::set_reading(bool is_reading) {
  is_reading_wanted_ = is_reading;
  update_reading();
}

void ServerConnection::start(Response head) {
  QUEQIAO_ASSERT(phase_ == Phase::handling);
  phase_ = Phase::answering;
  // RFC 9112 9.6: what is left of the request's body would be taken for the next request.
  if (!has_body_ended_) is_last_ = true;
  has_length_ = head.length.has_value();
  to_write_ = head.length.value_or(0);
  const bool is_empty = has_no_body(head.status);
  is_chunked_ = !has_length_ && !is_empty && !request_.is_version_1_0;
  if (!has_length_ && !is_empty && !is_chunked_) is_last_ = true;  // its end is the connection's
  auto out = fmt::format("HTTP/1.1 {} {}\r\n", head.status, reason_of(head.status));
  head.fields.add("Date", format_date(shard_.wall_time()));
  if (has_length_ && !is_empty) head.fields.add("Content-Length", std::to_string(to_write_));
  if (is_chunked_) head.fields.add("Transfer-Encoding", "chunked");
  if (is_last_ || request_.is_version_1_0) head.fields.add("Connection", is_last_ ? "close" : "keep-alive");
  add_defaults(head.fields);
  for (const auto& [name, value] : head.fields.list()) out.append(name).append(": ").append(value).append("\r\n");
  connection_->send(out.append("\r\n"));
  watch_transfer();
}

void ServerConnection::write(std::string_view bytes) {
  QUEQIAO_ASSERT(phase_ == Phase::answering && (!has_length_ || bytes.size() <= to_write_));
  if (has_length_) to_write_ -= bytes.size();
  if (request_.method == "HEAD" || bytes.empty()) return;
  if (!is_chunked_) return connection_->send(bytes);
  connection_->send(fmt::format("{:x}\r\n", bytes.size()));
  connection_->send(bytes);
  connection_->send("\r\n");
}

void ServerConnection::finish() {
  QUEQIAO_ASSERT(phase_ == Phase::answering);
  if (has_length_ && to_write_ > 0 && request_.method != "HEAD") return abort();
  if (is_chunked_ && request_.method != "HEAD") connection_->send("0\r\n\r\n");
  phase_ = Phase::done;
  handler_.reset();  // whoever calls this holds it
  go_on_later();
}

void ServerConnection::abort() {
  handler_.reset();
  phase_ = Phase::closing;
  // Not inside the caller, who may be a call of the connection.
  shard_.post([self = shared_from_this()] { self->leave(); });
}

std::unique_ptr<Connection> ServerConnection::upgrade(std::string& rest) {
  handler_.reset();
  phase_ = Phase::closing;
  if (timer_) shard_.cancel(std::exchange(timer_, 0));
  rest = std::exchange(pending_, {});
  connection_->set_handler(nullptr);
  connection_->set_reading(true);
  shard_.post([self = shared_from_this()] { self->leave(); });
  return std::move(connection_);
}

void ServerConnection::go_on_later() {
  if (std::exchange(is_go_on_due_, true)) return;
  shard_.post([self = shared_from_this()] {
    self->is_go_on_due_ = false;
    self->go_on();
  });
}

void ServerConnection::go_on() {
  if (!connection_ || phase_ == Phase::closing) return;
  if (phase_ == Phase::done) next_request();
  if (phase_ != Phase::closing) read_pending();
}

void ServerConnection::next_request() {
  request_ = {};
  if (is_last_) return close();
  reader_.next();
  phase_ = Phase::head;
  has_timed_head_ = false;
  set_timer(server_.limits().idle_timeout, &ServerConnection::head_is_late);
}

// What is no request of HTTP gets its answer, and no more is read.
void ServerConnection::refuse(unsigned status) {
  const bool may_answer = phase_ == Phase::head || phase_ == Phase::handling;
  lose_handler();
  if (!may_answer) return close();
  request_ = {};
  has_body_ended_ = true;
  phase_ = Phase::handling;
  is_last_ = true;
  respond(status);
}

void ServerConnection::close() {
  phase_ = Phase::closing;
  if (timer_) shard_.cancel(std::exchange(timer_, 0));
  if (connection_) connection_->close();  // on_closed() follows
}

void ServerConnection::on_drained() {
  const auto self = shared_from_this();
  const auto handler = handler_;
  if (handler && phase_ == Phase::answering) handler->on_drained();
}

void ServerConnection::on_closed(CloseReason) {
  const auto self = shared_from_this();
  lose_handler();
  leave();
}

void ServerConnection::lose_handler() {
  if (const auto handler = std::exchange(handler_, nullptr)) handler->on_gone();
}

void ServerConnection::leave() {
  phase_ = Phase::closing;
  if (timer_) shard_.cancel(std::exchange(timer_, 0));
  server_.drop(shard_, *this);
  connection_.reset();
}

void ServerConnection::set_timer(std::chrono::milliseconds delay, void (ServerConnection::*then)()) {
  if (timer_) shard_.cancel(timer_);
  timer_ = shard_.after(delay, [this, then] {
    timer_ = 0;
    const auto self = shared_from_this();
    (this->*then)();
  });
}

void ServerConnection::begin_head_timer() {
  has_timed_head_ = true;
  set_timer(server_.limits().header_timeout, &ServerConnection::head_is_late);
}

void ServerConnection::head_is_late() {
  if (reader_.is_empty()) return close();
  refuse(408);
}

void ServerConnection::watch_transfer() {
  bytes_at_check_ = connection_->bytes_in() + connection_->bytes_out();
  set_timer(server_.limits().rate_interval, &ServerConnection::check_rate);
}

// Only while the peer is the one that we wait for: it sends a body that we want, or takes an answer that is there.
void ServerConnection::check_rate() {
  const auto bytes = connection_->bytes_in() + connection_->bytes_out();
  const auto least = std::uint64_t{server_.limits().bytes_per_second} *
                     static_cast<std::uint64_t>(server_.limits().rate_interval.count());
  const bool is_sending = is_body_accepted_ && !has_body_ended_ && is_reading_wanted_;
  const bool is_slow = bytes - bytes_at_check_ < least && (is_sending || connection_->queued_bytes() > 0);
  if (!is_slow) return watch_transfer();
  if (phase_ == Phase::handling) return refuse(408);
  lose_handler();
  leave();
}

}  // namespace queqiao::net::http
