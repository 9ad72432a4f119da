#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "backends/backend.h"
#include "harness/corpus/case.h"
#include "harness/corpus/yaml_reader.h"

namespace sigvet {

/// The longest value that a `repeat` may stand for, in bytes.
inline constexpr std::size_t kMaxRepeatBytes = std::size_t{16} << 20;

/// The most headers in a list.
inline constexpr std::size_t kMaxCaseHeaders = 200;

/// A string in quotes that may be empty.
std::optional<std::string> TakeString(YamlNode& node, FileErrors& errors);

/// A string in quotes that says something.
std::optional<std::string> TakeText(YamlNode& node, FileErrors& errors);

/// 64 lower-case hex digits in quotes.
std::optional<std::string> TakeHexDigits(YamlNode& node, FileErrors& errors);

/// A whole number without quotes.
std::optional<std::int64_t> TakeInteger(const YamlNode& node, FileErrors& errors);

/// `true` or `false` without quotes.
std::optional<bool> TakeBoolean(const YamlNode& node, FileErrors& errors);

/// One of `choices` in quotes. `what` is what they are, in words.
std::optional<std::string> TakeChoice(std::string_view what,
                                      std::span<const std::string_view> choices, YamlNode& node,
                                      FileErrors& errors);

/// The operation that is named in quotes, or null.
const OperationSpec* TakeOperation(YamlNode& node, FileErrors& errors);

/// Adds an error where a file's first member is not `sigvet`, the version of its format.
void CheckFirstKey(const YamlNode& member, FileErrors& errors);

/// Adds an error where `node`, the value of `sigvet`, is not the version that this program knows.
void CheckFormatVersion(const YamlNode& node, FileErrors& errors);

/// Whether `node` is a mapping or list, as `wanted` says; if not, adds that to the errors.
bool CheckKind(YamlNode::Kind wanted, const YamlNode& node, FileErrors& errors);

/// `prefix`, and which of `names` may have been meant by `word`, or else all of them.
std::string HintOf(std::string_view word, std::span<const std::string_view> names);

/// The members of a mapping, of which only some keys are known.
class Members {
 public:
  /// Adds an error for each member of `mapping` whose key is not one of `known`. `mapping` must
  /// outlive this.
  Members(YamlNode& mapping, std::span<const std::string_view> known, FileErrors& errors);

  /// The member, or null.
  YamlNode* Find(std::string_view key) const;

  /// The member, or null: then adds that it is missing, unless an unknown key looks like it.
  YamlNode* Require(std::string_view key) const;

  /// Whether an unknown key looks like `key`.
  bool IsMisspelt(std::string_view key) const;

  /// Whether there is a key that is not known.
  bool has_unknown() const { return !misspelt_.empty(); }

 private:
  YamlNode& mapping_;
  FileErrors& errors_;
  /// For each unknown key, the known one that was meant, or "".
  std::vector<std::string_view> misspelt_;
};

/// Takes values out of nodes, or adds to the errors why it can't. A node of the kind kInvalid gives
/// no value and no further error.
class ValueParser {
 public:
  /// `decoder` decodes base64. Both must outlive this.
  explicit ValueParser(Backend& decoder) : decoder_(decoder) {}

  /// The value of an input or a stage, as its type wants it.
  std::optional<Value> Take(const FieldSpec& field, YamlNode& node, FileErrors& errors);

  /// What all `repeat`s so far expanded to: at most kMaxAllRepeatsBytes.
  std::size_t repeated_bytes() const { return repeated_bytes_; }

 private:
  std::optional<std::string> TakeBytes(YamlNode& node, FileErrors& errors);
  std::optional<std::string> TakeForm(YamlNode& node, FileErrors& errors);
  std::optional<std::string> TakeRepeat(const Members& members, FileErrors& errors);
  std::optional<std::vector<HttpHeader>> TakeHeaders(YamlNode& node, FileErrors& errors);
  std::optional<HttpHeader> TakeHeader(YamlNode& node, FileErrors& errors);

  Backend& decoder_;
  std::size_t repeated_bytes_ = 0;
};

}  // namespace sigvet
