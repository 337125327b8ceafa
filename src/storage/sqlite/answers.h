#pragma once

#include <utility>
#include <variant>
#include <vector>

#include "storage/store.h"

namespace queqiao::storage::sqlite {

// The answers of one batch, each to be given on its asker's loop, in the order in which they were added. One post a
// loop carries them all: waking a thread per message would cost more than storing it.
class Answers {
 public:
  void add(Reply<ArchiveId>& reply, Result<ArchiveId> outcome);
  template <class T>
  void add(Reply<T>& reply, Result<T> outcome) {
    if (!reply.home || !reply.then) return;
    of(*reply.home).emplace_back([then = std::move(reply.then), outcome = std::move(outcome)]() mutable {
      then(std::move(outcome));
    });
  }
  void post();  // leaves this empty

 private:
  struct Stored {  // kept without an allocation of its own: there are tens of thousands a second
    UniqueFunction<void(Result<ArchiveId>)> then;
    Result<ArchiveId> outcome;
  };
  using Answer = std::variant<Stored, UniqueFunction<void()>>;
  using List = std::vector<Answer>;

  List& of(EventLoop& home);
  static void give(List& answers);

  std::vector<std::pair<EventLoop*, List>> lists_;  // a handful of loops, so searched in order; not owned
};

}  // namespace queqiao::storage::sqlite
