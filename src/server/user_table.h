#pragma once

#include <list>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/event_loop.h"
#include "base/hash.h"
#include "server/user.h"
#include "storage/store.h"

namespace queqiao::server {

// The accounts of one shard that are loaded. An account without a session stays loaded until others push it out. One
// that is pushed out or forgotten is found no more at once, and destroyed after the loop's present task: a User* is
// good until then, whatever is called meanwhile.
class UserTable {
 public:
  using Found = UniqueFunction<void(User*)>;  // null: no such account, or the store failed (it has logged why)

  UserTable(EventLoop& loop, storage::Store& store, std::string domain, std::size_t idle_capacity = 2'000);

  User* find(std::string_view name);  // null when it is not loaded
  // At once when the account is loaded, else when the store has answered. Calls for one account keep their order.
  void with(std::string_view name, Found then);
  void session_bound(User& user);    // it may not be pushed out
  void session_ended(User& user);    // it may, when that was its last session
  void forget(std::string_view name);  // the account is deleted

  const TextMap<std::unique_ptr<User>>& all() const { return users_; }

 private:
  void loaded(const std::string& name, Result<std::optional<storage::UserRecord>> record);
  void insert(const std::string& name, storage::UserRecord record);
  void touch_idle(User& user);
  void remove(std::string_view name);

  EventLoop& loop_;
  storage::Store& store_;
  const std::string domain_;
  const std::size_t idle_capacity_;
  TextMap<std::unique_ptr<User>> users_;
  TextMap<std::vector<Found>> loading_;
  std::vector<std::unique_ptr<User>> removed_;  // to be destroyed
  std::list<std::string> idle_;  // least recently used first
  std::unordered_map<std::string_view, std::list<std::string>::iterator> idle_places_;
};

}  // namespace queqiao::server
