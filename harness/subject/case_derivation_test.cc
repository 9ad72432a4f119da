#include "harness/subject/case_derivation.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

#include "harness/subject/diagnose_answer.h"
#include "harness/subject/test_cases.h"

namespace sigvet {
namespace {

using ::testing::HasSubstr;

// Every value that the corpus knows, and that comes from other implementations, is what the pieces
// give.
TEST(CaseDerivation, GivesWhatTheWholeCorpusExpects) {
  const std::unique_ptr<Backend> backend = AnyTestBackend();
  std::map<std::string, int> checked;
  for (const Case& c : TestBuiltInCorpus().cases) {
    if (c.requirement == Requirement::kRefuse || !IsDerivation(*c.operation)) continue;
    SCOPED_TRACE(c.id);
    const auto derivation = CaseDerivation::Create(*backend, c);
    ASSERT_TRUE(derivation) << ToString(derivation.error());
    for (const StageValue& expected : c.expected) {
      const auto located = (*derivation)->Find(*expected.stage);
      if (!located) continue;
      EXPECT_EQ(ValueAt(*backend, *located->derivation, located->stage),
                ComparedValue(*expected.stage, expected.value))
          << expected.stage->name;
      ++checked[std::string(c.operation->name)];
    }
  }
  EXPECT_EQ(checked.size(), 8U);
  EXPECT_GT(checked["ses-smtp-password"], 1000);
  EXPECT_GT(checked["sigv4-sign"], 1000);
  EXPECT_GT(checked["sigv4-chunked"], 40);
}

// Without a defect the pieces give the answers that the corpus expects, byte by byte.
TEST(CaseDerivation, StagesWithoutDefectAreTheExpectedOnes) {
  const std::unique_ptr<Backend> backend = AnyTestBackend();
  for (const Case& c : TestBuiltInCorpus().cases) {
    if (c.requirement == Requirement::kRefuse || !IsDerivation(*c.operation)) continue;
    SCOPED_TRACE(c.id);
    const auto stages = DeriveTestCase(*backend, c)->StagesWith({});
    ASSERT_FALSE(stages.empty());
    for (const StageValue& expected : c.expected) {
      const auto same = [&](const StageValue& stage) { return stage.stage == expected.stage; };
      const auto found = std::ranges::find_if(stages, same);
      const bool repeats_inputs =
          expected.stage->name == "added_headers" || expected.stage->name == "credential";
      ASSERT_EQ(found == stages.end(), repeats_inputs) << expected.stage->name;
      if (!repeats_inputs) {
        EXPECT_EQ(found->value, expected.value);
      }
    }
  }
}

TEST(CaseDerivation, SaysWhatIsNone) {
  const std::unique_ptr<Backend> backend = AnyTestBackend();
  const auto error_of = [&](std::string_view id) {
    const auto derivation = CaseDerivation::Create(*backend, BuiltInCase(id));
    return derivation ? "" : derivation.error().message;
  };
  int refusals = 0;
  for (const Case& c : TestBuiltInCorpus().cases) {
    if (!IsDerivation(*c.operation)) {
      EXPECT_EQ(error_of(c.id), std::string(c.operation->name) + " is no derivation");
    } else if (c.requirement == Requirement::kRefuse) {
      EXPECT_THAT(error_of(c.id), HasSubstr("must be refused: "));
      ++refusals;
    }
  }
  EXPECT_GT(refusals, 50);
}

}  // namespace
}  // namespace sigvet
