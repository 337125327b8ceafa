#include "net/socket_connection.h"

#include <sys/epoll.h>
#include <sys/socket.h>

#include <algorithm>
#include <utility>

#include "base/assert.h"
#include "net/shard.h"
#include "net/socket.h"
#include "net/tls_context.h"
#include "net/tls_session.h"

namespace queqiao::net {

SocketConnection::SocketConnection(Shard& shard, FileDescriptor fd, const IpAddress& peer,
                                   const ConnectionLimits& limits, const TlsContext* tls, std::string_view server_name)
    : shard_(&shard), limits_(&limits), tls_context_(tls), peer_(peer), fd_(std::move(fd)) {
  if (!server_name.empty()) server_name_ = std::make_unique<std::string>(server_name);
  shard_->watch(fd_.get(), *this);
}

SocketConnection::~SocketConnection() {
  if (is_gone_) *is_gone_ = true;
  if (shard_) detach();
}

void SocketConnection::send(std::string_view bytes) {
  if (state_ != State::open || has_failed_ || bytes.empty()) return;
  if (queued_bytes() + bytes.size() > limits_->hard_limit) {
    note_failure(CloseReason::output_overflow);
    output_.clear();
    sent_ = 0;
    if (shard_) shard_->flush_later(*this);
    return;
  }
  if (output_.empty() && shard_) output_ = shard_->take_buffer();
  output_.append(bytes);
  if (queued_bytes() > limits_->high_mark) is_congested_ = true;
  if (shard_ && !is_blocked_) shard_->flush_later(*this);
}

void SocketConnection::set_reading(bool is_reading) {
  is_reading_ = is_reading;
  if (is_reading && has_input_ && shard_) shard_->run_again(*this);
}

void SocketConnection::start_tls() {
  QUEQIAO_ASSERT(tls_context_ && tls_state_ == TlsState::none);
  if (state_ != State::open) return;
  tls_state_ = TlsState::flushing_clear;
  clear_bytes_ = queued_bytes();
  if (shard_) shard_->flush_later(*this);
}

TlsInfo SocketConnection::tls_info() const {
  QUEQIAO_ASSERT(is_secure());
  return tls_->info();
}

void SocketConnection::close() {
  if (state_ != State::open) return;
  state_ = State::closing;
  if (!shard_) return;
  start_close_timer();
  shard_->flush_later(*this);
}

void SocketConnection::leave_loop() {
  if (state_ == State::closed) return;
  QUEQIAO_ASSERT(shard_ && shard_->is_current());
  detach();
  has_input_ = false;  // the next shard's epoll_ctl() tells again what the kernel has
  is_blocked_ = false;
}

void SocketConnection::join_loop(EventLoop& loop) {
  if (state_ == State::closed) return;
  auto* shard = dynamic_cast<Shard*>(&loop);
  QUEQIAO_ASSERT(!shard_ && shard && shard->is_current());
  shard_ = shard;
  shard_->watch(fd_.get(), *this);
  if (state_ != State::open) start_close_timer();
  if (tls_ && tls_->has_buffered_input()) {
    has_input_ = true;
    shard_->run_again(*this);
  }
  shard_->flush_later(*this);
}

// Calls the handler. False when that ended our life here: nothing of this object may be touched.
template <class Call>
bool SocketConnection::tell(Call call) {
  if (!handler_) return true;
  bool is_gone = false;
  is_gone_ = &is_gone;
  call(*handler_);
  if (is_gone) return false;
  is_gone_ = nullptr;
  return true;
}

void SocketConnection::on_ready(std::uint32_t events) {
  if (events & (EPOLLIN | EPOLLRDHUP | EPOLLHUP | EPOLLERR)) {
    has_input_ = true;
    if (events & (EPOLLRDHUP | EPOLLHUP | EPOLLERR)) has_peer_ended_ = true;
    if (tls_) tls_->input_arrived(has_peer_ended_);
  }
  if (is_blocked_ && (events & EPOLLOUT)) {
    is_blocked_ = false;
    shard_->flush_later(*this);
  }
  if (tls_state_ == TlsState::handshake) {
    continue_handshake();
  } else {
    read();
  }
}

void SocketConnection::read() {
  auto budget = limits_->read_per_turn;
  while (has_input_ && (is_reading_ || state_ != State::open) && !has_failed_) {
    if (tls_state_ == TlsState::flushing_clear || tls_state_ == TlsState::handshake) return;
    if (budget == 0) {
      shard_->run_again(*this);
      return;
    }
    if (!read_once(budget)) return;
  }
}

// False when there is no more to do here, perhaps because this object is gone.
bool SocketConnection::read_once(std::size_t& budget) {
  const auto result = receive();
  switch (result.status) {
    case IoResult::Status::done:
      budget -= std::min(budget, result.bytes);
      if (state_ != State::open) return true;
      bytes_in_ += result.bytes;
      return tell([&](ConnectionHandler& handler) { handler.on_bytes({shard_->read_buffer().data(), result.bytes}); });
    case IoResult::Status::again:
      has_input_ = false;
      return false;
    default:
      input_ended(result.status);
      return false;
  }
}

IoResult SocketConnection::receive() {
  const auto buffer = shard_->read_buffer();
  if (tls_state_ == TlsState::established && state_ != State::lingering) return tls_->read(buffer);
  const auto result = receive_some(fd_.get(), buffer);
  // epoll(7): after a short read a stream has no more, and the kernel will tell of what comes later.
  if (result.status == IoResult::Status::done && result.bytes < buffer.size() && !has_peer_ended_) has_input_ = false;
  return result;
}

void SocketConnection::input_ended(IoResult::Status status) {
  if (status != IoResult::Status::ended) return finish(reason_of(status));
  if (state_ == State::lingering) return finish(CloseReason::local);
  if (state_ == State::closing) {
    has_read_end_ = true;
    has_input_ = false;
    return;
  }
  // A peer that shut only its own side still gets the answers that are queued.
  write_queued();
  finish(CloseReason::peer_closed);
}

void SocketConnection::on_flush() {
  if (has_failed_) return finish(failure_);
  if (state_ == State::closed || is_blocked_) return;
  if (!write_queued()) {
    if (has_failed_) return finish(failure_);
    drop_sent();
    return note_room();
  }
  if (tls_state_ == TlsState::flushing_clear) begin_handshake();
  if (queued_bytes() > 0) return note_room();
  release_output();
  if (state_ == State::closing) return end_output();
  note_room();
}

// The front of the queue that may go out now.
std::string_view SocketConnection::sendable() const {
  const auto queued = std::string_view(output_).substr(sent_);
  switch (tls_state_) {
    case TlsState::flushing_clear:
      return queued.substr(0, clear_bytes_);
    case TlsState::handshake:
      return {};
    default:
      return queued;
  }
}

// Writes until all that may go is written (true), or there is no room or an error (false). Calls nobody.
bool SocketConnection::write_queued() {
  for (auto bytes = sendable(); !bytes.empty(); bytes = sendable()) {
    const auto result = is_secure() ? tls_->write(bytes) : send_some(fd_.get(), bytes);
    if (result.status == IoResult::Status::again) {
      is_blocked_ = true;
      return false;
    }
    if (result.status != IoResult::Status::done) {
      note_failure(reason_of(result.status));
      return false;
    }
    sent_ += result.bytes;
    bytes_out_ += result.bytes;
    if (tls_state_ == TlsState::flushing_clear) clear_bytes_ -= result.bytes;
  }
  return true;
}

// Moves what is left to the front when that is the smaller part, so that each byte moves at most once on average.
void SocketConnection::drop_sent() {
  if (sent_ < output_.size() / 2) return;
  output_.erase(0, sent_);
  sent_ = 0;
}

void SocketConnection::release_output() {
  sent_ = 0;
  if (!output_.empty()) shard_->give_buffer(std::exchange(output_, {}));
}

void SocketConnection::note_room() {
  if (!is_congested_ || queued_bytes() >= limits_->low_mark) return;
  is_congested_ = false;
  tell([](ConnectionHandler& handler) { handler.on_drained(); });
}

// All clear bytes are out: from here on the socket speaks TLS.
void SocketConnection::begin_handshake() {
  tls_ = std::make_unique<TlsSession>(*tls_context_, fd_.get(), server_name_ ? *server_name_ : std::string());
  tls_->input_arrived(has_peer_ended_);
  tls_state_ = TlsState::handshake;
  has_input_ = true;
  shard_->run_again(*this);
}

void SocketConnection::continue_handshake() {
  const auto result = tls_->handshake();
  if (result.status == IoResult::Status::again) return;
  if (result.status != IoResult::Status::done) return finish(reason_of(result.status));
  tls_state_ = TlsState::established;
  shard_->flush_later(*this);
  if (state_ == State::open && !tell([](ConnectionHandler& handler) { handler.on_secured(); })) return;
  read();
}

void SocketConnection::end_output() {
  if (tls_) tls_->end();
  shutdown(fd_.get(), SHUT_WR);
  state_ = State::lingering;
  if (has_read_end_) return finish(CloseReason::local);
  if (has_input_) shard_->run_again(*this);
}

void SocketConnection::start_close_timer() {
  close_timer_ = shard_->after(limits_->close_timeout, [this] {
    close_timer_ = 0;
    finish(CloseReason::local);
  });
}

CloseReason SocketConnection::reason_of(IoResult::Status status) {
  switch (status) {
    case IoResult::Status::ended:
      return CloseReason::peer_closed;
    case IoResult::Status::tls_failed:
      return CloseReason::tls_failed;
    default:
      return CloseReason::failed;
  }
}

void SocketConnection::note_failure(CloseReason reason) {
  if (std::exchange(has_failed_, true)) return;
  failure_ = reason;
}

void SocketConnection::finish(CloseReason reason) {
  state_ = State::closed;
  detach();
  tls_.reset();
  fd_.reset();
  output_ = {};
  sent_ = 0;
  tell([&](ConnectionHandler& handler) { handler.on_closed(reason); });
}

// Takes this object off its shard, which may be in the middle of a turn.
void SocketConnection::detach() {
  if (is_gone_) *std::exchange(is_gone_, nullptr) = true;
  if (close_timer_) shard_->cancel(std::exchange(close_timer_, 0));
  unlink();
  if (fd_) shard_->forget(fd_.get(), *this);
  shard_ = nullptr;
}

}  // namespace queqiao::net
