#include "harness/port/run_ports.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <iterator>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "base/check.h"
#include "harness/port/test_child.h"

namespace sigvet {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;
using Kind = Answer::Kind;

const OperationSpec* const kBase64 = FindOperation("base64-encode");
const OperationSpec* const kPassword = FindOperation("ses-smtp-password");

Case MakeCase(const OperationSpec* operation, std::vector<Value> inputs) {
  Case c;
  c.operation = operation;
  c.inputs = std::move(inputs);
  c.is_synthetic = true;
  return c;
}

Case Base64Case(std::string bytes) { return MakeCase(kBase64, {std::move(bytes)}); }

Case PasswordCase(std::int64_t version, std::string secret, Value region = {}) {
  return MakeCase(kPassword, {version, std::move(secret), std::move(region)});
}

std::vector<Case> Base64Cases(int count) {
  std::vector<Case> cases;
  for (int i = 0; i < count; ++i) cases.push_back(Base64Case("case " + std::to_string(i)));
  return cases;
}

/// A port in Python that does base64-encode, up to four cases at once. `body` is run for each case:
/// it may change `data`, the case's bytes, before they are answered.
Port PythonPort(const std::string& body) {
  Port port;
  port.manifest.id = "python";
  port.manifest.folder = "/";
  port.manifest.start_command = {SIGVET_PYTHON, "-u", "-c", R"(
import base64, json, os, signal, sys, time
for line in sys.stdin:
    message = json.loads(line)
    if message["type"] == "hello":
        reply = {"type": "ready", "protocol": 1, "port": {"name": "p"}, "ops": ["base64-encode"],
                 "max_in_flight": 4}
    else:
        data = message["input"]["bytes"]
)" + body + R"(
        text = base64.b64encode(data.encode()).decode()
        reply = {"type": "answer", "id": message["id"], "output": {"text": text}}
    print(json.dumps(reply), flush=True)
)"};
  return port;
}

/// A port that is asked by `script`, run by a shell for each case, with `$1` and so on for the
/// arguments.
Port ExecPort(std::string script, std::vector<std::string> arguments = {}) {
  Port port;
  port.manifest.id = "shell";
  port.manifest.folder = "/";
  port.manifest.mode = PortManifest::Mode::kExec;
  port.manifest.operations = {kPassword};
  port.manifest.start_command = {"/bin/sh", "-c", std::move(script), "sh"};
  std::ranges::move(arguments, std::back_inserter(port.manifest.start_command));
  return port;
}

struct Ran {
  std::vector<Answer> answers;
  Conversation::Outcome outcome;
};

/// Runs each port over all cases.
std::vector<Ran> RunAll(const std::vector<Port>& ports, const std::vector<Case>& cases,
                        RunPortsOptions options = {}) {
  std::vector<const Case*> pointers;
  for (const Case& c : cases) pointers.push_back(&c);
  std::vector<Ran> ran(ports.size());
  std::vector<PortTask> tasks;
  for (std::size_t i = 0; i < ports.size(); ++i) {
    std::vector<Answer>& answers = ran[i].answers;
    answers.resize(cases.size(), {Kind::kError, {}, "no answer was told"});
    tasks.push_back({&ports[i], pointers, [&answers](std::size_t number, Answer answer) {
                       answers.at(number) = std::move(answer);
                     }});
  }
  std::vector<Conversation::Outcome> outcomes = RunPorts(tasks, options);
  Check(outcomes.size() == ports.size(), "not every task has an outcome");
  for (std::size_t i = 0; i < ports.size(); ++i) ran[i].outcome = std::move(outcomes[i]);
  EXPECT_FALSE(HasChildren());
  return ran;
}

Ran RunOne(const Port& port, const std::vector<Case>& cases, RunPortsOptions options = {}) {
  return std::move(RunAll({port}, cases, std::move(options)).front());
}

/// What an answer is, for comparison.
std::string Brief(const Answer& answer) {
  switch (answer.kind) {
    case Kind::kOutput:
      return answer.stages.empty() ? "no stages" : answer.stages.back().value;
    case Kind::kRefused:
      return "refused: " + answer.detail;
    case Kind::kUnsupported:
      return "unsupported: " + answer.detail;
    case Kind::kError:
      return "error: " + answer.detail;
    case Kind::kCrash:
      return "crash: " + answer.detail;
    case Kind::kTimeout:
      return "timeout: " + answer.detail;
    case Kind::kProtocolError:
      return "protocol error: " + answer.detail;
    case Kind::kLeftOut:
      return "left out: " + answer.detail;
    case Kind::kNotRun:
      return "not run: " + answer.detail;
  }
  return "";
}

std::vector<std::string> Briefly(const std::vector<Answer>& answers) {
  std::vector<std::string> texts;
  for (const Answer& answer : answers) texts.push_back(Brief(answer));
  return texts;
}

TEST(RunPorts, WithoutTasksThereIsNothingToDo) { EXPECT_TRUE(RunAll({}, {}).empty()); }

TEST(RunPorts, AsksAJsonlPort) {
  const Ran ran = RunOne(PythonPort("        pass"), Base64Cases(50));
  EXPECT_EQ(Brief(ran.answers[0]), "Y2FzZSAw");  // printf 'case 0' | base64
  EXPECT_EQ(Brief(ran.answers[49]), "Y2FzZSA0OQ==");
  ASSERT_TRUE(ran.outcome.ready);
  EXPECT_EQ(ran.outcome.ready->name, "p");
  EXPECT_EQ(ran.outcome.gave_up, Error{});
}

TEST(RunPorts, OneThatDiesIsStartedAgain) {
  const Ran ran = RunOne(
      PythonPort("        if data == 'case 7': print('so sad', file=sys.stderr); os._exit(3)"),
      Base64Cases(20));
  for (std::size_t i = 0; i < 20; ++i) {
    EXPECT_EQ(ran.answers[i].kind, i == 7 ? Kind::kCrash : Kind::kOutput) << i;
  }
  EXPECT_EQ(ran.answers[7].detail, "exit code 3");
  EXPECT_EQ(ran.answers[7].stderr_tail, "so sad\n");
  EXPECT_EQ(ran.outcome.gave_up, Error{});
}

TEST(RunPorts, OneThatHangsIsStartedAgain) {
  const Port port = PythonPort("        if data == 'case 2': time.sleep(600)");
  const Ran ran = RunOne(port, Base64Cases(6));
  for (std::size_t i = 0; i < 6; ++i) {
    EXPECT_EQ(ran.answers[i].kind, i == 2 ? Kind::kTimeout : Kind::kOutput) << i;
  }
  EXPECT_EQ(ran.answers[2].detail, "no answer within 2 s");
}

TEST(RunPorts, OneThatCantBeStartedRunsNothing) {
  Port port;
  port.manifest.folder = "/";
  port.manifest.start_command = {"./no-such-program"};
  const Ran ran = RunOne(port, Base64Cases(2));
  EXPECT_THAT(ran.outcome.gave_up.message, HasSubstr("there is no program /./no-such-program"));
  EXPECT_EQ(ran.answers[1].kind, Kind::kNotRun);
}

TEST(RunPorts, TheBuildFolderComesIn) {
  Port port = PythonPort("        data += sys.argv[1]");
  port.build_folder = "/the build";
  port.manifest.start_command.emplace_back("{build}/x");
  // printf 'case 0/the build/x' | base64
  EXPECT_EQ(Brief(RunOne(port, Base64Cases(1)).answers[0]), "Y2FzZSAwL3RoZSBidWlsZC94");
}

TEST(RunPorts, TheAnswersDoNotDependOnTheJobs) {
  std::vector<Port> ports;
  for (int i = 0; i < 5; ++i) {
    const std::string name = "case " + std::to_string(i);
    ports.push_back(
        PythonPort("        if data == '" + name + "': os._exit(" + std::to_string(10 + i) + ")"));
  }
  const auto one = RunAll(ports, Base64Cases(12), {.jobs = 1});
  const auto four = RunAll(ports, Base64Cases(12), {.jobs = 4});
  for (std::size_t i = 0; i < ports.size(); ++i) {
    EXPECT_EQ(Briefly(one[i].answers), Briefly(four[i].answers));
    EXPECT_EQ(Brief(one[i].answers[i]), "crash: exit code " + std::to_string(10 + i));
  }
}

TEST(RunPorts, TellsItsProgress) {
  std::size_t last = 0;
  std::size_t most_running = 0;
  const auto progress = [&](std::span<const std::string_view> running, std::size_t answers) {
    EXPECT_GE(answers, last);
    last = answers;
    most_running = std::max(most_running, running.size());
    for (const std::string_view id : running) EXPECT_EQ(id, "python");
  };
  RunAll({PythonPort("        time.sleep(0.05)"), PythonPort("        time.sleep(0.05)")},
         Base64Cases(10), {.jobs = 2, .progress = progress});
  EXPECT_GT(last, 0U);
  EXPECT_LE(last, 20U);
  EXPECT_EQ(most_running, 2U);
}

TEST(RunPorts, AnInterruptEndsAll) {
  std::atomic<bool> interrupted = false;
  // Three that the shell does not do, one that the other does not do, and one that it has answered.
  const auto progress = [&](std::span<const std::string_view>, std::size_t answers) {
    if (answers == 5) interrupted = true;
  };
  Port exec = ExecPort("sleep 600");
  exec.manifest.limits.answer = std::chrono::hours(1);
  std::vector<Case> cases = Base64Cases(3);
  cases.push_back(PasswordCase(2, "s"));
  Port hangs = PythonPort("        if data == 'case 1': time.sleep(600)");
  hangs.manifest.limits.answer = std::chrono::hours(1);
  const auto ran = RunAll({exec, hangs, hangs}, cases,
                          {.jobs = 2, .interrupted = &interrupted, .progress = progress});
  EXPECT_EQ(ran[0].answers[0].kind, Kind::kUnsupported);
  EXPECT_EQ(ran[0].answers[3].kind, Kind::kNotRun);
  EXPECT_EQ(Brief(ran[1].answers[0]), "Y2FzZSAw");
  EXPECT_EQ(ran[1].answers[2].kind, Kind::kNotRun);
  EXPECT_EQ(ran[2].answers[0].kind, Kind::kNotRun);
}

TEST(RunPorts, AnInterruptBeforeItStartsNothing) {
  const std::atomic<bool> interrupted = true;
  const Ran ran = RunOne(ExecPort("exit 1"), {PasswordCase(2, "s")}, {.interrupted = &interrupted});
  EXPECT_EQ(Brief(ran.answers[0]), "not run: the run was interrupted");
}

TEST(ExecPorts, GetTheirInputs) {
  const std::vector<Case> cases = {PasswordCase(4, "a secret\n", "eu-1"), PasswordCase(2, "s")};
  const Ran ran = RunOne(ExecPort("printf '%s,' \"$@\"; cat", {"{region}", "v{version}", "{op}"}),
                         cases, {.jobs = 2});
  EXPECT_EQ(Brief(ran.answers[0]), "eu-1,v4,ses-smtp-password,a secret\n");
  EXPECT_EQ(Brief(ran.answers[1]), ",v2,ses-smtp-password,s");
  EXPECT_EQ(ran.answers[0].stages.back().stage->name, "password");
}

TEST(ExecPorts, GetTheSecretInAVariable) {
  Port port = ExecPort("printf %s \"$KEY\"; cat");
  port.manifest.secret_by = PortManifest::SecretBy::kEnvironment;
  port.manifest.secret_variable = "KEY";
  const Ran ran = RunOne(port, {PasswordCase(2, " x=y "), PasswordCase(2, std::string("a\0b", 3))});
  EXPECT_EQ(Brief(ran.answers[0]), " x=y ");
  EXPECT_EQ(Brief(ran.answers[1]),
            "left out: its secret holds a NUL byte, which can't be passed on");
}

TEST(ExecPorts, GetTheSecretAsAnArgumentOnlyWhereItIsSynthetic) {
  Port port = ExecPort("printf %s \"$1\"", {"{secret}"});
  port.manifest.secret_by = PortManifest::SecretBy::kArgument;
  std::vector<Case> cases = {PasswordCase(2, "{op}"), PasswordCase(2, "t"),
                             PasswordCase(2, std::string(200'000, 'x'))};
  cases[1].is_synthetic = false;
  const Ran ran = RunOne(port, cases);
  EXPECT_EQ(Brief(ran.answers[0]), "{op}");
  EXPECT_THAT(Brief(ran.answers[1]), StartsWith("left out: its secret may not be shown"));
  EXPECT_THAT(Brief(ran.answers[2]), HasSubstr("too long"));
}

TEST(ExecPorts, DoTheOperationsAndVersionsThatTheyClaim) {
  Port port = ExecPort("printf x");
  port.manifest.versions = {4};
  const Ran ran = RunOne(port, {Base64Case("b"), PasswordCase(2, "s"), PasswordCase(4, "s", "r")});
  EXPECT_EQ(Briefly(ran.answers),
            (std::vector<std::string>{"unsupported: does not do base64-encode",
                                      "left out: does not do version 2", "x"}));
}

TEST(ExecPorts, OutputIsTakenAsItIs) {
  Port port = ExecPort("printf 'a\\0b\\r\\n\\n'");
  EXPECT_EQ(Brief(RunOne(port, {PasswordCase(2, "s")}).answers[0]), std::string("a\0b\r\n\n", 6));
  port.manifest.strip_newline = true;
  EXPECT_EQ(Brief(RunOne(port, {PasswordCase(2, "s")}).answers[0]), std::string("a\0b\r\n", 5));
}

TEST(ExecPorts, HowTheyEndSaysWhatItMeans) {
  Port port = ExecPort("read -r end; echo ' why ' >&2; eval \"$end\"");
  port.manifest.refusal_exit_code = 2;
  const Ran ran =
      RunOne(port, {PasswordCase(2, "exit 2\n"), PasswordCase(2, "exit 3\n"),
                    PasswordCase(2, "printf out; exit 0\n"), PasswordCase(2, "kill -ABRT $$\n")});
  EXPECT_EQ(Brief(ran.answers[0]), "refused: why");
  EXPECT_EQ(Brief(ran.answers[1]), "crash: exit code 3");
  EXPECT_EQ(ran.answers[1].stderr_tail, " why \n");
  EXPECT_EQ(Brief(ran.answers[2]), "out");
  EXPECT_EQ(Brief(ran.answers[3]), "crash: killed by SIGABRT (Aborted)");
}

TEST(ExecPorts, HangsAndFloodsEnd) {
  Port port = ExecPort("read -r end; eval \"$end\"");
  port.manifest.limits.answer = std::chrono::milliseconds(3000);
  const Ran ran = RunOne(port,
                         {PasswordCase(2, "exec sleep 600\n"),
                          PasswordCase(2, "exec cat /dev/zero\n"), PasswordCase(2, "echo fine\n")},
                         {.jobs = 3});
  EXPECT_EQ(Brief(ran.answers[0]), "timeout: no answer within 3 s");
  EXPECT_THAT(Brief(ran.answers[1]), StartsWith("protocol error: wrote more than 1 MiB"));
  EXPECT_EQ(Brief(ran.answers[2]), "fine\n");
}

TEST(ExecPorts, WhatEndedInTimeIsNotLateWhereThatIsSeenLate) {
  Port port = ExecPort("read -r end; eval \"$end\"");
  port.manifest.limits.answer = std::chrono::seconds(1);
  const Case cases[] = {PasswordCase(2, "echo one\n"), PasswordCase(2, "sleep 0.2; echo two\n")};
  const Case* const pointers[] = {&cases[0], &cases[1]};
  std::vector<std::string> answers;
  const PortTask task = {&port, pointers, [&](std::size_t number, const Answer& answer) {
                           answers.push_back(Brief(answer));
                           if (number == 0)
                             std::this_thread::sleep_for(port.manifest.limits.answer);
                         }};
  RunPorts({&task, 1}, {.jobs = 2});
  EXPECT_EQ(answers, (std::vector<std::string>{"one\n", "two\n"}));
}

TEST(ExecPorts, AFewLargeAnswersWaitForOneBeforeThem) {
  std::string folder = testing::TempDir() + "sigvet-ahead-XXXXXX";
  ASSERT_NE(mkdtemp(folder.data()), nullptr);
  Port port = ExecPort("cd \"$1\"; read -r end; eval \"$end\"", {folder});
  port.manifest.limits.answer = std::chrono::minutes(1);
  std::vector<Case> cases = {PasswordCase(2, "sleep 2; ls | wc -l\n")};
  for (int i = 0; i < 100; ++i) {
    cases.push_back(PasswordCase(2, "> $$; head -c 1000000 /dev/zero\n"));
  }
  const Ran ran = RunOne(port, cases, {.jobs = 2});
  const int ahead = std::atoi(Brief(ran.answers[0]).c_str());
  EXPECT_TRUE(ahead > 0 && ahead < 40) << ahead;
  EXPECT_EQ(Brief(ran.answers[100]).size(), 1'000'000U);
  std::filesystem::remove_all(folder);
}

TEST(ExecPorts, AreGivenUpAfterFiveFailuresInARowHoweverManyJobs) {
  std::vector<Case> cases;
  // Four that fail, one that works, five that fail, three that would work.
  for (const char* end : {"1", "1", "1", "1", "0", "1", "1", "1", "1", "9", "0", "0", "0"}) {
    cases.push_back(PasswordCase(2, std::string("exit ") + end + "\n"));
  }
  for (const unsigned jobs : {1U, 2U, 13U}) {
    const Ran ran = RunOne(ExecPort("read -r end; eval \"$end\""), cases, {.jobs = jobs});
    EXPECT_EQ(ran.answers[3].kind, Kind::kCrash);
    EXPECT_EQ(ran.answers[4].kind, Kind::kOutput);
    EXPECT_EQ(Brief(ran.answers[9]), "crash: exit code 9");
    for (std::size_t i = 10; i < 13; ++i) {
      EXPECT_THAT(Brief(ran.answers[i]), StartsWith("not run: gave up after 5")) << i;
    }
    EXPECT_THAT(ran.outcome.gave_up.message, HasSubstr("exit code 9"));
  }
}

TEST(ExecPorts, ThatCantBeStartedRunNothing) {
  Port port = ExecPort("");
  port.manifest.start_command = {"no-such-program-at-all"};
  const Ran ran = RunOne(port, {PasswordCase(2, "s"), PasswordCase(2, "t")}, {.jobs = 2});
  EXPECT_EQ(ran.outcome.gave_up.message,
            "can't start: there is no program no-such-program-at-all in PATH");
  EXPECT_EQ(ran.answers[0].kind, Kind::kNotRun);
  EXPECT_EQ(ran.answers[1].kind, Kind::kNotRun);
}

TEST(ExecPorts, AnswerInTheOrderOfTheCases) {
  std::vector<Case> cases;
  for (int i = 0; i < 6; ++i) {
    cases.push_back(PasswordCase(2, "sleep 0.0" + std::to_string(9 - i) + "; echo\n"));
  }
  std::vector<const Case*> pointers;
  for (const Case& c : cases) pointers.push_back(&c);
  const Port port = ExecPort("read -r end; eval \"$end\"");
  std::vector<std::size_t> order;
  const PortTask task = {&port, pointers,
                         [&](std::size_t number, const Answer&) { order.push_back(number); }};
  RunPorts({&task, 1}, {.jobs = 6});
  EXPECT_EQ(order, (std::vector<std::size_t>{0, 1, 2, 3, 4, 5}));
}

}  // namespace
}  // namespace sigvet
