#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <variant>

#include "base/check.h"

namespace sigvet {

/// A place in a text that a user wrote. Lines and columns count from 1, columns in bytes; 0
/// means that the whole file (or no file) is meant.
struct Place {
  std::string file;
  std::uint32_t line = 0;
  std::uint32_t column = 0;

  bool operator==(const Place&) const = default;
};

/// `file:line:column`, without the parts that are not known.
std::string ToString(const Place& place);

/// What a user can get wrong: one line that says what is wrong and, where it helps, one that says
/// what would be right.
struct Error {
  std::string message;
  Place place = {};
  std::string hint = {};

  bool operator==(const Error&) const = default;
};

/// `place: message (hint)`, without the parts that are empty.
std::string ToString(const Error& error);

/// A value, or the error that kept it from being made.
template <typename T>
class [[nodiscard]] Result {
 public:
  Result(T value) : state_(std::move(value)) {}      // NOLINT(google-explicit-constructor)
  Result(Error error) : state_(std::move(error)) {}  // NOLINT(google-explicit-constructor)

  bool ok() const { return std::holds_alternative<T>(state_); }
  explicit operator bool() const { return ok(); }

  /// The value; only where ok().
  T& value() & {
    Check(ok(), "value() of a Result that holds an error");
    return *std::get_if<T>(&state_);
  }
  const T& value() const& {
    Check(ok(), "value() of a Result that holds an error");
    return *std::get_if<T>(&state_);
  }
  T&& value() && {
    Check(ok(), "value() of a Result that holds an error");
    return std::move(*std::get_if<T>(&state_));
  }

  T& operator*() & { return value(); }
  const T& operator*() const& { return value(); }
  T&& operator*() && { return std::move(*this).value(); }
  T* operator->() { return &value(); }
  const T* operator->() const { return &value(); }

  /// The error; only where !ok().
  const Error& error() const {
    Check(!ok(), "error() of a Result that holds a value");
    return *std::get_if<Error>(&state_);
  }

 private:
  std::variant<T, Error> state_;
};

}  // namespace sigvet
