#pragma once

#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/hash.h"
#include "base/result.h"
#include "server/user.h"
#include "storage/store.h"

namespace queqiao::server {

class Shard;

// What changes together in one roster; each part is optional.
struct RosterChange {
  std::optional<storage::RosterItem> put;
  std::optional<std::string> removed;                     // JID of the item that goes
  std::optional<std::string> answered;                    // who sent the subscription request that goes
  std::optional<storage::SubscriptionRequest> requested;  // RFC 6121 3.1.3: kept until it is answered
};

// Changes of the rosters and subscription requests of this shard's users. What a change makes of an item depends on the
// item, and the store answers later; so changes of one roster take turns: the next begins when the one before is
// durable or has failed. Memory follows the store: it changes when the store has answered. Used on its shard's thread
// only.
class Rosters {
 public:
  // Ends when its last copy goes; keep one until everything that the change depends on is done.
  using Turn = std::shared_ptr<void>;
  using Task = UniqueFunction<void(User&, Turn)>;
  using Done = UniqueFunction<void(Result<void>, User&)>;

  explicit Rosters(Shard& shard) : shard_(shard) {}

  // Runs `task`, now or when it is its turn. It is dropped unrun when there is no such account, and when too many wait:
  // then the answer is false.
  bool in_turn(std::string_view user, Task task);
  // Makes the change, then calls `done`, then tells the hooks roster_changed. `done` is not called when the account is
  // gone.
  void change(Turn turn, const User& user, RosterChange change, Done done);

  // Whether one more contact may be kept. Tombstones count as well, more generously: versions need them, and nobody may
  // fill the memory with them.
  bool has_room(const User& user) const;

 private:
  struct Step;
  struct TurnEnd;
  static constexpr std::size_t waiting_limit = 1'000;

  void start(const std::string& user, Task task);
  void next(const std::string& user);
  void go_on(const std::shared_ptr<Step>& step);
  template <class T, class Apply>
  storage::Reply<T> reply(std::shared_ptr<Step> step, Apply apply);
  void put(const std::shared_ptr<Step>& step);
  void remove(const std::shared_ptr<Step>& step);
  void forget_old_removals(const User& user);
  void forget_request(const std::shared_ptr<Step>& step);
  void keep_request(const std::shared_ptr<Step>& step);
  void finish(Step& step, Result<void> outcome);

  Shard& shard_;
  TextMap<std::deque<Task>> busy_;  // users with a change under way, and the tasks behind it
  std::shared_ptr<Rosters*> self_ = std::make_shared<Rosters*>(this);  // gone with us, while answers may still come
};

}  // namespace queqiao::server
