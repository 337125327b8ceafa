#include "client.h"

#include <fmt/format.h>

#include <cstring>

#include "scan.h"

namespace queqiao::bench {
namespace {

constexpr std::size_t read_size = 256 * 1024;

char* shared_buffer() {
  static char buffer[read_size];  // one thread
  return buffer;
}

}  // namespace

Client::Client(std::size_t index, Surroundings& surroundings, ClientOwner& owner)
    : index_(index), surroundings_(surroundings), owner_(owner) {}

void Client::connect(Goal goal) {
  negotiation_ = std::make_unique<Negotiation>(surroundings_.settings, goal, index_, surroundings_.keys);
  input_.clear();
  output_.clear();
  stanzas_in_ = 0;
  messages_out_ = acknowledged_ = 0;
  connect_time_ = now();
  if (!channel_.connect(surroundings_.server, index_)) return end(std::strerror(errno));
  state_ = State::connecting;
  surroundings_.reactor.watch(channel_.fd(), *this, true);
  is_watching_writable_ = true;
}

void Client::send(std::string_view bytes) {
  output_ += bytes;
  if (is_dirty_ || is_watching_writable_) return;
  is_dirty_ = true;
  surroundings_.reactor.flush_at_end_of_turn(*this);
}

void Client::send_message(std::string_view stanza) {
  send(stanza);
  const std::uint64_t every = surroundings_.settings.ack_every;
  if (every != 0 && ++messages_out_ % every == 0) send("<r xmlns='urn:xmpp:sm:3'/>");
}

void Client::leave() {
  send("</stream:stream>");
  state_ = State::leaving;
}

void Client::flush() {
  is_dirty_ = false;
  if (!channel_.is_open() || output_.empty()) return;
  const long count = channel_.write(output_);
  if (count < 0) return end("the server closed the connection");
  output_.erase(0, static_cast<std::size_t>(count));
  watch_writable(!output_.empty());
}

void Client::watch_writable(bool wanted) {
  if (wanted == is_watching_writable_) return;
  surroundings_.reactor.rewatch(channel_.fd(), *this, wanted);
  is_watching_writable_ = wanted;
}

void Client::on_writable() {
  if (state_ == State::closed) return;
  if (state_ == State::securing) return secure();
  if (state_ != State::connecting) return flush();
  if (channel_.finish_connect() == Channel::Progress::failed) return end(std::strerror(errno));
  if (surroundings_.settings.tls == Tls::direct) return secure();
  open_stream();
}

void Client::open_stream() {
  state_ = State::negotiating;
  output_ += negotiation_->stream_header();
  flush();
}

void Client::secure() {
  state_ = State::securing;
  switch (channel_.handshake(surroundings_.tls)) {
    case Channel::Progress::done:
      return open_stream();
    case Channel::Progress::wants_read:
      return watch_writable(false);
    case Channel::Progress::wants_write:
      return watch_writable(true);
    case Channel::Progress::failed:
      return end("the TLS handshake failed");
  }
}

void Client::on_readable() {
  if (state_ == State::closed) return;
  if (state_ == State::securing) return secure();
  if (state_ == State::connecting) return end("the server refused the connection");
  read_all();
}

void Client::read_all() {
  char* buffer = shared_buffer();
  long count = 0;
  while (channel_.is_open() && (count = channel_.read(buffer, read_size)) > 0) {
    const Nanos arrival = now();
    const std::string_view bytes(buffer, static_cast<std::size_t>(count));
    if (input_.empty()) {
      take(bytes, arrival);
    } else {
      const std::string joined = std::move(input_).append(bytes);
      input_.clear();
      take(joined, arrival);
    }
    // A short read of a plain socket means that it is empty; TLS gives one record at a time.
    if (!channel_.is_secure() && bytes.size() < read_size) return;
  }
  if (count < 0 && channel_.is_open()) end("the server closed the connection");
}

void Client::take(std::string_view bytes, Nanos arrival) {
  while (!bytes.empty()) {
    const Piece piece = next_piece(bytes);
    if (piece.kind == PieceKind::incomplete) break;
    bytes.remove_prefix(piece.bytes.size());
    if (piece.kind == PieceKind::stream_end) return end("the server ended the stream");
    if (piece.kind == PieceKind::element) take_element(piece.bytes, arrival);
    if (!channel_.is_open()) return;
  }
  input_.assign(bytes);
}

void Client::take_element(std::string_view element, Nanos arrival) {
  if (state_ == State::negotiating) return negotiate(element);
  if (take_acknowledgement(element)) return;
  ++stanzas_in_;
  owner_.on_stanza(*this, element, arrival);
}

void Client::negotiate(std::string_view element) {
  const std::string_view name = name_of(element);
  // Stanzas that come between <enabled/> and readiness count too (XEP-0198 4).
  if (name == "enabled") {
    stanzas_in_ = 0;
  } else if (!take_acknowledgement(element)) {
    ++stanzas_in_;
  } else {
    return;
  }
  // Contacts' presences and stored messages come before the answer that makes us ready.
  if (name == "presence" || name == "message") return owner_.on_stanza(*this, element, now());
  std::string reply;
  const auto step = negotiation_->take(element, channel_.is_secure(), reply);
  if (!reply.empty()) send(reply);
  if (step == Negotiation::Step::failed) return end(negotiation_->failure());
  if (step == Negotiation::Step::start_tls) return secure();
  if (step != Negotiation::Step::done) return;
  state_ = State::ready;
  negotiation_.reset();
  owner_.on_ready(*this);
}

bool Client::take_acknowledgement(std::string_view element) {
  const std::string_view name = name_of(element);
  if (name == "r") {
    send(fmt::format("<a xmlns='urn:xmpp:sm:3' h='{}'/>", stanzas_in_));
    return true;
  }
  if (name != "a") return false;
  ++acknowledged_;
  return true;
}

void Client::end(std::string failure) {
  if (state_ == State::leaving) failure.clear();
  state_ = State::closed;
  channel_.close();
  negotiation_.reset();
  is_watching_writable_ = false;
  owner_.on_closed(*this, failure);
}

}  // namespace queqiao::bench
