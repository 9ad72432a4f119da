#include "bench/run_bench.h"

#include <gmock/gmock.h>

#include <atomic>
#include <map>
#include <memory>
#include <string>
#include <utility>

namespace sigvet {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::SizeIs;

/// Does nothing; workloads know it by its name.
class NamedBackend final : public Backend {
 public:
  explicit NamedBackend(std::string name) : name_(std::move(name)) {}

  BackendInfo Info() const override { return {.library = name_, .kernel = {}}; }
  Digest Sha256(ByteView) override { return {}; }
  Digest HmacSha256(ByteView, ByteView) override { return {}; }
  std::optional<Bytes> Base64Decode(std::string_view) override { return {}; }

 private:
  void DoBase64Encode(ByteView, std::span<char>) override {}

  std::string name_;
};

Contender Named(const std::string& id) {
  return {.id = id, .backend = id, .description = "a test's", .make = [id] {
            return BackendResult(std::make_unique<NamedBackend>(id));
          }};
}

Contender Missing(const std::string& id) {
  return {.id = id, .backend = id, .description = "a test's", .make = []() -> BackendResult {
            return Error{"unavailable, because\nof the moon"};
          }};
}

class RunBenchTest : public ::testing::Test {
 protected:
  /// Counts how often each contender's loop is begun, and who comes after whom.
  Workload Counting(const std::string& id, std::size_t items = 1) {
    return {.id = id, .title = "", .item = "thing", .prepare = [this, id, items](Backend* backend) {
              const std::string name =
                  id + " on " + (backend ? backend->Info().library : "harness");
              prepared_.push_back(name);
              return Result<PreparedWork>(PreparedWork{.loop =
                                                           [this, name](benchmark::State& state) {
                                                             begun_.push_back(name);
                                                             for (auto _ : state) ++iterations_;
                                                           },
                                                       .items = items});
            }};
  }

  static Workload Failing(const std::string& id, std::function<Result<PreparedWork>()> prepare) {
    return {.id = id, .title = "", .item = "thing", .prepare = [prepare](Backend*) {
              return prepare();
            }};
  }

  Result<BenchReport> Run(const std::vector<Workload>& workloads,
                          const std::vector<Contender>& contenders, std::size_t repetitions = 9) {
    BenchOptions options = {.repetitions = repetitions, .sample_seconds = 1e-6};
    for (const Workload& workload : workloads) options.workloads.push_back(&workload);
    for (const Contender& contender : contenders) options.contenders.push_back(&contender);
    return RunBench(options, [this](std::size_t done, std::size_t all) {
      done_ = done;
      all_ = all;
    });
  }

  std::vector<std::string> prepared_;
  std::vector<std::string> begun_;
  std::uint64_t iterations_ = 0;
  std::size_t done_ = 0;
  std::size_t all_ = 0;
};

TEST_F(RunBenchTest, TakesASampleOfEverySeriesInEveryRound) {
  const auto report =
      Run({Counting("w", 7), Counting("v/1")}, {Named("a"), Named("b"), Named("c")}, 9);
  ASSERT_TRUE(report.ok()) << ToString(report.error());
  ASSERT_THAT(report->series, SizeIs(6));
  std::vector<std::string> names;
  for (const BenchSeries& series : report->series) {
    names.push_back(series.workload + " on " + series.contender);
    ASSERT_THAT(series.samples, SizeIs(9));
    EXPECT_EQ(series.item, "thing");
    EXPECT_FALSE(series.on_clock);
    for (const BenchSample& sample : series.samples) {
      EXPECT_GE(sample.iterations, 1U);
      EXPECT_EQ(sample.iterations, series.samples.front().iterations) << "those of the first round";
      EXPECT_GT(sample.real_ns, 0);
    }
  }
  EXPECT_THAT(names, ElementsAre("w on a", "w on b", "w on c", "v/1 on a", "v/1 on b", "v/1 on c"));
  EXPECT_EQ(report->series[0].items, 7U);
  EXPECT_EQ(report->series[3].items, 1U);
  EXPECT_THAT(report->left_out, SizeIs(0));
  EXPECT_EQ(prepared_, names) << "each is prepared once";
  EXPECT_EQ(all_, 54U);
  EXPECT_EQ(done_, 54U);
}

TEST_F(RunBenchTest, TheOrderTurnsFromRoundToRound) {
  const std::size_t rounds = 12;
  ASSERT_TRUE(Run({Counting("w")}, {Named("a"), Named("b"), Named("c")}, rounds).ok());
  // What comes before the rounds finds out how many iterations there are to be.
  ASSERT_GE(begun_.size(), rounds * 3);
  const std::vector<std::string> timed(begun_.end() - rounds * 3, begun_.end());
  std::map<std::string, int> firsts;
  for (std::size_t round = 0; round < rounds; ++round) {
    ++firsts[timed[round * 3]];
    std::vector<std::string> names(timed.begin() + round * 3, timed.begin() + round * 3 + 3);
    EXPECT_THAT(names, ::testing::UnorderedElementsAre("w on a", "w on b", "w on c")) << round;
  }
  EXPECT_THAT(firsts, SizeIs(3));
  for (const auto& [name, count] : firsts) EXPECT_EQ(count, 4) << name;
}

TEST_F(RunBenchTest, WhatTheMachineLacksIsLeftOutOnce) {
  const auto report = Run({Counting("w"), Counting("v")}, {Missing("moon"), Named("a")});
  ASSERT_TRUE(report.ok()) << ToString(report.error());
  EXPECT_THAT(report->series, SizeIs(2));
  EXPECT_THAT(report->left_out,
              ElementsAre(BenchLeftOut{"", "moon", "unavailable, because\\nof the moon"}));
}

TEST_F(RunBenchTest, AWorkloadCanBeLeftOut) {
  const auto forbidden = []() -> Result<PreparedWork> { throw BackendError("short keys"); };
  const auto lacking = []() -> Result<PreparedWork> {
    return PreparedWork{.loop = {}, .left_out_because = "no program"};
  };
  const auto report =
      Run({Failing("f", forbidden), Failing("l", lacking), Counting("w")}, {Named("a")});
  ASSERT_TRUE(report.ok()) << ToString(report.error());
  EXPECT_THAT(report->series, SizeIs(1));
  EXPECT_THAT(report->left_out, ElementsAre(BenchLeftOut{"f", "a", "short keys"},
                                            BenchLeftOut{"l", "a", "no program"}));
}

TEST_F(RunBenchTest, AfterAWrongAnswerNothingIsTimed) {
  const auto wrong = []() -> Result<PreparedWork> { return Error{"it is 1, not 2"}; };
  const auto report = Run({Counting("w"), Failing("f", wrong)}, {Named("a"), Named("b")});
  ASSERT_FALSE(report.ok());
  EXPECT_EQ(report.error().message, "f on a: a wrong answer: it is 1, not 2");
  EXPECT_THAT(begun_, SizeIs(0));
}

TEST_F(RunBenchTest, ALoopThatFailsEndsTheBenchmark) {
  const auto failing = []() -> Result<PreparedWork> {
    return PreparedWork{.loop = [](benchmark::State& state) {
      for (auto _ : state) throw BackendError("out of memory");
    }};
  };
  const auto report = Run({Failing("f", failing), Counting("w")}, {Named("a")});
  ASSERT_FALSE(report.ok());
  EXPECT_EQ(report.error().message, "f on a: out of memory");
  EXPECT_THAT(begun_, SizeIs(0)) << "nothing after it is run";
  EXPECT_TRUE(Run({Counting("w")}, {Named("a")}).ok()) << "nothing is left of it";
}

TEST_F(RunBenchTest, OnceInterruptedNothingRuns) {
  const std::atomic<bool> interrupted = true;
  const Workload workload = Counting("w");
  const Contender contender = Named("a");
  const auto report = RunBench(
      {.workloads = {&workload}, .contenders = {&contender}, .interrupted = &interrupted}, {});
  ASSERT_FALSE(report.ok());
  EXPECT_EQ(report.error().message, "interrupted");
  EXPECT_THAT(begun_, SizeIs(0));
}

TEST_F(RunBenchTest, TheHarnessIsItsOnlyContender) {
  Workload workload = Counting("w");
  workload.on_backend = false;
  workload.on_clock = true;
  const auto report = Run({workload}, {Named("a"), Named("b")});
  ASSERT_TRUE(report.ok()) << ToString(report.error());
  ASSERT_THAT(report->series, SizeIs(1));
  EXPECT_EQ(report->series[0].contender, "harness");
  EXPECT_TRUE(report->series[0].on_clock);
}

TEST_F(RunBenchTest, GoogleBenchmarkPrintsNothing) {
  ::testing::internal::CaptureStdout();
  ::testing::internal::CaptureStderr();
  ASSERT_TRUE(Run({Counting("w")}, {Named("a")}).ok());
  EXPECT_EQ(::testing::internal::GetCapturedStdout(), "");
  EXPECT_EQ(::testing::internal::GetCapturedStderr(), "");
}

TEST_F(RunBenchTest, NothingToTimeIsAnEmptyReport) {
  const auto report = Run({}, {});
  ASSERT_TRUE(report.ok()) << ToString(report.error());
  EXPECT_THAT(report->series, SizeIs(0));
  EXPECT_NE(report->context.date, "");
}

TEST(BenchReport, TimesAreThoseThatCount) {
  BenchSeries series = {.workload = "w",
                        .contender = "c",
                        .item = "byte",
                        .items = 4,
                        .samples = {{.cpu_ns = 8, .real_ns = 10, .iterations = 3}}};
  EXPECT_THAT(series.NsPerItem(), ElementsAre(2));
  series.on_clock = true;
  EXPECT_THAT(series.NsPerItem(), ElementsAre(2.5));
}

}  // namespace
}  // namespace sigvet
