#include "harness/run/port_runs.h"

#include <gtest/gtest.h>
#include <stdlib.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "harness/run/runner.h"
#include "harness/run/test_corpus.h"

namespace sigvet {
namespace {

/// A port that answers every case with the text "right", but for those whose input its arguments
/// name.
constexpr char kPort[] = R"(import json
import os
import sys

ways = dict(argument.split("=", 1) for argument in sys.argv[1:])


def say(message):
    print(json.dumps(message), flush=True)


for number, line in enumerate(sys.stdin):
    message = json.loads(line)
    if message["type"] == "hello":
        port = {"name": "snake", "version": "1.2", "language": "Python", "crypto": "none"}
        say({"type": "ready", "protocol": 1, "port": port, "ops": ["base64-encode"]})
        continue
    given = message["input"]["bytes"]
    text = "right"
    if given == ways.get("wrong"):
        text = "wrong"
    if given == ways.get("changes"):
        try:
            os.mkdir("asked-before")
        except FileExistsError:
            text = "changed"
    if number > int(ways.get("last", "1000000")):
        text = "too many"
    if given == ways.get("dies"):
        print("I can't bear it \x1b[31m", file=sys.stderr, flush=True)
        os._exit(3)
    answer = {"type": "answer", "id": message["id"], "output": {"text": text}}
    say(answer)
    if given == ways.get("twice"):
        say(answer)
)";

class PortRunsTest : public ::testing::Test {
 protected:
  PortRunsTest() {
    std::string pattern = (std::filesystem::temp_directory_path() / "port_runs_XXXXXX").string();
    folder_ = mkdtemp(pattern.data());
    std::ofstream(folder_ + "/port.py") << kPort;
    for (Case& c : corpus_.cases) c.inputs = {c.id};
  }
  ~PortRunsTest() override { std::filesystem::remove_all(folder_); }

  /// A port that runs the program above in a folder of its own.
  PlannedSubject Port(const std::string& id, std::vector<std::string> ways = {}) {
    auto port = std::make_shared<sigvet::Port>();
    port->manifest.file = id + "/port.yaml";
    port->manifest.folder = folder_ + "/" + id;
    std::filesystem::create_directory(port->manifest.folder);
    port->manifest.id = id;
    port->manifest.language = "Python";
    port->manifest.operations = {FindOperation("base64-encode")};
    port->manifest.start_command = {"python3", "../port.py"};
    std::ranges::move(ways, std::back_inserter(port->manifest.start_command));
    return PlanPort(std::move(port), "./" + id, "");
  }

  RunReport Run(std::vector<PlannedSubject> subjects, const RunOptions& options = {}) const {
    return RunPlan(MakeTestPlan(corpus_, std::move(subjects)), options);
  }

  Corpus corpus_ = MakeTestCorpus();
  std::string folder_;
};

/// The verdicts of a subject in the order of the cases.
std::vector<Verdict> VerdictsOf(const RunReport& report, std::uint32_t subject) {
  std::vector<Verdict> verdicts;
  for (const RunReport::CaseResult& result : report.results) {
    if (result.subject == subject) verdicts.push_back(result.verdict);
  }
  return verdicts;
}

std::string ReasonOf(const RunReport& report, std::uint32_t subject, std::string_view case_id) {
  for (const RunReport::CaseResult& result : report.results) {
    if (result.subject != subject || report.cases[result.case_index].id != case_id) continue;
    return result.failure < 0 ? ""
                              : report.failures[static_cast<std::size_t>(result.failure)].reason;
  }
  return "there is no such result";
}

std::string ProblemLines(const RunReport& report) {
  std::string lines;
  for (const Error& problem : report.problems) lines += ToString(problem) + "\n";
  return lines;
}

PlannedSubject RightBackend() {
  return MakeTestSubject("backend", [](const Case& c) { return TestOutput(c, "right"); });
}

using enum Verdict;
using Verdicts = std::vector<Verdict>;

TEST_F(PortRunsTest, PortsAreJudgedAsBackendsAre) {
  const RunReport report = Run({Port("a", {"wrong=s/two"}), RightBackend(), Port("b")});
  EXPECT_EQ(VerdictsOf(report, 0), (Verdicts{kPass, kFail, kPass, kPass, kPass, kPass}));
  EXPECT_EQ(VerdictsOf(report, 1), Verdicts(6, kPass));
  EXPECT_EQ(VerdictsOf(report, 2), Verdicts(6, kPass));
  EXPECT_EQ(ReasonOf(report, 0, "s/two"), "wrong text");
  EXPECT_EQ(report.totals.failed, 1U) << ProblemLines(report);
}

TEST_F(PortRunsTest, ThePortSaysWhatItIs) {
  PlannedSubject versioned = Port("versioned");
  versioned.info.library = "Python 3.11.2";
  const RunReport report = Run({Port("plain"), versioned});
  EXPECT_EQ(report.subjects[0].kind, "port");
  EXPECT_EQ(report.subjects[0].named_as, "./plain");
  EXPECT_EQ(report.subjects[0].library, "snake 1.2");
  EXPECT_EQ(report.subjects[0].kernel, "none");
  EXPECT_EQ(report.subjects[1].library, "Python 3.11.2");
}

TEST_F(PortRunsTest, TheReportDoesNotDependOnTheJobs) {
  const std::vector<PlannedSubject> subjects = {
      Port("a", {"wrong=s/two"}), Port("b"), Port("c", {"dies=t/one"}), Port("d", {"twice=s/one"})};
  const RunReport one = Run(subjects, {.jobs = 1});
  const RunReport many = Run(subjects, {.jobs = 4});
  ASSERT_EQ(one.results.size(), 24U);
  ASSERT_EQ(many.results.size(), 24U);
  for (std::size_t i = 0; i < 24; ++i) {
    EXPECT_EQ(one.results[i].verdict, many.results[i].verdict) << i;
    EXPECT_EQ(one.results[i].failure, many.results[i].failure) << i;
  }
  EXPECT_EQ(one.totals.failed, 3U);
}

TEST_F(PortRunsTest, ACrashIsAnErrorWithTheEndOfStandardError) {
  const RunReport report = Run({Port("a", {"dies=s/two"})});
  EXPECT_EQ(VerdictsOf(report, 0), (Verdicts{kPass, kError, kPass, kPass, kPass, kPass}));
  EXPECT_EQ(ReasonOf(report, 0, "s/two"), "crash: exit code 3");
  EXPECT_EQ(report.failures[0].stderr_tail, "I can't bear it \x1b[31m\n");
}

TEST_F(PortRunsTest, OfTwoAnswersTheLaterJudgementCounts) {
  const RunReport report = Run({Port("a", {"twice=s/one"})});
  EXPECT_EQ(VerdictsOf(report, 0), (Verdicts{kError, kPass, kPass, kPass, kPass, kPass}));
  EXPECT_EQ(ReasonOf(report, 0, "s/one").find("protocol error: "), 0U);
}

TEST_F(PortRunsTest, APortThatCannotStartFailsTheRunAtItsPlace) {
  PlannedSubject bad = Port("bad");
  auto port = std::make_shared<sigvet::Port>(*bad.port);
  port->manifest.start_command = {"./no-such-program"};
  bad.port = std::move(port);
  const RunReport report = Run({bad, Port("good")});
  EXPECT_EQ(VerdictsOf(report, 0), Verdicts(6, kSkip));
  EXPECT_EQ(VerdictsOf(report, 1), Verdicts(6, kPass));
  ASSERT_EQ(report.problems.size(), 1U);
  EXPECT_EQ(report.problems[0].place.file, "bad/port.yaml");
  EXPECT_EQ(report.problems[0].message.find("bad: can't start"), 0U) << ProblemLines(report);
}

TEST_F(PortRunsTest, AnswersThatChangeAreFlaky) {
  const RunReport report = Run({Port("a", {"changes=t/two"}), Port("b")}, {.repeat = 3});
  EXPECT_EQ(VerdictsOf(report, 0), (Verdicts{kPass, kPass, kPass, kPass, kFail, kPass}));
  EXPECT_EQ(VerdictsOf(report, 1), Verdicts(6, kPass));
  EXPECT_EQ(ReasonOf(report, 0, "t/two"), "flaky: 2 of 3 answers differ from the first");
  EXPECT_EQ(report.failures[0].expected, "right");
  EXPECT_EQ(report.failures[0].actual, "changed");
}

// It answers six cases well and no more: one round.
TEST_F(PortRunsTest, EveryRoundHasAFreshProcess) {
  const RunReport report = Run({Port("a", {"last=6"})}, {.repeat = 3});
  EXPECT_EQ(VerdictsOf(report, 0), Verdicts(6, kPass));
  EXPECT_EQ(VerdictsOf(Run({Port("b", {"last=5"})}), 0),
            (Verdicts{kPass, kPass, kPass, kPass, kPass, kFail}));
}

TEST_F(PortRunsTest, NothingIsStartedAfterAnInterrupt) {
  const std::atomic<bool> interrupted = true;
  const RunReport report = Run({Port("a")}, {.interrupted = &interrupted});
  EXPECT_EQ(VerdictsOf(report, 0), Verdicts(6, kSkip));
  EXPECT_TRUE(report.context.interrupted);
  EXPECT_EQ(ProblemLines(report), "");
}

TEST_F(PortRunsTest, ReportsProgressWithTheNamesOfThoseThatRun) {
  std::string running;
  std::size_t last = 0;
  Run({RightBackend(), Port("a")}, {.progress = [&](std::size_t answers, std::string_view names) {
        EXPECT_GE(answers, last);
        last = answers;
        running += names;
      }});
  EXPECT_LE(last, 12U);
  EXPECT_NE(running.find('a'), std::string::npos);
}

}  // namespace
}  // namespace sigvet
