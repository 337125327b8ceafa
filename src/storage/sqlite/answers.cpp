#include "storage/sqlite/answers.h"

namespace queqiao::storage::sqlite {

void Answers::add(Reply<ArchiveId>& reply, Result<ArchiveId> outcome) {
  if (!reply.home || !reply.then) return;
  of(*reply.home).emplace_back(std::in_place_type<Stored>, std::move(reply.then), std::move(outcome));
}

Answers::List& Answers::of(EventLoop& home) {
  for (auto& [loop, list] : lists_) {
    if (loop == &home) return list;
  }
  return lists_.emplace_back(&home, List()).second;
}

void Answers::give(List& answers) {
  for (auto& answer : answers) {
    if (auto* stored = std::get_if<Stored>(&answer)) {
      stored->then(std::move(stored->outcome));
    } else {
      std::get<UniqueFunction<void()>>(answer)();
    }
  }
}

void Answers::post() {
  for (auto& [home, list] : lists_) {
    if (list.empty()) continue;
    const std::size_t usual = list.size();
    home->post([answers = std::exchange(list, {})]() mutable { give(answers); });
    list.reserve(usual);
  }
}

}  // namespace queqiao::storage::sqlite
