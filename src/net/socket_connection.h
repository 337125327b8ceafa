#pragma once

#include <chrono>
#include <memory>
#include <string>

#include "net/address.h"
#include "net/connection.h"
#include "net/file_descriptor.h"
#include "net/io_result.h"
#include "net/poll_set.h"

namespace queqiao::net {

class Shard;
class TlsContext;
class TlsSession;

struct ConnectionLimits {
  // What may wait in the output queue, in bytes. Above the high mark the connection is congested until it is below the
  // low mark again; a queue beyond the hard limit ends it with output_overflow, since its peer does not read.
  std::size_t low_mark = 64 << 10;
  std::size_t high_mark = 256 << 10;
  std::size_t hard_limit = 8 << 20;
  // What one connection may read before the others of its shard have their turn.
  std::size_t read_per_turn = 64 << 10;
  // How long close() waits for the peer to take what is queued and to end its side.
  std::chrono::milliseconds close_timeout{5'000};
};
inline const ConnectionLimits default_limits;

enum class TlsStart {
  by_request,  // the connection begins in the clear; start_tls() works when there is a context
  at_once      // direct TLS (XEP-0368)
};

// A TCP connection. An idle one holds no buffer: it reads into its shard's, and its output queue goes back to the shard
// when it has been written.
class SocketConnection final : public Connection, private Pollable {
 public:
  // `fd` is a connected, non-blocking socket. `limits` and `tls`, which may be null, are not owned and outlive the
  // connection; `server_name` is whom a client expects. On the thread of `shard`.
  SocketConnection(Shard& shard, FileDescriptor fd, const IpAddress& peer, const ConnectionLimits& limits,
                   const TlsContext* tls = nullptr, std::string_view server_name = {});
  ~SocketConnection() override;

  void set_handler(ConnectionHandler* handler) override { handler_ = handler; }
  void send(std::string_view bytes) override;
  std::size_t queued_bytes() const override { return output_.size() - sent_; }
  bool is_congested() const override { return is_congested_; }
  bool is_nearly_full() const override { return queued_bytes() > limits_->hard_limit / 2; }
  void set_reading(bool is_reading) override;
  void start_tls() override;
  bool is_secure() const override { return tls_state_ == TlsState::established; }
  TlsInfo tls_info() const override;
  void close() override;
  std::string peer_address() const override { return peer_.text(); }
  bool is_loopback() const override { return peer_.is_loopback(); }
  std::uint64_t bytes_in() const override { return bytes_in_; }
  std::uint64_t bytes_out() const override { return bytes_out_; }
  void leave_loop() override;
  void join_loop(EventLoop& loop) override;

 private:
  enum class State : std::uint8_t {
    open,
    closing,    // close() was called: queued bytes go out, what comes in is dropped
    lingering,  // all is written and our side is shut: waiting for the peer's end, so that no reset overtakes the bytes
    closed
  };
  enum class TlsState : std::uint8_t { none, flushing_clear, handshake, established };

  void on_ready(std::uint32_t events) override;
  void on_flush() override;

  void read();
  bool read_once(std::size_t& budget);
  IoResult receive();
  void input_ended(IoResult::Status status);
  std::string_view sendable() const;
  bool write_queued();
  void drop_sent();
  void release_output();
  void note_room();
  void begin_handshake();
  void continue_handshake();
  void end_output();
  void start_close_timer();
  static CloseReason reason_of(IoResult::Status status);
  void note_failure(CloseReason reason);
  void finish(CloseReason reason);
  void detach();
  template <class Call>
  bool tell(Call call);

  Shard* shard_;  // not owned; null between leave_loop() and join_loop()
  ConnectionHandler* handler_ = nullptr;
  const ConnectionLimits* limits_;
  const TlsContext* tls_context_;
  std::unique_ptr<TlsSession> tls_;
  std::unique_ptr<std::string> server_name_;
  bool* is_gone_ = nullptr;  // set while the handler is called: told when the connection is destroyed or leaves
  EventLoop::TimerId close_timer_ = 0;
  std::string output_;
  std::size_t sent_ = 0;         // bytes at the front of output_ that are written
  std::size_t clear_bytes_ = 0;  // of those queued: to be written before the handshake
  std::uint64_t bytes_in_ = 0;
  std::uint64_t bytes_out_ = 0;
  IpAddress peer_;
  FileDescriptor fd_;
  State state_ = State::open;
  TlsState tls_state_ = TlsState::none;
  CloseReason failure_ = CloseReason::failed;
  bool has_failed_ = false;  // failure_ is to be told at the end of the turn
  bool is_reading_ = true;
  bool has_input_ = false;       // the socket may have bytes: the kernel told and we have not read them all
  bool has_peer_ended_ = false;  // the kernel told of an end or an error: read until it comes out
  bool has_read_end_ = false;    // it came out while closing
  bool is_blocked_ = false;      // the socket has no room; the kernel tells when it has
  bool is_congested_ = false;
};

}  // namespace queqiao::net
