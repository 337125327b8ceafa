#pragma once

#include <utility>

#include "storage/store.h"

namespace queqiao::storage {

// Hands one answer to whoever asked, on its own loop; drops it when nobody asks. Any thread.
template <class T>
void post_answer(Reply<T> reply, Result<T> outcome) {
  if (!reply.home || !reply.then) return;
  reply.home->post(
      [then = std::move(reply.then), outcome = std::move(outcome)]() mutable { then(std::move(outcome)); });
}

}  // namespace queqiao::storage
