#pragma once

#include <QDnsLookup>
#include <QList>
#include <QObject>
#include <QString>
#include <QTimer>

#include "client/core/account.h"

namespace queqiao::client {

// A place where a domain's server may answer.
struct Endpoint {
  QString host;
  quint16 port = 5222;
  bool is_direct_tls = false;  // TLS from the first byte (XEP-0368); else STARTTLS

  bool operator==(const Endpoint&) const = default;
};

bool is_loopback(const QString& host);  // "localhost", names below it, and loopback addresses
QString domain_of(const AccountSettings& settings);

// The places for a server that was named by the user, or that DNS need not be asked for; empty: ask DNS.
QList<Endpoint> named_endpoints(const AccountSettings& settings);

// Finds the places to try for an account, the best first: what the user named, else what the domain's SRV records say
// (RFC 6120 3.2.1, XEP-0368 3), else the domain itself (RFC 6120 3.2.2).
class ServerLookup : public QObject {
  Q_OBJECT

 public:
  explicit ServerLookup(QObject* parent = nullptr);
  void find(const AccountSettings& settings);  // found() follows, never from inside this call
  void stop();

 signals:
  // Empty: the domain says that it has no XMPP server (RFC 2782: a target of ".").
  void found(const QList<queqiao::client::Endpoint>& endpoints);

 private:
  void finish();

  QString domain_;
  quint16 default_port_ = 5222;
  QDnsLookup direct_, starttls_;
  QTimer patience_;
  bool is_asking_ = false;
};

// Both kinds of records as one list by priority (XEP-0368 3); direct TLS goes first where priorities are equal, since
// it saves a round trip.
QList<Endpoint> merge_services(const QList<QDnsServiceRecord>& direct, const QList<QDnsServiceRecord>& starttls);

}  // namespace queqiao::client
