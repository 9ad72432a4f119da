#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "harness/corpus/case.h"

namespace sigvet {

/// What a subject made of a case.
struct Answer {
  enum class Kind {
    kOutput,       ///< `stages` hold what it computed
    kRefused,      ///< it rejects the input; `detail` says why
    kUnsupported,  ///< it does not do this operation; `detail` says what is missing
    kError,        ///< it failed; `detail` says how
  };

  Kind kind = Kind::kError;
  /// In the operation's order; the last one always among them, any other may be missing.
  std::vector<StageValue> stages;
  std::string detail;
};

/// Whatever can answer a case: a crypto backend, a port. Belongs to one thread at a time.
class Subject {
 public:
  Subject() = default;
  virtual ~Subject() = default;
  Subject(const Subject&) = delete;
  Subject& operator=(const Subject&) = delete;

  /// Answers `c`. Whatever goes wrong is an answer too: this does not throw.
  virtual Answer Evaluate(const Case& c) = 0;
};

}  // namespace sigvet
