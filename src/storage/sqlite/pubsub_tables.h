#pragma once

#include <string_view>
#include <vector>

#include "storage/sqlite/account_table.h"

namespace queqiao::storage::sqlite {

// Nodes of publish-subscribe: pubsub_node and pubsub_item. Writes, and reads of more than one of these, belong into a
// transaction of the caller.
class PubsubTables {
 public:
  explicit PubsubTables(Connection& connection) : connection_(connection) {}

  std::vector<PubsubNode> list(AccountId account);
  Result<PubsubPage> page(AccountId account, std::string_view node, const PubsubQuery& query);  // not_found: the border

  void put(AccountId account, const PubsubNode& node, std::uint32_t items);
  Result<void> remove(AccountId account, std::string_view node);  // not_found
  Result<void> put_item(AccountId account, const PubsubNode& node, const PubsubItem& item, PubsubLimits limits);
  Result<void> remove_item(AccountId account, std::string_view node, std::string_view id);  // not_found
  void remove_items(AccountId account, std::string_view node);
  void remove_all(AccountId account);

 private:
  std::int64_t position_of(AccountId account, std::string_view node, std::string_view id);  // 0: there is no such item
  std::uint64_t bytes_after(AccountId account, std::string_view node, const PubsubItem& item, std::uint32_t items);
  void collect_named(AccountId account, std::string_view node, const PubsubQuery& query, PubsubPage& page);
  void collect(Rows rows, const PubsubQuery& query, PubsubPage& page);

  Connection& connection_;
  Statement list_{connection_, "SELECT name, settings FROM pubsub_node WHERE account=? ORDER BY name"};
  Statement put_{connection_,
                 "INSERT INTO pubsub_node(account, name, settings) VALUES(?,?,?) "
                 "ON CONFLICT(account, name) DO UPDATE SET settings=excluded.settings"};
  Statement has_{connection_, "SELECT 1 FROM pubsub_node WHERE account=? AND name=?"};
  Statement remove_{connection_, "DELETE FROM pubsub_node WHERE account=? AND name=?"};
  Statement position_{connection_, "SELECT position FROM pubsub_item WHERE account=? AND node=? AND id=?"};
  Statement last_position_{connection_,
                           "SELECT coalesce(max(position), 0) FROM pubsub_item WHERE account=? AND node=?"};
  Statement insert_{connection_,
                    "INSERT INTO pubsub_item(account, node, id, position, published, size, payload) "
                    "VALUES(?,?,?,?,?,?,?)"};
  Statement remove_item_{connection_, "DELETE FROM pubsub_item WHERE account=? AND node=? AND id=?"};
  Statement remove_items_{connection_, "DELETE FROM pubsub_item WHERE account=? AND node=?"};
  Statement remove_older_{
      connection_,
      "DELETE FROM pubsub_item WHERE account=?1 AND node=?2 AND position<=(SELECT position FROM pubsub_item "
      "WHERE account=?1 AND node=?2 ORDER BY position DESC LIMIT 1 OFFSET ?3)"};
  Statement user_bytes_{connection_, "SELECT coalesce(sum(size), 0) FROM pubsub_item WHERE account=?"};
  Statement node_bytes_{connection_, "SELECT coalesce(sum(size), 0) FROM pubsub_item WHERE account=? AND node=?"};
  Statement kept_bytes_{connection_,
                        "SELECT coalesce(sum(size), 0) FROM (SELECT size FROM pubsub_item WHERE account=? AND node=? "
                        "AND id<>? ORDER BY position DESC LIMIT ?)"};
  Statement count_{connection_, "SELECT count(*) FROM pubsub_item WHERE account=? AND node=?"};
  Statement count_before_{connection_, "SELECT count(*) FROM pubsub_item WHERE account=? AND node=? AND position<?"};
  Statement named_{connection_, "SELECT id, published, payload FROM pubsub_item WHERE account=? AND node=? AND id=?"};
  Statement newer_{connection_,
                   "SELECT id, published, payload FROM pubsub_item WHERE account=? AND node=? AND position>? "
                   "ORDER BY position"};
  Statement older_{connection_,
                   "SELECT id, published, payload FROM pubsub_item WHERE account=? AND node=? AND position<? "
                   "ORDER BY position DESC"};
  Statement remove_nodes_of_{connection_, "DELETE FROM pubsub_node WHERE account=?"};
  Statement remove_items_of_{connection_, "DELETE FROM pubsub_item WHERE account=?"};
};

}  // namespace queqiao::storage::sqlite
