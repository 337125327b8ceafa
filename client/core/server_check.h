#pragma once

#include <QPointer>
#include <QTimer>
#include <optional>

#include "client/core/account_creation.h"
#include "client/core/connection.h"
#include "client/core/server_lookup.h"
#include "xmpp/stream/client_stream.h"

namespace queqiao::client {

// Goes the way of a log-in as far as the server's offers, without a name and a password, and tells every step.
class ServerCheck final : public ConnectionTest {
  Q_OBJECT

 public:
  explicit ServerCheck(QObject* parent = nullptr);
  void begin(const AccountSettings& server) override;

 private:
  void found(const QList<Endpoint>& endpoints);
  void try_endpoint();
  void secured();
  void pump();
  void handle(const xmpp::ClientEvent& event);
  void stream_ended(const xmpp::StreamEnded& end);
  void endpoint_failed(const QString& what, const QString& advice);
  void finish(bool is_good);

  AccountSettings server_;
  QString domain_;
  ServerLookup lookup_;
  QList<Endpoint> endpoints_;
  qsizetype next_endpoint_ = 0;
  Endpoint endpoint_;
  QPointer<Connection> connection_;
  std::optional<xmpp::ClientStream> stream_;
  QTimer stream_timer_;
};

}  // namespace queqiao::client
