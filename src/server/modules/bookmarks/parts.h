#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "server/shard.h"
#include "server/stored_xml.h"

// The parts of the module `bookmarks`; nobody else includes this.
namespace queqiao::server::bookmarks {

inline constexpr std::string_view node_name = "urn:xmpp:bookmarks:1";
inline constexpr std::string_view storage_ns = "storage:bookmarks";

// formats.cpp: a bookmark as it is published, and as private storage has it.
struct Bookmark {
  std::string room, name, nick, password;
  bool is_autojoin = false;

  bool operator==(const Bookmark&) const = default;
};

// A published one, and what other clients have put into it, which has to stay (3).
struct Published {
  Bookmark bookmark;
  std::string extensions;
};

std::string item_of(const Bookmark& bookmark, const std::string& extensions);
std::vector<Published> read_items(const storage::PubsubPage& page, bool with_extensions);
std::vector<Bookmark> read_storage(const xml::Element& storage);
// True when there are more bookmarks than that, readable or not.
bool has_more_than(const xml::Element& storage, std::size_t count);
// The element of private storage: the bookmarks, and what `stored` has beside those that can be published, such as the
// addresses of pages, which XEP-0402 does not have.
std::string storage_of(const std::vector<Published>& items, const xml::Element& stored);

// XEP-0223, and 4: one item for each room.
PersonalNode private_node();
// A node that others may read gets nothing that was private, and one that keeps no items cannot stand for what is.
bool is_private(const PersonalNode& node);

}  // namespace queqiao::server::bookmarks
