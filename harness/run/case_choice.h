#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "harness/corpus/case.h"

namespace sigvet {

/// Whether contested cases take part where nobody asked for them.
enum class Contested : std::uint8_t {
  kAll,       ///< as any other case
  kOnAsking,  ///< only those that a filter matches which begins with the name of their suite
};

/// Chooses cases by globs, and remembers which of the globs matched one.
class CaseChoice {
 public:
  enum class Choice : std::uint8_t {
    kTaken,
    kContested,  ///< would be taken if somebody had asked for it
    kLeft,
  };

  /// Takes the cases that one of `filters` matches (all where there is none) and none of `skips`.
  /// Both must outlive this.
  CaseChoice(std::span<const std::string> filters, std::span<const std::string> skips,
             Contested contested);

  /// `suite`: the name of the case's suite.
  Choice Choose(std::string_view suite, const Case& c);

  /// Of the globs that have matched no case yet, the first one, filters before skips, and the
  /// option that it stands behind.
  struct Unmatched {
    std::string_view option;
    std::string_view pattern;
  };
  std::optional<Unmatched> FirstUnmatched() const;

  /// Whether a case of `suite` (empty: unknown) may be taken, or match a glob that has matched
  /// none yet.
  bool MayTake(std::string_view suite) const;
  bool MayMatchMore(std::string_view suite) const;

 private:
  struct Pattern {
    std::string_view text;
    bool is_matched = false;
  };

  std::vector<Pattern> filters_;
  std::vector<Pattern> skips_;
  Contested contested_;
};

/// Whether `pattern` may match the id of a case of `suite` (empty: unknown). No where its text up
/// to the first wildcard leads elsewhere.
bool MayMatchIn(std::string_view suite, std::string_view pattern);

}  // namespace sigvet
