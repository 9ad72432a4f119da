#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <random>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "reports/report.h"
#include "reports/test_report.h"
#include "reports/test_text.h"

namespace sigvet {
namespace {

using Json = nlohmann::json;

std::string DecodeBase64(const std::string& text) {
  static const std::string kAlphabet =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  EXPECT_EQ(text.size() % 4, 0U) << text;
  std::string decoded;
  std::uint32_t bits = 0;
  std::size_t bit_count = 0;
  for (const char c : text) {
    if (c == '=') break;
    bits = bits << 6 | static_cast<std::uint32_t>(kAlphabet.find(c));
    bit_count += 6;
    if (bit_count < 8) continue;
    bit_count -= 8;
    decoded += static_cast<char>(bits >> bit_count & 0xff);
  }
  return decoded;
}

/// The member `name` of `json`, empty where there is none.
std::string Text(const Json& json, const char* name) {
  if (!json.contains(name)) return {};
  const Json& value = json.at(name);
  return value.is_string() ? value.get<std::string>() : DecodeBase64(value.at("base64"));
}

std::string Element(const Json& value) { return Text(Json{{"value", value}}, "value"); }

std::uint32_t Number(const Json& json, const char* name) {
  return json.value(name, std::uint32_t{0});
}

template <typename Item>
std::uint32_t IndexOf(const std::vector<Item>& items, const Item& item) {
  return static_cast<std::uint32_t>(std::ranges::find(items, item) - items.begin());
}

Place PlaceIn(const Json& json) {
  if (!json.contains("place")) return {};
  const Json& place = json.at("place");
  return {Text(place, "file"), Number(place, "line"), Number(place, "column")};
}

void ReadHead(const Json& json, RunReport& report) {
  const Json& context = json.at("context");
  report.context.sigvet_version = Text(json, "sigvet_version");
  report.context.started_at = Text(context, "started_at");
  report.context.elapsed_ms = context.at("elapsed_ms");
  report.context.system = Text(context, "system");
  report.context.interrupted = context.at("interrupted");
  report.context.repeat = context.at("repeat");
  for (const Json& path : context.at("corpus_paths")) {
    report.context.corpus_paths.push_back(Element(path));
  }
  for (const Json& path : context.at("suite_paths")) {
    report.context.suite_paths.push_back(Element(path));
  }
  for (const Json& path : context.at("known_failing_paths")) {
    report.context.known_failing_paths.push_back(Element(path));
  }
  const Json& corpus = json.at("corpus");
  report.corpus = {
      Text(corpus, "digest"), {}, corpus.at("case_count"), corpus.at("contested_left_out"), {}};
  for (const Json& suite : corpus.at("contested_suites")) {
    report.corpus.contested_suites.push_back(Element(suite));
  }
  for (const Json& file : corpus.at("files")) report.corpus.files.push_back(Element(file));
  for (const Json& subject : json.at("subjects")) {
    report.subjects.push_back({Text(subject, "id"), Text(subject, "kind"), Text(subject, "library"),
                               Text(subject, "kernel"), Text(subject, "unavailable_because"),
                               Text(subject, "named_as"), Text(subject, "stderr")});
  }
  for (const Json& suite : json.at("suites")) report.suites.push_back(Text(suite, "suite"));
  for (const Json& problem : json.at("problems")) {
    report.problems.push_back({Text(problem, "message"), PlaceIn(problem), Text(problem, "hint")});
  }
  const Json& totals = json.at("totals");
  report.totals = {totals.at("passed"), totals.at("failed"), totals.at("skipped")};
}

std::vector<RunReport::Mistake> MistakesIn(const Json& json) {
  std::vector<RunReport::Mistake> mistakes;
  for (const Json& mistake : json) {
    mistakes.push_back({Text(mistake, "defect"), Text(mistake, "sentence"), Text(mistake, "remedy"),
                        Text(mistake, "line")});
  }
  return mistakes;
}

/// `ids` and `subjects`: of the report's cases and subjects, which have been read, as its results
/// have.
void ReadFindings(const Json& json, const std::vector<std::string>& ids,
                  const std::vector<std::string>& subjects, RunReport& report) {
  report.not_searched = Number(json, "not_searched");
  for (const Json& finding : json.at("findings")) {
    RunReport::Finding read = {IndexOf(subjects, Text(finding, "subject")),
                               Text(finding, "operation"), MistakesIn(finding.at("mistakes"))};
    for (const Json& mistakes : finding.at("alternatives")) {
      read.alternatives.push_back(MistakesIn(mistakes));
    }
    read.is_about_secret = finding.at("is_about_secret");
    EXPECT_EQ(finding.at("case_count"), finding.at("cases").size());
    for (const Json& id : finding.at("cases")) {
      const std::uint32_t index = IndexOf(ids, Element(id));
      for (std::uint32_t i = 0; i < report.results.size(); ++i) {
        const RunReport::CaseResult& result = report.results[i];
        if (result.case_index == index && result.subject == read.subject) read.results.push_back(i);
      }
    }
    report.findings.push_back(std::move(read));
  }
}

/// Makes a RunReport from the JSON alone.
RunReport ReadBack(const std::string& text) {
  const Json json = Json::parse(text);
  RunReport report;
  ReadHead(json, report);
  std::vector<std::string> ids;
  for (const Json& c : json.at("cases")) {
    const Place place = PlaceIn(c);
    ids.push_back(Text(c, "case"));
    report.cases.push_back({ids.back(), Text(c, "operation"),
                            IndexOf(report.suites, Text(c, "suite")),
                            IndexOf(report.corpus.files, place.file), place.line});
  }
  std::vector<std::string> subjects;
  for (const RunReport::Subject& subject : report.subjects) subjects.push_back(subject.id);
  for (const Json& result : json.at("results")) {
    RunReport::CaseResult read;
    read.case_index = IndexOf(ids, Text(result, "case"));
    read.subject = IndexOf(subjects, Text(result, "subject"));
    for (int v = 0; v <= static_cast<int>(Verdict::kDisputed); ++v) {
      const auto verdict = static_cast<Verdict>(v);
      if (result.at("verdict") == std::string(ToString(verdict))) read.verdict = verdict;
    }
    read.finding = result.value("finding", -1);
    if (result.contains("reason")) {
      read.failure = static_cast<std::int32_t>(report.failures.size());
      report.failures.push_back({Text(result, "reason"), Text(result, "stage"),
                                 Number(result, "stage_number"), Number(result, "stage_count"),
                                 Text(result, "expected"), Text(result, "actual"), "", "",
                                 Text(result, "hint"), Text(result, "stderr")});
    }
    report.results.push_back(read);
  }
  ReadFindings(json, ids, subjects, report);
  return report;
}

auto Tie(const RunReport::Context& c) {
  return std::tie(c.sigvet_version, c.started_at, c.elapsed_ms, c.system, c.corpus_paths,
                  c.suite_paths, c.known_failing_paths, c.interrupted, c.repeat);
}
auto Tie(const RunReport::CorpusSummary& c) {
  return std::tie(c.digest, c.files, c.case_count, c.contested_left_out, c.contested_suites);
}
auto Tie(const RunReport::Subject& s) {
  return std::tie(s.id, s.kind, s.library, s.kernel, s.unavailable_because, s.named_as,
                  s.stderr_tail);
}
auto Tie(const RunReport::Case& c) { return std::tie(c.id, c.operation, c.suite, c.file, c.line); }
auto Tie(const RunReport::CaseResult& r) {
  return std::tie(r.case_index, r.subject, r.verdict, r.failure, r.finding);
}
auto Tie(const Failure& f) {
  return std::tie(f.reason, f.stage, f.stage_number, f.stage_count, f.expected, f.actual, f.hint,
                  f.stderr_tail);
}
auto Tie(const RunReport::Finding& f) {
  return std::tie(f.subject, f.operation, f.mistakes, f.alternatives, f.is_about_secret, f.results);
}
auto Tie(const RunReport::Totals& t) { return std::tie(t.passed, t.failed, t.skipped); }

template <typename Item>
void ExpectSame(const std::vector<Item>& a, const std::vector<Item>& b) {
  ASSERT_EQ(a.size(), b.size());
  for (std::size_t i = 0; i < a.size(); ++i) EXPECT_TRUE(Tie(a[i]) == Tie(b[i])) << i;
}

void ExpectSame(const RunReport& a, const RunReport& b) {
  EXPECT_TRUE(Tie(a.context) == Tie(b.context));
  EXPECT_TRUE(Tie(a.corpus) == Tie(b.corpus));
  ExpectSame(a.subjects, b.subjects);
  EXPECT_EQ(a.suites, b.suites);
  ExpectSame(a.cases, b.cases);
  ExpectSame(a.results, b.results);
  ExpectSame(a.failures, b.failures);
  ExpectSame(a.findings, b.findings);
  EXPECT_EQ(a.not_searched, b.not_searched);
  EXPECT_EQ(a.problems, b.problems);
  EXPECT_TRUE(Tie(a.totals) == Tie(b.totals));
}

void ExpectPlainLines(const std::string& text) {
  for (const char c : text) {
    ASSERT_TRUE(c == '\n' || (c >= 0x20 && c < 0x7f)) << static_cast<int>(c);
  }
}

TEST(ReportJson, Golden) {
  ExpectGolden("report.json", RenderJson(SampleReport()));
  ExpectGolden("ports.json", RenderJson(PortsReport()));
}

TEST(ReportJson, AllOfARunCanBeReadBack) {
  ExpectSame(SampleReport(), ReadBack(RenderJson(SampleReport())));
  ExpectSame(PortsReport(), ReadBack(RenderJson(PortsReport())));
  ExpectSame(PassingReport(3, 2, 5), ReadBack(RenderJson(PassingReport(3, 2, 5))));
  ExpectSame(RunReport{}, ReadBack(RenderJson(RunReport{})));
}

TEST(ReportJson, CasesAreReadBackWhereNoSubjectIsAvailable) {
  RunReport report = PassingReport(1, 2, 3);
  report.subjects[0].unavailable_because = "it is not there";
  report.results.clear();
  report.totals = {};
  ExpectSame(report, ReadBack(RenderJson(report)));
}

TEST(ReportJson, CountsAreThoseOfTheResults) {
  const Json json = Json::parse(RenderJson(SampleReport()));
  EXPECT_EQ(json.at("format_version"), 1);
  EXPECT_EQ(json.at("corpus").at("case_count"), 15);
  EXPECT_EQ(json.at("corpus").at("selected_count"), 10);
  EXPECT_EQ(json.at("cases").size(), 10U);
  EXPECT_EQ(json.at("results").size(), 40U);
  for (const Json& suite : json.at("suites")) {
    EXPECT_EQ(suite.at("subjects").size(), 4U) << "the one that is unavailable has no results";
    for (const Json& counts : suite.at("subjects")) {
      std::uint32_t passed = 0;
      std::uint32_t skipped = 0;
      std::uint32_t all = 0;
      for (const Json& result : json.at("results")) {
        if (result.at("suite") != suite.at("suite")) continue;
        if (result.at("subject") != counts.at("subject")) continue;
        ++all;
        const std::string verdict = result.at("verdict");
        if (verdict == "pass" || verdict == "expected-fail") ++passed;
        if (verdict == "skip") ++skipped;
      }
      EXPECT_EQ(all, suite.at("case_count"));
      EXPECT_EQ(counts.at("passed"), passed);
      EXPECT_EQ(counts.at("skipped"), skipped);
      EXPECT_EQ(counts.at("failed"), all - passed - skipped);
    }
  }
}

TEST(ReportJson, AResultIsALine) {
  const std::string text = RenderJson(SampleReport());
  const std::string first =
      "\n{\"case\":\"primitives/base64/decode-empty\",\"suite\":\"primitives/base64\","
      "\"operation\":\"base64-decode\",\"place\":{\"file\":\"vectors/primitives/base64.yaml\","
      "\"line\":10},\"subject\":\"openssl\",\"verdict\":\"pass\"},\n";
  EXPECT_NE(text.find(first), std::string::npos);
}

TEST(ReportJson, AFindingIsALineAndResultsNameIt) {
  const std::string text = RenderJson(PortsReport());
  EXPECT_NE(
      text.find(
          "\n\"findings\": [\n"
          "{\"subject\":\"node\",\"operation\":\"ses-smtp-password\",\"is_about_secret\":true,"
          "\"mistakes\":[{\"defect\":\"secret-newline\","
          "\"sentence\":\"the secret had a newline at its end\","),
      std::string::npos)
      << text;
  EXPECT_NE(
      text.find("\"alternatives\":[],\"case_count\":1,\"cases\":[\"ses/published/wrong\"]}\n],"),
      std::string::npos)
      << text;
  const Json json = Json::parse(text);
  EXPECT_FALSE(json.contains("not_searched"));
  EXPECT_EQ(json.at("results").at(0).at("finding"), 0);
  EXPECT_FALSE(json.at("results").at(1).contains("finding"));
  EXPECT_EQ(Json::parse(RenderJson(SampleReport())).at("not_searched"), 3);
}

TEST(ReportJson, BytesThatAreNotUtf8AreBase64) {
  RunReport report = PassingReport(1, 1, 1);
  // The expected text was made by base64(1) of GNU coreutils.
  report.corpus.files = {"\xff"};
  report.context.system = "\xff\xfe";
  report.context.corpus_paths = {"\xff\xfe\xfd"};
  const Json json = Json::parse(RenderJson(report));
  EXPECT_EQ(json.at("corpus").at("files").at(0), (Json{{"base64", "/w=="}}));
  EXPECT_EQ(json.at("context").at("system"), (Json{{"base64", "//4="}}));
  EXPECT_EQ(json.at("context").at("corpus_paths").at(0), (Json{{"base64", "//79"}}));
  EXPECT_EQ(json.at("results").at(0).at("place").at("file"), (Json{{"base64", "/w=="}}));
}

TEST(ReportJson, SurvivesAnyBytes) {
  std::mt19937 random(1);
  for (int i = 0; i < 100; ++i) {
    const RunReport report = RandomReport(random);
    const std::string text = RenderJson(report);
    ASSERT_NO_FATAL_FAILURE(ExpectPlainLines(text));
    Json json;
    ASSERT_NO_THROW(json = Json::parse(text));
    ASSERT_EQ(json.at("results").size(), report.results.size());
    std::size_t next = 0;
    for (const Json& result : json.at("results")) {
      ASSERT_TRUE(result.at("case").is_string());
      if (!result.contains("reason")) continue;
      const Failure& failure = report.failures[next++];
      ASSERT_EQ(Text(result, "reason"), failure.reason);
      ASSERT_EQ(Text(result, "expected"), failure.expected);
      ASSERT_EQ(Text(result, "actual"), failure.actual);
    }
    ASSERT_EQ(next, report.failures.size());
  }
}

}  // namespace
}  // namespace sigvet
