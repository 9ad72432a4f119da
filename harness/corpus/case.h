#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/result.h"
#include "harness/corpus/operation.h"
#include "signing/http_request.h"

namespace sigvet {

/// An input: absent (it is optional, or does not belong to the case's version), bytes (text is
/// bytes too), a whole number, a boolean, or headers.
using Value =
    std::variant<std::monostate, std::string, std::int64_t, bool, std::vector<HttpHeader>>;

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
    kContested,     ///< `source` says what implementations disagree on; `observed` what each gives
  };

  /// A signature that some implementations give.
  struct Observation {
    /// 64 lower-case hex digits.
    std::string signature;
    std::vector<std::string> by;

    bool operator==(const Observation&) const = default;
  };

  Kind kind = Kind::kDerived;
  std::string source = {};
  std::vector<std::string> agree = {};
  std::vector<Observation> observed = {};

  bool operator==(const Provenance&) const = default;
};

/// As in the corpus: "published", "cross-checked" ...
std::string_view ToString(Provenance::Kind kind);

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
  /// Its secret was made up or published: it may show in a list of processes.
  bool is_synthetic = false;
  /// Indices into the corpus's `suites` and `files`.
  std::uint32_t suite = 0;
  std::uint32_t file = 0;
  /// Where the case begins in its file, from 1.
  std::uint32_t line = 0;
  std::uint32_t column = 0;

  /// The bytes of the input `name`, which the operation must have and the case's version must use.
  const std::string& Text(std::string_view name) const;
  /// The same where the input may be absent.
  std::optional<std::string_view> OptionalText(std::string_view name) const;
  /// The same for a whole number, a boolean, headers.
  std::int64_t Integer(std::string_view name) const;
  bool Boolean(std::string_view name) const;
  const std::vector<HttpHeader>& Headers(std::string_view name) const;
  /// Whether `field`, an input or a stage of the operation, belongs to this case's version.
  bool Uses(const FieldSpec& field) const;
  /// Whether reference implementations disagree on it: then it runs only where it is asked for.
  bool IsContested() const {
    return provenance != nullptr && provenance->kind == Provenance::Kind::kContested;
  }
};

/// A suite: the cases of one file's theme, or all of an imported suite.
struct Suite {
  /// As in "ses/published".
  std::string name;
  std::string about;
};

/// A file that cases came from.
struct CorpusFile {
  /// As messages show it: the path given, or the path in the source tree for the built-in corpus.
  std::string name;
  /// Of the file's bytes, in lower-case hex; of an imported case, over all its files.
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
