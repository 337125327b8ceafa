// XEP-0402 PEP Native Bookmarks 1.1.4, 5.2: clients that keep their bookmarks in private storage (XEP-0048 1.0 in
// XEP-0049) and those that publish them see the same ones. Items of the node are the truth: what private storage is
// asked for is made of them, and what is written there is published, where it differs.
#include <algorithm>
#include <memory>
#include <utility>

#include "base/log.h"
#include "base/text.h"
#include "server/private_data.h"
#include "server/shard.h"
#include "xml/parser.h"
#include "xml/writer.h"

namespace queqiao::server {
namespace {

constexpr std::string_view node_name = "urn:xmpp:bookmarks:1";
constexpr std::string_view storage_ns = "storage:bookmarks";

// Our own writing, in which a client's may have grown.
constexpr xml::ParserLimits own_limits{.element_bytes = 16 << 20};

bool is_true(std::string_view text) {
  return text == "true" || text == "1";
}

struct Bookmark {
  std::string room, name, nick, password;
  bool is_autojoin = false;

  bool operator==(const Bookmark&) const = default;
};

// Of either format: 3 and XEP-0048 2.1 differ in the namespace and in where the room's address is.
Bookmark read(const xml::Element& conference, std::string room) {
  return {std::move(room), std::string(conference.attribute("name")), conference.child("nick").text(),
          conference.child("password").text(), is_true(conference.attribute("autojoin"))};
}

void write(xml::Writer& writer, const Bookmark& bookmark, std::string_view ns, const std::string& extensions) {
  if (ns == storage_ns) {
    writer.open("conference").attribute("jid", bookmark.room);
  } else {
    writer.open("conference", ns);
  }
  if (!bookmark.name.empty()) writer.attribute("name", bookmark.name);
  if (bookmark.is_autojoin) writer.attribute("autojoin", "true");
  if (!bookmark.nick.empty()) writer.open("nick").text(bookmark.nick).close();
  if (!bookmark.password.empty()) writer.open("password").text(bookmark.password).close();
  writer.raw(extensions).close();
}

// A published one, and what other clients have put into it, which has to stay (3).
struct Published {
  Bookmark bookmark;
  std::string extensions;
};

std::vector<Published> read_items(const storage::PubsubPage& page) {
  std::vector<Published> found;
  for (const auto& item : page.items) {
    xml::Document document;
    if (xml::parse_element(item.payload, document, own_limits) != xml::ParseError::none) continue;
    const auto conference = document.root();
    if (!conference.is("conference", node_name)) continue;
    Published one{read(conference, item.id), {}};
    if (const auto extensions = conference.child("extensions")) xml::write(one.extensions, extensions, node_name);
    found.push_back(std::move(one));
  }
  return found;
}

std::vector<Bookmark> read_storage(const xml::Element& storage) {
  std::vector<Bookmark> found;
  for (const auto child : storage.children()) {
    if (!child.is("conference", storage_ns)) continue;
    const auto room = xmpp::Jid::parse(child.attribute("jid"));
    if (!room || room->is_domain()) continue;
    const auto is_known = [&](const auto& other) { return other.room == room->bare_text(); };
    if (std::any_of(found.begin(), found.end(), is_known)) continue;
    found.push_back(read(child, std::string(room->bare_text())));
  }
  return found;
}

std::string storage_of(const std::vector<Published>& items, const xml::Element& stored) {
  std::string text;
  xml::Writer writer(text);
  writer.open("storage", storage_ns);
  for (const auto& item : items) write(writer, item.bookmark, storage_ns, {});
  if (stored) {
    for (const auto child : stored.children()) {
      if (!child.is("url", storage_ns)) continue;
      std::string url;
      xml::write(url, child, storage_ns);
      writer.raw(url);
    }
  }
  writer.close();
  return text;
}

// XEP-0223, and 4: one item for each room.
PersonalNode private_node() {
  PersonalNode node{.name = std::string(node_name)};
  node.config.access = xmpp::AccessModel::whitelist;
  node.config.max_items = xmpp::NodeConfig::all_items;
  node.config.send_last = xmpp::SendLast::never;
  return node;
}

class Bookmarks final : public Module {
 public:
  void attach(Shard& shard) override {
    shard_ = &shard;
    shard.advertise_account(std::string(node_name).append("#compat"));
    auto& hooks = shard.hooks();
    hooks.private_asked.push_back([this](IqRequest& request, const xml::Element& element) {
      if (!element.is("storage", storage_ns) || !PersonalNodes::find(*request.user, node_name)) return false;
      show(std::move(request));
      return true;
    });
    hooks.private_stored.push_back([this](User& user, const xml::Element& element, const auto& answer) {
      if (element.is("storage", storage_ns)) take(user, read_storage(element), answer);
    });
    hooks.bound.push_back([this](Session& session) { convert_old(session.user()); });
  }

 private:
  using Items = std::vector<Published>;
  using Answer = std::shared_ptr<SharedAnswer>;  // none: nobody waits

  void with_items(const std::string& user, UniqueFunction<void(Result<Items>)> then);
  void with_stored(const std::string& user, UniqueFunction<void(Result<xml::Element>)> then);
  void show(IqRequest request);
  void take(User& user, std::vector<Bookmark> wanted, const Answer& answer);
  void publish_changes(User& user, const Items& present, const std::vector<Bookmark>& wanted, const Answer& answer);
  void publish(User& user, const Bookmark& bookmark, const std::string& extensions, const Answer& answer);
  void convert_old(User& user);

  Shard* shard_ = nullptr;  // not owned
};

// All of them or an error: from a part it would look as if the rest had been removed.
void Bookmarks::with_items(const std::string& user, UniqueFunction<void(Result<Items>)> then) {
  storage::PubsubQuery query;
  query.limit = shard_->config().pep_items;
  query.max_bytes = shard_->config().pep_bytes;
  auto answered = [then = std::move(then)](Result<storage::PubsubPage> page) mutable {
    if (!page) return then(page.error());
    if (!page->is_complete) return then(Error{ErrorCode::unavailable, "there are too many bookmarks"});
    then(read_items(*page));
  };
  shard_->store().get_items(user, std::string(node_name), std::move(query), {&shard_->loop(), std::move(answered)});
}

// What private storage itself has; no element when there is nothing.
void Bookmarks::with_stored(const std::string& user, UniqueFunction<void(Result<xml::Element>)> then) {
  auto answered = [then = std::move(then)](Result<std::optional<std::string>> stored) mutable {
    if (!stored) return then(stored.error());
    xml::Document document;
    const bool is_read = *stored && xml::parse_element(**stored, document, own_limits) == xml::ParseError::none;
    then(is_read ? document.root() : xml::Element());
  };
  shard_->store().get_data(user, std::string(private_data::kind), private_data::key_of("storage", storage_ns),
                           {&shard_->loop(), std::move(answered)});
}

// Addresses of pages, which XEP-0402 does not have, stay in private storage.
void Bookmarks::show(IqRequest request) {
  const std::string name = request.user->name;
  with_items(name, [this, name, request = std::move(request)](Result<Items> items) mutable {
    if (!items) return request.reply_error(items.error());
    with_stored(name, [items = *std::move(items), request = std::move(request)](Result<xml::Element> stored) mutable {
      if (!stored) return request.reply_error(stored.error());
      request.reply("<query xmlns='jabber:iq:private'>" + storage_of(items, *stored) + "</query>");
    });
  });
}

// A node that others may read gets nothing that was private.
void Bookmarks::take(User& user, std::vector<Bookmark> wanted, const Answer& answer) {
  const auto* node = PersonalNodes::find(user, node_name);
  if (node && node->config.access != xmpp::AccessModel::whitelist) return;
  if (!node && user.nodes.size() >= shard_->config().pep_nodes) return;
  with_items(user.name, [this, name = user.name, wanted = std::move(wanted), answer](Result<Items> present) {
    if (!present) {
      if (answer) answer->fail(present.error());
      return;
    }
    if (User* there = shard_->users().find(name)) publish_changes(*there, *present, wanted, answer);
  });
}

// 5.2.2: what is as it was is not told again.
void Bookmarks::publish_changes(User& user, const Items& present, const std::vector<Bookmark>& wanted,
                                const Answer& answer) {
  for (const auto& bookmark : wanted) {
    const auto old = std::find_if(present.begin(), present.end(),
                                  [&](const auto& item) { return item.bookmark.room == bookmark.room; });
    if (old == present.end()) {
      publish(user, bookmark, {}, answer);
    } else if (old->bookmark != bookmark) {
      publish(user, bookmark, old->extensions, answer);
    }
  }
  for (const auto& item : present) {
    const auto is_same = [&](const auto& bookmark) { return bookmark.room == item.bookmark.room; };
    if (std::any_of(wanted.begin(), wanted.end(), is_same)) continue;
    shard_->nodes().retract(user, node_name, item.bookmark.room, true, [answer](Result<void> done) {
      // Another client may have removed it meanwhile.
      if (!done && answer && done.error().code != ErrorCode::not_found) answer->fail(done.error());
    });
  }
}

void Bookmarks::publish(User& user, const Bookmark& bookmark, const std::string& extensions, const Answer& answer) {
  const auto* there = PersonalNodes::find(user, node_name);
  storage::PubsubItem item{bookmark.room, {}, {}};
  xml::Writer writer(item.payload);
  write(writer, bookmark, node_name, extensions);
  shard_->nodes().publish(user, there ? *there : private_node(), std::move(item),
                          [name = user.name, answer](Result<void> done) {
                            if (done) return;
                            log::warning("a bookmark of {} is not published: {}", name, done.error().message);
                            if (answer) answer->fail(done.error());
                          });
}

// Those of before this module was there, or while the node was away.
void Bookmarks::convert_old(User& user) {
  const auto keys = user.login_data.find(private_data::keys_key);
  if (keys == user.login_data.end() || PersonalNodes::find(user, node_name)) return;
  const auto known = split(keys->second, '\n');
  if (std::find(known.begin(), known.end(), private_data::key_of("storage", storage_ns)) == known.end()) return;
  with_stored(user.name, [this, name = user.name](Result<xml::Element> stored) {
    User* there = stored && *stored ? shard_->users().find(name) : nullptr;
    if (there) take(*there, read_storage(*stored), nullptr);
  });
}

}  // namespace
}  // namespace queqiao::server

QUEQIAO_MODULE(bookmarks, Bookmarks)
