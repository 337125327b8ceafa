#include "client/core/answers.h"

#include <QSysInfo>
#include <QTimeZone>

#include "client/core/own_presence.h"
#include "client/core/qt_text.h"
#include "client/core/session.h"
#include "xml/writer.h"
#include "xmpp/namespaces.h"
#include "xmpp/stanza.h"
#include "xmpp/xep/payload.h"

namespace queqiao::client {
namespace {

constexpr std::string_view ping_ns = "urn:xmpp:ping";
constexpr std::string_view version_ns = "jabber:iq:version";
constexpr std::string_view time_ns = "urn:xmpp:time";
constexpr std::string_view last_ns = "jabber:iq:last";

std::string version_payload() {
  std::string out;
  xml::Writer writer(out);
  writer.open("query", version_ns);
  writer.open("name").text("Queqiao").close();
  writer.open("version").text(QUEQIAO_VERSION).close();
  writer.open("os").text(to_utf8(QSysInfo::kernelType())).close();
  writer.close();
  return out;
}

// XEP-0202: UTC, and how far the zone here is from it ("+08:00").
std::string time_payload() {
  const auto now = QDateTime::currentDateTime();
  const auto offset = now.offsetFromUtc() / 60;
  const auto zone = QString("%1%2:%3")
                        .arg(offset < 0 ? '-' : '+')
                        .arg(qAbs(offset) / 60, 2, 10, QChar('0'))
                        .arg(qAbs(offset) % 60, 2, 10, QChar('0'));
  std::string out;
  xml::Writer writer(out);
  writer.open("time", time_ns);
  writer.open("tzo").text(to_utf8(zone)).close();
  writer.open("utc").text(to_utf8(now.toUTC().toString(Qt::ISODate))).close();
  writer.close();
  return out;
}

std::string idle_payload(const std::optional<QDateTime>& since) {
  const auto seconds = since ? std::max<qint64>(0, since->secsTo(QDateTime::currentDateTimeUtc())) : 0;
  std::string out;
  xml::Writer(out).open("query", last_ns).attribute("seconds", std::to_string(seconds)).close();
  return out;
}

}  // namespace

Answers::Answers(Session& session, MayKnow may_know) : session_(session), may_know_(std::move(may_know)) {
  for (const auto ns : {ping_ns, version_ns, time_ns, last_ns}) session_.advertise(ns);
  answer(ping_ns, [](const xml::Element&) { return std::string(); });
  answer(version_ns, [](const xml::Element&) { return version_payload(); });
  answer(time_ns, [](const xml::Element&) { return time_payload(); });
  answer(last_ns, [this](const xml::Element&) { return idle_payload(idle_since_); });
  answer(xmpp::ns::disco_info, [this](const xml::Element& query) { return disco_info(query); });
}

void Answers::answer(std::string_view ns, std::function<std::string(const xml::Element& payload)> payload) {
  session_.on_iq(ns, [this, payload = std::move(payload)](const xml::Element& iq) {
    const auto from = iq.attribute("from");
    const auto who = from.empty() ? session_.account() : xmpp::Jid::parse(from).value_or(xmpp::Jid());
    if (iq.attribute("type") != "get" || who.empty() || !may_know_(who)) return false;
    session_.reply(xmpp::result_reply(iq.attribute("id"), {}, from, payload(iq.first_child())));
    return true;
  });
}

// XEP-0115 6.2: the node that was asked for comes back.
std::string Answers::disco_info(const xml::Element& query) const {
  auto info = session_.own_info();
  info.node = query.attribute("node");
  return xmpp::to_xml(info);
}

}  // namespace queqiao::client
