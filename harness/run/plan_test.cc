#include "harness/run/plan.h"

#include <gtest/gtest.h>

#include "harness/run/test_corpus.h"

namespace sigvet {
namespace {

using Indices = std::vector<std::uint32_t>;
using Patterns = std::vector<std::string>;

TEST(SelectCases, TakesAllWithoutAFilter) {
  const Corpus corpus = MakeTestCorpus();
  EXPECT_EQ(*SelectCases(corpus, {}, {}), (Indices{0, 1, 2, 3, 4, 5}));
}

TEST(SelectCases, FiltersAddUpAndSkipsWin) {
  const Corpus corpus = MakeTestCorpus();
  EXPECT_EQ(*SelectCases(corpus, Patterns{"t", "s/one"}, Patterns{"t/t*"}), (Indices{0, 3}));
}

TEST(SelectCases, APatternThatMatchesNothingIsAnError) {
  const Corpus corpus = MakeTestCorpus();
  const auto filtered = SelectCases(corpus, Patterns{"s", "s/onne"}, {});
  ASSERT_FALSE(filtered.ok());
  EXPECT_EQ(ToString(filtered.error()),
            "--filter s/onne matches no case (did you mean \"s/one\"?)");
  const auto skipped = SelectCases(corpus, {}, Patterns{"nothing-like-it"});
  ASSERT_FALSE(skipped.ok());
  EXPECT_EQ(ToString(skipped.error()),
            "--skip nothing-like-it matches no case (sigvet list cases shows them all)");
}

TEST(SelectCases, NothingLeftIsAnError) {
  const Corpus corpus = MakeTestCorpus();
  EXPECT_FALSE(SelectCases(corpus, Patterns{"s"}, Patterns{"s"}).ok());
}

TEST(PlanBackend, SaysWhyThereIsNone) {
  const PlannedSubject planned = PlanBackend("botam");
  EXPECT_FALSE(planned.info.unavailable_because.empty());
  EXPECT_FALSE(static_cast<bool>(planned.make));
}

}  // namespace
}  // namespace sigvet
