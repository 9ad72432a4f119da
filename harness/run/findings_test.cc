#include "harness/run/findings.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "harness/run/runner.h"
#include "harness/run/test_corpus.h"
#include "harness/subject/backend_subject.h"
#include "harness/subject/test_cases.h"

namespace sigvet {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

using Evaluate = std::function<Answer(const Case&)>;

/// The cases of the built-in corpus that `is_wanted` says.
Plan PlanOf(const std::function<bool(const Case&)>& is_wanted,
            std::vector<PlannedSubject> subjects) {
  const Corpus& corpus = TestBuiltInCorpus();
  Plan plan = MakeTestPlan(corpus, std::move(subjects));
  std::erase_if(plan.selected.cases,
                [&](std::uint32_t index) { return !is_wanted(corpus.cases[index]); });
  return plan;
}

/// Passwords of version 4 that must be computed.
bool IsPassword(const Case& c) {
  return c.operation->name == "ses-smtp-password" && c.requirement == Requirement::kCompute &&
         c.Integer("version") == 4 && !c.IsContested() && !c.id.starts_with("ses/digests");
}

Answer RightAnswer(const Case& c) { return {Answer::Kind::kOutput, c.expected, {}}; }

/// The last key as bytes, by the messages that every password has, from `first_key`.
std::string MacFrom(Backend& backend, const Case& c, const std::string& first_key) {
  return TestChain(backend, first_key,
                   {"11111111", c.Text("region"), "ses", "aws4_request", "SendRawEmail"});
}

Answer Password(const Case& c, std::string password) { return TestOutput(c, std::move(password)); }

/// A port that takes the version byte of the old algorithm.
Answer WithOldVersion(const Case& c) {
  const auto backend = AnyTestBackend();
  return Password(c,
                  TestPassword(*backend, '\x02', MacFrom(*backend, c, "AWS4" + c.Text("secret"))));
}

Answer WithLineEnd(const Case& c) {
  const auto backend = AnyTestBackend();
  return Password(
      c, TestPassword(*backend, '\x04', MacFrom(*backend, c, "AWS4" + c.Text("secret") + "\n")));
}

RunReport RunOn(Evaluate evaluate, RunOptions options = {}) {
  return RunPlan(PlanOf(IsPassword, {MakeTestSubject("a", std::move(evaluate))}), options);
}

TEST(Findings, OneMistakeInEveryCaseIsOneFinding) {
  const RunReport report = RunOn(WithOldVersion);
  ASSERT_GT(report.results.size(), 100U);
  ASSERT_THAT(report.findings, SizeIs(1));
  const RunReport::Finding& finding = report.findings[0];
  EXPECT_EQ(finding.subject, 0U);
  EXPECT_EQ(finding.operation, "ses-smtp-password");
  ASSERT_THAT(finding.mistakes, SizeIs(1));
  EXPECT_EQ(finding.mistakes[0].id, "version-byte-2");
  EXPECT_FALSE(finding.mistakes[0].sentence.empty());
  EXPECT_FALSE(finding.mistakes[0].remedy.empty());
  EXPECT_FALSE(finding.mistakes[0].line.empty());
  EXPECT_FALSE(finding.is_about_secret);
  ASSERT_EQ(finding.results.size(), report.results.size());
  for (std::uint32_t i = 0; i < report.results.size(); ++i) {
    EXPECT_EQ(finding.results[i], i);
    EXPECT_EQ(report.results[i].finding, 0);
    EXPECT_EQ(report.results[i].verdict, Verdict::kFail);
  }
  EXPECT_EQ(report.not_searched, 0U);
}

TEST(Findings, ASecretThatIsWrongIsNoMistakeOfTheCode) {
  const RunReport report = RunOn(WithLineEnd);
  ASSERT_FALSE(report.findings.empty());
  EXPECT_EQ(report.findings[0].mistakes[0].id, "secret-newline");
  EXPECT_TRUE(report.findings[0].is_about_secret);
}

TEST(Findings, TheOneThatExplainsMostComesFirst) {
  const RunReport report = RunOn([n = 0](const Case& c) mutable {
    ++n;
    if (n % 10 == 0) return WithLineEnd(c);
    return n % 2 == 0 ? WithOldVersion(c) : RightAnswer(c);
  });
  ASSERT_THAT(report.findings, SizeIs(2));
  EXPECT_EQ(report.findings[0].mistakes[0].id, "version-byte-2");
  EXPECT_EQ(report.findings[1].mistakes[0].id, "secret-newline");
  EXPECT_EQ(report.results[0].finding, -1);
  EXPECT_EQ(report.results[1].finding, 0);
  EXPECT_EQ(report.results[9].finding, 1);
  EXPECT_EQ(report.findings[1].results.front(), 9U);
}

/// Two mistakes at once.
Answer WithBoth(const Case& c) {
  const auto backend = AnyTestBackend();
  return Password(
      c, TestPassword(*backend, '\x02', MacFrom(*backend, c, "AWS4" + c.Text("secret") + "\n")));
}

TEST(Findings, PairsAreSearchedForOnceAndThenKnown) {
  const RunReport report = RunOn(WithBoth);
  ASSERT_FALSE(report.findings.empty());
  const RunReport::Finding& finding = report.findings[0];
  EXPECT_EQ(finding.results.size(), report.results.size());
  std::multiset<std::string> ids;
  for (const RunReport::Mistake& mistake : finding.mistakes) ids.insert(mistake.id);
  EXPECT_EQ(ids, (std::multiset<std::string>{"secret-newline", "version-byte-2"}));
  EXPECT_FALSE(finding.is_about_secret);
  EXPECT_EQ(report.not_searched, 0U);
}

TEST(Findings, EachSubjectHasItsOwn) {
  const RunReport report = RunPlan(
      PlanOf(IsPassword, {MakeTestSubject("a", WithOldVersion), MakeTestSubject("b", RightAnswer),
                          MakeTestSubject("c", WithLineEnd)}),
      {.jobs = 2});
  ASSERT_THAT(report.findings, SizeIs(2));
  EXPECT_EQ(report.findings[0].subject, 0U);
  EXPECT_EQ(report.findings[1].subject, 2U);
}

TEST(Findings, DoNotDependOnTheJobs) {
  const auto ids_with = [](unsigned jobs) {
    const RunReport report = RunPlan(
        PlanOf(IsPassword, {MakeTestSubject("a", WithOldVersion), MakeTestSubject("b", WithBoth)}),
        {.jobs = jobs});
    std::vector<std::pair<std::string, std::vector<std::uint32_t>>> findings;
    for (const RunReport::Finding& finding : report.findings) {
      findings.emplace_back(finding.mistakes.front().id, finding.results);
    }
    return findings;
  };
  EXPECT_EQ(ids_with(1), ids_with(4));
}

TEST(Findings, WhatIsKnownToFailHasAReasonToo) {
  ParsedKnownFailures known;
  ParseKnownFailures("known.txt", "ses/published/rust-sample\n", known);
  ASSERT_THAT(known.errors, IsEmpty());
  const std::vector<std::string> ids = {"a"};
  const RunReport report =
      RunOn(WithOldVersion, {.known_failures = known.known, .subject_ids = ids});
  int expected_fails = 0;
  for (const RunReport::CaseResult& result : report.results) {
    if (result.verdict == Verdict::kExpectedFail) ++expected_fails;
    EXPECT_EQ(result.finding, 0);
  }
  EXPECT_EQ(expected_fails, 1);
}

// Then the case is wrong, and nobody made a mistake.
TEST(Findings, ARightAnswerHasNone) {
  Corpus corpus = TestBuiltInCorpus();
  std::erase_if(corpus.cases, [](const Case& c) { return c.id != "ses/published/rust-sample"; });
  ASSERT_THAT(corpus.cases, SizeIs(1));
  corpus.cases[0].expected.back().value[5] ^= 1;
  const auto right = [](const Case& c) {
    return MakeBackendSubject(AnyTestBackend())->Evaluate(c);
  };
  const RunReport report = RunPlan(MakeTestPlan(corpus, {MakeTestSubject("a", right)}), {});
  EXPECT_EQ(report.results[0].verdict, Verdict::kFail);
  EXPECT_THAT(report.findings, IsEmpty());
}

/// A report with one failure, of the first password.
struct OneFailure {
  OneFailure() : plan(PlanOf(IsPassword, {MakeTestSubject("a", RightAnswer)})) {
    plan.selected.cases.resize(1);
    report.results = {{0, 0, Verdict::kFail, 0}};
    report.failures = {{.reason = "wrong password"}};
  }

  void Add(const std::vector<StageValue>& stages, bool is_interrupted = false) {
    AddFindings(
        plan, {{0, stages}}, 1, [=] { return is_interrupted; }, report);
  }

  std::vector<StageValue> Wrong() const {
    return WithOldVersion(plan.corpus->cases[plan.selected.cases[0]]).stages;
  }

  Plan plan;
  RunReport report;
};

TEST(Findings, AreOfFailuresAlone) {
  for (const Verdict verdict : {Verdict::kDisputed, Verdict::kSkip, Verdict::kPass}) {
    OneFailure test;
    test.report.results[0].verdict = verdict;
    test.Add(test.Wrong());
    EXPECT_THAT(test.report.findings, IsEmpty());
  }
  OneFailure fails;
  fails.Add(fails.Wrong());
  EXPECT_THAT(fails.report.findings, SizeIs(1));
}

TEST(Findings, AnInterruptEndsThem) {
  OneFailure test;
  test.Add(test.Wrong(), true);
  EXPECT_THAT(test.report.findings, IsEmpty());
}

TEST(Findings, WhatWasNotKeptIsNotSearched) {
  OneFailure test;
  test.Add({});
  EXPECT_THAT(test.report.findings, IsEmpty());
  EXPECT_EQ(test.report.not_searched, 1U);
}

/// Passwords of version 2: a short way to go, that is quickly searched.
bool IsOldPassword(const Case& c) {
  return c.operation->name == "ses-smtp-password" && c.requirement == Requirement::kCompute &&
         c.Integer("version") == 2;
}

// What their form says stands in the place of an explanation.
TEST(Findings, WhatHasNoneIsLeftAndNotAllIsSearchedForPairs) {
  const std::string hex(64, 'a');
  const auto evaluate = [&, n = 0](const Case& c) mutable {
    ++n;
    const auto backend = AnyTestBackend();
    if (n == 5) {
      return Password(c, TestPassword(*backend, '\x04',
                                      TestChain(*backend, c.Text("secret"), {"SendRawEmail"})));
    }
    return n <= 8 ? Password(c, hex) : RightAnswer(c);
  };
  const RunReport report = RunPlan(PlanOf(IsOldPassword, {MakeTestSubject("a", evaluate)}), {});
  ASSERT_THAT(report.findings, SizeIs(1));
  EXPECT_EQ(report.findings[0].mistakes[0].id, "version-byte-4");
  EXPECT_THAT(report.findings[0].results, ElementsAre(4));
  ASSERT_THAT(report.failures, SizeIs(8));
  for (std::size_t i = 0; i < 8; ++i) {
    EXPECT_EQ(report.results[i].finding, i == 4 ? 0 : -1) << i;
    EXPECT_EQ(report.failures[i].hint.empty(), i == 4) << i;
  }
  // Two in vain and two that are not searched for pairs; one that is found; two more and another
  // one.
  EXPECT_EQ(report.not_searched, 3U);
}

TEST(Findings, WhatExplainsAnEarlyStageAloneSaysSo) {
  const auto evaluate = [](const Case& c) {
    Answer answer = RightAnswer(c);
    for (StageValue& value : answer.stages) {
      if (value.stage->name == "canonical_request") value.value += "\n";
      if (value.stage->name == "signature") value.value = std::string(64, '0');
    }
    return answer;
  };
  const RunReport report =
      RunPlan(PlanOf([](const Case& c) { return c.id == "sigv4/queries/names-unsorted"; },
                     {MakeTestSubject("a", evaluate)}),
              {});
  ASSERT_THAT(report.findings, SizeIs(1));
  EXPECT_EQ(report.findings[0].mistakes[0].id, "canonical-request-line-end");
  EXPECT_EQ(report.findings[0].only_stage, "canonical_request");
}

}  // namespace
}  // namespace sigvet
