#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "harness/corpus/file_errors.h"

namespace sigvet {

/// The longest scalar, in bytes, as it stands in the file and as it is meant.
inline constexpr std::size_t kMaxScalarBytes = std::size_t{1} << 20;
/// The top-level mapping is the first level.
inline constexpr std::size_t kMaxYamlDepth = 8;
/// The most nodes that a top-level member, or an item of a top-level sequence, may have.
inline constexpr std::size_t kMaxYamlNodes = 1000;

/// The hint of the error that a text is empty or no mapping, as fits a file with a format version.
inline constexpr std::string_view kBeginHint = R"(begin with "sigvet: 1")";

/// A value of a YAML file and, where it stands in a mapping, its key.
struct YamlNode {
  enum class Kind : std::uint8_t {
    kPlain,     ///< a scalar without quotes: a number, or a string whose quotes were forgotten
    kString,    ///< a scalar in single or double quotes, or a block scalar
    kMapping,   ///< `children` have keys, each another one
    kSequence,  ///< `children` have no keys
    kInvalid,   ///< no value; the error has been added already
  };

  Kind kind = Kind::kInvalid;
  TextPlace place;
  TextPlace key_place;
  std::string key;
  std::string text;
  std::vector<YamlNode> children;
};

/// Takes what ReadYaml finds, in the order of the file.
class YamlHandler {
 public:
  YamlHandler() = default;
  virtual ~YamlHandler() = default;
  YamlHandler(const YamlHandler&) = delete;
  YamlHandler& operator=(const YamlHandler&) = delete;

  /// A member of the top-level mapping. A sequence comes without its children: they follow, each in
  /// an OnItem. Its kind and key must be left as they are.
  virtual void OnMember(YamlNode& member) = 0;
  /// The next item of the sequence that the last OnMember announced.
  virtual void OnItem(YamlNode& item) = 0;
  /// Asked before each value: true ends the reading.
  virtual bool IsInterrupted() const { return false; }
};

/// Reads `text` as the strict part of YAML 1.2 that a corpus is written in: one document with a
/// mapping at the top; keys plain and not repeated; no anchors, aliases, merge keys, tags, or empty
/// values; UTF-8 without control characters. Adds everything else to `errors`. Keeps one member or
/// item at a time. What the handler adds for an item that a syntax error follows at once is taken
/// back: the item may be cut off. False where reading ended before the end of the text.
bool ReadYaml(std::string_view text, FileErrors& errors, YamlHandler& handler);

}  // namespace sigvet
