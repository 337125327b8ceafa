#include "storage/sqlite/pubsub_tables.h"

#include <algorithm>
#include <limits>

#include "storage/pubsub_size.h"
#include "storage/sqlite/time.h"

namespace queqiao::storage::sqlite {
namespace {

constexpr auto behind_all = std::numeric_limits<std::int64_t>::max();

template <class... Values>
std::int64_t number(Statement& statement, const Values&... values) {
  Rows rows = statement.query(values...);
  return rows.next() ? rows.integer(0) : 0;
}

PubsubItem item_of(const Rows& row) {
  return {row.bytes(0), from_micros(row.integer(1)), row.bytes(2)};
}

}  // namespace

std::vector<PubsubNode> PubsubTables::list(AccountId account) {
  std::vector<PubsubNode> nodes;
  Rows rows = list_.query(account);
  while (rows.next()) nodes.push_back({rows.bytes(0), rows.bytes(1)});
  return nodes;
}

void PubsubTables::put(AccountId account, const PubsubNode& node, std::uint32_t items) {
  put_.run(account, node.name, node.settings);
  remove_older_.run(account, node.name, items);
}

Result<void> PubsubTables::remove(AccountId account, std::string_view node) {
  if (!has_.query(account, node).next()) return Error{ErrorCode::not_found, "no such node"};
  remove_items_.run(account, node);
  remove_.run(account, node);
  return {};
}

std::int64_t PubsubTables::position_of(AccountId account, std::string_view node, std::string_view id) {
  return number(position_, account, node, id);
}

// Of all the user's items, once `item` is written and the node keeps `items`.
std::uint64_t PubsubTables::bytes_after(AccountId account, std::string_view node, const PubsubItem& item,
                                        std::uint32_t items) {
  const auto others = number(user_bytes_, account) - number(node_bytes_, account, node);
  const auto kept = items == 0 ? 0 : number(kept_bytes_, account, node, item.id, items - 1);
  return static_cast<std::uint64_t>(others + kept) + (items == 0 ? 0 : counted_bytes(node, item));
}

Result<void> PubsubTables::put_item(AccountId account, const PubsubNode& node, const PubsubItem& item,
                                    PubsubLimits limits) {
  if (bytes_after(account, node.name, item, limits.items) > limits.user_bytes) {
    return Error{ErrorCode::no_space, "the user's items take too much room"};
  }
  put_.run(account, node.name, node.settings);
  remove_item_.run(account, node.name, item.id);
  const auto position = number(last_position_, account, node.name) + 1;
  insert_.run(account, node.name, item.id, position, to_micros(item.published), counted_bytes(node.name, item),
              item.payload);
  remove_older_.run(account, node.name, limits.items);
  return {};
}

Result<void> PubsubTables::remove_item(AccountId account, std::string_view node, std::string_view id) {
  if (position_of(account, node, id) == 0) return Error{ErrorCode::not_found, "no such item"};
  remove_item_.run(account, node, id);
  return {};
}

void PubsubTables::remove_items(AccountId account, std::string_view node) {
  remove_items_.run(account, node);
}

void PubsubTables::remove_all(AccountId account) {
  remove_nodes_of_.run(account);
  remove_items_of_.run(account);
}

void PubsubTables::collect_named(AccountId account, std::string_view node, const PubsubQuery& query, PubsubPage& page) {
  std::uint64_t bytes = 0;
  for (const auto& id : query.ids) {
    Rows row = named_.query(account, node, id);
    if (!row.next()) continue;
    bytes += row.text(2).size();
    if (!page.items.empty() && bytes > query.max_bytes) return;
    page.items.push_back(item_of(row));
  }
  page.is_complete = true;
}

void PubsubTables::collect(Rows rows, const PubsubQuery& query, PubsubPage& page) {
  std::uint64_t bytes = 0;
  while (rows.next()) {
    bytes += rows.text(2).size();
    if (page.items.size() == query.limit || (!page.items.empty() && bytes > query.max_bytes)) return;
    page.items.push_back(item_of(rows));
  }
  page.is_complete = true;
}

Result<PubsubPage> PubsubTables::page(AccountId account, std::string_view node, const PubsubQuery& query) {
  PubsubPage page;
  page.count = static_cast<std::uint64_t>(number(count_, account, node));
  if (!query.ids.empty()) {
    collect_named(account, node, query, page);
    return page;
  }
  const auto& border = query.page_after ? query.page_after : query.page_before;
  const auto at = border ? position_of(account, node, *border) : 0;
  if (border && at == 0) return Error{ErrorCode::not_found, "no such item"};
  if (query.is_last_page || query.page_before) {
    collect(older_.query(account, node, query.is_last_page ? behind_all : at), query, page);
    std::reverse(page.items.begin(), page.items.end());
  } else {
    collect(newer_.query(account, node, at), query, page);
  }
  if (!page.items.empty()) {
    const auto first = position_of(account, node, page.items.front().id);
    page.first_index = static_cast<std::uint64_t>(number(count_before_, account, node, first));
  }
  return page;
}

}  // namespace queqiao::storage::sqlite
