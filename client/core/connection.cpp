#include "client/core/connection.h"

#include <QNetworkProxy>
#include <QNetworkProxyFactory>
#include <QSslConfiguration>
#include <QUrl>
#include <chrono>
#include <utility>

namespace queqiao::client {
namespace {

constexpr std::chrono::seconds patience{15};
constexpr std::chrono::seconds end_patience{2};
constexpr qint64 read_at_once = 256 * 1024;

}  // namespace

Connection::Connection(const QString& domain, QObject* parent) : QObject(parent) {
  auto configuration = socket_.sslConfiguration();
  configuration.setProtocol(QSsl::TlsV1_2OrLater);
  // Faults are collected, not fatal, so that the owner can compare with what the user has accepted.
  configuration.setPeerVerifyMode(QSslSocket::QueryPeer);
  configuration.setAllowedNextProtocols({"xmpp-client"});  // XEP-0368 2.2
  socket_.setSslConfiguration(configuration);
  socket_.setPeerVerifyName(QString::fromLatin1(QUrl::toAce(domain)));
  socket_.setReadBufferSize(4 * read_at_once);
  patience_.setSingleShot(true);
  connect(&patience_, &QTimer::timeout, this, [this] { give_up(tr("no answer")); });
  connect(&socket_, &QSslSocket::connected, this, [this] {
    socket_.setSocketOption(QAbstractSocket::LowDelayOption, 1);
    if (socket_.mode() == QSslSocket::UnencryptedMode) patience_.stop();
    if (socket_.mode() == QSslSocket::UnencryptedMode) emit opened();
  });
  connect(&socket_, &QSslSocket::encrypted, this, [this] {
    patience_.stop();
    emit secured();
  });
  connect(&socket_, &QSslSocket::readyRead, this, [this] {
    while (!is_over_ && socket_.bytesAvailable() > 0) emit received(socket_.read(read_at_once));
  });
  connect(&socket_, &QSslSocket::errorOccurred, this, [this] { give_up(socket_.errorString()); });
  connect(&socket_, &QSslSocket::disconnected, this, [this] { give_up(tr("the server closed the connection")); });
}

Connection::~Connection() {
  is_over_ = true;
  socket_.disconnect(this);
}

void Connection::open(const Endpoint& endpoint) {
  host_ = endpoint.host;
  if (is_loopback(host_)) socket_.setProxy(QNetworkProxy::NoProxy);
  patience_.start(patience);
  if (endpoint.is_direct_tls) {
    socket_.connectToHostEncrypted(host_, endpoint.port, socket_.peerVerifyName());
  } else {
    socket_.connectToHost(host_, endpoint.port);
  }
}

void Connection::start_tls() {
  patience_.start(patience);
  socket_.startClientEncryption();
}

void Connection::send(std::string_view bytes) {
  if (is_over_ || bytes.empty()) return;
  socket_.write(bytes.data(), static_cast<qint64>(bytes.size()));
}

void Connection::close() {
  is_over_ = true;
  disconnect();
  patience_.stop();
  socket_.disconnect(this);
  connect(&socket_, &QSslSocket::disconnected, this, &QObject::deleteLater);
  QTimer::singleShot(end_patience, this, &QObject::deleteLater);
  socket_.flush();
  socket_.disconnectFromHost();
}

QList<QSslError> Connection::certificate_errors() const {
  return socket_.sslHandshakeErrors();
}

void Connection::give_up(const QString& why) {
  if (std::exchange(is_over_, true)) return;
  patience_.stop();
  emit closed(why);
}

QString use_proxy(const QString& setting) {
  QNetworkProxyFactory::setUseSystemConfiguration(setting == "system");
  if (setting == "system") return {};
  const QUrl url(setting);
  if (setting.isEmpty()) {
    QNetworkProxy::setApplicationProxy(QNetworkProxy::NoProxy);
    return {};
  }
  const auto type = url.scheme() == "socks5" ? QNetworkProxy::Socks5Proxy : QNetworkProxy::HttpProxy;
  const bool is_understood =
      (url.scheme() == "socks5" || url.scheme() == "http") && !url.host().isEmpty() && url.port() > 0;
  if (!is_understood) return Connection::tr("A proxy is written as socks5://host:port or http://host:port.");
  QNetworkProxy::setApplicationProxy(
      QNetworkProxy(type, url.host(), static_cast<quint16>(url.port()), url.userName(), url.password()));
  return {};
}

}  // namespace queqiao::client
