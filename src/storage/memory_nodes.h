#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "storage/store.h"

namespace queqiao::storage {

// One user's nodes of publish-subscribe in a MemoryStore, whose lock guards them.
class MemoryNodes {
 public:
  std::vector<PubsubNode> list() const;
  void put(PubsubNode node, std::uint32_t items);
  Result<void> remove(const std::string& node);
  Result<void> put_item(PubsubNode node, PubsubItem item, PubsubLimits limits);
  Result<void> remove_item(const std::string& node, std::string_view id);
  void remove_items(const std::string& node);
  Result<PubsubPage> page(const std::string& node, const PubsubQuery& query) const;

 private:
  using Items = std::vector<PubsubItem>;  // oldest first
  struct Node {
    std::string settings;
    Items items;
  };
  std::uint64_t bytes() const;

  std::map<std::string, Node> nodes_;
};

}  // namespace queqiao::storage
