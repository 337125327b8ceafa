#include <algorithm>
#include <numeric>

#include "base/log.h"
#include "base/time_text.h"
#include "control_commands.h"
#include "server/account_removal.h"
#include "xmpp/jid.h"
#include "xmpp/sasl/scram_keys.h"

namespace queqiao::daemon {
namespace {

constexpr std::int64_t most_users = 1'000;  // in one answer

struct Keys {
  storage::ScramKeys sha1, sha256;
};

storage::ScramKeys make_keys(const std::string& password, std::uint32_t iterations, Hash hash) {
  const auto made = xmpp::sasl::ScramKeys::make(password, iterations, hash);
  return {made.salt, made.iterations, made.stored_key, made.server_key};
}

// Keys of the call's password, made on the worker since that is slow; `then` runs there.
void with_keys(const ControlCall& call, UniqueFunction<void(Keys)> then) {
  auto password = xmpp::normalize_password(call.text("password").value_or(""));
  if (!password || password->empty())
    return call.refuse("this cannot be a password: it is empty, too long, or has control characters");
  const auto iterations = call.daemon().settings()->server.scram_iterations;
  const bool is_taken =
      call.daemon().worker().run([iterations, password = *std::move(password), then = std::move(then)]() mutable {
        then({make_keys(password, iterations, Hash::sha1), make_keys(password, iterations, Hash::sha256)});
      });
  if (!is_taken) call.refuse("the server is busy with other passwords; try again");
}

// Answers with the account's name, or with what the store has against it.
storage::Reply<void> answer_about(const ControlCall& call, const std::string& user, std::string_view done) {
  return {&call.loop(), [call, user, done](Result<void> outcome) {
            if (!outcome) return call.refuse(outcome.error(), user);
            log::info("control: {} account {}", done, user);
            call.answer({{"user", user}});
          }};
}

void end_all_of(const ControlCall& call, const std::string& user, std::function<void(std::size_t)> then) {
  std::function<std::size_t(server::Shard&)> ask = [user](server::Shard& shard) {
    return shard.end_all_of(user, "not-authorized", "The account is disabled.");
  };
  ask_shards<std::size_t>(call, std::move(ask), [then](std::vector<std::size_t> ended) {
    then(std::accumulate(ended.begin(), ended.end(), std::size_t{0}));
  });
}

// A log-in that had its keys before the account was disabled may still succeed, until the time for log-in is over.
// `call` is answered already.
void end_late_log_ins(const ControlCall& call, const std::string& user) {
  const auto delay = call.daemon().settings()->server.login_timeout + std::chrono::seconds(1);
  call.loop().after(delay, [call, user] {
    call.daemon().store().find_account(user,
                                       {&call.loop(), [call, user](Result<std::optional<storage::Account>> found) {
                                          if (found && *found && (*found)->is_disabled)
                                            end_all_of(call, user, [](std::size_t) {});
                                        }});
  });
}

Json row_of(const storage::Account& account) {
  const auto text = [](WallTime time) { return format_date_time(std::chrono::floor<std::chrono::seconds>(time)); };
  return {{"user", account.user},
          {"is_disabled", account.is_disabled},
          {"created", text(account.created)},
          {"last_seen", account.last_seen ? Json(text(*account.last_seen)) : Json(nullptr)}};
}

}  // namespace

void add_user(ControlCall call) {
  const auto user = call.user("user");
  if (!user) return;
  with_keys(call, [call, user = *user](Keys keys) {
    storage::Account account;
    account.user = user;
    account.sha1 = std::move(keys.sha1);
    account.sha256 = std::move(keys.sha256);
    account.created = std::chrono::floor<std::chrono::microseconds>(std::chrono::system_clock::now());
    call.daemon().store().create_account(std::move(account), answer_about(call, user, "made"));
  });
}

void change_password(ControlCall call) {
  const auto user = call.user("user");
  if (!user) return;
  with_keys(call, [call, user = *user](Keys keys) {
    call.daemon().store().set_keys(user, std::move(keys.sha1), std::move(keys.sha256),
                                   answer_about(call, user, "changed the password of"));
  });
}

void enable_user(ControlCall call) {
  const auto user = call.user("user");
  if (user) call.daemon().store().set_disabled(*user, false, answer_about(call, *user, "enabled"));
}

void disable_user(ControlCall call) {
  const auto user = call.user("user");
  if (!user) return;
  call.daemon().store().set_disabled(*user, true, {&call.loop(), [call, user = *user](Result<void> outcome) {
                                                     if (!outcome) return call.refuse(outcome.error(), user);
                                                     end_all_of(call, user, [call, user](std::size_t ended) {
                                                       log::info("control: disabled account {} and ended {} session(s)",
                                                                 user, ended);
                                                       call.answer({{"user", user}, {"ended", ended}});
                                                     });
                                                     end_late_log_ins(call, user);
                                                   }});
}

void delete_user(ControlCall call) {
  const auto user = call.user("user");
  if (!user) return;
  auto& shards = call.daemon().shards();
  shards.post(shards.home_of(*user), [call, user = *user](server::Shard& home) {
    server::remove_account(home, user, [call, user](Result<void> outcome) {
      if (!outcome) return call.refuse(outcome.error(), user);
      log::info("control: deleted account {}", user);
      call.answer({{"user", user}});
    });
  });
}

void list_users(ControlCall call) {
  const auto limit = std::clamp<std::int64_t>(call.number("limit").value_or(100), 1, most_users);
  call.daemon().store().list_accounts(call.text("after").value_or(""), static_cast<std::uint32_t>(limit),
                                      {&call.loop(), [call](Result<std::vector<storage::Account>> accounts) {
                                         if (!accounts) return call.refuse(accounts.error().message);
                                         Json rows = Json::array();
                                         for (const auto& account : *accounts) rows.push_back(row_of(account));
                                         call.answer({{"users", std::move(rows)}});
                                       }});
}

void count_users(ControlCall call) {
  call.daemon().store().count_accounts({&call.loop(), [call](Result<std::uint64_t> count) {
                                          if (!count) return call.refuse(count.error().message);
                                          call.answer({{"count", *count}});
                                        }});
}

}  // namespace queqiao::daemon
