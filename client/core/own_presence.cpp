#include "client/core/own_presence.h"

#include "client/core/qt_text.h"
#include "xml/writer.h"
#include "xmpp/xep/avatar.h"

namespace queqiao::client {
namespace {

constexpr std::string_view idle_ns = "urn:xmpp:idle:1";

std::string_view show_of(Status status, bool is_idle) {
  if (status == Status::busy) return "dnd";
  return status == Status::away || is_idle ? "away" : "";
}

}  // namespace

std::string OwnPresence::to_xml() const {
  std::string out;
  xml::Writer writer(out);
  writer.open("presence");
  const auto show = show_of(status, idle_since.has_value());
  if (!show.empty()) writer.open("show").text(show).close();
  if (!signature.isEmpty()) writer.open("status").text(to_utf8(signature)).close();
  if (idle_since) {
    writer.open("idle", idle_ns).attribute("since", to_utf8(idle_since->toUTC().toString(Qt::ISODate))).close();
  }
  xmpp::Capabilities capabilities;
  capabilities.node = capabilities_node;
  capabilities.version = xmpp::capabilities_version(info).value_or("");
  capabilities.write(writer);
  xmpp::AvatarUpdate{avatar}.write(writer);
  writer.close();
  return out;
}

}  // namespace queqiao::client
