#include "reports/gate_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "reports/test_text.h"

namespace sigvet {
namespace {

using State = GateRow::Verdict;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

GateRow Row(std::string workload, std::string contender, State verdict, double baseline = 0,
            double candidate = 0, double p_value = 1) {
  GateRow row;
  row.workload = std::move(workload);
  row.contender = std::move(contender);
  row.verdict = verdict;
  row.baseline_ratio = baseline;
  row.candidate_ratio = candidate;
  row.change = baseline == 0 ? 0 : candidate / baseline - 1;
  row.p_value = p_value;
  row.threshold = 0.08;
  return row;
}

GateReport Regressed() {
  GateReport report;
  report.reference = "openssl";
  report.significance = 0.001;
  report.rows = {Row("ses-password", "builtin", State::kSlower, 0.29, 0.334, 2.5e-7),
                 Row("many-keys/256", "builtin", State::kSlower, 0.115, 0.138, 0.0004),
                 Row("hmac/64", "builtin", State::kFaster, 0.6, 0.5, 0.00004),
                 Row("hmac/64", "cryptopp", State::kSame, 1.2, 1.17, 0.02),
                 Row("sha256/64", "cryptopp", State::kSame, 1, 1.01, 0.4),
                 Row("hmac/64", "botan", State::kGone),
                 Row("sha256/64", "botan", State::kGone),
                 Row("load-corpus", "harness", State::kUncompared),
                 Row("sha256/0", "builtin", State::kIgnored),
                 Row("base64-encode", "builtin", State::kNew)};
  report.rows.push_back(Row("signing-key", "botan", State::kUnsure, 1.3, 1.1, 0.2));
  report.rows.push_back(Row("signing-key", "builtin", State::kUnsure, 0.3, 0.2, 0.2));
  report.rows[10].machine_change = 0.55;
  report.rows[11].machine_change = 0.5;
  report.rows[1].threshold = 0.125;
  report.rows[5].reason = "libbotan is not there";
  report.notes = {
      "builds differ: g++ 12, release in the baseline, g++ 13, release in the candidate"};
  return report;
}

/// Without what is wrong.
GateReport Fine() {
  GateReport report = Regressed();
  std::erase_if(report.rows, [](const GateRow& row) {
    return row.is_regression() || row.verdict == State::kUnsure;
  });
  report.notes.clear();
  return report;
}

GateReport NotCertain() {
  GateReport report = Fine();
  report.rows.insert(report.rows.begin(),
                     Row("signing-key", "builtin", State::kMaybeSlower, 0.4, 0.486, 0.0014));
  return report;
}

TEST(GateText, Regressions) {
  ExpectGolden("gate_80.txt", RenderGate(Regressed(), {}));
  ExpectGolden("gate_50.txt", RenderGate(Regressed(), {.width = 50}));
}

TEST(GateText, NoRegression) { ExpectGolden("gate_passing.txt", RenderGate(Fine(), {})); }

TEST(GateText, NotCertain) { ExpectGolden("gate_not_certain.txt", RenderGate(NotCertain(), {})); }

TEST(GateText, TheAnswerSaysWhatItDoesNotKnow) {
  EXPECT_THAT(RenderGate(NotCertain(), {.width = 200}),
              StartsWith("no certain regression in 4 series; 1 is above its threshold and not "
                         "certain\nas multiples of openssl's time in the same run\n"));
  EXPECT_THAT(RenderGate(NotCertain(), {.color = true}), StartsWith("\x1b[33mno certain"));
  GateReport unsure;
  unsure.reference = "openssl";
  unsure.rows = {Row("a", "b", State::kSame, 1, 1), Row("c", "b", State::kUnsure, 1, 1)};
  EXPECT_THAT(RenderGate(unsure, {.width = 200}),
              StartsWith("no regression in 1 series; 1 of 2 can't be judged: the machine was busy"
                         "\n"));
  unsure.rows = {Row("a", "b", State::kSlower, 1, 2), Row("c", "b", State::kMaybeSlower, 1, 2),
                 Row("d", "b", State::kMaybeSlower, 1, 2), Row("e", "b", State::kUnsure, 1, 1)};
  EXPECT_THAT(RenderGate(unsure, {.width = 200}),
              StartsWith("1 regression in 3 series; 2 more are above their thresholds and not "
                         "certain; 1 of 4 can't be judged: the machine was busy\n"));
}

TEST(GateText, TheLargestChangeIsAnotherOneWhereSomeWereListed) {
  EXPECT_THAT(RenderGate(Fine(), {}), HasSubstr("\nthe largest other change: "));
  GateReport same;
  same.reference = "openssl";
  same.rows = {Row("a", "b", State::kSame, 1, 1.01)};
  EXPECT_THAT(RenderGate(same, {}), HasSubstr("\nthe largest change: a/b +1.0 % ("));
}

TEST(GateText, NumbersAreNotTornFromTheirUnits) {
  for (std::size_t width = 40; width < 100; ++width) {
    const std::string text = RenderGate(NotCertain(), {.width = width});
    EXPECT_THAT(text, Not(testing::ContainsRegex("\n *(%|to |[+]8|0[.])"))) << width;
  }
}

TEST(GateText, TheAnswerComesFirst) {
  EXPECT_THAT(RenderGate(Fine(), {}), StartsWith("no regression in 3 series, "));
  EXPECT_THAT(RenderGate(Regressed(), {.width = 200}),
              StartsWith("4 regressions in 7 series; 2 of 9 can't be judged: the machine was busy\n"
                         "as multiples of openssl's time in the same run\n\nslower\n"));
  GateReport one;
  one.reference = "botan";
  one.rows = {Row("a", "b", State::kSlower, 1, 2, 0)};
  EXPECT_THAT(RenderGate(one, {}), StartsWith("1 regression in 1 series, as multiples of botan's"));
}

TEST(GateText, RemediesFitWhatIsWrong) {
  EXPECT_THAT(RenderGate(Fine(), {}), Not(HasSubstr("what to do")));
  GateReport report = Regressed();
  std::erase_if(report.rows, [](const GateRow& row) { return row.verdict == State::kGone; });
  EXPECT_THAT(RenderGate(report, {}), HasSubstr("bench both again"));
  EXPECT_THAT(RenderGate(report, {}), Not(HasSubstr("gone")));
  report = Regressed();
  std::erase_if(report.rows, [](const GateRow& row) { return row.verdict == State::kSlower; });
  EXPECT_THAT(RenderGate(report, {}), Not(HasSubstr("bench both again")));
  EXPECT_THAT(RenderGate(report, {}), HasSubstr("- gone: bench the same"));
}

TEST(GateText, TheLargestChangeStandsFirst) {
  const std::string text = RenderGate(Regressed(), {});
  EXPECT_LT(text.find("many-keys/256/builtin"), text.find("ses-password/builtin"));
}

TEST(GateText, ColorIsAllThatColorAdds) {
  const std::string text = RenderGate(Regressed(), {.color = true});
  EXPECT_THAT(text, StartsWith("\x1b[31m4 regressions\x1b[0m in "));
  EXPECT_THAT(RenderGate(Fine(), {.color = true}), StartsWith("\x1b[32mno regression\x1b[0m in "));
  EXPECT_EQ(WithoutColor(text), RenderGate(Regressed(), {}));
}

TEST(GateText, FitsAnyWidthAndShowsAnyBytes) {
  GateReport report = Regressed();
  report.reference = "\x1b[31m";
  report.rows[0].contender = std::string(120, 'x');
  report.rows[1].workload = "\xff\n\x1b[31m";
  report.rows[5].reason = "\x1b[31m\n" + std::string(200, 'y');
  report.notes.push_back("\x1b[31m\xfe\n");
  for (const std::size_t width : {30U, 60U, 80U, 200U}) {
    const std::string text = RenderGate(report, {.width = width});
    ExpectFits(text, width);
    ExpectNoRawControls(text);
  }
}

TEST(GateText, ManySeriesAreCounted) {
  GateReport report = Fine();
  for (int i = 0; i < 20; ++i) {
    report.rows.push_back(Row("w" + std::to_string(i), "b", State::kNew));
  }
  EXPECT_THAT(
      RenderGate(report, {.width = 300}),
      HasSubstr("\n21 new: base64-encode/builtin, w0/b, w1/b, w2/b, w3/b, w4/b, w5/b, w6/b, "
                "w7/b, w8/b and 11 more\n"));
}

}  // namespace
}  // namespace sigvet
