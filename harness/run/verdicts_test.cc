#include "harness/run/verdicts.h"

#include <gtest/gtest.h>

#include "harness/run/runner.h"
#include "harness/run/test_corpus.h"

namespace sigvet {
namespace {

/// Runs one suite's three cases on backends that answer `texts`, each always the same.
RunReport RunBackends(const std::vector<std::string>& texts) {
  static const Corpus corpus = MakeTestCorpus();
  std::vector<PlannedSubject> subjects;
  for (const std::string& text : texts) {
    subjects.push_back(MakeTestSubject("backend-" + std::to_string(subjects.size()),
                                       [text](const Case& c) { return TestOutput(c, text); }));
  }
  Plan plan = MakeTestPlan(corpus, std::move(subjects));
  plan.selected.cases = {0, 1, 2};
  return RunPlan(plan, {});
}

TEST(Disputes, AllBackendsAgainstTheCaseCountOnce) {
  const RunReport report = RunBackends({"wrong", "wrong", "wrong"});
  for (const auto& result : report.results) EXPECT_EQ(result.verdict, Verdict::kDisputed);
  EXPECT_EQ(report.totals.failed, 3U);
  EXPECT_EQ(report.totals.passed, 0U);
  EXPECT_FALSE(IsConformant(report));
}

TEST(Disputes, ABackendThatDiffersFromTheOthersFailsAlone) {
  const RunReport report = RunBackends({"right", "wrong", "right"});
  EXPECT_EQ(report.results[0].verdict, Verdict::kPass);
  EXPECT_EQ(report.results[1].verdict, Verdict::kFail);
  EXPECT_EQ(report.totals.failed, 3U);
}

TEST(Disputes, BackendsThatAreWrongInDifferentWaysAllFail) {
  const RunReport report = RunBackends({"wrong", "wronger"});
  EXPECT_EQ(report.results[0].verdict, Verdict::kFail);
  EXPECT_EQ(report.totals.failed, 6U);
}

TEST(Disputes, TheOutvotedBackendFailsAlone) {
  const RunReport report = RunBackends({"wrong", "odd", "wrong", "wrong"});
  EXPECT_EQ(report.results[0].verdict, Verdict::kDisputed);
  EXPECT_EQ(report.results[1].verdict, Verdict::kFail);
  EXPECT_EQ(report.results[2].verdict, Verdict::kDisputed);
  EXPECT_EQ(report.totals.failed, 6U);
}

TEST(Disputes, HalfOfTheBackendsCannotDispute) {
  EXPECT_EQ(RunBackends({"wrong", "wrong", "odd", "odd"}).results[0].verdict, Verdict::kFail);
}

TEST(Disputes, ABackendThatPassesSettlesIt) {
  EXPECT_EQ(RunBackends({"wrong", "wrong", "right"}).results[0].verdict, Verdict::kFail);
}

TEST(Disputes, OneBackendAloneCannotDispute) {
  EXPECT_EQ(RunBackends({"wrong"}).results[0].verdict, Verdict::kFail);
}

// That several ports are wrong alike says nothing against the case: people copy.
TEST(Disputes, PortsTakeNoPart) {
  const auto run = [](const std::vector<std::pair<std::string, std::string>>& subjects) {
    static const Corpus corpus = MakeTestCorpus();
    std::vector<PlannedSubject> planned;
    for (const auto& [kind, text] : subjects) {
      planned.push_back(MakeTestSubject(kind + std::to_string(planned.size()),
                                        [text](const Case& c) { return TestOutput(c, text); }));
      planned.back().info.kind = kind;
    }
    return RunPlan(MakeTestPlan(corpus, std::move(planned)), {});
  };
  const RunReport ports = run({{"port", "wrong"}, {"port", "wrong"}, {"port", "wrong"}});
  EXPECT_EQ(ports.results[0].verdict, Verdict::kFail);
  const RunReport one_backend = run({{"backend", "wrong"}, {"port", "wrong"}, {"port", "wrong"}});
  EXPECT_EQ(one_backend.results[0].verdict, Verdict::kFail);
  const RunReport settled = run({{"backend", "wrong"}, {"backend", "wrong"}, {"port", "right"}});
  EXPECT_EQ(settled.results[0].verdict, Verdict::kDisputed);
  EXPECT_EQ(settled.results[2].verdict, Verdict::kPass);
}

TEST(Totals, ARunWhereAllPassIsConformant) {
  const RunReport report = RunBackends({"right", "right"});
  EXPECT_EQ(report.totals.passed, 6U);
  EXPECT_TRUE(IsConformant(report));
}

}  // namespace
}  // namespace sigvet
