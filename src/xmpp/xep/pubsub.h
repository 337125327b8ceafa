#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "xml/element.h"
#include "xml/writer.h"
#include "xmpp/xep/data_form.h"
#include "xmpp/xep/result_set.h"

// XEP-0060 Publish-Subscribe 1.26, what its profile for accounts (XEP-0163 1.2.2) needs. What is said of a whole
// request or answer is read from, and written as, the <pubsub/> element. Pure values: any thread.
namespace queqiao::xmpp {

namespace pubsub {
inline constexpr std::string_view ns = "http://jabber.org/protocol/pubsub";
inline constexpr std::string_view event_ns = "http://jabber.org/protocol/pubsub#event";
inline constexpr std::string_view owner_ns = "http://jabber.org/protocol/pubsub#owner";
inline constexpr std::string_view errors_ns = "http://jabber.org/protocol/pubsub#errors";
inline constexpr std::string_view publish_options_form = "http://jabber.org/protocol/pubsub#publish-options";
inline constexpr std::string_view node_config_form = "http://jabber.org/protocol/pubsub#node_config";
}  // namespace pubsub

struct PubsubItem {
  std::string id;         // empty in a publication: the service makes one up
  std::string payload;    // XML of one element that declares its namespace; empty: none
  std::string publisher;  // empty unless the service tells
  xml::Element element;   // of what was read: the payload, valid as long as the stanza's Document

  static PubsubItem parse(const xml::Element& item);
  void write(xml::Writer& writer) const;
};

// 7.1: a client publishes one item; `options` are what it wants the node to be like (7.1.5).
struct PubsubPublication {
  std::string node;
  std::vector<PubsubItem> items;
  std::optional<DataForm> options;

  // Nothing without <publish/>, and when there are options that cannot be read: they may be what keeps the item
  // private.
  static std::optional<PubsubPublication> parse(const xml::Element& pubsub);
  void write(xml::Writer& writer) const;
};

// 6.5: items are asked for by id, or the newest so many, or in pages.
struct PubsubItemsRequest {
  std::string node;
  std::vector<std::string> ids;
  std::optional<std::uint32_t> max_items;
  ResultSetRequest page;

  // Nothing without <items/>, and when a number or the page cannot be read.
  static std::optional<PubsubItemsRequest> parse(const xml::Element& pubsub);
  void write(xml::Writer& writer) const;
};

// The answer to it.
struct PubsubItems {
  std::string node;
  std::vector<PubsubItem> items;
  std::optional<ResultSet> page;  // when there are more

  static std::optional<PubsubItems> parse(const xml::Element& pubsub);
  void write(xml::Writer& writer) const;
};

// 7.2: an item is taken back.
struct PubsubRetraction {
  std::string node;
  std::vector<std::string> ids;
  bool wants_notification = false;

  static std::optional<PubsubRetraction> parse(const xml::Element& pubsub);
  void write(xml::Writer& writer) const;
};

// What a service tells subscribers: <event/> in a message. Whose event it is says the message's `from` alone: whoever
// reads private data of the own account (bookmarks, XEP-0223) from one compares that with the own bare JID first.
struct PubsubEvent {
  enum class Kind : unsigned char { items, purged, deleted, configured };

  Kind kind = Kind::items;
  std::string node;
  std::vector<PubsubItem> items;
  std::vector<std::string> retracted;  // ids

  static std::optional<PubsubEvent> parse(const xml::Element& event);
  static std::optional<PubsubEvent> find(const xml::Element& message);  // the first among the children
  void write(xml::Writer& writer) const;
};

}  // namespace queqiao::xmpp
