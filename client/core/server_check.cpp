#include "client/core/server_check.h"

#include <chrono>
#include <variant>

#include "client/core/certificate_trust.h"
#include "client/core/data_folder.h"
#include "client/core/qt_text.h"
#include "client/core/stream_end_text.h"

namespace queqiao::client {
namespace {

using std::chrono::steady_clock;

QString name_of(const Endpoint& endpoint) {
  return QString("%1:%2").arg(endpoint.host).arg(endpoint.port);
}

}  // namespace

std::unique_ptr<ConnectionTest> ConnectionTest::create(QObject* parent) {
  return std::make_unique<ServerCheck>(parent);
}

ServerCheck::ServerCheck(QObject* parent) : ConnectionTest(parent) {
  stream_timer_.setSingleShot(true);
  connect(&lookup_, &ServerLookup::found, this, &ServerCheck::found);
  connect(&stream_timer_, &QTimer::timeout, this, [this] {
    stream_->tick(steady_clock::now());
    pump();
  });
}

void ServerCheck::begin(const AccountSettings& server) {
  server_ = server;
  domain_ = domain_of(server);
  if (domain_.isEmpty()) {
    emit step(tr("“%1” is no address").arg(server.jid), false, tr("Write it as number@server."));
    return finish(false);
  }
  emit step(tr("The account's server is %1").arg(domain_), true, {});
  lookup_.find(server);
}

void ServerCheck::found(const QList<Endpoint>& endpoints) {
  endpoints_ = endpoints;
  next_endpoint_ = 0;
  QStringList names;
  for (const auto& endpoint : endpoints) names.append(name_of(endpoint));
  names.removeDuplicates();
  if (endpoints.isEmpty()) {
    emit step(tr("%1 says that it has no chat server").arg(domain_), false, tr("Check the part behind the @."));
    return finish(false);
  }
  emit step(tr("Places to try: %1").arg(names.join(", ")), true, {});
  try_endpoint();
}

void ServerCheck::try_endpoint() {
  if (next_endpoint_ >= endpoints_.size()) return finish(false);
  endpoint_ = endpoints_[next_endpoint_++];
  xmpp::ClientSettings settings;
  settings.account = to_jid(domain_);
  settings.wants_registration = true;  // goes as far as the offers, and asks for nobody's password
  settings.requires_tls = !(server_.allows_plain_loopback && is_loopback(endpoint_.host));
  stream_.emplace(std::move(settings));
  connection_ = new Connection(domain_, this);
  connect(connection_, &Connection::opened, this, [this] {
    emit step(tr("%1 answers").arg(name_of(endpoint_)), true, {});
    stream_->open(steady_clock::now());
    pump();
  });
  connect(connection_, &Connection::secured, this, &ServerCheck::secured);
  connect(connection_, &Connection::received, this, [this](const QByteArray& bytes) {
    stream_->receive(view_of(bytes), steady_clock::now());
    pump();
  });
  connect(connection_, &Connection::closed, this, [this](const QString& why) {
    endpoint_failed(tr("No connection to %1: %2").arg(name_of(endpoint_), why),
                    tr("Is the port right, and does a firewall or proxy let it through?"));
  });
  connection_->open(endpoint_);
}

void ServerCheck::secured() {
  emit step(tr("The connection is encrypted"), true, {});
  const CertificatePins pins(data_folder(server_.data_folder) + "/certificates.json");
  const auto question = question_about(domain_, connection_->certificate(), connection_->certificate_errors(), pins);
  if (question) {
    emit step(
        tr("The server's certificate: %1").arg(question->problem), false,
        tr("Compare its fingerprint with the one that the server's operator tells you: %1").arg(question->fingerprint));
  } else {
    emit step(tr("The server's certificate is trusted"), true, {});
  }
  const xmpp::sasl::ChannelBindings bindings{{}, server_end_point(connection_->certificate())};
  if (endpoint_.is_direct_tls) {
    stream_->open(steady_clock::now(), bindings);
  } else {
    stream_->secured(bindings, steady_clock::now());
  }
  pump();
}

void ServerCheck::pump() {
  while (connection_) {
    const auto event = stream_->next_event(steady_clock::now());
    if (!event) break;
    handle(*event);
  }
  if (!connection_) return stream_timer_.stop();
  connection_->send(stream_->take_output());
  if (const auto deadline = stream_->next_deadline()) {
    stream_timer_.start(std::chrono::ceil<std::chrono::milliseconds>(*deadline - steady_clock::now()));
  }
}

void ServerCheck::handle(const xmpp::ClientEvent& event) {
  if (std::holds_alternative<xmpp::TlsWanted>(event)) {
    connection_->send(stream_->take_output());
    connection_->start_tls();
  } else if (std::holds_alternative<xmpp::RegistrationWanted>(event)) {
    emit step(tr("It is a chat server, and lets people make accounts"), true, {});
    finish(true);
  } else if (const auto* end = std::get_if<xmpp::StreamEnded>(&event)) {
    stream_ended(*end);
  }
}

void ServerCheck::stream_ended(const xmpp::StreamEnded& end) {
  using xmpp::StreamEnd;
  if (end.reason == StreamEnd::no_registration || end.reason == StreamEnd::registration_refused) {
    emit step(tr("It is a chat server; its operator makes the accounts"), true, {});
    return finish(true);
  }
  endpoint_failed(explain(end), tr("Ask the server's operator."));
}

void ServerCheck::endpoint_failed(const QString& what, const QString& advice) {
  emit step(what, false, advice);
  if (connection_) connection_->close();
  connection_ = nullptr;
  try_endpoint();
}

void ServerCheck::finish(bool is_good) {
  stream_timer_.stop();
  if (connection_) connection_->close();
  connection_ = nullptr;
  emit finished(is_good);
}

}  // namespace queqiao::client
