#pragma once

#include <QList>
#include <QPointer>
#include <QTcpServer>
#include <QTcpSocket>

namespace queqiao::client::test {

// A way to a server that can be cut as networks are: without an end of the stream.
class CuttableProxy : public QTcpServer {
 public:
  explicit CuttableProxy(quint16 to_port) : to_port_(to_port) {
    listen(QHostAddress::LocalHost);
    connect(this, &QTcpServer::newConnection, this, [this] { accept(); });
  }

  void cut() {
    for (const auto& socket : sockets_) {
      if (socket) socket->abort();
    }
    sockets_.clear();
  }

 private:
  void accept() {
    auto* near = nextPendingConnection();
    auto* far = new QTcpSocket(this);
    sockets_ << near << far;
    connect(near, &QTcpSocket::readyRead, far, [near, far] { far->write(near->readAll()); });
    connect(far, &QTcpSocket::readyRead, near, [near, far] { near->write(far->readAll()); });
    connect(near, &QTcpSocket::disconnected, far, &QTcpSocket::disconnectFromHost);
    connect(far, &QTcpSocket::disconnected, near, &QTcpSocket::disconnectFromHost);
    far->connectToHost(QHostAddress::LocalHost, to_port_);
  }

  quint16 to_port_;
  QList<QPointer<QTcpSocket>> sockets_;
};

}  // namespace queqiao::client::test
