#include "server/client_connection.h"

#include <algorithm>
#include <utility>

#include "base/crypto.h"
#include "base/log.h"
#include "net/address.h"
#include "server/shard.h"
#include "xml/writer.h"
#include "xmpp/namespaces.h"

namespace queqiao::server {

using xmpp::StanzaKind;
using Kind = xmpp::StreamEvent::Kind;

ClientConnection::ClientConnection(std::uint64_t id, Shard& shard, std::unique_ptr<net::Connection> connection,
                                   PeerTable::Place place)
    : id_(id),
      shard_(&shard),
      connection_(std::move(connection)),
      stream_(shard.stream_rules(), shard.config().trusts_loopback && connection_->is_loopback()),
      last_bytes_(shard.loop().now()),
      credit_time_(last_bytes_),
      place_(std::move(place)),
      credit_(shard.config().burst_bytes),
      is_trusted_(shard.config().trusts_loopback && connection_->is_loopback()) {
  connection_->set_handler(this);
  if (connection_->is_secure()) on_secured();
  start_login_timer();
}

ClientConnection::~ClientConnection() {
  if (!shard_) return;
  shard_->loop().cancel(timer_);
  shard_->loop().cancel(rate_timer_);
  shard_->loop().cancel(slow_timer_);
}

void ClientConnection::on_bytes(std::string_view bytes) {
  if (is_ended_) return;
  last_bytes_ = shard_->loop().now();
  is_pinged_ = false;
  stream_.receive(bytes);
  charge(bytes.size());
  pump();
}

void ClientConnection::pump() {
  is_pumping_ = true;
  while (!is_ended_ && !waiting_ && !is_moving_) {
    auto event = stream_.next_event(shard_->scratch());
    if (event.kind == Kind::none) break;
    handle(event);
  }
  is_pumping_ = false;
  count_failed_logins();
  stream_.keep_unread();
  send_output();
  // The stream waits for an answer of ours: what comes meanwhile waits in the socket, not in our memory.
  if (stream_.has_unread()) set_waiting(true);
}

void ClientConnection::handle(xmpp::StreamEvent& event) {
  switch (event.kind) {
    case Kind::stanza: return handle_stanza(event.element, event.stanza);
    case Kind::other:
      if (const auto* hook = shard_->nonza(event.element)) return (*hook)(*session_, event.element);
      return end("unsupported-stanza-type");
    case Kind::start_tls:
      send_output();
      return connection_->start_tls();
    case Kind::find_keys: return find_keys(event.text);
    case Kind::check_password: return check_password(event.text, std::move(event.password));
    case Kind::authenticated: return authenticated();
    case Kind::request: return request_before_login(event.element);
    case Kind::bind: return bind(std::move(event.text));
    case Kind::resume:
      if (const auto& resume = shard_->hooks().resume) return resume(*this, stream_, event.element);
      return end("unsupported-stanza-type");
    case Kind::closed:
      return leave();
    case Kind::failed: return end("undefined-condition");
    case Kind::none: return;
  }
}

void ClientConnection::handle_stanza(const xml::Element& element, StanzaKind kind) {
  session_->last_active = last_bytes_;
  if (must_wait(element, kind)) return wait_with(element);
  dispatch(element, kind);
}

void ClientConnection::dispatch(const xml::Element& element, StanzaKind kind) {
  auto& resumption = session_->resumption();
  // RFC 6120 8.1.2.1: a 'from' that is not one's own is an attack or a broken client.
  if (element.has_attribute("from")) {
    const auto from = xmpp::Jid::parse(element.attribute("from"));
    if (!from || (*from != session_->jid() && *from != session_->user().jid)) return end("invalid-from");
  }
  shard_->router().from_client(*session_, element, kind, resumption ? resumption->inbound.receive() : 0);
}

// RFC 6120 10.1: what two entities say to each other stays in order. Messages that are stored keep theirs by the store; what
// is not stored would overtake them, so it waits until they are committed.
bool ClientConnection::must_wait(const xml::Element& element, StanzaKind kind) const {
  if (session_->is_loading || slow_timer_) return true;
  const auto uncommitted = session_->uncommitted();
  if (uncommitted + session_->open_requests() >= shard_->config().uncommitted_stanzas) return true;
  if (uncommitted == 0) return false;
  if (kind == StanzaKind::presence) return true;
  if (kind == StanzaKind::iq) {
    const auto to = element.attribute("to");
    return !to.empty() && to != shard_->domain() && to != session_->user().jid.text();
  }
  if (!element.child("body")) return true;
  for (const auto child : element.children()) {
    if (child.ns() == xmpp::ns::hints) return true;
  }
  return false;
}

void ClientConnection::wait_with(const xml::Element& element) {
  waiting_ = std::make_unique<xml::Document>(element.document());
  set_waiting(true);
}

void ClientConnection::set_waiting(bool is_waiting) {
  if (is_waiting == is_read_paused_ || is_ended_) return;
  is_read_paused_ = is_waiting;
  connection_->set_reading(!is_waiting);
}

void ClientConnection::go_on_later() {
  if (is_go_on_due_ || is_ended_) return;
  is_go_on_due_ = true;
  shard_->loop().at_end_of_turn([shard = shard_, id = id_] {
    if (auto* self = shard->connection(id)) self->go_on();
  });
}

void ClientConnection::go_on() {
  is_go_on_due_ = false;
  if (is_ended_) return;
  if (waiting_ && session_) {
    const auto kind = *xmpp::stanza_kind(waiting_->root());
    if (must_wait(waiting_->root(), kind)) return;
    const auto stanza = std::exchange(waiting_, nullptr);
    dispatch(stanza->root(), kind);
  }
  if (is_ended_) return;
  pump();
  if (is_leaving_ && !has_open_requests()) return end();
  if (!waiting_ && !is_rate_limited_ && !stream_.has_unread()) set_waiting(false);
}

// RFC 6120 4.4: whoever ends their stream still gets what they have asked for before we end ours, but not for ever.
void ClientConnection::leave() {
  is_leaving_ = true;
  if (!has_open_requests()) return end();
  shard_->loop().cancel(timer_);
  timer_ = shard_->loop().after(std::chrono::seconds(10), [this] {
    timer_ = 0;
    end();
  });
}

// That the client waits for an answer, or for its messages to be durable: one that cannot be stored comes back.
bool ClientConnection::has_open_requests() const {
  if (session_) return session_->open_requests() > 0 || session_->uncommitted() > 0;
  return open_requests_ > 0;
}

void ClientConnection::answer(std::string_view stanza) {
  if (open_requests_ > 0) --open_requests_;
  write(stanza);
  go_on_later();
}

// Slowed down, never stopped: somebody who does not read must not keep others from being read.
void ClientConnection::slow_down() {
  constexpr std::chrono::milliseconds pause{50};
  if (slow_timer_ || is_ended_) return;
  slow_timer_ = shard_->loop().after(pause, [this] {
    slow_timer_ = 0;
    go_on_later();
  });
}

// A token bucket: reading stops when a client has spent more than it may, and goes on when it has earned it again.
void ClientConnection::charge(std::size_t bytes) {
  const auto& config = shard_->config();
  if (config.bytes_per_second == 0 || is_trusted_) return;
  const auto now = shard_->loop().now();
  const std::chrono::duration<double> passed = now - credit_time_;
  credit_time_ = now;
  credit_ = std::min<double>(config.burst_bytes, credit_ + passed.count() * config.bytes_per_second);
  credit_ -= static_cast<double>(bytes);
  if (credit_ >= 0 || is_rate_limited_) return;
  is_rate_limited_ = true;
  set_waiting(true);
  const auto pause = std::chrono::milliseconds(static_cast<long>(-credit_ * 1000 / config.bytes_per_second) + 10);
  rate_timer_ = shard_->loop().after(pause, [this] {
    is_rate_limited_ = false;
    go_on_later();
  });
}

void ClientConnection::on_secured() {
  auto tls = connection_->tls_info();
  stream_.secured({std::move(tls.exporter), std::move(tls.server_end_point)});
}

void ClientConnection::send_output() {
  if (!connection_) return;
  const auto output = stream_.take_output();
  if (!output.empty()) connection_->send(output);
}

void ClientConnection::end(std::string_view condition, std::string_view text, std::string_view application) {
  if (is_ended_) return;
  is_ended_ = true;
  if (condition.empty()) {
    stream_.close();
  } else {
    stream_.fail(condition, text, application);  // does nothing when the stream has failed already
  }
  send_output();
  if (Session* session = std::exchange(session_, nullptr)) {
    session->attach(nullptr);
    // RFC 6120 4.4: a client that closes its stream has left; one that broke the rules has too.
    shard_->end_session(*session);
  }
  connection_->close();
}

void ClientConnection::on_closed(net::CloseReason reason) {
  is_ended_ = true;
  if (reason == net::CloseReason::output_overflow) {
    log::warning("{} reads too slowly: its connection is closed", connection_->peer_address());
  }
  if (Session* session = std::exchange(session_, nullptr)) {
    session->attach(nullptr);
    // Who has ended the stream has left (RFC 6120 4.4), even if the answers that were due found nobody any more.
    is_leaving_ ? shard_->end_session(*session) : shard_->connection_lost(*session);
  }
  shard_->drop(*this);
}

void ClientConnection::request_before_login(const xml::Element& element) {
  // Each costs a look-up in the store, for somebody of whom we know nothing.
  constexpr std::uint32_t most_requests = 50;
  if (++requests_before_login_ > most_requests) return end("policy-violation", "Too many requests before log-in.");
  const auto type = xmpp::iq_type(element.attribute("type"));
  IqRequest asked(*shard_, {}, {}, type.value_or(xmpp::IqType::get), std::string(element.attribute("id")),
                  {shard_->index(), id_, 0});
  asked.payload = element.first_child();
  asked.peer_address = net::network_of(connection_->peer_address());
  asked.is_trusted = is_trusted_;
  const auto* route = shard_->iq_route(asked.payload);
  if (!route || !(route->targets & iq_target::before_login)) {
    return asked.reply_error(xmpp::StanzaCondition::service_unavailable);
  }
  ++open_requests_;
  route->handler(std::move(asked));
}

void ClientConnection::bind(std::string resource) {
  shard_->users().with(stream_.user(), [shard = shard_, id = id_, resource = std::move(resource)](User* user) {
    auto* self = shard->connection(id);
    if (!self || self->is_ended_) return;
    if (!user) return self->end("not-authorized", "The account is gone.");
    self->session_ = &shard->bind(*self, *user, resource.empty() ? random_id() : resource);
    self->stream_.bound(self->session_->jid());
    self->send_output();
    self->start_idle_timer();
    for (const auto& hook : shard->hooks().bound) hook(*self->session_);
    if (!self->is_pumping_) self->go_on_later();
  });
}

void ClientConnection::resume_session(Session& session) {
  session_ = &session;
  session.attach(this);
  session.address = connection_->peer_address();
  session.tls_version = connection_->is_secure() ? connection_->tls_info().version : std::string();
  stream_.resumed();
  start_idle_timer();
}

std::unique_ptr<net::Connection> ClientConnection::leave_shard() {
  shard_->loop().cancel(std::exchange(timer_, 0));
  shard_->loop().cancel(std::exchange(rate_timer_, 0));
  shard_->loop().cancel(std::exchange(slow_timer_, 0));
  stream_.keep_unread();
  connection_->set_handler(nullptr);
  shard_ = nullptr;
  return std::move(connection_);
}

void ClientConnection::join_shard(std::uint64_t id, Shard& shard, std::unique_ptr<net::Connection> connection) {
  id_ = id;
  shard_ = &shard;
  connection_ = std::move(connection);
  connection_->set_handler(this);
  is_rate_limited_ = false;
  is_go_on_due_ = false;
  is_moving_ = false;
  open_requests_ = 0;  // their answers do not follow
  stream_.set_rules(shard.stream_rules());
  stream_.set_features(shard.stream_features());
  start_login_timer();
  go_on();
}

void ClientConnection::reconfigured() {
  stream_.set_rules(shard_->stream_rules());
}

void ClientConnection::start_login_timer() {
  shard_->loop().cancel(timer_);
  timer_ = shard_->loop().after(shard_->config().login_timeout, [this] {
    timer_ = 0;
    if (!session_) end("connection-timeout", "Log in faster.");
  });
}

void ClientConnection::start_idle_timer() {
  shard_->loop().cancel(timer_);
  timer_ = shard_->loop().after(shard_->config().idle_ping, [this] { idle(); });
}

// A client that says nothing for a while is asked once (XEP-0199); one that does not answer is gone, whatever TCP thinks.
void ClientConnection::idle() {
  timer_ = 0;
  if (is_ended_ || !session_) return;
  const bool was_silent = shard_->loop().now() - last_bytes_ >= shard_->config().idle_ping;
  if (was_silent && is_pinged_) {
    auto reason = net::CloseReason::failed;
    connection_->set_handler(nullptr);
    return on_closed(reason);
  }
  if (was_silent) {
    is_pinged_ = true;
    std::string ping;
    xmpp::write_stanza_start(ping, "iq", shard_->domain(), session_->jid().text(), "get", random_id());
    shard_->send(*session_, ping.append("><ping xmlns='urn:xmpp:ping'/></iq>"), StanzaKind::iq);
  }
  start_idle_timer();
}

}  // namespace queqiao::server
