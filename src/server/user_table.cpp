#include "server/user_table.h"

#include <utility>

#include "base/log.h"

namespace queqiao::server {

UserTable::UserTable(EventLoop& loop, storage::Store& store, std::string domain, std::size_t idle_capacity)
    : loop_(loop), store_(store), domain_(std::move(domain)), idle_capacity_(idle_capacity) {}

User* UserTable::find(std::string_view name) {
  const auto place = users_.find(name);
  return place == users_.end() ? nullptr : place->second.get();
}

void UserTable::with(std::string_view name, Found then) {
  if (User* user = find(name)) {
    if (user->sessions.empty()) touch_idle(*user);
    return then(user);
  }
  auto [waiting, is_first] = loading_.try_emplace(std::string(name));
  waiting->second.push_back(std::move(then));
  if (!is_first) return;
  store_.load_user(std::string(name),
                   {&loop_, [this, key = waiting->first](auto record) { loaded(key, std::move(record)); }});
}

void UserTable::loaded(const std::string& name, Result<std::optional<storage::UserRecord>> record) {
  auto waiting = loading_.extract(name);
  if (!record) {
    log::error("cannot load account {}: {}", name, record.error().message);
  } else if (record->has_value()) {
    insert(name, *std::move(*record));
  }
  // Each looks again: the one before may have been about the account's end.
  for (auto& then : waiting.mapped()) then(find(name));
}

void UserTable::insert(const std::string& name, storage::UserRecord record) {
  auto user = std::make_unique<User>();
  user->name = name;
  user->jid = *xmpp::Jid::from_parts(name, domain_, {});
  for (auto& item : record.roster) {
    auto key = item.jid;
    user->roster.emplace(std::move(key), std::move(item));
  }
  user->roster_version = record.roster_version;
  user->roster_floor = record.roster_floor;
  user->requests = std::move(record.requests);
  for (auto& [key, value] : record.login_data) user->login_data.emplace(std::move(key), std::move(value));
  for (const auto& node : record.nodes) user->nodes.push_back(read_node(node));
  user->served_position = record.served_position;
  user->last_seen = record.last_seen;
  User& reference = *users_.insert_or_assign(name, std::move(user)).first->second;
  touch_idle(reference);
}

void UserTable::touch_idle(User& user) {
  if (const auto place = idle_places_.find(user.name); place != idle_places_.end()) {
    idle_.splice(idle_.end(), idle_, place->second);
    return;
  }
  idle_.push_back(user.name);
  idle_places_.emplace(idle_.back(), std::prev(idle_.end()));
  if (idle_.size() <= idle_capacity_) return;
  const std::string oldest = idle_.front();
  idle_places_.erase(oldest);
  idle_.pop_front();
  remove(oldest);
}

void UserTable::remove(std::string_view name) {
  const auto place = users_.find(name);
  if (removed_.empty()) loop_.post([this] { removed_.clear(); });
  removed_.push_back(std::move(place->second));
  users_.erase(place);
}

void UserTable::session_bound(User& user) {
  const auto place = idle_places_.find(user.name);
  if (place == idle_places_.end()) return;
  const auto position = place->second;
  idle_places_.erase(place);
  idle_.erase(position);
}

void UserTable::session_ended(User& user) {
  if (user.sessions.empty()) touch_idle(user);
}

void UserTable::forget(std::string_view name) {
  User* user = find(name);
  if (!user) return;
  session_bound(*user);
  remove(name);
}

}  // namespace queqiao::server
