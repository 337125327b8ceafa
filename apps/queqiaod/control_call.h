#pragma once

#include <functional>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/event_loop.h"
#include "base/result.h"
#include "daemon.h"
#include "server/shard.h"

namespace queqiao::daemon {

using Json = nlohmann::json;

// What a caller of the control socket is told: the result, or why not. Called once, on any thread.
using ControlAnswer = UniqueFunction<void(Result<Json>)>;

// One command that somebody gave over the control socket, and the way back to them. Copies are the same call; the first
// answer counts. A call of which every copy is gone without an answer (a shard stopped) answers by itself.
class ControlCall {
 public:
  ControlCall(Daemon& daemon, EventLoop& loop, Json request, ControlAnswer answer)
      : daemon_(&daemon), loop_(&loop), state_(std::make_shared<State>(std::move(request), std::move(answer))) {}

  Daemon& daemon() const { return *daemon_; }
  EventLoop& loop() const { return *loop_; }  // of the control thread, on which commands begin

  // Arguments; nothing when they are absent or of another type.
  std::optional<std::string> text(const char* name) const;
  std::optional<std::int64_t> number(const char* name) const;
  bool flag(const char* name) const;
  // The argument `name` as an account's name in its normal form, given as "user" or "user@domain". Refuses the call
  // when it is none.
  std::optional<std::string> user(const char* name) const;

  void answer(Json result) const { state_->finish(std::move(result)); }
  void refuse(std::string why) const { state_->finish(Error{ErrorCode::invalid, std::move(why)}); }
  void refuse(const Error& error, std::string_view user) const;  // of the store, about that account

 private:
  class State {
   public:
    State(Json request_of_caller, ControlAnswer answer)
        : request(std::move(request_of_caller)), answer_(std::move(answer)) {}
    ~State() { finish(Error{ErrorCode::unavailable, "the server is stopping"}); }
    void finish(Result<Json> outcome);
    const Json request;

   private:
    std::atomic<bool> is_finished_{false};
    ControlAnswer answer_;
  };

  Daemon* daemon_;   // not owned
  EventLoop* loop_;  // not owned
  std::shared_ptr<State> state_;
};

// Runs `ask` on every shard, then `then` with all answers, in any order, on the control thread.
template <class T>
void ask_shards(const ControlCall& call, std::function<T(server::Shard&)> ask,
                std::function<void(std::vector<T>)> then) {
  auto& shards = call.daemon().shards();
  auto answers = std::make_shared<std::vector<T>>();
  for (unsigned i = 0; i < shards.count(); ++i) {
    shards.post(i, [call, ask, then, answers, count = shards.count()](server::Shard& shard) {
      call.loop().post([then, answers, count, answer = ask(shard)]() mutable {
        answers->push_back(std::move(answer));
        if (answers->size() == count) then(std::move(*answers));
      });
    });
  }
}

}  // namespace queqiao::daemon
