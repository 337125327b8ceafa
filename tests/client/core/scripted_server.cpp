#include "scripted_server.h"

#include "client/core/qt_text.h"
#include "xmpp/sasl/scram_keys.h"
#include "xmpp/stanza.h"

namespace queqiao::client::test {

ScriptedServer::ScriptedServer(Answer answer) : answer_(std::move(answer)) {
  rules_.domain = "localhost";
  rules_.has_tls = rules_.requires_tls = false;
  listen(QHostAddress::LocalHost);
  connect(this, &QTcpServer::newConnection, this, [this] { accept(); });
}

void ScriptedServer::accept() {
  socket_ = nextPendingConnection();
  stream_ = std::make_unique<xmpp::ServerStream>(rules_, true);
  stream_->set_features("<sm xmlns='urn:xmpp:sm:3'/>");
  connect(socket_, &QTcpSocket::readyRead, this, [this] { receive(); });
}

void ScriptedServer::receive() {
  const auto bytes = socket_->readAll();
  stream_->receive(view_of(bytes));
  while (true) {
    const auto event = stream_->next_event(document_);
    if (event.kind == xmpp::StreamEvent::Kind::none) break;
    handle(event);
    if (stream_->has_ended()) break;
  }
  stream_->keep_unread();
  flush();
}

void ScriptedServer::handle(const xmpp::StreamEvent& event) {
  using Kind = xmpp::StreamEvent::Kind;
  if (event.kind == Kind::find_keys) {
    stream_->keys(xmpp::sasl::ScramKeys::make("secret", 4096, stream_->mechanism_hash()));
  } else if (event.kind == Kind::bind) {
    stream_->bound(*xmpp::Jid::from_parts(stream_->user(), "localhost", "here"));
  } else if (event.kind == Kind::stanza) {
    heard_ << to_qt(event.element.raw());
    ++handled_;
    if (event.stanza == xmpp::StanzaKind::iq) answer(event.element);
  } else if (event.kind == Kind::resume) {
    resume();
  } else if (event.kind == Kind::other) {
    handle_acknowledgement(event.element);
  }
}

void ScriptedServer::handle_acknowledgement(const xml::Element& element) {
  flush();
  if (element.name() == "enable") {
    handled_ = 0;
    send("<enabled xmlns='urn:xmpp:sm:3' id='session' resume='true'/>");
  } else if (element.name() == "r") {
    send("<a xmlns='urn:xmpp:sm:3' h='" + std::to_string(handled_) + "'/>");
  }
}

void ScriptedServer::resume() {
  flush();
  send("<resumed xmlns='urn:xmpp:sm:3' previd='session' h='" + std::to_string(handled_) + "'/>");
  stream_->resumed();
}

void ScriptedServer::drop() {
  if (socket_) socket_->abort();
}

void ScriptedServer::answer(const xml::Element& iq) {
  const auto type = iq.attribute("type");
  if ((type != "get" && type != "set") || silent_.count(iq.attribute("to")) > 0) return;
  flush();
  const auto payload = answer_(iq);
  const auto to = iq.attribute("to");
  if (payload) return send(xmpp::result_reply(iq.attribute("id"), to, {}, *payload));
  send(xmpp::error_reply(iq, to, {}, xmpp::StanzaError::of(xmpp::StanzaCondition::item_not_found)));
}

void ScriptedServer::send(const std::string& xml) {
  if (socket_) socket_->write(xml.data(), static_cast<qint64>(xml.size()));
}

void ScriptedServer::flush() {
  send(stream_->take_output());
}

int ScriptedServer::count(const QString& part) const {
  return static_cast<int>(heard_.filter(part).size());
}

}  // namespace queqiao::client::test
