#include "storage/memory_nodes.h"

#include <algorithm>
#include <utility>

#include "storage/pubsub_size.h"

namespace queqiao::storage {
namespace {

auto find_item(const std::vector<PubsubItem>& items, std::string_view id) {
  return std::find_if(items.begin(), items.end(), [&](const PubsubItem& item) { return item.id == id; });
}

void keep_newest(std::vector<PubsubItem>& items, std::uint32_t count) {
  if (items.size() > count) items.erase(items.begin(), items.end() - count);
}

std::uint64_t bytes_of(std::string_view node, const std::vector<PubsubItem>& items) {
  std::uint64_t bytes = 0;
  for (const auto& item : items) bytes += counted_bytes(node, item);
  return bytes;
}

// From `start` on towards either end, as many as the query lets through; in the order of walking.
template <class Iterator>
void collect(Iterator start, Iterator end, const PubsubQuery& query, PubsubPage& page) {
  const auto limit = query.ids.empty() ? query.limit : query.ids.size();
  std::uint64_t bytes = 0;
  for (; start != end; ++start) {
    bytes += start->payload.size();
    if (page.items.size() == limit || (!page.items.empty() && bytes > query.max_bytes)) return;
    page.items.push_back(*start);
  }
  page.is_complete = true;
}

}  // namespace

std::uint64_t MemoryNodes::bytes() const {
  std::uint64_t bytes = 0;
  for (const auto& [name, node] : nodes_) bytes += bytes_of(name, node.items);
  return bytes;
}

std::vector<PubsubNode> MemoryNodes::list() const {
  std::vector<PubsubNode> nodes;
  for (const auto& [name, node] : nodes_) nodes.push_back({name, node.settings});
  return nodes;
}

void MemoryNodes::put(PubsubNode node, std::uint32_t items) {
  auto& there = nodes_[node.name];
  there.settings = std::move(node.settings);
  keep_newest(there.items, items);
}

Result<void> MemoryNodes::remove(const std::string& node) {
  if (nodes_.erase(node) == 0) return Error{ErrorCode::not_found, "no such node"};
  return {};
}

Result<void> MemoryNodes::put_item(PubsubNode node, PubsubItem item, PubsubLimits limits) {
  const auto place = nodes_.find(node.name);
  const Items present = place == nodes_.end() ? Items() : place->second.items;
  Items items = present;
  if (const auto old = find_item(items, item.id); old != items.end()) items.erase(old);
  items.push_back(std::move(item));
  keep_newest(items, limits.items);
  if (bytes() - bytes_of(node.name, present) + bytes_of(node.name, items) > limits.user_bytes) {
    return Error{ErrorCode::no_space, "the user's items take too much room"};
  }
  nodes_[node.name] = {std::move(node.settings), std::move(items)};
  return {};
}

Result<void> MemoryNodes::remove_item(const std::string& node, std::string_view id) {
  const auto place = nodes_.find(node);
  const auto item = place == nodes_.end() ? Items::const_iterator() : find_item(place->second.items, id);
  if (place == nodes_.end() || item == place->second.items.end()) return Error{ErrorCode::not_found, "no such item"};
  place->second.items.erase(item);
  return {};
}

void MemoryNodes::remove_items(const std::string& node) {
  if (const auto place = nodes_.find(node); place != nodes_.end()) place->second.items.clear();
}

Result<PubsubPage> MemoryNodes::page(const std::string& node, const PubsubQuery& query) const {
  static const Items nothing;
  const auto place = nodes_.find(node);
  const Items& items = place == nodes_.end() ? nothing : place->second.items;
  PubsubPage page;
  page.count = items.size();
  if (!query.ids.empty()) {
    std::vector<PubsubItem> named;
    for (const auto& id : query.ids) {
      if (const auto item = find_item(items, id); item != items.end()) named.push_back(*item);
    }
    collect(named.begin(), named.end(), query, page);
    return page;
  }
  const auto& border = query.page_after ? query.page_after : query.page_before;
  const auto at = border ? find_item(items, *border) : items.begin();
  if (border && at == items.end()) return Error{ErrorCode::not_found, "no such item"};
  if (query.is_last_page || query.page_before) {
    const auto end = query.is_last_page ? items.end() : at;
    collect(std::make_reverse_iterator(end), items.rend(), query, page);
    std::reverse(page.items.begin(), page.items.end());
  } else {
    collect(query.page_after ? std::next(at) : at, items.end(), query, page);
  }
  if (!page.items.empty()) {
    page.first_index = static_cast<std::uint64_t>(find_item(items, page.items.front().id) - items.begin());
  }
  return page;
}

}  // namespace queqiao::storage
