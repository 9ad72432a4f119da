#include "reports/read_report_json.h"

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <utility>

#include "reports/report.h"
#include "reports/test_report.h"

namespace sigvet {
namespace {

/// What is wrong with the report, without the file and the hint; empty where nothing is.
std::string Problem(const std::string& json) {
  const Result<RunReport> read = ReadReportJson(json, "run.json");
  if (read) return "";
  EXPECT_EQ(read.error().place, (Place{"run.json", 0, 0}));
  EXPECT_NE(read.error().hint, "");
  const std::string begin = "no report of a run: ";
  EXPECT_TRUE(read.error().message.starts_with(begin)) << read.error().message;
  return read.error().message.substr(begin.size());
}

/// The sample's JSON with `from`, which must be in it, replaced once.
std::string Changed(const std::string& from, const std::string& to) {
  std::string json = RenderJson(SampleReport());
  const std::size_t at = json.find(from);
  EXPECT_NE(at, json.npos) << from;
  return at == json.npos ? json : json.replace(at, from.size(), to);
}

void ExpectSameAfterReading(const RunReport& report) {
  const std::string json = RenderJson(report);
  const Result<RunReport> read = ReadReportJson(json, "run.json");
  ASSERT_TRUE(read.ok()) << ToString(read.error());
  EXPECT_EQ(RenderJson(*read), json);
  // What JSON says by names.
  ASSERT_EQ(read->findings.size(), report.findings.size());
  for (std::size_t i = 0; i < report.findings.size(); ++i) {
    EXPECT_EQ(read->findings[i].results, report.findings[i].results);
    EXPECT_EQ(read->findings[i].mistakes, report.findings[i].mistakes);
    EXPECT_EQ(read->findings[i].alternatives, report.findings[i].alternatives);
  }
  EXPECT_EQ(read->provenances, report.provenances);
}

TEST(ReadReportJson, TheSample) { ExpectSameAfterReading(SampleReport()); }

TEST(ReadReportJson, Ports) { ExpectSameAfterReading(PortsReport()); }

TEST(ReadReportJson, APassingRun) { ExpectSameAfterReading(PassingReport(4, 3, 5)); }

TEST(ReadReportJson, AShard) {
  RunReport report = SampleReport();
  report.context.shard_index = 2;
  report.context.shard_count = 3;
  report.not_searched = 7;
  report.findings.front().mistakes.front().values = {"eu-west-1", "\xff"};
  report.failures.front().expected_part = "a=\xc3\xa9";
  ExpectSameAfterReading(report);
  const Result<RunReport> read = ReadReportJson(RenderJson(report), "run.json");
  ASSERT_TRUE(read.ok());
  EXPECT_EQ(read->context.shard_index, 2U);
  EXPECT_EQ(read->context.shard_count, 3U);
  EXPECT_EQ(read->not_searched, 7U);
  EXPECT_EQ(read->failures.front().expected_part, "a=\xc3\xa9");
}

TEST(ReadReportJson, NothingWasSelected) {
  RunReport report = PassingReport(0, 0, 0);
  report.problems = {{"no case ran", {}, ""}};
  ExpectSameAfterReading(report);
}

TEST(ReadReportJson, AnyBytesInAnyText) {
  std::mt19937 random(20150830);  // NOLINT(bugprone-random-generator-seed): repeatable
  for (int i = 0; i < 300; ++i) {
    const std::string json = RenderJson(RandomReport(random));
    const Result<RunReport> read = ReadReportJson(json, "run.json");
    ASSERT_TRUE(read.ok()) << ToString(read.error()) << "\n" << json;
    EXPECT_EQ(RenderJson(*read), json);
  }
}

TEST(ReadReportJson, NoJson) {
  EXPECT_EQ(Problem(""), "no JSON at byte 1");
  EXPECT_EQ(Problem("[1, 2"), "no JSON at byte 6");
  EXPECT_EQ(Problem("{}garbage"), "no JSON at byte 3");
  EXPECT_EQ(Problem("\xff"), "no JSON at byte 1");
}

TEST(ReadReportJson, NoReport) {
  EXPECT_EQ(Problem("[]"), "the report: must be an object");
  EXPECT_EQ(Problem("3"), "the report: must be an object");
  EXPECT_EQ(Problem("{}"), "the report: \"format_version\" is missing");
  EXPECT_EQ(Problem(Changed("\"format_version\": 1", "\"format_version\": 2")),
            "the report: \"format_version\" must be 1");
  EXPECT_EQ(Problem("{\"a\":[[[[[[[[[[[]]]]]]]]]]]}"),
            "more lists and objects in each other than it has");
  EXPECT_EQ(Problem("{\"a\":1e999}"), "numbers or texts that JSON does not allow");
}

TEST(ReadReportJson, MissingAndWrongMembers) {
  EXPECT_EQ(Problem(Changed("\"repeat\":1", "\"repeat\":-1")),
            "context: \"repeat\" must be a whole number from 0 to 4294967295");
  EXPECT_EQ(Problem(Changed("\"repeat\":1", "\"repeated\":1")), "context: \"repeat\" is missing");
  EXPECT_EQ(Problem(Changed("\"elapsed_ms\":1234", "\"elapsed_ms\":-1")),
            "context: \"elapsed_ms\" must be from 0 to 9007199254740992");
  EXPECT_EQ(Problem(Changed("\"interrupted\":true", "\"interrupted\":1")),
            "context: \"interrupted\" must be true or false");
  EXPECT_EQ(Problem(Changed("\"library\":\"Botan 2.19.3\"", "\"library\":7")),
            "subjects 2: \"library\" must be text: a string or {\"base64\": \"...\"}");
  EXPECT_EQ(Problem(Changed("{\"base64\":\"", "{\"base64\":\"=")),
            "corpus: \"files\" must be text: a string or {\"base64\": \"...\"}");
  EXPECT_EQ(Problem(Changed("\"problems\": [", "\"problems\": [3,")),
            "the report, problems 1: must be an object");
  EXPECT_EQ(Problem(Changed("\"totals\": ", "\"totals\": {}, \"totals\": ")),
            "totals: \"passed\" is missing");
  EXPECT_EQ(Problem(Changed("\"verdict\":\"fail\"", "\"verdict\":\"failed\"")),
            "results 7: there is no verdict \"failed\"");
}

TEST(ReadReportJson, NamesThatLeadNowhere) {
  EXPECT_EQ(Problem(Changed("\"id\":\"botan\"", "\"id\":\"openssl\"")),
            "subjects 2: a second subject of this id");
  EXPECT_EQ(Problem(Changed("\"provenance\":1", "\"provenance\":2")),
            "cases 2: its provenance is none of \"provenances\"");
  EXPECT_EQ(Problem(Changed("\"suite\":\"primitives/base64\",\"case_count\"",
                            "\"suite\":\"primitive\",\"case_count\"")),
            "cases 1: its suite is none of \"suites\"");
  EXPECT_EQ(Problem(Changed("\"files\":[\"vectors/primitives/base64.yaml\"", "\"files\":[\"v\"")),
            "cases 1: its file is none of the corpus, or stands before");
  EXPECT_EQ(Problem(Changed("\"finding\":0", "\"finding\":99")),
            "the result of ses/published/rust-sample names a finding that does not exist");
  EXPECT_EQ(Problem(Changed("\"finding\":0,", "")),
            "findings 1: explains a result that does not name it");
  EXPECT_EQ(Problem(Changed("\"verdict\":\"fail\",\"reason\"",
                            "\"verdict\":\"fail\",\"finding\":0,\"reason\"")),
            "a result names a finding that does not explain it");
}

TEST(ReadReportJson, ResultsThatAreNotOneForEach) {
  const std::string json = RenderJson(SampleReport());
  const std::size_t results = json.find("\"results\": [\n") + 13;
  const std::size_t end = json.find('\n', results) + 1;
  std::string fewer = json;
  fewer.erase(results, end - results);
  EXPECT_EQ(Problem(fewer), "results 1: results must stand by case, then by subject, one for each");
  std::string twice = json;
  twice.insert(results, json.substr(results, end - results));
  EXPECT_EQ(Problem(twice), "results 2: results must stand by case, then by subject, one for each");
  std::string cut = json.substr(0, json.find("\"results\": [")) + "\"results\": []\n}\n";
  EXPECT_EQ(Problem(cut),
            "the report: there are 0 results, not 40: one for each case and available subject");
}

TEST(ReadReportJson, WhatItDoesNotKnowIsLeftAside) {
  EXPECT_EQ(Problem(Changed("{\n", "{\n\"new\": [{\"a\": [1]}, 2],\n")), "");
  EXPECT_EQ(Problem(Changed("\"kernel\":", "\"new\":null,\"kernel\":")), "");
}

}  // namespace
}  // namespace sigvet
