#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace sigvet {

/// What an input or a stage is made of.
enum class ValueType {
  kText,     ///< UTF-8 in most cases; any bytes can be given
  kBytes,    ///< any bytes
  kHex,      ///< 64 lower-case hex digits: a digest, a MAC or a key
  kInteger,  ///< a whole number
  kBoolean,  ///< true or false
  kChoice,   ///< one of the field's `choices`
  kHeaders,  ///< names and values, any bytes, in their order
  /// The value of an Authorization header: the order of its fields and the blanks between them say
  /// nothing.
  kAuthorization,
  /// The order of its parameters, and what is percent-encoded in it, say nothing.
  kUrl,
};

/// Whether a case must give an input.
enum class Presence : std::uint8_t {
  kRequired,
  kOptional,   ///< it may be absent
  kDefaulted,  ///< where the case leaves it out it is `default_text`
};

/// One input or one stage of an operation.
struct FieldSpec {
  /// As in the corpus, in JSON and in the port protocol: snake_case.
  std::string_view name;
  ValueType type;
  /// The value of the input `version` that this field belongs to; 0 where it belongs to all.
  std::int8_t version = 0;
  /// Inputs only.
  Presence presence = Presence::kRequired;
  /// As in the corpus, without quotes; a list of headers that is left out is empty.
  std::string_view default_text = {};
  std::span<const std::string_view> choices = {};
};

/// An operation that a case asks for: its inputs, and its stages in the order in which an
/// implementation computes them. The last stage (of a version) is the answer.
struct OperationSpec {
  std::string_view name;
  std::span<const FieldSpec> inputs;
  std::span<const FieldSpec> stages;
  /// The values that the input `version` may have; empty where there is no such input.
  std::span<const std::int64_t> versions = {};
};

/// Every operation there is.
std::span<const OperationSpec> AllOperations();

/// The operation of that name, or null.
const OperationSpec* FindOperation(std::string_view name);

/// The stage that is the signature of a request or message, the seed of a chain; null where the
/// operation has none.
const FieldSpec* SignatureStage(const OperationSpec& operation);

}  // namespace sigvet
