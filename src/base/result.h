#pragma once

#include <optional>
#include <string>
#include <utility>
#include <variant>

namespace queqiao {

// What went wrong in the world (disk full, database gone), as opposed to what a peer did wrong, which is a value
// of the protocol, and to what we did wrong, which is QUEQIAO_ASSERT.
enum class ErrorCode {
  not_found,    // the thing asked for does not exist
  conflict,     // it exists already
  no_space,     // the disk or a quota is full; trying again later may work
  unavailable,  // the service behind is gone or read-only; trying again later may work
  corrupt,      // stored data is damaged; an operator must look
  invalid,      // the input cannot be used (configuration, certificate, file)
  io            // any other failure of the operating system
};

struct Error {
  ErrorCode code;
  std::string message;  // for the log and the operator; never sent to a peer
};

// A value or an Error. The names are those of std::expected (C++23), so that it can become an alias one day.
template <class T>
class [[nodiscard]] Result {
 public:
  Result(T value) : content_(std::in_place_index<0>, std::move(value)) {}
  Result(Error error) : content_(std::in_place_index<1>, std::move(error)) {}

  bool has_value() const { return content_.index() == 0; }
  explicit operator bool() const { return has_value(); }
  T& value() & { return std::get<0>(content_); }
  const T& value() const& { return std::get<0>(content_); }
  T&& value() && { return std::get<0>(std::move(content_)); }
  T& operator*() & { return std::get<0>(content_); }
  const T& operator*() const& { return std::get<0>(content_); }
  T&& operator*() && { return std::get<0>(std::move(content_)); }
  T* operator->() { return &std::get<0>(content_); }
  const T* operator->() const { return &std::get<0>(content_); }
  const Error& error() const { return std::get<1>(content_); }

 private:
  std::variant<T, Error> content_;
};

template <>
class [[nodiscard]] Result<void> {
 public:
  Result() = default;
  Result(Error error) : error_(std::move(error)) {}

  bool has_value() const { return !error_.has_value(); }
  explicit operator bool() const { return has_value(); }
  const Error& error() const { return *error_; }

 private:
  std::optional<Error> error_;
};

}  // namespace queqiao

#define QUEQIAO_CONCAT_INNER(a, b) a##b
#define QUEQIAO_CONCAT(a, b) QUEQIAO_CONCAT_INNER(a, b)
// QUEQIAO_TRY(auto value, call()); on failure returns the error to our caller.
#define QUEQIAO_TRY(declaration, ...) QUEQIAO_TRY_INNER(QUEQIAO_CONCAT(result_, __LINE__), declaration, __VA_ARGS__)
#define QUEQIAO_TRY_INNER(temporary, declaration, ...) \
  auto temporary = (__VA_ARGS__);                      \
  if (!temporary) return temporary.error();            \
  declaration = *std::move(temporary)
// The same for Result<void>.
#define QUEQIAO_CHECK(...)                                              \
  do {                                                                  \
    if (auto outcome = (__VA_ARGS__); !outcome) return outcome.error(); \
  } while (false)
