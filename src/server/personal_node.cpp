#include "server/personal_node.h"

#include <algorithm>
#include <utility>

#include "base/log.h"
#include "server/stored_xml.h"
#include "xml/parser.h"
#include "xml/writer.h"

namespace queqiao::server {
namespace {

constexpr std::string_view settings_ns = "urn:queqiao:node";

void write_jids(xml::Writer& writer, std::string_view name, const std::vector<std::string>& jids) {
  for (const auto& jid : jids) writer.open(name).attribute("jid", jid).close();
}

std::vector<std::string> read_jids(const xml::Element& settings, std::string_view name) {
  std::vector<std::string> jids;
  for (const auto child : settings.children()) {
    if (child.is(name, settings_ns)) jids.emplace_back(child.attribute("jid"));
  }
  return jids;
}

}  // namespace

storage::PubsubNode to_stored(const PersonalNode& node) {
  storage::PubsubNode stored{node.name, {}};
  xml::Writer writer(stored.settings);
  writer.open("node", settings_ns);
  node.config.form(xmpp::FormType::submit).write(writer);
  write_jids(writer, "member", node.members);
  write_jids(writer, "subscriber", node.subscribers);
  writer.close();
  return stored;
}

PersonalNode read_node(const storage::PubsubNode& stored) {
  PersonalNode node;
  node.name = stored.name;
  node.config.access = xmpp::AccessModel::whitelist;
  xml::Document document;
  const bool is_read = xml::parse_element(stored.settings, document, stored_xml_limits) == xml::ParseError::none;
  const auto form = is_read ? xmpp::DataForm::find(document.root()) : std::nullopt;
  if (!form || node.config.apply(*form, false)) {
    log::error("the settings of the node {} cannot be read; it is private now", stored.name);
    return node;
  }
  node.members = read_jids(document.root(), "member");
  node.subscribers = read_jids(document.root(), "subscriber");
  return node;
}

Interests::Interests(std::string version, std::vector<std::string> nodes)
    : version_(std::move(version)), nodes_(std::move(nodes)) {
  std::sort(nodes_.begin(), nodes_.end());
}

bool Interests::contains(std::string_view node) const {
  return std::binary_search(nodes_.begin(), nodes_.end(), node, std::less<>());
}

}  // namespace queqiao::server
