#include <algorithm>
#include <utility>

#include "parts.h"
#include "xml/writer.h"

namespace queqiao::server::bookmarks {
namespace {

bool is_true(std::string_view text) {
  return text == "true" || text == "1";
}

// Of either format: 3 and XEP-0048 2.1 differ in the namespace and in where the room's address is.
Bookmark read(const xml::Element& conference, std::string room) {
  return {std::move(room), std::string(conference.attribute("name")), conference.child("nick").text(),
          conference.child("password").text(), is_true(conference.attribute("autojoin"))};
}

// The rest of a <conference/> that is open.
void write(xml::Writer& writer, const Bookmark& bookmark) {
  if (!bookmark.name.empty()) writer.attribute("name", bookmark.name);
  if (bookmark.is_autojoin) writer.attribute("autojoin", "true");
  if (!bookmark.nick.empty()) writer.open("nick").text(bookmark.nick).close();
  if (!bookmark.password.empty()) writer.open("password").text(bookmark.password).close();
}

// Of a bookmark in private storage that can be published; nothing for whatever else there is.
std::optional<std::string> room_of(const xml::Element& child) {
  if (!child.is("conference", storage_ns)) return std::nullopt;
  const auto room = xmpp::Jid::parse(child.attribute("jid"));
  if (!room || room->is_domain()) return std::nullopt;
  return std::string(room->bare_text());
}

}  // namespace

std::string item_of(const Bookmark& bookmark, const std::string& extensions) {
  std::string payload;
  xml::Writer writer(payload);
  writer.open("conference", node_name);
  write(writer, bookmark);
  writer.raw(extensions).close();
  return payload;
}

std::vector<Published> read_items(const storage::PubsubPage& page, bool with_extensions) {
  std::vector<Published> found;
  for (const auto& item : page.items) {
    xml::Document document;
    if (xml::parse_element(item.payload, document, stored_xml_limits) != xml::ParseError::none) continue;
    const auto conference = document.root();
    if (!conference.is("conference", node_name)) continue;
    Published one{read(conference, item.id), {}};
    const auto extensions = with_extensions ? conference.child("extensions") : xml::Element();
    if (extensions) xml::write(one.extensions, extensions, node_name);
    found.push_back(std::move(one));
  }
  return found;
}

std::vector<Bookmark> read_storage(const xml::Element& storage) {
  std::vector<Bookmark> found;
  for (const auto child : storage.children()) {
    auto room = room_of(child);
    if (!room) continue;
    const auto is_known = [&](const auto& other) { return other.room == *room; };
    if (std::any_of(found.begin(), found.end(), is_known)) continue;
    found.push_back(read(child, *std::move(room)));
  }
  return found;
}

bool has_more_than(const xml::Element& storage, std::size_t count) {
  std::size_t found = 0;
  for (const auto child : storage.children()) found += child.is("conference", storage_ns) ? 1 : 0;
  return found > count;
}

std::string storage_of(const std::vector<Published>& items, const xml::Element& stored) {
  std::string text;
  xml::Writer writer(text);
  writer.open("storage", storage_ns);
  for (const auto& item : items) {
    writer.open("conference").attribute("jid", item.bookmark.room);
    write(writer, item.bookmark);
    writer.close();
  }
  if (stored) {
    for (const auto child : stored.children()) {
      if (room_of(child)) continue;
      std::string other;
      xml::write(other, child, storage_ns);
      writer.raw(other);
    }
  }
  writer.close();
  return text;
}

PersonalNode private_node() {
  PersonalNode node{.name = std::string(node_name)};
  node.config.access = xmpp::AccessModel::whitelist;
  node.config.max_items = xmpp::NodeConfig::all_items;
  node.config.send_last = xmpp::SendLast::never;
  return node;
}

bool is_private(const PersonalNode& node) {
  return node.config.access == xmpp::AccessModel::whitelist && node.config.persists_items;
}

}  // namespace queqiao::server::bookmarks
