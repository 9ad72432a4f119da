#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <clocale>
#include <string>
#include <vector>

#include "reports/report.h"
#include "reports/test_bench_report.h"
#include "reports/test_text.h"

namespace sigvet {
namespace {

using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::Not;

/// A reader of RFC 4180's grammar: records end with CRLF, quotes are doubled within quotes.
std::vector<std::vector<std::string>> ReadCsv(const std::string& csv) {
  std::vector<std::vector<std::string>> records = {{""}};
  bool quoted = false;
  for (std::size_t i = 0; i < csv.size(); ++i) {
    std::string& field = records.back().back();
    if (quoted) {
      if (csv[i] != '"') {
        field += csv[i];
      } else if (csv.substr(i, 2) == "\"\"") {
        field += csv[i++];
      } else {
        quoted = false;
      }
    } else if (csv[i] == '"') {
      EXPECT_EQ(field, "");
      quoted = true;
    } else if (csv[i] == ',') {
      records.back().emplace_back();
    } else if (csv.substr(i, 2) == "\r\n") {
      ++i;
      records.push_back({""});
    } else {
      field += csv[i];
    }
  }
  EXPECT_EQ(records.back(), std::vector<std::string>{""}) << "the last record ends too";
  records.pop_back();
  return records;
}

TEST(ReportBenchCsv, Golden) { ExpectGolden("bench.csv", RenderBenchCsv(SampleBenchReport())); }

TEST(ReportBenchCsv, EveryRecordHasEveryField) {
  for (const BenchReport& report : {SampleBenchReport(), HostileBenchReport()}) {
    const auto records = ReadCsv(RenderBenchCsv(report));
    EXPECT_EQ(records.size(), 1 + report.series.size());
    for (const auto& record : records) EXPECT_EQ(record.size(), records[0].size());
  }
}

TEST(ReportBenchCsv, AnyBytesAreText) {
  const std::string csv = RenderBenchCsv(HostileBenchReport());
  const auto records = ReadCsv(csv);
  EXPECT_THAT(csv, Not(HasSubstr("\x1b")));
  for (std::size_t i = 1; i < records.size(); ++i) {
    for (const std::string& field : records[i]) {
      // No spreadsheet computes a field.
      const std::string first = field.substr(0, 1);
      EXPECT_TRUE(first.empty() || std::string("=+-@").find(first) == first.npos) << field;
    }
  }
  EXPECT_EQ(records[1][0], "w\\x1b\"/<i>,\\r\\n");
}

TEST(ReportBenchCsv, TheLocaleChangesNothing) {
  const std::string csv = RenderBenchCsv(SampleBenchReport());
  const char* set = nullptr;
  for (const char* name : {"de_DE.UTF-8", "de_DE.utf8", "fr_FR.UTF-8"}) {
    if (set == nullptr) set = std::setlocale(LC_ALL, name);
  }
  EXPECT_EQ(RenderBenchCsv(SampleBenchReport()), csv);
  std::setlocale(LC_ALL, "C");
}

TEST(ReportBenchCsv, NothingTimed) {
  const std::string csv = RenderBenchCsv({});
  EXPECT_EQ(ReadCsv(csv).size(), 1U);
  EXPECT_THAT(csv, EndsWith(",sigvet_version\r\n"));
}

}  // namespace
}  // namespace sigvet
