#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

#include "reports/report.h"
#include "reports/test_report.h"
#include "reports/test_text.h"

// check_formats.py reads the same reports with Perl's TAP::Parser and a YAML parser.

namespace sigvet {
namespace {

struct Counts {
  std::size_t planned = 0;
  std::size_t ok = 0;  ///< also skipped ones
  std::size_t not_ok = 0;
  std::size_t skipped = 0;
  std::size_t todo = 0;

  bool operator==(const Counts&) const = default;
};

std::ostream& operator<<(std::ostream& out, const Counts& counts) {
  return out << counts.planned << " planned, " << counts.ok << " ok, " << counts.not_ok
             << " not ok, " << counts.skipped << " skipped, " << counts.todo << " to do";
}

/// Reads the lines of `text` as the grammar of TAP 14 has them, and checks that numbers count up.
Counts Read(const std::string& text) {
  Counts counts;
  ExpectNoRawControls(text);
  const std::vector<std::string> lines = Lines(text);
  EXPECT_EQ(lines.at(0), "TAP version 14");
  EXPECT_EQ(lines.at(1).substr(0, 3), "1..");
  counts.planned = std::stoul(lines.at(1).substr(3));
  bool in_yaml = false;
  for (std::size_t i = 2; i < lines.size(); ++i) {
    const std::string& line = lines[i];
    if (in_yaml) {
      EXPECT_EQ(line.substr(0, 2), "  ") << line;
      in_yaml = line != "  ...";
      continue;
    }
    if (line == "  ---") {
      EXPECT_EQ(lines[i - 1].substr(0, 6), "not ok") << lines[i - 1];
      in_yaml = true;
      continue;
    }
    if (line.starts_with("# ") || line.starts_with("Bail out! ")) continue;
    const bool ok = line.starts_with("ok ");
    EXPECT_TRUE(ok || line.starts_with("not ok ")) << line;
    ++(ok ? counts.ok : counts.not_ok);
    const std::string number = std::to_string(counts.ok + counts.not_ok);
    EXPECT_EQ(line.find((ok ? "ok " : "not ok ") + number + " - "), 0U) << line;
    if (line.find(" # SKIP ") != line.npos) ++counts.skipped;
    if (line.find(" # TODO ") != line.npos) ++counts.todo;
  }
  EXPECT_FALSE(in_yaml);
  EXPECT_EQ(counts.planned, counts.ok + counts.not_ok);
  return counts;
}

TEST(ReportTap, Golden) {
  ExpectGolden("report.tap", RenderTap(SampleReport()));
  ExpectGolden("ports.tap", RenderTap(PortsReport()));
}

TEST(ReportTap, CountsWhatJunitCounts) {
  // 45 tests: 11 failures, 2 errors and the known failure are not ok; skipped are 2 results, 4 of
  // the disputed case and the unavailable subject.
  EXPECT_EQ(Read(RenderTap(SampleReport())), (Counts{45, 31, 14, 7, 1}));
  // 23 tests: 3 failures and 3 errors; 11 results and the unavailable port are skipped.
  EXPECT_EQ(Read(RenderTap(PortsReport())), (Counts{23, 17, 6, 12, 0}));
  EXPECT_EQ(Read(RenderTap(PassingReport(3, 2, 5))), (Counts{30, 30, 0, 0, 0}));
}

TEST(ReportTap, ARunOfNothingIsNotGreen) {
  const std::string text = RenderTap(RunReport{});
  EXPECT_EQ(Read(text), (Counts{1, 0, 1, 0, 0}));
  EXPECT_NE(text.find("not ok 1 - sigvet run a case\n"), text.npos) << text;
}

TEST(ReportTap, AnInterruptedRunBailsOutAtItsEnd) {
  RunReport report = PassingReport(2, 1, 1);
  report.context.interrupted = true;
  const std::string text = RenderTap(report);
  EXPECT_EQ(Read(text), (Counts{3, 2, 1, 0, 0}));
  EXPECT_TRUE(text.ends_with("\nBail out! the run was interrupted\n")) << text;
}

TEST(ReportTap, NoTextBecomesADirective) {
  RunReport report = PassingReport(1, 1, 1);
  report.cases[0].id = "ses/x # TODO \\";
  report.subjects[0].id = "#skip";
  const std::string text = RenderTap(report);
  EXPECT_NE(text.find("\nok 1 - \\#skip ses/x \\# TODO \\\\\\\\\n"), text.npos) << text;
  EXPECT_EQ(Read(text), (Counts{1, 1, 0, 0, 0}));
}

TEST(ReportTap, SurvivesAnyBytes) {
  std::mt19937 random(3);
  for (int i = 0; i < 100; ++i) {
    const Counts counts = Read(RenderTap(RandomReport(random)));
    ASSERT_EQ(counts.planned, 45U);
    ASSERT_EQ(counts.not_ok, 14U);
  }
}

}  // namespace
}  // namespace sigvet
