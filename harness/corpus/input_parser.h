#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "harness/corpus/case.h"
#include "harness/corpus/value_parser.h"

namespace sigvet {

/// An input that does not stand in a text, as an option of a command line gives it.
struct GivenInput {
  /// One of the inputs of the operation.
  std::string_view name;
  /// Absent: it is known later.
  Value value = {};
  /// What gives it, as messages call it: "--region"; then the text may not give it too. Empty: the
  /// text's own value goes before it.
  std::string_view from = {};
};

/// Fills in the inputs of `c`, whose operation must be known, from the members of `mapping` and
/// from `given`. Adds to `errors` whatever is wrong or missing.
void TakeInputs(YamlNode& mapping, std::span<const GivenInput> given, ValueParser& values, Case& c,
                FileErrors& errors);

/// The names of inputs or stages.
std::vector<std::string_view> NamesOf(std::span<const FieldSpec> fields);

/// Whether `field` is of another version than `version`, which is 0 where it is not known.
bool IsOfOtherVersion(const FieldSpec& field, std::int64_t version);

/// Adds that `member` gives a field of another version than `version`.
void AddOtherVersion(const FieldSpec& field, std::int64_t version, const YamlNode& member,
                     FileErrors& errors);

}  // namespace sigvet
