#include "client/core/server_lookup.h"

#include <QHostAddress>
#include <QUrl>
#include <algorithm>
#include <chrono>

#include "client/core/qt_text.h"

namespace queqiao::client {
namespace {

constexpr std::chrono::seconds dns_patience{5};
constexpr quint16 usual_port = 5222;
constexpr quint16 usual_direct_port = 5223;

}  // namespace

bool is_loopback(const QString& host) {
  if (host.compare("localhost", Qt::CaseInsensitive) == 0 || host.endsWith(".localhost", Qt::CaseInsensitive)) {
    return true;
  }
  auto address = host;
  if (address.startsWith('[') && address.endsWith(']')) address = address.mid(1, address.size() - 2);
  return QHostAddress(address).isLoopback();
}

QString domain_of(const AccountSettings& settings) {
  const auto jid = to_jid(settings.jid);
  return to_qt(jid.domain());
}

QList<Endpoint> named_endpoints(const AccountSettings& settings) {
  const auto domain = domain_of(settings);
  if (settings.host.isEmpty() && !is_loopback(domain)) return {};
  const auto host = settings.host.isEmpty() ? domain : settings.host;
  const auto port = settings.port ? settings.port : usual_port;
  const Endpoint starttls{host, port, false}, direct{host, port, true};
  if (settings.allows_plain_loopback) return {starttls};
  // Ports that are known for TLS from the first byte; on others it is what is tried next.
  const bool is_usually_direct = port == usual_direct_port || port == 443;
  return is_usually_direct ? QList{direct, starttls} : QList{starttls, direct};
}

QList<Endpoint> merge_services(const QList<QDnsServiceRecord>& direct, const QList<QDnsServiceRecord>& starttls) {
  struct Place {
    quint16 priority;
    Endpoint endpoint;
  };
  QList<Place> places;
  const auto add = [&](const QList<QDnsServiceRecord>& records, bool is_direct) {
    for (const auto& record : records) {
      if (record.target().isEmpty() || record.target() == ".") continue;
      places.append({record.priority(), {record.target(), record.port(), is_direct}});
    }
  };
  add(direct, true);
  add(starttls, false);
  // Within a priority Qt has ordered by weight already (RFC 2782).
  std::stable_sort(places.begin(), places.end(),
                   [](const Place& a, const Place& b) { return a.priority < b.priority; });
  QList<Endpoint> endpoints;
  for (const auto& place : places) endpoints.append(place.endpoint);
  return endpoints;
}

ServerLookup::ServerLookup(QObject* parent) : QObject(parent) {
  direct_.setType(QDnsLookup::SRV);
  starttls_.setType(QDnsLookup::SRV);
  patience_.setSingleShot(true);
  const auto check = [this] {
    if (direct_.isFinished() && starttls_.isFinished()) finish();
  };
  connect(&direct_, &QDnsLookup::finished, this, check);
  connect(&starttls_, &QDnsLookup::finished, this, check);
  connect(&patience_, &QTimer::timeout, this, &ServerLookup::finish);
}

void ServerLookup::find(const AccountSettings& settings) {
  stop();
  is_asking_ = true;
  const auto named = named_endpoints(settings);
  if (!named.isEmpty()) {
    QTimer::singleShot(0, this, [this, named] {
      if (std::exchange(is_asking_, false)) emit found(named);
    });
    return;
  }
  domain_ = QString::fromLatin1(QUrl::toAce(domain_of(settings)));
  default_port_ = settings.port ? settings.port : usual_port;
  direct_.setName("_xmpps-client._tcp." + domain_);
  starttls_.setName("_xmpp-client._tcp." + domain_);
  direct_.lookup();
  starttls_.lookup();
  patience_.start(dns_patience);
}

void ServerLookup::stop() {
  is_asking_ = false;
  patience_.stop();
  direct_.abort();
  starttls_.abort();
}

void ServerLookup::finish() {
  if (!std::exchange(is_asking_, false)) return;
  patience_.stop();
  const auto direct = direct_.serviceRecords();
  const auto starttls = starttls_.serviceRecords();
  auto endpoints = merge_services(direct, starttls);
  const bool is_refused = endpoints.isEmpty() && !(direct.isEmpty() && starttls.isEmpty());
  if (endpoints.isEmpty() && !is_refused) endpoints = {{domain_, default_port_, false}};
  emit found(endpoints);
}

}  // namespace queqiao::client
