#include "server/account_removal.h"

#include <utility>

#include "server/shard.h"

namespace queqiao::server {
namespace {

void forget_user(Shard& shard, const std::string& name) {
  constexpr std::string_view reason = "The account was deleted.";
  shard.end_all_of(name, "not-authorized", reason);
  // A connection that has logged in and is still on its way here.
  for (unsigned i = 0; i < shard.shards().count(); ++i) {
    if (i == shard.index()) continue;
    shard.shards().post(i, [name, reason](Shard& there) { there.end_all_of(name, "not-authorized", reason); });
  }
  User* user = shard.users().find(name);
  if (!user) return;
  for (const auto& hook : shard.hooks().user_deleted) hook(*user);
  shard.forget_user(name);
}

}  // namespace

void remove_account(Shard& shard, const std::string& name, UniqueFunction<void(Result<void>)> done) {
  // Loaded first: the hooks need its roster, which the store has no more when it has answered.
  shard.users().with(name, [&shard, name, done = std::move(done)](User*) mutable {
    shard.store().delete_account(
        name, {&shard.loop(), [&shard, name, done = std::move(done)](Result<void> outcome) mutable {
                 const bool is_deleted = outcome.has_value();
                 done(std::move(outcome));  // first, so that whoever closes an account hears that it is closed
                 if (is_deleted) forget_user(shard, name);
               }});
  });
}

}  // namespace queqiao::server
