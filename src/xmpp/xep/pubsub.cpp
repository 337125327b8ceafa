#include "xmpp/xep/pubsub.h"

#include <array>
#include <utility>

namespace queqiao::xmpp {
namespace {

using pubsub::event_ns;
using pubsub::ns;

std::vector<PubsubItem> parse_items(const xml::Element& parent) {
  std::vector<PubsubItem> items;
  for (const auto child : parent.children()) {
    if (child.is("item", parent.ns())) items.push_back(PubsubItem::parse(child));
  }
  return items;
}

std::vector<std::string> parse_ids(const xml::Element& parent, std::string_view name) {
  std::vector<std::string> ids;
  for (const auto child : parent.children()) {
    if (child.is(name, parent.ns())) ids.emplace_back(child.attribute("id"));
  }
  return ids;
}

void write_ids(xml::Writer& writer, std::string_view name, const std::vector<std::string>& ids) {
  for (const auto& id : ids) writer.open(name).attribute("id", id).close();
}

bool is_true(std::string_view text) {
  return text == "1" || text == "true";
}

}  // namespace

PubsubItem PubsubItem::parse(const xml::Element& item) {
  PubsubItem read;
  read.id = item.attribute("id");
  read.publisher = item.attribute("publisher");
  // 7.1.1: a payload has a namespace of its own, which says what it is.
  const auto payload = item.first_child();
  if (!payload || payload.ns().empty() || payload.ns() == item.ns()) return read;
  read.element = payload;
  xml::write(read.payload, payload, {});
  return read;
}

void PubsubItem::write(xml::Writer& writer) const {
  writer.open("item");
  if (!id.empty()) writer.attribute("id", id);
  if (!publisher.empty()) writer.attribute("publisher", publisher);
  if (!payload.empty()) writer.raw(payload);
  writer.close();
}

std::optional<PubsubPublication> PubsubPublication::parse(const xml::Element& pubsub) {
  const auto publish = pubsub.child("publish", ns);
  if (!pubsub.is("pubsub", ns) || !publish) return std::nullopt;
  PubsubPublication publication{std::string(publish.attribute("node")), parse_items(publish), {}};
  if (const auto options = pubsub.child("publish-options")) {
    publication.options = DataForm::find(options);
    if (!publication.options) return std::nullopt;
  }
  return publication;
}

void PubsubPublication::write(xml::Writer& writer) const {
  writer.open("pubsub", ns).open("publish").attribute("node", node);
  for (const auto& item : items) item.write(writer);
  writer.close();
  if (options) {
    writer.open("publish-options");
    options->write(writer);
    writer.close();
  }
  writer.close();
}

std::optional<PubsubItemsRequest> PubsubItemsRequest::parse(const xml::Element& pubsub) {
  const auto items = pubsub.child("items", ns);
  auto page = ResultSetRequest::find(pubsub);
  if (!pubsub.is("pubsub", ns) || !items || !page) return std::nullopt;
  PubsubItemsRequest request{std::string(items.attribute("node")), parse_ids(items, "item"), {}, *std::move(page)};
  if (items.has_attribute("max_items")) {
    request.max_items = parse_number<std::uint32_t>(items.attribute("max_items"));
    if (!request.max_items) return std::nullopt;
  }
  return request;
}

void PubsubItemsRequest::write(xml::Writer& writer) const {
  writer.open("pubsub", ns).open("items").attribute("node", node);
  if (max_items) writer.attribute("max_items", std::to_string(*max_items));
  write_ids(writer, "item", ids);
  writer.close();
  page.write(writer);
  writer.close();
}

std::optional<PubsubItems> PubsubItems::parse(const xml::Element& pubsub) {
  const auto items = pubsub.child("items", ns);
  if (!pubsub.is("pubsub", ns) || !items) return std::nullopt;
  PubsubItems answer{std::string(items.attribute("node")), parse_items(items), {}};
  if (pubsub.child("set", "http://jabber.org/protocol/rsm")) answer.page = ResultSet::find(pubsub);
  return answer;
}

void PubsubItems::write(xml::Writer& writer) const {
  writer.open("pubsub", ns).open("items").attribute("node", node);
  for (const auto& item : items) item.write(writer);
  writer.close();
  if (page) page->write(writer);
  writer.close();
}

std::optional<PubsubRetraction> PubsubRetraction::parse(const xml::Element& pubsub) {
  const auto retract = pubsub.child("retract", ns);
  if (!pubsub.is("pubsub", ns) || !retract) return std::nullopt;
  return PubsubRetraction{std::string(retract.attribute("node")), parse_ids(retract, "item"),
                          is_true(retract.attribute("notify"))};
}

void PubsubRetraction::write(xml::Writer& writer) const {
  writer.open("pubsub", ns).open("retract").attribute("node", node);
  if (wants_notification) writer.attribute("notify", "true");
  write_ids(writer, "item", ids);
  writer.close().close();
}

namespace {

// In the order of PubsubEvent::Kind.
constexpr std::array<std::string_view, 4> event_names{"items", "purge", "delete", "configuration"};

}  // namespace

std::optional<PubsubEvent> PubsubEvent::parse(const xml::Element& event) {
  if (!event.is("event", event_ns)) return std::nullopt;
  for (std::size_t kind = 0; kind < event_names.size(); ++kind) {
    const auto what = event.child(event_names[kind]);
    if (!what) continue;
    PubsubEvent read{static_cast<Kind>(kind), std::string(what.attribute("node")), {}, {}};
    if (read.kind != Kind::items) return read;
    read.items = parse_items(what);
    read.retracted = parse_ids(what, "retract");
    return read;
  }
  return std::nullopt;
}

std::optional<PubsubEvent> PubsubEvent::find(const xml::Element& message) {
  return parse(message.child("event", event_ns));
}

void PubsubEvent::write(xml::Writer& writer) const {
  writer.open("event", event_ns).open(event_names[static_cast<std::size_t>(kind)]).attribute("node", node);
  for (const auto& item : items) item.write(writer);
  write_ids(writer, "retract", retracted);
  writer.close().close();
}

}  // namespace queqiao::xmpp
