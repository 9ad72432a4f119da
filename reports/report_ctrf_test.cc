#include <gtest/gtest.h>

#include <map>
#include <nlohmann/json.hpp>
#include <random>
#include <set>
#include <string>

#include "reports/report.h"
#include "reports/test_report.h"
#include "reports/test_text.h"

// check_formats.py validates the same reports with a JSON Schema.

namespace sigvet {
namespace {

using Json = nlohmann::json;

/// Checks that names are unique and that the summary counts the tests; how many have each status.
std::map<std::string, int> Count(const Json& json) {
  std::map<std::string, int> counts;
  std::set<std::string> names;
  const Json& results = json.at("results");
  for (const Json& test : results.at("tests")) {
    ++counts[test.at("status")];
    EXPECT_TRUE(names.insert(test.at("name")).second) << test.at("name");
    EXPECT_EQ(test.at("duration"), 0);
    EXPECT_FALSE(test.at("rawStatus").empty());
  }
  const Json& summary = results.at("summary");
  EXPECT_EQ(summary.at("tests"), results.at("tests").size());
  for (const char* status : {"passed", "failed", "skipped", "pending", "other"}) {
    EXPECT_EQ(summary.at(status), counts[status]) << status;
  }
  return counts;
}

Json Find(const Json& json, const std::string& name) {
  for (const Json& test : json.at("results").at("tests")) {
    if (test.at("name") == name) return test;
  }
  ADD_FAILURE() << "no test " << name;
  return {};
}

using Counts = std::map<std::string, int>;

TEST(ReportCtrf, Golden) {
  ExpectGolden("report.ctrf.json", RenderCtrf(SampleReport()));
  ExpectGolden("ports.ctrf.json", RenderCtrf(PortsReport()));
}

TEST(ReportCtrf, CountsWhatJunitCounts) {
  // 45 tests; the known failure ran and failed as it must, which the format has no status for.
  EXPECT_EQ(Count(Json::parse(RenderCtrf(SampleReport()))),
            (Counts{{"passed", 24}, {"failed", 13}, {"skipped", 7}, {"pending", 0}, {"other", 1}}));
  EXPECT_EQ(Count(Json::parse(RenderCtrf(PortsReport()))),
            (Counts{{"passed", 5}, {"failed", 6}, {"skipped", 12}, {"pending", 0}, {"other", 0}}));
  EXPECT_EQ(Count(Json::parse(RenderCtrf(RunReport{}))),
            (Counts{{"passed", 0}, {"failed", 1}, {"skipped", 0}, {"pending", 0}, {"other", 0}}));
}

TEST(ReportCtrf, TellsWhenTheRunWas) {
  const Json summary = Json::parse(RenderCtrf(SampleReport())).at("results").at("summary");
  // date -u -d 2026-11-21T20:22:00Z +%s
  EXPECT_EQ(summary.at("start"), 1795292520000);
  EXPECT_EQ(summary.at("stop"), 1795292521234);
  RunReport report = PassingReport(1, 1, 1);
  for (const char* time : {"", "now", "2026-13-40T00:00:00Z", "2026-02-30T20:22:00Z", "2026-11-21",
                           "2026-11-21T-1:22:00Z"}) {
    report.context.started_at = time;
    const Json other = Json::parse(RenderCtrf(report)).at("results").at("summary");
    EXPECT_EQ(other.at("start"), 0) << time;
  }
}

TEST(ReportCtrf, AFailureSaysAllThatIsKnown) {
  const Json json = Json::parse(RenderCtrf(SampleReport()));
  const Json test = Find(json, "botan ses/published/rust-sample");
  EXPECT_EQ(test.at("rawStatus"), "fail");
  EXPECT_EQ(test.at("message"), "wrong region_key: the region was left out of the keys");
  EXPECT_EQ(test.at("filePath"), "my cases.yaml");
  EXPECT_EQ(test.at("line"), 24);
  EXPECT_EQ(test.at("suite"), (Json{"botan", "ses/published"}));
  EXPECT_EQ(test.at("extra").at("mistakes").at(0).at("defect"), "region-left-out");
  EXPECT_EQ(test.at("extra").at("repeat"),
            "sigvet run --backend botan --filter ses/published/rust-sample --corpus vectors "
            "--corpus 'my cases.yaml' --known-failing known.txt");
  EXPECT_EQ(Find(json, "cryptopp ses/secrets/known").at("rawStatus"), "expected-fail");
  const Json crash = Find(Json::parse(RenderCtrf(PortsReport())), "mine ses/published/crash");
  EXPECT_EQ(crash.at("stderr").at(0), "line 1 of what it said");
}

TEST(ReportCtrf, SurvivesAnyBytes) {
  std::mt19937 random(4);
  for (int i = 0; i < 100; ++i) {
    const std::string text = RenderCtrf(RandomReport(random));
    for (const char c : text) ASSERT_TRUE(c == '\n' || (c >= 0x20 && c < 0x7f));
    ASSERT_EQ(Count(Json::parse(text)).at("failed"), 13);
  }
}

}  // namespace
}  // namespace sigvet
