#include "server/rosters.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "base/log.h"
#include "server/shard.h"

namespace queqiao::server {

struct Rosters::TurnEnd {
  std::weak_ptr<Rosters*> rosters;
  std::string user;
  ~TurnEnd() {
    if (const auto there = rosters.lock()) (*there)->next(user);
  }
};

struct Rosters::Step {
  Turn turn;
  std::string user;
  RosterChange change;
  Done done;
  std::optional<storage::RosterItem> changed;
};

bool Rosters::in_turn(std::string_view user, Task task) {
  const auto [place, is_idle] = busy_.try_emplace(std::string(user));
  if (is_idle) {
    start(std::string(user), std::move(task));
    return true;
  }
  if (place->second.size() >= waiting_limit) {
    log::warning("too many changes of the roster of {} at once", user);
    return false;
  }
  place->second.push_back(std::move(task));
  return true;
}

bool Rosters::has_room(const User& user) const {
  const auto limit = shard_.config().roster_items;
  if (user.roster.size() < limit) return true;
  const auto contacts =
      std::count_if(user.roster.begin(), user.roster.end(), [](const auto& entry) { return !entry.second.is_removed; });
  return static_cast<std::size_t>(contacts) < limit && user.roster.size() < 4 * limit;
}

void Rosters::start(const std::string& user, Task task) {
  Turn turn(new TurnEnd{self_, user}, [](TurnEnd* end) { delete end; });
  shard_.users().with(user, [task = std::move(task), turn = std::move(turn)](User* found) mutable {
    if (found) task(*found, std::move(turn));
  });
}

void Rosters::next(const std::string& user) {
  const auto place = busy_.find(user);
  if (place->second.empty()) {
    busy_.erase(place);
    return;
  }
  // Not from here: a hundred tasks that end at once would nest.
  auto run = [self = std::weak_ptr(self_), user, task = std::move(place->second.front())]() mutable {
    if (const auto there = self.lock()) (*there)->start(user, std::move(task));
  };
  place->second.pop_front();
  shard_.loop().post(std::move(run));
}

void Rosters::change(Turn turn, const User& user, RosterChange change, Done done) {
  go_on(std::make_shared<Step>(Step{std::move(turn), user.name, std::move(change), std::move(done), std::nullopt}));
}

// The account is looked up again by `with`, not `find`: it may have been pushed out of memory meanwhile and be on its
// way back in, read before this write.
template <class T, class Apply>
storage::Reply<T> Rosters::reply(std::shared_ptr<Step> step, Apply apply) {
  return {&shard_.loop(), [this, step = std::move(step), apply = std::move(apply)](Result<T> answer) mutable {
            const auto& name = step->user;
            shard_.users().with(name, [this, step, apply = std::move(apply), answer = std::move(answer)](User* user) {
              if (!user) return;
              if (!answer) return finish(*step, answer.error());
              apply(*user, answer);
              go_on(step);
            });
          }};
}

void Rosters::go_on(const std::shared_ptr<Step>& step) {
  const auto& change = step->change;
  if (change.put) return put(step);
  if (change.removed) return remove(step);
  if (change.answered) return forget_request(step);
  if (change.requested) return keep_request(step);
  finish(*step, {});
}

void Rosters::put(const std::shared_ptr<Step>& step) {
  auto item = *std::exchange(step->change.put, std::nullopt);
  shard_.store().put_roster_item(step->user, item,
                                 reply<std::uint64_t>(step, [step = step.get(), item](User& user, const auto& version) {
                                   auto& kept = user.roster.insert_or_assign(item.jid, item).first->second;
                                   kept.is_removed = false;
                                   user.roster_version = kept.version = *version;
                                   step->changed = kept;
                                 }));
}

void Rosters::remove(const std::shared_ptr<Step>& step) {
  auto jid = *std::exchange(step->change.removed, std::nullopt);
  shard_.store().remove_roster_item(
      step->user, jid, reply<std::uint64_t>(step, [this, step = step.get(), jid](User& user, const auto& version) {
        storage::RosterItem tombstone;
        tombstone.jid = jid;
        tombstone.is_removed = true;
        user.roster_version = tombstone.version = *version;
        step->changed = tombstone;
        user.roster.insert_or_assign(jid, std::move(tombstone));
        forget_old_removals(user);
      }));
}

// The older half at once, so that this is seldom. Clients that know a version from before that get the whole roster.
void Rosters::forget_old_removals(const User& user) {
  std::vector<std::uint64_t> versions;
  for (const auto& [jid, item] : user.roster) {
    if (item.is_removed) versions.push_back(item.version);
  }
  if (versions.size() <= shard_.config().roster_removals) return;
  const auto middle = versions.begin() + static_cast<std::ptrdiff_t>(versions.size() / 2);
  std::nth_element(versions.begin(), middle, versions.end());
  const auto floor = *middle;
  auto then = [this, name = user.name, floor](Result<void> outcome) {
    User* there = outcome ? shard_.users().find(name) : nullptr;
    if (!there) return;
    std::erase_if(there->roster,
                  [floor](const auto& entry) { return entry.second.is_removed && entry.second.version <= floor; });
    there->roster_floor = std::max(there->roster_floor, floor);
  };
  shard_.store().forget_removals(user.name, floor, {&shard_.loop(), std::move(then)});
}

void Rosters::forget_request(const std::shared_ptr<Step>& step) {
  auto from = *std::exchange(step->change.answered, std::nullopt);
  shard_.store().remove_request(step->user, from, reply<void>(step, [from](User& user, const auto&) {
                                  std::erase_if(user.requests,
                                                [&](const auto& request) { return request.from == from; });
                                }));
}

void Rosters::keep_request(const std::shared_ptr<Step>& step) {
  auto request = *std::exchange(step->change.requested, std::nullopt);
  shard_.store().put_request(step->user, request, reply<void>(step, [request](User& user, const auto&) {
                               std::erase_if(user.requests, [&](const auto& old) { return old.from == request.from; });
                               user.requests.push_back(request);
                             }));
}

void Rosters::finish(Step& step, Result<void> outcome) {
  User* user = shard_.users().find(step.user);
  if (!user) return;
  if (!outcome) log::warning("the roster of {} stays as it is: {}", step.user, outcome.error().message);
  step.done(std::move(outcome), *user);
  // What `done` has sent may have pushed this account out of memory.
  user = shard_.users().find(step.user);
  if (!user || !step.changed) return;
  for (const auto& hook : shard_.hooks().roster_changed) hook(*user, *step.changed);
}

}  // namespace queqiao::server
