#include "reports/diff_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>
#include <string>

#include "reports/test_report.h"
#include "reports/test_text.h"

namespace sigvet {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

std::string Diff(const RunReport& before, const RunReport& now, const ConsoleStyle& style = {}) {
  return RenderDiff(CompareRuns(before, now), before, now, style);
}

void SetVerdict(RunReport& report, std::size_t result, Verdict verdict, const Failure& failure) {
  report.results[result].verdict = verdict;
  report.results[result].failure = static_cast<std::int32_t>(report.failures.size());
  report.failures.push_back(failure);
}

/// Another run of what SampleReport() has: things are fixed, broken, gone and new.
RunReport Later() {
  RunReport report = SampleReport();
  report.context.interrupted = false;
  report.context.sigvet_version = "0.2.0";
  report.corpus.digest = "77aa" + report.corpus.digest.substr(4);
  report.subjects[0].library = "OpenSSL 3.0.22 25 Aug 2026";
  report.problems.pop_back();
  report.problems.push_back({"fresh: can't start: exit code 1", {"ports/fresh/port.yaml", 0, 0}});
  report.subjects.back() = {.id = "fresh", .kind = "port", .named_as = "ports/fresh"};
  std::vector<RunReport::CaseResult> results;
  const auto fresh = static_cast<std::uint32_t>(report.subjects.size() - 1);
  for (std::size_t i = 0; i < report.results.size(); ++i) {
    results.push_back(report.results[i]);
    const std::uint32_t index = report.results[i].case_index;
    const bool is_last =
        i + 1 == report.results.size() || report.results[i + 1].case_index != index;
    if (is_last && index < 3) results.push_back({index, fresh, Verdict::kPass});
  }
  for (RunReport::Finding& finding : report.findings) finding.results.clear();
  report.results = results;
  for (std::size_t i = 0; i < report.results.size(); ++i) {
    RunReport::CaseResult& result = report.results[i];
    const std::string& id = report.cases[result.case_index].id;
    if (result.subject == fresh && result.case_index == 1) {
      SetVerdict(report, i, Verdict::kError, {.reason = "timeout: no answer within 2 s"});
    }
    if (result.subject != 0) continue;
    if (id == "ses/published/refuse-empty") result = {result.case_index, 0, Verdict::kPass};
    if (id == "primitives/base64/decode-empty" || id == "ses/secrets/long") {
      SetVerdict(report, i, Verdict::kFail, {"wrong bytes", "bytes", 1, 1, "", "x"});
    }
    if (id == "ses/secrets/crash") {
      SetVerdict(report, i, Verdict::kFail, {"wrong password", "password", 6, 6, "BHRD", "BHRE"});
    }
    if (id == "sigv4/requests/signed-headers") {
      SetVerdict(report, i, Verdict::kSkip, {.reason = "unsupported: sigv4-sign"});
    }
  }
  return report;
}

TEST(DiffText, Golden) {
  ExpectGolden("diff_80.txt", Diff(SampleReport(), Later()));
  ExpectGolden("diff_50.txt", Diff(SampleReport(), Later(), {.width = 50}));
}

TEST(DiffText, TheSameRun) {
  RunReport report = PassingReport(3, 2, 5);
  EXPECT_EQ(Diff(report, report),
            "nothing newly fails\n30 results in both runs, 30 of them pass as before\n");
}

TEST(DiffText, TheAnswerComesFirst) {
  const RunReport before = PassingReport(3, 2, 5);
  RunReport now = before;
  SetVerdict(now, 4, Verdict::kFail, {.reason = "wrong mac"});
  EXPECT_THAT(Diff(before, now), StartsWith("1 newly failing\n"));
  EXPECT_THAT(Diff(now, before), StartsWith("nothing newly fails, 1 fixed\n"));
  EXPECT_THAT(Diff(now, now), StartsWith("nothing newly fails; 1 still failing\n"));
  now.results.erase(now.results.begin());
  EXPECT_THAT(Diff(now, before), StartsWith("nothing newly fails, 1 fixed; 1 newly run\n"));
  EXPECT_THAT(Diff(before, now), StartsWith("1 newly failing; 1 no longer run\n"));
  RunReport more = now;
  SetVerdict(more, 0, Verdict::kFail, {.reason = "wrong mac"});
  more.problems = {{"p"}};
  EXPECT_THAT(Diff(now, more), StartsWith("1 newly failing, 1 new problem; 1 still failing\n"));
  RunReport first = before;
  SetVerdict(first, 0, Verdict::kFail, {.reason = "wrong mac"});
  EXPECT_THAT(Diff(now, first), StartsWith("1 of 1 newly run fails, 1 fixed\n"));
}

TEST(DiffText, NothingInCommon) {
  RunReport other = PassingReport(1, 1, 1);
  other.subjects[0].id = "another";
  const std::string text = Diff(PassingReport(2, 1, 2), other);
  EXPECT_THAT(text, StartsWith("nothing was compared; 1 newly run, 4 no longer run\nno subject "
                               "answered the same case in both runs\n"));
  EXPECT_THAT(text,
              HasSubstr("\n  subject-01, subject-02: not among the subjects, in 2 cases each\n"));
}

TEST(DiffText, InterruptedRunsSayLittle) {
  const RunReport whole = PassingReport(1, 1, 3);
  RunReport part = whole;
  part.context.interrupted = true;
  part.results[2].verdict = Verdict::kSkip;
  EXPECT_THAT(
      Diff(whole, part, {.width = 200}),
      HasSubstr("\ninterrupted: the new run ended early: that something is no longer run "));
  EXPECT_THAT(Diff(part, whole, {.width = 200}),
              HasSubstr("\ninterrupted: the old run ended early: that something is newly run "));
}

TEST(DiffText, SubjectsThatChangeAlikeAreOneGroup) {
  const RunReport before = PassingReport(8, 1, 2);
  RunReport now = before;
  for (std::size_t i = 0; i < 8; ++i) SetVerdict(now, i, Verdict::kFail, {.reason = "wrong mac"});
  EXPECT_THAT(
      Diff(before, now, {.width = 200}),
      HasSubstr("\n  subject-01, subject-02, subject-03, subject-04, subject-05, subject-06 "
                "and 2 more subjects: wrong mac, in 1 case each\n"));
}

TEST(DiffText, ListsAreCut) {
  const RunReport before = PassingReport(30, 1, 40);
  RunReport now = before;
  for (std::size_t i = 0; i < now.results.size(); ++i) {
    SetVerdict(now, i, Verdict::kFail, {.reason = "wrong in way " + std::to_string(i)});
  }
  const std::string text = Diff(before, now);
  EXPECT_THAT(text, HasSubstr("\n  and 1176 more results\n"));
  EXPECT_LT(Lines(text).size(), 120U);
}

TEST(DiffText, ColorIsAllThatColorAdds) {
  const std::string text = Diff(SampleReport(), Later(), {.color = true});
  EXPECT_THAT(text, StartsWith("\x1b[31m"));
  EXPECT_EQ(WithoutColor(text), Diff(SampleReport(), Later()));
  EXPECT_THAT(Diff(Later(), Later(), {.color = true}), StartsWith("\x1b[32mnothing newly fails"));
}

TEST(DiffText, FitsAnyWidthAndShowsAnyBytes) {
  std::mt19937 random(7);
  for (int i = 0; i < 40; ++i) {
    const RunReport before = i % 2 == 0 ? SampleReport() : RandomReport(random);
    RunReport now = RandomReport(random);
    // The same ids, so that something is compared.
    for (std::size_t j = 0; j < now.cases.size(); ++j) now.cases[j].id = before.cases[j].id;
    for (std::size_t j = 0; j + 2 < now.subjects.size(); ++j) {
      now.subjects[j].id = before.subjects[j].id;
    }
    for (const std::size_t width : {40U, 80U, 200U}) {
      const std::string text = Diff(before, now, {.width = width});
      ExpectNoRawControls(text);
      for (const std::string& line : Lines(text)) {
        if (line.starts_with("    repeat ") || line.starts_with("    show ")) continue;
        ExpectFits(line, width);
      }
    }
  }
}

}  // namespace
}  // namespace sigvet
