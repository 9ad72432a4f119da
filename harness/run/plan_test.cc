#include "harness/run/plan.h"

#include <gtest/gtest.h>

#include "harness/run/test_corpus.h"

namespace sigvet {
namespace {

using Indices = std::vector<std::uint32_t>;
using Patterns = std::vector<std::string>;

/// The test corpus with its second suite contested.
Corpus MakeContestedCorpus() {
  Corpus corpus = MakeTestCorpus();
  const auto contested =
      std::make_shared<const Provenance>(Provenance{.kind = Provenance::Kind::kContested});
  for (std::size_t i = 3; i < corpus.cases.size(); ++i) corpus.cases[i].provenance = contested;
  return corpus;
}

Indices Select(const Corpus& corpus, const Patterns& filters, const Patterns& skips,
               Contested contested = Contested::kOnAsking) {
  const auto selected = SelectCases(corpus, filters, skips, contested);
  EXPECT_TRUE(selected.ok());
  return selected.ok() ? selected->cases : Indices();
}

TEST(SelectCases, TakesAllWithoutAFilter) {
  const Corpus corpus = MakeTestCorpus();
  EXPECT_EQ(Select(corpus, {}, {}), (Indices{0, 1, 2, 3, 4, 5}));
}

TEST(SelectCases, FiltersAddUpAndSkipsWin) {
  const Corpus corpus = MakeTestCorpus();
  EXPECT_EQ(Select(corpus, {"t", "s/one"}, {"t/t*"}), (Indices{0, 3}));
}

TEST(SelectCases, APatternThatMatchesNothingIsAnError) {
  const Corpus corpus = MakeTestCorpus();
  const auto filtered = SelectCases(corpus, Patterns{"s", "s/onne"}, {}, Contested::kAll);
  ASSERT_FALSE(filtered.ok());
  EXPECT_EQ(ToString(filtered.error()),
            "--filter s/onne matches no case (did you mean \"s/one\"?)");
  const auto skipped = SelectCases(corpus, {}, Patterns{"nothing-like-it"}, Contested::kAll);
  ASSERT_FALSE(skipped.ok());
  EXPECT_EQ(ToString(skipped.error()),
            "--skip nothing-like-it matches no case (sigvet list cases shows them all)");
}

TEST(SuggestCase, GivesFullNamesElseTheNearest) {
  Corpus corpus = MakeTestCorpus();
  EXPECT_EQ(SuggestCase(corpus, "one"), "did you mean \"s/one\" or \"t/one\"?");
  EXPECT_EQ(SuggestCase(corpus, "s/onne"), "did you mean \"s/one\"?");
  EXPECT_EQ(SuggestCase(corpus, "aws-sig-v4/get-vanilla/header"),
            "such cases come from --suite aws-sig-v4:DIR");
  EXPECT_EQ(SuggestCase(corpus, "nothing-like-it"), "sigvet list cases shows them all");
  corpus.suites[0].name = "sigv4/contested";
  corpus.cases[0].id = "sigv4/contested/plus";
  corpus.cases[1].id = "sigv4/paths/plus";
  EXPECT_EQ(SuggestCase(corpus, "contested"), "did you mean \"sigv4/contested\"?");
  EXPECT_EQ(SuggestCase(corpus, "plus"),
            "did you mean \"sigv4/contested/plus\" or \"sigv4/paths/plus\"?");
  for (std::size_t i = 2; i < 5; ++i) corpus.cases[i].id = "x" + std::to_string(i) + "/plus";
  EXPECT_EQ(SuggestCase(corpus, "plus"),
            "did you mean \"sigv4/contested/plus\", \"sigv4/paths/plus\" or \"x2/plus\"?");
  corpus.suites[1].name = "aws-sig-v4";
  corpus.cases[5].id = "aws-sig-v4/get-vanilla/header";
  EXPECT_EQ(SuggestCase(corpus, "aws-sig-v4/get-vanila/header"),
            "did you mean \"aws-sig-v4/get-vanilla/header\"?");
}

TEST(SelectCases, NothingLeftIsAnError) {
  const Corpus corpus = MakeTestCorpus();
  const auto selected = SelectCases(corpus, Patterns{"s"}, Patterns{"s"}, Contested::kOnAsking);
  ASSERT_FALSE(selected.ok());
  EXPECT_EQ(ToString(selected.error()), "no case is left to run (--skip takes all of them out)");
}

TEST(SelectCases, LeavesContestedCasesOutUnlessTheirSuiteIsNamed) {
  const Corpus corpus = MakeContestedCorpus();
  EXPECT_EQ(Select(corpus, {}, {}), (Indices{0, 1, 2}));
  EXPECT_EQ(Select(corpus, {"**"}, {}), (Indices{0, 1, 2}));
  EXPECT_EQ(Select(corpus, {"*/one"}, {}), (Indices{0}));
  EXPECT_EQ(Select(corpus, {"t"}, {}), (Indices{3, 4, 5}));
  EXPECT_EQ(Select(corpus, {"t/**"}, {"t/two"}), (Indices{3, 5}));
  EXPECT_EQ(Select(corpus, {"**", "t/three"}, {}), (Indices{0, 1, 2, 5}));
  EXPECT_EQ(Select(corpus, {}, {}, Contested::kAll), (Indices{0, 1, 2, 3, 4, 5}));
}

TEST(SelectCases, CountsOnlyTheContestedCasesThatWereNotExcluded) {
  const Corpus corpus = MakeContestedCorpus();
  const auto left_out = [&](const Patterns& filters, const Patterns& skips) {
    return SelectCases(corpus, filters, skips, Contested::kOnAsking)->contested_left_out;
  };
  EXPECT_EQ(left_out({}, {}), (Indices{3, 4, 5}));
  EXPECT_EQ(left_out({"*/one"}, {}), (Indices{3}));
  EXPECT_EQ(left_out({}, {"*/two"}), (Indices{3, 5}));
  EXPECT_EQ(left_out({"s"}, {}), Indices());
  EXPECT_EQ(left_out({"t"}, {}), Indices());
}

TEST(SelectCases, SaysHowToRunContestedCasesWhereThereAreNoOthers) {
  const Corpus corpus = MakeContestedCorpus();
  const auto selected = SelectCases(corpus, Patterns{"*/two"}, Patterns{"s"}, Contested::kOnAsking);
  ASSERT_FALSE(selected.ok());
  EXPECT_EQ(ToString(selected.error()), "only contested cases match (--filter t runs them)");
}

TEST(PlanBackend, SaysWhyThereIsNone) {
  const PlannedSubject planned = PlanBackend("botam");
  EXPECT_FALSE(planned.info.unavailable_because.empty());
  EXPECT_FALSE(static_cast<bool>(planned.make));
}

}  // namespace
}  // namespace sigvet
