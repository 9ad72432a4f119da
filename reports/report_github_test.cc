#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

#include "reports/report.h"
#include "reports/test_report.h"
#include "reports/test_text.h"

namespace sigvet {
namespace {

struct Command {
  std::string kind = {};
  std::string file = {};
  std::string line = {};
  std::string title = {};
  std::string message = {};
};

/// As the runner of GitHub Actions undoes it: the sequences that the documentation names.
std::string Unescape(std::string text, bool is_property) {
  const std::vector<std::pair<std::string, std::string>> sequences = {
      {"%0D", "\r"}, {"%0A", "\n"}, {"%3A", ":"}, {"%2C", ","}, {"%25", "%"}};
  std::string plain;
  for (std::size_t i = 0; i < text.size();) {
    bool found = false;
    for (const auto& [sequence, character] : sequences) {
      if (text.compare(i, sequence.size(), sequence) != 0) continue;
      if (!is_property && (character == ":" || character == ",")) continue;
      plain += character;
      i += sequence.size();
      found = true;
      break;
    }
    if (!found) plain += text[i++];
  }
  return plain;
}

/// Reads every line as a workflow command: `::kind key=value,key=value::message`.
std::vector<Command> Read(const std::string& text) {
  std::vector<Command> commands;
  ExpectNoRawControls(text);
  for (const std::string& line : Lines(text)) {
    EXPECT_EQ(line.substr(0, 2), "::") << line;
    const std::size_t end = line.find("::", 2);
    const std::size_t blank = line.find(' ');
    EXPECT_LT(blank, end) << line;
    if (end == line.npos || blank > end) continue;
    Command command = {.kind = line.substr(2, blank - 2)};
    command.message = Unescape(line.substr(end + 2), false);
    std::string properties = line.substr(blank + 1, end - blank - 1) + ",";
    for (std::size_t comma = 0; (comma = properties.find(',')) != properties.npos;) {
      const std::string property = properties.substr(0, comma);
      properties.erase(0, comma + 1);
      const std::size_t equals = property.find('=');
      const std::string name = property.substr(0, equals);
      const std::string value = Unescape(property.substr(equals + 1), true);
      EXPECT_NE(value, "") << line;
      if (name == "file") command.file = value;
      if (name == "line") command.line = value;
      if (name == "title") command.title = value;
    }
    EXPECT_NE(command.title, "") << line;
    EXPECT_NE(command.message, "") << line;
    EXPECT_LT(line.size(), 60000U);
    commands.push_back(command);
  }
  return commands;
}

std::size_t CountKind(const std::vector<Command>& commands, std::string_view kind) {
  std::size_t count = 0;
  for (const Command& command : commands) count += command.kind == kind ? 1 : 0;
  return count;
}

TEST(ReportGithub, Golden) {
  ExpectGolden("report.github.txt", RenderGithub(SampleReport()));
  ExpectGolden("ports.github.txt", RenderGithub(PortsReport()));
}

TEST(ReportGithub, FindingsComeFirstAndTheLastTellsOfTheRest) {
  const std::vector<Command> commands = Read(RenderGithub(SampleReport()));
  // 3 findings, 2 problems, the interruption and 7 failures that nothing explains: 13.
  ASSERT_EQ(CountKind(commands, "error"), 10U);
  EXPECT_EQ(commands[0].title, "sigvet: botan: the region was left out of the keys");
  EXPECT_EQ(commands[0].file, "my cases.yaml");
  EXPECT_EQ(commands[0].line, "24");
  EXPECT_EQ(commands[0].message.find("botan: one mistake explains 1 of its 3 failures: the region "
                                     "was left out of the keys\ndo: derive the region key from"),
            0U)
      << commands[0].message;
  EXPECT_EQ(commands[3].file, "known.txt");
  EXPECT_EQ(commands[3].line, "3");
  EXPECT_EQ(commands[5].title, "sigvet: interrupted");
  EXPECT_EQ(commands[9].title, "sigvet: 4 more");
  // A backend that the build left out.
  EXPECT_EQ(CountKind(commands, "notice"), 1U);
  EXPECT_EQ(CountKind(commands, "warning"), 0U);
}

TEST(ReportGithub, TheBuiltInCorpusIsNoFileOfTheUser) {
  const std::vector<Command> commands = Read(RenderGithub(PortsReport()));
  ASSERT_EQ(CountKind(commands, "error"), 6U);
  EXPECT_EQ(commands[0].file, "");
  EXPECT_NE(commands[0].message.find("vectors/ses/published.yaml:10"), std::string::npos);
  EXPECT_EQ(commands[1].file, "ports/broken/port.yaml");
  EXPECT_EQ(commands[1].line, "");
  // A port that was asked for and is not there.
  EXPECT_EQ(CountKind(commands, "warning"), 1U);
}

TEST(ReportGithub, NothingIsSaidWhereNothingIsWrong) {
  EXPECT_EQ(RenderGithub(PassingReport(3, 2, 5)), "");
  EXPECT_EQ(CountKind(Read(RenderGithub(RunReport{})), "error"), 1U);
}

TEST(ReportGithub, ExactlyTenAreAllShown) {
  RunReport report = PassingReport(1, 1, 1);
  for (int i = 0; i < 10; ++i) report.problems.push_back({"p" + std::to_string(i), {}, ""});
  EXPECT_EQ(Read(RenderGithub(report)).back().message, "p9");
  report.problems.push_back({"p10", {}, ""});
  const std::vector<Command> commands = Read(RenderGithub(report));
  ASSERT_EQ(commands.size(), 10U);
  EXPECT_EQ(commands[8].message, "p8");
  EXPECT_EQ(commands[9].title, "sigvet: 2 more");
}

TEST(ReportGithub, ManyAndLongOnesStayWithinTheLimits) {
  RunReport report = PassingReport(40, 1, 1);
  report.context.corpus_paths = {"a,b:c%.yaml"};
  report.corpus.files[0] = "a,b:c%.yaml";
  for (RunReport::Subject& subject : report.subjects) subject.id += std::string(400, 'x');
  for (std::uint32_t i = 0; i < 30; ++i) {
    report.results[i].verdict = Verdict::kFail;
    report.results[i].failure = static_cast<std::int32_t>(i);
    Failure failure{.reason = std::string(200000, 'r') + std::to_string(i)};
    for (int k = 0; k < 9999; ++k) failure.hint += "%\xc3\xa9";
    report.failures.push_back(failure);
  }
  report.totals = {10, 30, 0};
  const std::vector<Command> commands = Read(RenderGithub(report));
  EXPECT_EQ(CountKind(commands, "error"), 10U);
  EXPECT_EQ(commands[0].file, "a,b:c%.yaml");
  EXPECT_EQ(commands[9].title, "sigvet: 21 more");
}

TEST(ReportGithub, SurvivesAnyBytes) {
  std::mt19937 random(5);
  for (int i = 0; i < 100; ++i) {
    ASSERT_EQ(CountKind(Read(RenderGithub(RandomReport(random))), "error"), 10U);
  }
}

}  // namespace
}  // namespace sigvet
