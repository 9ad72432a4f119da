#include <array>
#include <charconv>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "base/utf8.h"
#include "reports/console_parts.h"
#include "reports/mistake_text.h"
#include "reports/outcome.h"
#include "reports/report.h"
#include "reports/stderr_text.h"
#include "reports/tally.h"

// Common Test Report Format: the members that its schema (ctrf.schema.json, version 0.0) names, and
// what is sigvet's own in `extra`.

namespace sigvet {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::string_view kSpecVersion = "0.0.0";
constexpr std::size_t kStderrLines = 100;

/// One line of ASCII.
std::string Dump(const Json& value) {
  return value.dump(-1, ' ', true, Json::error_handler_t::replace);
}

/// The format has no other type for text: what is not UTF-8 is written as people see it.
std::string Text(std::string_view bytes) {
  return IsUtf8(bytes) ? std::string(bytes) : Visible(bytes);
}

/// From the `size` digits of `text` at `begin`, or -1.
int DigitsAt(std::string_view text, std::size_t begin, std::size_t size) {
  if (begin + size > text.size()) return -1;
  int value = -1;
  const char* end = text.data() + begin + size;
  const auto parsed = std::from_chars(text.data() + begin, end, value);
  return parsed.ec == std::errc() && parsed.ptr == end && value >= 0 ? value : -1;
}

/// Milliseconds since 1970 of "2026-11-21T20:22:00Z"; 0 where it is something else.
std::int64_t EpochMilliseconds(std::string_view utc) {
  static constexpr std::array<std::size_t, 6> kBegins = {0, 5, 8, 11, 14, 17};
  std::array<int, 6> parts{};
  for (std::size_t i = 0; i < parts.size(); ++i) {
    parts[i] = DigitsAt(utc, kBegins[i], i == 0 ? 4 : 2);
    if (parts[i] < 0) return 0;
  }
  const std::chrono::year_month_day day{std::chrono::year(parts[0]),
                                        std::chrono::month(static_cast<unsigned>(parts[1])),
                                        std::chrono::day(static_cast<unsigned>(parts[2]))};
  if (!day.ok()) return 0;
  const auto time = std::chrono::sys_days{day} + std::chrono::hours(parts[3]) +
                    std::chrono::minutes(parts[4]) + std::chrono::seconds(parts[5]);
  return std::chrono::milliseconds(time.time_since_epoch()).count();
}

/// How many tests have each status.
struct Summary {
  std::size_t passed = 0;
  std::size_t failed = 0;
  std::size_t skipped = 0;
  std::size_t other = 0;
};

/// The tests under construction, and how many there are of each status.
class TestList {
 public:
  /// `members` is JSON, each member after a comma. An `is_known` failure was run and failed as it
  /// must: neither passed nor skipped.
  void Add(const std::string& name, const std::string& members, const Outcome& outcome,
           std::string_view raw_status, const Json& extra, bool is_known = false) {
    text_ += text_.empty() ? "\n" : ",\n";
    text_.append("{\"name\":").append(name).append(",\"status\":\"");
    text_ += is_known ? Count(summary_.other, "other") : Status(outcome.kind);
    text_ += "\",\"duration\":0";
    text_ += members;
    text_.append(",\"rawStatus\":\"").append(raw_status).append("\"");
    if (!outcome.message.empty()) {
      text_ += ",\"message\":" + Dump(Printable(outcome.message));
    }
    if (!outcome.text.empty()) text_ += ",\"trace\":" + Dump(outcome.text);
    const std::vector<std::string> lines = StderrLines(outcome.stderr_tail, kStderrLines);
    if (!lines.empty()) text_ += ",\"stderr\":" + Dump(lines);
    if (!extra.empty()) text_ += ",\"extra\":" + Dump(extra);
    text_ += "}";
  }

  const Summary& summary() const { return summary_; }
  const std::string& text() const { return text_; }

 private:
  static std::string_view Count(std::size_t& count, std::string_view status) {
    ++count;
    return status;
  }

  std::string_view Status(Outcome::Kind kind) {
    if (kind == Outcome::Kind::kPassed) return Count(summary_.passed, "passed");
    if (kind == Outcome::Kind::kSkipped) return Count(summary_.skipped, "skipped");
    return Count(summary_.failed, "failed");
  }

  std::string text_;
  Summary summary_;
};

Json MistakesJson(const RunReport::Finding& finding) {
  Json list = Json::array();
  for (const RunReport::Mistake& mistake : finding.mistakes) {
    list.push_back({{"defect", Text(mistake.id)},
                    {"sentence", Text(mistake.sentence)},
                    {"remedy", Text(mistake.remedy)}});
  }
  return list;
}

/// What the format has no member for; empty of a pass.
Json ExtraJson(const RunReport& report, const RunReport::CaseResult& result,
               const RunReport::Subject* subject) {
  Json extra = Json::object();
  if (!IsFailure(result.verdict)) return extra;
  const Failure* failure = FailureOf(report, result);
  if (const RunReport::Finding* finding = FindingOf(report, result)) {
    extra["mistakes"] = MistakesJson(*finding);
  }
  if (failure != nullptr) {
    const bool differs = failure->stage_number != 0;
    if (!failure->stage.empty()) extra["stage"] = Text(failure->stage);
    if (differs || !failure->expected.empty()) extra["expected"] = Text(failure->expected);
    if (differs || !failure->actual.empty()) extra["actual"] = Text(failure->actual);
  }
  extra["repeat"] = RepeatCommand(report, result.case_index, subject, failure);
  return extra;
}

/// The members that every test of a case has, whose suite is [`first`, the case's].
std::string CaseMembers(const RunReport& report, const RunReport::Case& c, std::string_view first) {
  std::string members = ",\"suite\":[" + Dump(Text(first)) + ",";
  members += Dump(Text(report.suites[c.suite])) + "]";
  members += ",\"filePath\":" + Dump(Text(report.corpus.files[c.file]));
  if (c.line != 0) members += ",\"line\":" + std::to_string(c.line);
  return members + ",\"tags\":[" + Dump(Text(c.operation)) + "]";
}

void AddResult(const RunReport& report, const RunReport::CaseResult& result, TestList& tests) {
  const RunReport::Subject& subject = report.subjects[result.subject];
  const RunReport::Case& c = report.cases[result.case_index];
  tests.Add(
      Dump(Text(subject.id) + " " + Text(c.id)), CaseMembers(report, c, subject.id),
      OutcomeOf(report, result), ToString(result.verdict),
      result.verdict == Verdict::kDisputed ? Json::object() : ExtraJson(report, result, &subject),
      result.verdict == Verdict::kExpectedFail);
}

void AddUnavailable(const RunReport::Subject& subject, TestList& tests) {
  tests.Add(Dump(Text(subject.id) + " available"), ",\"suite\":[" + Dump(Text(subject.id)) + "]",
            UnavailableOutcome(subject), "unavailable", Json::object());
}

void AddDisputed(const RunReport& report, TestList& tests) {
  for (const RunReport::CaseResult* result : DisputedResults(report)) {
    const RunReport::Case& c = report.cases[result->case_index];
    tests.Add(Dump("disputed " + Text(c.id)), CaseMembers(report, c, "disputed"),
              DisputedOutcome(report, *result), ToString(result->verdict),
              ExtraJson(report, *result, nullptr));
  }
}

void AddRun(const RunReport& report, TestList& tests) {
  for (const RunOutcome& run : RunOutcomes(report)) {
    std::string members = ",\"suite\":[\"sigvet\"]";
    if (!run.place.file.empty()) members += ",\"filePath\":" + Dump(Text(run.place.file));
    if (run.place.line != 0) members += ",\"line\":" + std::to_string(run.place.line);
    tests.Add(Dump("sigvet " + Text(run.name)), members, run.outcome, run.outcome.type,
              Json::object());
  }
}

Json SummaryJson(const RunReport& report, const Summary& summary) {
  const std::int64_t start = EpochMilliseconds(report.context.started_at);
  return {{"tests", summary.passed + summary.failed + summary.skipped + summary.other},
          {"passed", summary.passed},
          {"failed", summary.failed},
          {"skipped", summary.skipped},
          {"pending", 0},
          {"other", summary.other},
          {"start", start},
          {"stop", start + report.context.elapsed_ms},
          {"duration", report.context.elapsed_ms}};
}

Json EnvironmentJson(const RunReport& report) {
  Json subjects = Json::array();
  for (const RunReport::Subject& subject : report.subjects) {
    subjects.push_back({{"id", Text(subject.id)},
                        {"kind", Text(subject.kind)},
                        {"library", Text(subject.library)},
                        {"kernel", Text(subject.kernel)}});
  }
  return {{"osVersion", Text(report.context.system)},
          {"extra", {{"corpus_digest", Text(report.corpus.digest)}, {"subjects", subjects}}}};
}

}  // namespace

std::string RenderCtrf(const RunReport& report) {
  TestList tests;
  for (const RunReport::CaseResult& result : report.results) AddResult(report, result, tests);
  for (const RunReport::Subject& subject : report.subjects) {
    if (!subject.unavailable_because.empty()) AddUnavailable(subject, tests);
  }
  AddDisputed(report, tests);
  AddRun(report, tests);

  const std::string version = Text(report.context.sigvet_version);
  std::string out = "{\n\"reportFormat\": \"CTRF\",\n\"specVersion\": \"";
  out.append(kSpecVersion).append("\",\n\"generatedBy\": ").append(Dump("sigvet " + version));
  out += ",\n\"results\": {\n\"tool\": " + Dump({{"name", "sigvet"}, {"version", version}});
  out += ",\n\"summary\": " + Dump(SummaryJson(report, tests.summary()));
  out += ",\n\"tests\": [";
  out += tests.text();
  out += "\n],\n\"environment\": " + Dump(EnvironmentJson(report));
  return out += "\n}\n}\n";
}

}  // namespace sigvet
