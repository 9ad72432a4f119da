#include "harness/run/run_problems.h"

#include <gtest/gtest.h>

#include <vector>

#include "harness/run/runner.h"
#include "harness/run/test_corpus.h"

namespace sigvet {
namespace {

Answer Unsupported(const Case& c) {
  return {Answer::Kind::kUnsupported, {}, "does not do " + std::string(c.operation->name)};
}

PlannedSubject Right(std::string id) {
  return MakeTestSubject(std::move(id), [](const Case& c) { return TestOutput(c, "right"); });
}

/// The problems of a run, a line each.
std::string ProblemsOf(std::vector<PlannedSubject> subjects,
                       const std::vector<std::string>& required = {},
                       const std::atomic<bool>* interrupted = nullptr) {
  const Corpus corpus = MakeTestCorpus();
  const RunReport report = RunPlan(MakeTestPlan(corpus, std::move(subjects)),
                                   {.required_operations = required, .interrupted = interrupted});
  std::string lines;
  for (const Error& problem : report.problems) lines += ToString(problem) + "\n";
  EXPECT_TRUE(lines.empty() || report.totals.failed >= 1U);
  return lines;
}

PlannedSubject Missing() {
  PlannedSubject missing;
  missing.info = {.id = "missing", .kind = "port", .unavailable_because = "needs php"};
  return missing;
}

TEST(RunProblems, NoneWhereWhatIsRequiredRan) {
  EXPECT_EQ(ProblemsOf({Right("a"), Missing()}, {"base64-encode"}), "");
}

TEST(RunProblems, ASubjectThatRanNoCaseOfARequiredOperation) {
  EXPECT_EQ(
      ProblemsOf({Right("a"), MakeTestSubject("b", Unsupported)}, {"base64-encode"}),
      "b ran no case of base64-encode, which --require-op asks for (s/one: unsupported: does not "
      "do base64-encode)\n");
}

TEST(RunProblems, EveryCaseOfARequiredOperationIsRequired) {
  const auto only_one = [](const Case& c) {
    return c.id == "t/one" ? TestOutput(c, "right") : Unsupported(c);
  };
  EXPECT_EQ(
      ProblemsOf({MakeTestSubject("b", only_one)}, {"base64-encode"}),
      "b did not run 5 cases of base64-encode, which --require-op asks for (s/one: unsupported: "
      "does not do base64-encode)\n");
  EXPECT_EQ(ProblemsOf({MakeTestSubject("b", only_one)}), "");
}

TEST(RunProblems, ButForThoseThatItsDescriptionLeavesOut) {
  const auto left_out = [](const Case& c) {
    return c.id == "t/one" ? TestOutput(c, "right")
                           : Answer{Answer::Kind::kLeftOut, {}, "does not do version 2"};
  };
  EXPECT_EQ(ProblemsOf({MakeTestSubject("b", left_out)}, {"base64-encode"}), "");
}

TEST(RunProblems, AnOperationThatNoSelectedCaseHas) {
  EXPECT_EQ(ProblemsOf({Right("a")}, {"sha256"}),
            "no selected case is of sha256, which --require-op asks for\n");
}

TEST(RunProblems, ARunWhereNothingRan) {
  EXPECT_EQ(ProblemsOf({MakeTestSubject("b", Unsupported)}),
            "no case ran: every one was skipped (the first: unsupported: does not do "
            "base64-encode)\n");
  EXPECT_EQ(ProblemsOf({Missing()}), "no case ran: no subject is available\n");
}

TEST(RunProblems, NothingIsRequiredOfAnInterruptedRun) {
  const std::atomic<bool> interrupted = true;
  EXPECT_EQ(ProblemsOf({MakeTestSubject("b", Unsupported)}, {"base64-encode"}, &interrupted), "");
}

}  // namespace
}  // namespace sigvet
