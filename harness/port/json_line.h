#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace sigvet {

/// How deep objects and lists of a line may stand within each other.
inline constexpr std::size_t kMaxJsonDepth = 8;
/// How many values a line may hold.
inline constexpr std::size_t kMaxJsonValues = 1000;

/// A value of a JSON text.
struct JsonValue {
  enum class Type : std::uint8_t { kNull, kBoolean, kInteger, kNumber, kString, kList, kObject };

  Type type = Type::kNull;
  /// A whole number that fits; every other number is kNumber.
  std::int64_t integer = 0;
  /// Of a string.
  std::string text = {};
  /// Of a member of an object.
  std::string name = {};
  /// The items of a list, the members of an object.
  std::vector<JsonValue> children = {};

  /// The member of that name, or null.
  const JsonValue* Find(std::string_view member) const;
  JsonValue* Find(std::string_view member);
};

/// "a number", "a list of numbers", "true or false" ...: what an author would call it.
std::string_view Describe(const JsonValue& value);

/// A line that was read, or what it holds up to the place where it is wrong.
struct JsonLine {
  JsonValue value = {};
  /// No message where all is well.
  Error error = {};
};

/// Reads a line that must be one JSON object (RFC 8259) in UTF-8, without a byte order mark, within
/// the limits above. A member twice in an object is an error.
JsonLine ReadJsonLine(std::string_view line);

}  // namespace sigvet
