#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include "harness/corpus/value_parser.h"

namespace sigvet {

/// The longest id of a case, with its suite's name.
inline constexpr std::size_t kMaxIdBytes = 100;

/// Whether `text` is lower-case letters and digits in words that single hyphens join.
bool IsKebabCase(std::string_view text);

/// Makes cases of nodes, by the table of operations.
class CaseParser {
 public:
  /// `decoder` decodes base64 and must outlive this.
  explicit CaseParser(Backend& decoder) : values_(decoder) {}

  /// What the `repeat`s of all cases so far expanded to.
  std::size_t repeated_bytes() const { return values_.repeated_bytes(); }

  /// The case of the suite `suite` (empty: unknown) that `node` describes. Whatever is wrong with
  /// it is added to `errors` and left out of the case, which then must not be run. Its id is empty
  /// where that is not known, its `suite` and `file` are left to the caller.
  Case Parse(YamlNode& node, std::string_view suite, FileErrors& errors);

 private:
  void ParseInputs(YamlNode& node, Case& c, FileErrors& errors);
  void ParseStages(YamlNode& node, Case& c, FileErrors& errors);
  void ParseRequirement(const Members& members, const YamlNode& node, Case& c, FileErrors& errors);

  ValueParser values_;
  std::shared_ptr<const Provenance> last_provenance_;
};

}  // namespace sigvet
