#pragma once

#include <cstddef>
#include <memory>
#include <new>
#include <type_traits>
#include <utility>

namespace queqiao {

template <class Signature>
class UniqueFunction;

// A callable that is moved, never copied, so it may own what it needs (std::move_only_function is C++23). Callables
// of up to five pointers are kept in place: posting a closure between threads allocates nothing in the common case.
template <class R, class... Args>
class UniqueFunction<R(Args...)> {
 public:
  UniqueFunction() = default;
  UniqueFunction(std::nullptr_t) {}
  template <class F>
  requires(!std::is_same_v<std::decay_t<F>, UniqueFunction> && std::is_invocable_r_v<R, std::decay_t<F>&, Args...>)
      UniqueFunction(F&& callable) {
    using Callable = std::decay_t<F>;
    if constexpr (fits<Callable>) {
      new (&storage_) Callable(std::forward<F>(callable));
      table_ = &inline_table<Callable>;
    } else {
      new (&storage_) Callable*(new Callable(std::forward<F>(callable)));
      table_ = &heap_table<Callable>;
    }
  }
  UniqueFunction(UniqueFunction&& other) noexcept { take(other); }
  UniqueFunction& operator=(UniqueFunction&& other) noexcept {
    if (this != &other) {
      reset();
      take(other);
    }
    return *this;
  }
  UniqueFunction(const UniqueFunction&) = delete;
  UniqueFunction& operator=(const UniqueFunction&) = delete;
  ~UniqueFunction() { reset(); }

  explicit operator bool() const { return table_ != nullptr; }
  R operator()(Args... args) { return table_->invoke(&storage_, std::forward<Args>(args)...); }

 private:
  struct Table {
    R (*invoke)(void*, Args&&...);
    void (*relocate)(void* to, void* from);
    void (*destroy)(void*);
  };
  static constexpr std::size_t capacity = 5 * sizeof(void*);
  template <class F>
  static constexpr bool fits = sizeof(F) <= capacity &&
                               alignof(F) <= alignof(void*) && std::is_nothrow_move_constructible_v<F>;
  template <class F>
  static constexpr Table inline_table = {
      [](void* self, Args&&... args) -> R { return (*static_cast<F*>(self))(std::forward<Args>(args)...); },
      [](void* to, void* from) {
        new (to) F(std::move(*static_cast<F*>(from)));
        static_cast<F*>(from)->~F();
      },
      [](void* self) { static_cast<F*>(self)->~F(); }};
  template <class F>
  static constexpr Table heap_table = {
      [](void* self, Args&&... args) -> R { return (**static_cast<F**>(self))(std::forward<Args>(args)...); },
      [](void* to, void* from) { new (to) F*(*static_cast<F**>(from)); },
      [](void* self) { delete *static_cast<F**>(self); }};

  void take(UniqueFunction& other) noexcept {
    if (!other.table_) return;
    other.table_->relocate(&storage_, &other.storage_);
    table_ = std::exchange(other.table_, nullptr);
  }
  void reset() noexcept {
    if (table_) std::exchange(table_, nullptr)->destroy(&storage_);
  }

  alignas(void*) std::byte storage_[capacity];
  const Table* table_ = nullptr;
};

}  // namespace queqiao
