#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "harness/corpus/case.h"
#include "harness/run/run_report.h"
#include "harness/subject/subject.h"

namespace sigvet {

/// The longest value of a first answer that is kept whole, to be shown; of longer ones, a hash.
inline constexpr std::size_t kMaxKeptValue = 4096;

/// Holds the answers of one subject to one case in several rounds against the first of them: their
/// kind and their stages must be the same, byte for byte. Takes little memory where the first
/// answer is the expected one.
class RepeatedAnswer {
 public:
  /// The answer in round `round`, from 0 and ascending; the last one of a round counts. Where the
  /// case was not run in a round, that says nothing.
  void Record(const Case& c, unsigned round, const Answer& answer);

  bool IsFlaky() const { return differing_ > 0; }
  /// What is to be said of it; only where it is flaky.
  Failure ToFailure() const;

 private:
  /// A stage whose value is not the expected one.
  struct Stage {
    const FieldSpec* stage = nullptr;
    std::string begin;
    std::uint64_t hash = 0;
  };

  void SetFirst(const Case& c, const Answer& answer);
  /// Null where the answer is the same as the first.
  std::unique_ptr<Failure> Compare(const Case& c, const Answer& answer) const;
  std::unique_ptr<Failure> CompareStage(const Case& c, const FieldSpec& stage,
                                        const std::string* value) const;

  std::uint32_t answers_ = 0;
  std::uint32_t differing_ = 0;
  std::uint32_t last_round_ = 0;
  bool last_differs_ = false;
  Answer::Kind first_kind_ = Answer::Kind::kNotRun;
  /// The stages of the first answer that are as expected, as bits by their number in the operation.
  std::uint32_t as_expected_ = 0;
  std::vector<Stage> others_;
  /// How the first answer that differs does; its reason says it without the count.
  std::unique_ptr<Failure> difference_;
};

}  // namespace sigvet
