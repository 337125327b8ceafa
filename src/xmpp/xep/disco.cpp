#include "xmpp/xep/disco.h"

#include <algorithm>
#include <utility>

#include "xmpp/namespaces.h"

namespace queqiao::xmpp {
namespace {

constexpr std::string_view xml_ns = "http://www.w3.org/XML/1998/namespace";
constexpr std::string_view caps_ns = "http://jabber.org/protocol/caps";

void write_optional(xml::Writer& writer, std::string_view name, std::string_view value) {
  if (!value.empty()) writer.attribute(name, value);
}

}  // namespace

std::optional<DiscoInfo> DiscoInfo::parse(const xml::Element& query) {
  if (!query.is("query", ns::disco_info)) return std::nullopt;
  DiscoInfo info;
  info.node = query.attribute("node");
  for (const auto child : query.children()) {
    if (child.is("identity", ns::disco_info)) {
      info.identities.push_back({std::string(child.attribute("category")), std::string(child.attribute("type")),
                                 std::string(child.attribute("name")), std::string(child.attribute("lang", xml_ns))});
    } else if (child.is("feature", ns::disco_info)) {
      info.features.emplace_back(child.attribute("var"));
    } else if (auto form = DataForm::parse(child)) {
      info.forms.push_back(*std::move(form));
    }
  }
  return info;
}

bool DiscoInfo::has_feature(std::string_view feature) const {
  return std::find(features.begin(), features.end(), feature) != features.end();
}

void DiscoInfo::write(xml::Writer& writer) const {
  writer.open("query", ns::disco_info);
  write_optional(writer, "node", node);
  for (const auto& identity : identities) {
    writer.open("identity").attribute("category", identity.category).attribute("type", identity.type);
    write_optional(writer, "name", identity.name);
    write_optional(writer, "xml:lang", identity.language);
    writer.close();
  }
  for (const auto& feature : features) writer.open("feature").attribute("var", feature).close();
  for (const auto& form : forms) form.write(writer);
  writer.close();
}

std::optional<DiscoItems> DiscoItems::parse(const xml::Element& query) {
  if (!query.is("query", ns::disco_items)) return std::nullopt;
  DiscoItems answer;
  answer.node = query.attribute("node");
  for (const auto child : query.children()) {
    if (!child.is("item", ns::disco_items)) continue;
    answer.items.push_back({std::string(child.attribute("jid")), std::string(child.attribute("node")),
                            std::string(child.attribute("name"))});
  }
  if (query.child("set", ns::result_sets)) answer.page = ResultSet::find(query);
  return answer;
}

void DiscoItems::write(xml::Writer& writer) const {
  writer.open("query", ns::disco_items);
  write_optional(writer, "node", node);
  for (const auto& item : items) {
    writer.open("item").attribute("jid", item.jid);
    write_optional(writer, "node", item.node);
    write_optional(writer, "name", item.name);
    writer.close();
  }
  if (page) page->write(writer);
  writer.close();
}

std::optional<Capabilities> Capabilities::find(const xml::Element& presence) {
  const auto c = presence.child("c", caps_ns);
  if (!c || c.attribute("ver").empty() || c.attribute("node").empty()) return std::nullopt;
  return Capabilities{std::string(c.attribute("node")), std::string(c.attribute("ver")),
                      std::string(c.attribute("hash"))};
}

void Capabilities::write(xml::Writer& writer) const {
  writer.open("c", caps_ns).attribute("hash", hash).attribute("node", node).attribute("ver", version).close();
}

}  // namespace queqiao::xmpp
