#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <pugixml.hpp>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/utf8.h"
#include "reports/outcome.h"
#include "reports/report.h"
#include "reports/stderr_text.h"
#include "reports/tally.h"

namespace sigvet {
namespace {

/// Of standard error: enough for a stack trace. JSON has all that is known.
constexpr std::size_t kStderrLines = 100;

struct Counts {
  std::uint32_t tests = 0;
  std::uint32_t failures = 0;
  std::uint32_t errors = 0;
  std::uint32_t skipped = 0;

  Counts& operator+=(const Counts& other) {
    tests += other.tests;
    failures += other.failures;
    errors += other.errors;
    skipped += other.skipped;
    return *this;
  }
};

/// XML has no way to write most control characters: whatever comes from outside goes through
/// Visible.
void Set(pugi::xml_node node, const char* name, std::string_view value) {
  node.append_attribute(name).set_value(Visible(value).c_str());
}

/// The same for a whole message, parts of which are Visible already.
void SetMessage(pugi::xml_node node, std::string_view message) {
  node.append_attribute("message").set_value(Printable(message).c_str());
}

void SetCounts(pugi::xml_node node, const Counts& counts) {
  node.append_attribute("tests").set_value(counts.tests);
  node.append_attribute("failures").set_value(counts.failures);
  node.append_attribute("errors").set_value(counts.errors);
  node.append_attribute("skipped").set_value(counts.skipped);
}

/// A `testsuite` element under construction.
class TestSuite {
 public:
  TestSuite(pugi::xml_node root, std::string_view name, std::string_view timestamp)
      : node_(root.append_child("testsuite")) {
    Set(node_, "name", name);
    Set(node_, "timestamp", timestamp);
  }

  void AddProperty(std::string_view name, std::string_view value) {
    pugi::xml_node properties = node_.child("properties");
    if (!properties) properties = node_.append_child("properties");
    pugi::xml_node property = properties.append_child("property");
    Set(property, "name", name);
    Set(property, "value", value);
  }

  void AddCase(std::string_view class_name, std::string_view name, const Place& place,
               const Outcome& outcome) {
    pugi::xml_node test = node_.append_child("testcase");
    Set(test, "classname", class_name);
    Set(test, "name", name);
    if (!place.file.empty()) Set(test, "file", place.file);
    if (place.line != 0) test.append_attribute("line").set_value(place.line);
    ++counts_.tests;
    switch (outcome.kind) {
      case Outcome::Kind::kPassed:
        return;
      case Outcome::Kind::kFailure:
        ++counts_.failures;
        break;
      case Outcome::Kind::kError:
        ++counts_.errors;
        break;
      case Outcome::Kind::kSkipped:
        ++counts_.skipped;
        break;
    }
    static constexpr std::array<const char*, 4> kElements = {"", "failure", "error", "skipped"};
    pugi::xml_node element = test.append_child(kElements[static_cast<std::size_t>(outcome.kind)]);
    if (!outcome.type.empty()) Set(element, "type", outcome.type);
    SetMessage(element, outcome.message);
    if (!outcome.text.empty()) element.text().set(outcome.text.c_str());
    AppendStderr(test, outcome.stderr_tail);
  }

  /// After the last case.
  void AddStderr(std::string_view tail) { AppendStderr(node_, tail); }

  /// Writes the counts; the last call.
  Counts Finish() {
    SetCounts(node_, counts_);
    return counts_;
  }

 private:
  static void AppendStderr(pugi::xml_node node, std::string_view tail) {
    std::string text;
    for (const std::string& line : StderrLines(tail, kStderrLines)) text += line + "\n";
    if (!text.empty()) node.append_child("system-err").text().set(text.c_str());
  }

  pugi::xml_node node_;
  Counts counts_;
};

std::string Dotted(std::string_view suite) {
  std::string dotted(suite);
  std::ranges::replace(dotted, '/', '.');
  return dotted;
}

/// Results by suite, each in their order.
using ResultsOfSuites = std::vector<std::vector<const RunReport::CaseResult*>>;

ResultsOfSuites ResultsOfSubject(const RunReport& report, std::uint32_t subject) {
  ResultsOfSuites suites(report.suites.size());
  for (const RunReport::CaseResult& result : report.results) {
    if (result.subject != subject) continue;
    suites[report.cases[result.case_index].suite].push_back(&result);
  }
  return suites;
}

/// One result of every disputed case.
ResultsOfSuites DisputedOfSuites(const RunReport& report) {
  ResultsOfSuites suites(report.suites.size());
  for (const RunReport::CaseResult* result : DisputedResults(report)) {
    suites[report.cases[result->case_index].suite].push_back(result);
  }
  return suites;
}

Counts AddSubject(pugi::xml_node root, const RunReport& report, std::uint32_t index) {
  const RunReport::Subject& subject = report.subjects[index];
  const std::string& timestamp = report.context.started_at;
  if (!subject.unavailable_because.empty()) {
    TestSuite suite(root, subject.id, timestamp);
    suite.AddCase("sigvet." + subject.id, "available", {}, UnavailableOutcome(subject));
    return suite.Finish();
  }
  Counts counts;
  const ResultsOfSuites results = ResultsOfSubject(report, index);
  const auto last = std::ranges::find_if(results.rbegin(), results.rend(),
                                         [](const auto& suite) { return !suite.empty(); });
  for (std::size_t i = 0; i < report.suites.size(); ++i) {
    if (results[i].empty()) continue;
    TestSuite suite(root, subject.id + " " + report.suites[i], timestamp);
    suite.AddProperty("library", subject.library);
    if (!subject.kernel.empty()) suite.AddProperty("kernel", subject.kernel);
    const std::string class_name = "sigvet." + subject.id + "." + Dotted(report.suites[i]);
    for (const RunReport::CaseResult* result : results[i]) {
      const RunReport::Case& c = report.cases[result->case_index];
      Outcome outcome = OutcomeOf(report, *result);
      if (result->verdict == Verdict::kDisputed) {
        outcome.message += ": see sigvet.disputed." + Dotted(report.suites[i]) + " " +
                           std::string(CaseName(report, c));
      }
      suite.AddCase(class_name, CaseName(report, c), PlaceOf(report, c), outcome);
    }
    // What it wrote belongs to no suite: it stands once, at the end.
    if (&results[i] == &*last) suite.AddStderr(subject.stderr_tail);
    counts += suite.Finish();
  }
  return counts;
}

Counts AddDisputed(pugi::xml_node root, const RunReport& report) {
  Counts counts;
  const ResultsOfSuites disputed = DisputedOfSuites(report);
  for (std::size_t i = 0; i < disputed.size(); ++i) {
    if (disputed[i].empty()) continue;
    TestSuite suite(root, "disputed " + report.suites[i], report.context.started_at);
    for (const RunReport::CaseResult* result : disputed[i]) {
      const RunReport::Case& c = report.cases[result->case_index];
      suite.AddCase("sigvet.disputed." + Dotted(report.suites[i]), CaseName(report, c),
                    PlaceOf(report, c), DisputedOutcome(report, *result));
    }
    counts += suite.Finish();
  }
  return counts;
}

Counts AddRun(pugi::xml_node root, const RunReport& report) {
  const std::vector<RunOutcome> outcomes = RunOutcomes(report);
  if (outcomes.empty()) return {};
  TestSuite suite(root, "sigvet", report.context.started_at);
  for (const RunOutcome& run : outcomes) {
    suite.AddCase("sigvet", run.name, run.place, run.outcome);
  }
  return suite.Finish();
}

/// Milliseconds as seconds, whatever the locale.
std::string Seconds(std::int64_t milliseconds) {
  const std::int64_t shown = std::max<std::int64_t>(milliseconds, 0);
  std::string fraction = std::to_string(shown % 1000);
  fraction.insert(0, 3 - fraction.size(), '0');
  return std::to_string(shown / 1000) + "." + fraction;
}

struct StringWriter : pugi::xml_writer {
  std::string text;

  void write(const void* data, std::size_t size) override {
    text.append(static_cast<const char*>(data), size);
  }
};

}  // namespace

std::string RenderJunit(const RunReport& report) {
  pugi::xml_document document;
  pugi::xml_node declaration = document.append_child(pugi::node_declaration);
  declaration.append_attribute("version").set_value("1.0");
  declaration.append_attribute("encoding").set_value("UTF-8");
  pugi::xml_node root = document.append_child("testsuites");
  Set(root, "name", "sigvet " + report.context.sigvet_version);
  Set(root, "timestamp", report.context.started_at);
  Set(root, "time", Seconds(report.context.elapsed_ms));
  Counts counts;
  for (std::uint32_t i = 0; i < report.subjects.size(); ++i) {
    counts += AddSubject(root, report, i);
  }
  counts += AddDisputed(root, report);
  counts += AddRun(root, report);
  SetCounts(root, counts);
  StringWriter writer;
  document.save(writer, " ", pugi::format_indent, pugi::encoding_utf8);
  return std::move(writer.text);
}

}  // namespace sigvet
