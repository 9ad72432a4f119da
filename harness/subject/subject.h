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
    // Of ports alone:
    kCrash,          ///< it died; `detail` says of what
    kTimeout,        ///< it gave no answer in time; `detail` says in what time
    kProtocolError,  ///< it wrote what is no answer; `detail` says what is wrong with it
    kLeftOut,        ///< its port.yaml, or how it is asked, leaves the case out; `detail` says why
    kNotRun,         ///< it was not asked; `detail` says why
  };

  Kind kind = Kind::kError;
  /// In the operation's order; the last one always among them, any other may be missing.
  std::vector<StageValue> stages;
  std::string detail;
  /// What the likely mistake is and what to do about it; may be empty.
  std::string hint = {};
  /// The end of what it wrote to standard error, where it crashed, hung or babbled.
  std::string stderr_tail = {};
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
