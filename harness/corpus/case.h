#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/result.h"
#include "harness/corpus/operation.h"

namespace sigvet {

/// An input: absent (it does not belong to the case's version), bytes (text is bytes too), or a
/// whole number.
using Value = std::variant<std::monostate, std::string, std::int64_t>;

/// What the right implementation does with a case.
enum class Requirement {
  kCompute,  ///< give the expected stages
  kRefuse,   ///< reject the input
  kEither,   ///< give the expected stages, or reject the input
};

/// One stage and its value: hex digits, text or bytes, exactly as an implementation gives them.
struct StageValue {
  /// One of the stages of the case's operation.
  const FieldSpec* stage = nullptr;
  std::string value;

  bool operator==(const StageValue&) const = default;
};

/// Where an expected value comes from.
struct Provenance {
  enum class Kind {
    kPublished,     ///< `source` says where
    kCrossChecked,  ///< the implementations in `agree` gave the same value, independently
    kDerived,       ///< `source` says from what and how
  };

  Kind kind = Kind::kDerived;
  std::string source;
  std::vector<std::string> agree;

  bool operator==(const Provenance&) const = default;
};

/// One case of the corpus.
struct Case {
  /// Unique in the corpus: the suite's name, a slash, and the case's own name.
  std::string id;
  const OperationSpec* operation = nullptr;
  /// Parallel to `operation->inputs`.
  std::vector<Value> inputs;
  /// The stages that are known, in the operation's order, the last one always among them. Empty
  /// where the case must be refused.
  std::vector<StageValue> expected;
  /// Why the input must or may be refused, in words; else empty.
  std::string refusal;
  /// Shared by neighbours that have the same. Never null in a loaded corpus.
  std::shared_ptr<const Provenance> provenance;
  /// Why the case exists.
  std::string why;
  Requirement requirement = Requirement::kCompute;
  /// Indices into the corpus's `suites` and `files`.
  std::uint32_t suite = 0;
  std::uint32_t file = 0;
  /// Where the case begins in its file, from 1.
  std::uint32_t line = 0;
  std::uint32_t column = 0;

  /// The bytes of the input `name`, which the operation must have and the case's version must use.
  const std::string& Text(std::string_view name) const;
  /// The same for a whole number.
  std::int64_t Integer(std::string_view name) const;
  /// Whether `field`, an input or a stage of the operation, belongs to this case's version.
  bool Uses(const FieldSpec& field) const;
};

/// A suite: the cases of one file's theme.
struct Suite {
  /// As in "ses/published".
  std::string name;
  std::string about;
};

/// A file that cases came from.
struct CorpusFile {
  /// As messages show it: the path given, or the path in the source tree for the built-in corpus.
  std::string name;
  /// Of the file's bytes, in lower-case hex.
  std::string sha256;
};

/// Every case of every file, in the order of the files and of the cases in them.
struct Corpus {
  std::vector<CorpusFile> files;
  std::vector<Suite> suites;
  std::vector<Case> cases;
  /// SHA-256, in hex, of the files' digests: equal where the files' contents are, wherever they
  /// lie.
  std::string digest;

  Place PlaceOf(const Case& c) const { return {files[c.file].name, c.line, c.column}; }
};

}  // namespace sigvet
