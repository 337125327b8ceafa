#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "storage/store.h"
#include "xmpp/xep/pubsub_config.h"

namespace queqiao::server {

// One node of an account (XEP-0163), as the account's home shard knows it; its items are in the store alone.
struct PersonalNode {
  std::string name;
  xmpp::NodeConfig config;
  std::vector<std::string> members;      // bare JIDs on the whitelist (XEP-0060 4.5)
  std::vector<std::string> subscribers;  // JIDs that have subscribed by themselves, bare or full
  std::uint64_t revision = 0;            // of this object in memory; see PersonalNodes
};

// As the store keeps it. What cannot be read is closed to everybody but its owner.
storage::PubsubNode to_stored(const PersonalNode& node);
PersonalNode read_node(const storage::PubsubNode& stored);

// What a client wants to be told, by the features "…+notify" in its capabilities (XEP-0060 9.2). Never changed once it
// is made, so all shards may share it.
class Interests {
 public:
  Interests(std::string version, std::vector<std::string> nodes);
  bool contains(std::string_view node) const;
  const std::string& version() const { return version_; }  // what the client announced (XEP-0115 'ver')
  const std::vector<std::string>& nodes() const { return nodes_; }
  bool empty() const { return nodes_.empty(); }

 private:
  std::string version_;
  std::vector<std::string> nodes_;  // sorted
};

}  // namespace queqiao::server
