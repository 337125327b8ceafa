#pragma once

#include <QList>
#include <QObject>
#include <QSslCertificate>
#include <QSslError>
#include <QSslSocket>
#include <QString>
#include <QTimer>
#include <string_view>

#include "client/core/server_lookup.h"

namespace queqiao::client {

// The bytes between us and one place of a server. Whether to trust who answers is the owner's to decide when secured()
// comes: a certificate's faults are reported, not judged.
class Connection : public QObject {
  Q_OBJECT

 public:
  // `domain` is what the certificate must be for, whatever the host is called (RFC 6125).
  explicit Connection(const QString& domain, QObject* parent = nullptr);
  ~Connection() override;

  void open(const Endpoint& endpoint);  // opened(), with direct TLS secured(), or closed() follows
  void start_tls();                     // secured() or closed() follows
  void send(std::string_view bytes);
  // Once what was given has been written. Nothing is reported any more, and the object deletes itself.
  void close();

  QSslCertificate certificate() const { return socket_.peerCertificate(); }
  QList<QSslError> certificate_errors() const;

 signals:
  void opened();
  void secured();
  void received(const QByteArray& bytes);
  void closed(const QString& why);

 private:
  void give_up(const QString& why);

  QSslSocket socket_;
  QTimer patience_;  // for a connection, and for the TLS handshake
  QString host_;
  bool is_over_ = false;
};

// What the user set: "", "system", "socks5://host:port" or "http://host:port"; for all connections of the program
// except those to loopback. Empty when it was understood, otherwise what is wrong.
QString use_proxy(const QString& setting);

}  // namespace queqiao::client
