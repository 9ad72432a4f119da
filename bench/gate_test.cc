#include "bench/gate.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <string>
#include <vector>

#include "bench/test_runs.h"

namespace sigvet {
namespace {

using State = GateRow::Verdict;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

/// Passwords, which take the built-in backend 300 ns and OpenSSL 1,000, and more of the kind.
BenchReport SomeRun(double builtin_ns = 300) {
  BenchReport report;
  report.context = SomeContext();
  report.series = {SteadySeries("ses-password", "openssl", 1000),
                   SteadySeries("ses-password", "builtin", builtin_ns),
                   SteadySeries("hmac/64", "openssl", 500), SteadySeries("hmac/64", "builtin", 250),
                   SteadySeries("hmac/64", "botan", 700)};
  return report;
}

GateReport GateOf(const BenchReport& baseline, const BenchReport& candidate,
                  const GatePolicy& policy = {}) {
  const Result<GateReport> report = Gate(baseline, candidate, policy);
  if (report) return *report;
  ADD_FAILURE() << ToString(report.error());
  return {};
}

const GateRow& RowOf(const GateReport& report, const std::string& name) {
  static const GateRow none = {.workload = "none", .contender = "none"};
  const auto found = std::ranges::find_if(
      report.rows, [&](const GateRow& row) { return row.workload + "/" + row.contender == name; });
  if (found != report.rows.end()) return *found;
  ADD_FAILURE() << "no row " << name;
  return none;
}

std::string ErrorOf(const BenchReport& baseline, const BenchReport& candidate,
                    const GatePolicy& policy = {}) {
  const Result<GateReport> report = Gate(baseline, candidate, policy);
  return report ? "no error" : ToString(report.error());
}

TEST(Gate, TheSameRunHasNoRegression) {
  const GateReport report = GateOf(SomeRun(), SomeRun());
  EXPECT_FALSE(report.HasRegression());
  EXPECT_EQ(report.reference, "openssl");
  EXPECT_THAT(report.notes, IsEmpty());
  ASSERT_EQ(report.rows.size(), 3U) << "the reference is not held against itself";
  for (const GateRow& row : report.rows) {
    EXPECT_EQ(row.verdict, State::kSame);
    EXPECT_EQ(row.change, 0);
    EXPECT_GT(row.p_value, 0.5);
    EXPECT_EQ(row.threshold, 0.1);
  }
  EXPECT_NEAR(report.rows[0].baseline_ratio, 0.3, 1e-12);
  EXPECT_NEAR(report.rows[2].candidate_ratio, 1.4, 1e-12);
}

TEST(Gate, RunsOfOtherLengthsOrTimesAreNotCompared) {
  BenchReport shorter = SomeRun();
  for (BenchSeries& series : shorter.series) series.samples.resize(kLeastRepetitions);
  const auto lengths = Gate(SomeRun(), shorter, {});
  ASSERT_FALSE(lengths.ok());
  EXPECT_THAT(lengths.error().message, HasSubstr("9 in the candidate"));
  EXPECT_EQ(lengths.error().hint, "run both with the same --repetitions");

  BenchReport by_clock = SomeRun();
  for (BenchSeries& series : by_clock.series) series.on_clock = true;
  const auto times = Gate(SomeRun(), by_clock, {});
  ASSERT_FALSE(times.ok());
  EXPECT_THAT(times.error().message, HasSubstr("by the clock in one of them alone"));
}

TEST(Gate, SlowerIsARegressionAndFasterIsNone) {
  const GateReport slower = GateOf(SomeRun(300), SomeRun(345));
  EXPECT_TRUE(slower.HasRegression());
  const GateRow& row = RowOf(slower, "ses-password/builtin");
  EXPECT_EQ(row.verdict, State::kSlower);
  EXPECT_NEAR(row.baseline_ratio, 0.3, 1e-12);
  EXPECT_NEAR(row.candidate_ratio, 0.345, 1e-12);
  EXPECT_NEAR(row.change, 0.15, 1e-12);
  EXPECT_LT(row.p_value, 0.001);
  EXPECT_EQ(RowOf(slower, "hmac/64/builtin").verdict, State::kSame);

  const GateReport faster = GateOf(SomeRun(345), SomeRun(300));
  EXPECT_FALSE(faster.HasRegression());
  EXPECT_EQ(RowOf(faster, "ses-password/builtin").verdict, State::kFaster);
  EXPECT_NEAR(RowOf(faster, "ses-password/builtin").change, 1 / 1.15 - 1, 1e-12);
  EXPECT_LT(RowOf(faster, "ses-password/builtin").p_value, 0.001);
}

/// `run` with all times of `workload`, or of all workloads, `factor` times as long.
BenchReport Slowed(BenchReport run, double factor, const std::string& workload = "") {
  for (BenchSeries& series : run.series) {
    if (!workload.empty() && series.workload != workload) continue;
    for (BenchSample& sample : series.samples) sample.cpu_ns *= factor;
  }
  return run;
}

TEST(Gate, ASlowerMachineIsNoRegression) {
  const GateReport report = GateOf(SomeRun(), Slowed(SomeRun(), 1.095));
  for (const GateRow& row : report.rows) {
    EXPECT_EQ(row.verdict, State::kSame);
    EXPECT_NEAR(row.machine_change, 0.095, 1e-12);
    EXPECT_NEAR(row.change, 0, 1e-12);
  }
}

TEST(Gate, AMachineThatWasNeverQuietIsNotComparedWithOneThatWas) {
  EXPECT_EQ(ErrorOf(SomeRun(), Slowed(SomeRun(), 1.5)),
            "the runs can't be compared: at ses-password openssl itself took 1.50 times as long in "
            "the candidate: one of the machines was busy all along, or is another one (bench both "
            "again, one after the other)");
  EXPECT_THAT(ErrorOf(Slowed(SomeRun(), 1.5), SomeRun()), HasSubstr("took 0.67 times as long"));
  // At one workload alone; and whatever the ratio is there.
  BenchReport busy = Slowed(SomeRun(345), 1.5, "hmac/64");
  for (BenchSample& sample : busy.series[3].samples) sample.cpu_ns *= 1.5;
  const GateReport report = GateOf(SomeRun(), busy);
  EXPECT_EQ(RowOf(report, "hmac/64/builtin").verdict, State::kUnsure);
  EXPECT_EQ(RowOf(report, "hmac/64/botan").verdict, State::kUnsure);
  EXPECT_EQ(RowOf(report, "ses-password/builtin").verdict, State::kSlower);
}

TEST(Gate, WhatDisturbsMostRoundsDoesNotCount) {
  // Twelve of fifteen rounds take 1.2 to 2.6 times as long, in one run alone: the three quiet ones
  // count.
  BenchReport noisy = SomeRun();
  std::vector<double> ns;
  for (int i = 0; i < 15; ++i) ns.push_back(i % 5 == 2 ? 300 + i / 100.0 : 350 + 30 * i);
  noisy.series[1] = SeriesOf("ses-password", "builtin", ns);
  EXPECT_FALSE(GateOf(SomeRun(), noisy).HasRegression());
  EXPECT_FALSE(GateOf(noisy, SomeRun()).HasRegression());
}

TEST(Gate, ThresholdAndTestMustAgree) {
  // 7 % slower in every round: certain, but below the threshold.
  const GateRow below = RowOf(GateOf(SomeRun(300), SomeRun(321)), "ses-password/builtin");
  EXPECT_EQ(below.verdict, State::kSame);
  EXPECT_LT(below.p_value, 0.001);
  // 15 % above the three quiet rounds of the baseline, but below all others: not certain.
  std::vector<double> ns;
  for (int i = 0; i < 15; ++i) ns.push_back(i < 3 ? 300 + i / 100.0 : 360 + i);
  BenchReport noisy = SomeRun();
  noisy.series[1] = SeriesOf("ses-password", "builtin", ns);
  const GateRow above = RowOf(GateOf(noisy, SomeRun(345)), "ses-password/builtin");
  EXPECT_NEAR(above.change, 0.15, 0.001);
  EXPECT_GT(above.p_value, 0.001);
  EXPECT_EQ(above.verdict, State::kMaybeSlower);
  EXPECT_FALSE(above.is_regression());
  EXPECT_TRUE(above.is_judged());
  // Faster and not certain is nothing to look at.
  EXPECT_EQ(RowOf(GateOf(SomeRun(345), noisy), "ses-password/builtin").verdict, State::kSame);
}

TEST(Gate, TheTimeThatCountsIsCompared) {
  const auto run = [](double on_clock) {
    BenchReport report = SomeRun();
    for (BenchSeries& series : report.series) {
      series.on_clock = true;
      for (BenchSample& sample : series.samples) sample.real_ns = sample.cpu_ns;
    }
    for (BenchSample& sample : report.series[1].samples) sample.real_ns *= on_clock;
    return report;
  };
  EXPECT_FALSE(GateOf(run(1), run(1)).HasRegression());
  EXPECT_TRUE(GateOf(run(1), run(1.2)).HasRegression());
}

TEST(Gate, WhatIsGoneIsARegressionAndWhatIsNewIsNone) {
  BenchReport candidate = SomeRun();
  candidate.series.pop_back();
  candidate.left_out = {{"", "botan", "libbotan is not there"}};
  const GateReport gone = GateOf(SomeRun(), candidate);
  EXPECT_TRUE(gone.HasRegression());
  EXPECT_EQ(RowOf(gone, "hmac/64/botan").verdict, State::kGone);
  EXPECT_EQ(RowOf(gone, "hmac/64/botan").reason, "libbotan is not there");
  const GateReport came = GateOf(candidate, SomeRun());
  EXPECT_FALSE(came.HasRegression());
  EXPECT_EQ(RowOf(came, "hmac/64/botan").verdict, State::kNew);
}

TEST(Gate, AWorkloadThatLosesItsReferenceIsGone) {
  BenchReport candidate = SomeRun();
  candidate.series.erase(candidate.series.begin() + 2);
  const GateReport report = GateOf(SomeRun(), candidate);
  EXPECT_EQ(RowOf(report, "hmac/64/botan").verdict, State::kGone);
  EXPECT_EQ(RowOf(report, "hmac/64/botan").reason, "nothing to hold it against: no openssl");
}

TEST(Gate, WhatNeverHadAReferenceIsNotCompared) {
  BenchReport run = SomeRun();
  run.series.push_back(SteadySeries("load-corpus", "harness", 5e7));
  BenchReport slow = run;
  for (BenchSample& sample : slow.series.back().samples) sample.cpu_ns *= 3;
  const GateReport report = GateOf(run, slow);
  EXPECT_FALSE(report.HasRegression());
  EXPECT_EQ(RowOf(report, "load-corpus/harness").verdict, State::kUncompared);
}

TEST(Gate, TheLastRuleThatFitsCounts) {
  GatePolicy policy;
  policy.threshold = 0.05;
  policy.rules = {{.workload = "**", .contender = "*", .threshold = 0.3},
                  {.workload = "hmac", .contender = "*", .threshold = 0.1},
                  {.workload = "hmac/*", .contender = "bot*", .ignored = true}};
  BenchReport slow = SomeRun(345);
  for (std::size_t i : {3U, 4U}) {
    for (BenchSample& sample : slow.series[i].samples) sample.cpu_ns *= 1.2;
  }
  const GateReport report = GateOf(SomeRun(), slow, policy);
  EXPECT_EQ(RowOf(report, "ses-password/builtin").verdict, State::kSame);
  EXPECT_EQ(RowOf(report, "ses-password/builtin").threshold, 0.3);
  EXPECT_EQ(RowOf(report, "hmac/64/builtin").verdict, State::kSlower);
  EXPECT_EQ(RowOf(report, "hmac/64/botan").verdict, State::kIgnored);
  EXPECT_THAT(report.notes, IsEmpty());
  policy.rules.clear();
  EXPECT_EQ(RowOf(GateOf(SomeRun(), slow, policy), "ses-password/builtin").threshold, 0.05);
}

TEST(Gate, WhatIsIgnoredMayBeGone) {
  BenchReport candidate = SomeRun();
  candidate.series.pop_back();
  GatePolicy policy;
  policy.rules = {{.contender = "botan", .ignored = true}};
  EXPECT_FALSE(GateOf(SomeRun(), candidate, policy).HasRegression() &&
               RowOf(GateOf(SomeRun(), candidate, policy), "hmac/64/botan").is_regression());
}

TEST(Gate, AGateThatIgnoresEverythingIsRefused) {
  GatePolicy policy;
  policy.rules = {{.workload = "**", .ignored = true}};
  EXPECT_EQ(ErrorOf(SomeRun(), SomeRun(), policy),
            "the policy ignores every series that could be compared (take ignore: true out of a "
            "rule, or bench more)");
  // What is gone is an answer.
  policy.rules = {{.contender = "builtin", .ignored = true}};
  BenchReport candidate = SomeRun();
  candidate.series.pop_back();
  EXPECT_TRUE(GateOf(SomeRun(), candidate, policy).HasRegression());
  // Nothing is judged where the rest can't be.
  EXPECT_THAT(ErrorOf(SomeRun(), Slowed(SomeRun(), 1.5), policy),
              HasSubstr("at hmac/64 openssl itself took 1.50 times as long"));
}

TEST(Gate, ARuleThatMatchesNothingIsNoted) {
  GatePolicy policy;
  policy.rules = {{.workload = "hmca/*", .threshold = 0.3, .place = {"policy.yaml", 4, 5}}};
  EXPECT_THAT(GateOf(SomeRun(), SomeRun(), policy).notes,
              ElementsAre("policy.yaml:4:5: the rule for workload \"hmca/*\", contender \"*\" "
                          "matches no series"));
}

TEST(Gate, AnotherReference) {
  GatePolicy policy;
  policy.reference = "builtin";
  const GateReport report = GateOf(SomeRun(), SomeRun(), policy);
  EXPECT_NEAR(RowOf(report, "hmac/64/botan").baseline_ratio, 2.8, 1e-12);
  EXPECT_NEAR(RowOf(report, "hmac/64/openssl").baseline_ratio, 2, 1e-12);
}

TEST(Gate, OtherConditionsAreNotCompared) {
  const auto refusal = [](const std::function<void(BenchContext&)>& change) {
    BenchReport other = SomeRun();
    change(other.context);
    return ErrorOf(SomeRun(), other);
  };
  EXPECT_EQ(refusal([](BenchContext& context) {
              context.cpu_features = {"avx2", "avx512f"};
            }),
            "the runs can't be compared: CPU features differ: the baseline alone has sha_ni, the "
            "candidate alone has avx512f (run both on one machine)");
  EXPECT_THAT(refusal([](BenchContext& context) { context.kernel = "portable"; }),
              HasSubstr("kernels of the built-in backend differ: sha-ni in the baseline, portable "
                        "in the candidate (run both with the same SIGVET_KERNEL)"));
  EXPECT_THAT(refusal([](BenchContext& context) { context.masks = {"OPENSSL_ia32cap=0"}; }),
              HasSubstr("what hides CPU features differ: none in the baseline, OPENSSL_ia32cap=0 "
                        "in the candidate (unset OPENSSL_ia32cap for both)"));
  EXPECT_THAT(refusal([](BenchContext& context) { context.libraries[0].second = "OpenSSL 3.5"; }),
              HasSubstr("versions of the reference differ: OpenSSL 3.0.0 in the baseline, OpenSSL "
                        "3.5 in the candidate (measure both with one version, or name another "
                        "reference in a policy, as in reference: \"builtin\")"));
  EXPECT_EQ(refusal([](BenchContext& context) { context.build = "g++ 12.2.0, debug"; }),
            "the runs can't be compared: kinds of build differ: release in the baseline, debug in "
            "the candidate (build both alike: cmake --preset release)");
}

TEST(Gate, WhatMakesItLessCertainIsNoted) {
  BenchReport other = SomeRun();
  other.context.cpu = "Another CPU";
  other.context.build = "clang++ 16.0.6, release";
  other.context.libraries[1].second = "sigvet 0.2.0";
  other.context.date = "2027-01-02T03:04:05Z";
  EXPECT_THAT(GateOf(SomeRun(), other).notes,
              ElementsAre("CPU models differ: Example CPU in the baseline, Another CPU in the "
                          "candidate",
                          "builds differ: g++ 12.2.0, release in the baseline, clang++ 16.0.6, "
                          "release in the candidate",
                          "versions of builtin differ: sigvet 0.1.0 in the baseline, sigvet 0.2.0 "
                          "in the candidate"));
}

TEST(Gate, BadRunsAreRefused) {
  BenchReport few = SomeRun();
  few.series[4].samples.resize(8);
  EXPECT_EQ(ErrorOf(SomeRun(), few),
            "the candidate has 8 repetitions of hmac/64/botan; fewer than 9 say too little about "
            "noise (sigvet bench takes 41 unless told otherwise)");
  EXPECT_THAT(ErrorOf(few, SomeRun()), HasSubstr("the baseline has 8 repetitions"));
  BenchReport uneven = SomeRun();
  uneven.series[4].samples.resize(14);
  EXPECT_EQ(ErrorOf(SomeRun(), uneven),
            "the candidate has other numbers of repetitions of hmac/64/botan and of "
            "hmac/64/openssl");
  BenchReport twice = SomeRun();
  twice.series.push_back(twice.series.front());
  EXPECT_EQ(ErrorOf(SomeRun(), twice), "the candidate has ses-password/openssl twice");
  for (const double time : {0.0, -1.0, 1e-4, 1e16, std::numeric_limits<double>::infinity(),
                            std::numeric_limits<double>::quiet_NaN()}) {
    BenchReport bad = SomeRun();
    bad.series[0].samples[3].cpu_ns = time;
    EXPECT_EQ(ErrorOf(SomeRun(), bad),
              "the candidate has a time of ses-password/openssl that is none");
  }
}

TEST(Gate, NoReferenceOrNothingInCommon) {
  GatePolicy policy;
  policy.reference = "opensll";
  EXPECT_EQ(ErrorOf(SomeRun(), SomeRun(), policy),
            "the baseline has no series of the reference opensll (did you mean \"openssl\"?)");
  EXPECT_THAT(ErrorOf({}, SomeRun()), HasSubstr("the baseline has no series of the reference"));
  BenchReport other = SomeRun();
  other.series = {SteadySeries("base64-encode", "openssl", 10),
                  SteadySeries("base64-encode", "builtin", 10)};
  EXPECT_EQ(ErrorOf(SomeRun(), other),
            "the runs have no series in common that can be held against openssl (bench the same "
            "workloads and contenders twice)");
  // Series that have no reference are nothing in common: a gate of them would always pass.
  BenchReport harness = SomeRun();
  harness.series = {SteadySeries("ses-password", "openssl", 10),
                    SteadySeries("load-corpus", "harness", 10)};
  EXPECT_THAT(ErrorOf(harness, harness), HasSubstr("no series in common"));
}

TEST(Gate, NamesThatWouldNotShowAreShown) {
  BenchReport bad = SomeRun();
  bad.series.push_back(SteadySeries("\x1b[31m", "x\n", 1, 3));
  EXPECT_THAT(ErrorOf(bad, bad), HasSubstr("repetitions of \\x1b[31m/x\\n;"));
}

}  // namespace
}  // namespace sigvet
