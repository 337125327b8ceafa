#include "client/core/messages/server_clock.h"

#include <QDateTime>
#include <cstdlib>

#include "base/time_text.h"
#include "client/core/session.h"
#include "xml/writer.h"

namespace queqiao::client {
namespace {

constexpr std::string_view time_ns = "urn:xmpp:time";
constexpr qint64 second = 1'000'000;             // microseconds
constexpr qint64 least_difference = 5 * second;  // below that the way there and back may explain it

qint64 local_now() {
  return QDateTime::currentMSecsSinceEpoch() * 1000;
}

}  // namespace

ServerClock::ServerClock(Session& session, QObject* parent) : QObject(parent), session_(session) {
  connect(&session_, &Session::features_known, this, &ServerClock::ask);
}

qint64 ServerClock::now() const {
  return local_now() + ahead_;
}

void ServerClock::ask() {
  if (!session_.server_has(time_ns)) return;
  const auto server = xmpp::Jid::from_parts({}, session_.account().domain(), {}).value_or(xmpp::Jid());
  std::string payload;
  xml::Writer(payload).open("time", time_ns).close();
  session_.request(xmpp::IqType::get, server, payload, [this, asked = local_now()](const xmpp::IqAnswer& answer) {
    if (!answer.is_result()) return;
    const auto theirs = parse_date_time(answer.iq.child("time", time_ns).child("utc").text());
    const auto heard = local_now();
    if (!theirs || heard < asked || heard - asked > least_difference) return;
    const auto difference = theirs->time_since_epoch().count() - (asked + heard) / 2;
    ahead_ = std::llabs(difference) < least_difference ? 0 : difference;
    emit set(ahead_);
  });
}

}  // namespace queqiao::client
