#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/utf8.h"
#include "reports/console_parts.h"
#include "reports/console_text.h"
#include "reports/explained.h"
#include "reports/failure_groups.h"
#include "reports/mistake_text.h"
#include "reports/report.h"
#include "reports/tally.h"

// Workflow commands of GitHub Actions. GitHub shows 10 errors, 10 warnings and 10 notices of a step
// and silently drops the others; what a message may hold is limited to 64 KB.

namespace sigvet {
namespace {

constexpr std::size_t kMostOfAKind = 10;
constexpr std::size_t kMostMessageBytes = 16000;
constexpr std::size_t kTitleColumns = 120;
constexpr std::size_t kCasesPerSuite = 4;
constexpr std::size_t kCasesNamed = 8;
constexpr ConsoleStyle kStyle = {.width = 100};

/// Where a line would end a command early: in its message, and in a property also what separates
/// properties.
std::string Escape(std::string_view text, bool is_property) {
  std::string escaped;
  for (const char c : text) {
    if (c == '%') {
      escaped += "%25";
    } else if (c == '\r') {
      escaped += "%0D";
    } else if (c == '\n') {
      escaped += "%0A";
    } else if (is_property && c == ':') {
      escaped += "%3A";
    } else if (is_property && c == ',') {
      escaped += "%2C";
    } else {
      escaped += c;
    }
  }
  return escaped;
}

struct Annotation {
  /// In the user's repository; empty where there is none.
  Place place = {};
  /// Printable, as the next.
  std::string title;
  /// Lines.
  std::string message;
};

/// The first annotations of a kind, and how many there are.
struct Annotations {
  std::vector<Annotation> first = {};
  std::size_t count = 0;

  /// `make()` is called where the annotation may be shown.
  template <typename Make>
  void Add(Make make) {
    if (++count <= kMostOfAKind) first.push_back(make());
  }
};

/// `text`, its end cut off between two characters where it is too long.
std::string Limited(std::string text) {
  if (text.size() <= kMostMessageBytes) return text;
  std::size_t size = kMostMessageBytes;
  while (size > 0 && (static_cast<unsigned char>(text[size]) & 0xc0) == 0x80) --size;
  text.resize(size);
  return text + "...";
}

std::string Command(std::string_view kind, const Annotation& annotation) {
  std::string line = "::";
  line.append(kind).append(" ");
  if (!annotation.place.file.empty()) {
    line += "file=" + Escape(Visible(annotation.place.file), true) + ",";
    if (annotation.place.line != 0) {
      line += "line=" + std::to_string(annotation.place.line) + ",";
      if (annotation.place.column != 0) {
        line += "col=" + std::to_string(annotation.place.column) + ",";
      }
    }
  }
  const std::string title = ShortenMiddle("sigvet: " + annotation.title, kTitleColumns);
  line += "title=" + Escape(title, true);
  std::string message = annotation.message;
  message.resize(message.find_last_not_of('\n') + 1);
  return line + "::" + Escape(Limited(std::move(message)), false) + "\n";
}

/// The built-in corpus is no part of the user's repository.
Place PlaceInRepository(const RunReport& report, std::uint32_t case_index) {
  if (report.context.corpus_paths.empty() && report.context.suite_paths.empty()) return {};
  const RunReport::Case& c = report.cases[case_index];
  return {report.corpus.files[c.file], c.line, 0};
}

std::string ExampleLines(const RunReport& report, std::uint32_t case_index, const Failure* failure,
                         const RunReport::Subject* subject) {
  std::string text = failure == nullptr ? "" : RenderValues(*failure, kStyle, 0);
  return text + "repeat: " + RepeatCommand(report, case_index, subject, failure);
}

Annotation FindingAnnotation(const RunReport& report, const RunReport::Finding& finding,
                             const Explained& explained, std::size_t failures_of_subject) {
  const RunReport::Subject& subject = report.subjects[finding.subject];
  const RunReport::CaseResult& example = *explained.example;
  const std::string id = Visible(subject.id);
  std::string message =
      id + ": " + HeadlineOf(report, finding, explained, failures_of_subject) + "\n";
  const std::string remedy = RemedyOf(finding.mistakes);
  if (!remedy.empty()) message += "do: " + remedy + "\n";
  for (const auto& mistakes : finding.alternatives) {
    message += "or: " + SentenceOf(mistakes) + "\n";
  }
  message += "cases: " + CasesBySuite(report, explained.cases, kCasesPerSuite, kCasesNamed) +
             "\nexample: " + CaseAndPlace(report, report.cases[example.case_index]) + "\n" +
             ExampleLines(report, example.case_index, FailureOf(report, example), &subject);
  return {PlaceInRepository(report, example.case_index), id + ": " + SentenceOf(finding.mistakes),
          std::move(message)};
}

void AddFindings(const RunReport& report, Annotations& errors) {
  const std::vector<std::size_t> failures = FailuresOfSubjects(report);
  for (const RunReport::Finding& finding : report.findings) {
    const Explained explained = ExplainedBy(report, finding);
    if (explained.failures == 0) continue;
    errors.Add(
        [&] { return FindingAnnotation(report, finding, explained, failures[finding.subject]); });
  }
}

void AddRun(const RunReport& report, Annotations& errors) {
  for (const Error& problem : report.problems) {
    errors.Add([&]() -> Annotation {
      std::string message = Printable(problem.message) + "\n";
      if (!problem.hint.empty()) message += Printable(problem.hint) + "\n";
      return {problem.place, "problem", std::move(message)};
    });
  }
  if (report.context.interrupted) {
    errors.Add([]() -> Annotation {
      return {{}, "interrupted", "the run was interrupted: results are missing"};
    });
  }
  if (report.results.empty()) {
    errors.Add([]() -> Annotation { return {{}, "nothing ran", "no case was run"}; });
  }
}

Annotation GroupAnnotation(const RunReport& report, const FailureGroup& group) {
  const RunReport::Case& c = report.cases[group.case_index];
  const RunReport::Subject* subject =
      group.verdict == Verdict::kDisputed ? nullptr : &report.subjects[group.subjects.front()];
  std::string message = std::string(FailureLabel(group.verdict)) + " " + CaseAndPlace(report, c) +
                        "\n" + SummaryOf(report, group) + "\n";
  if (group.failure != nullptr && !group.failure->hint.empty()) {
    message += "hint: " + Printable(group.failure->hint) + "\n";
  }
  message += ExampleLines(report, group.case_index, group.failure, subject);
  return {PlaceInRepository(report, group.case_index), Visible(c.id), std::move(message)};
}

/// The last that is shown tells of those that are not.
std::string Commands(std::string_view kind, const Annotations& annotations) {
  const bool too_many = annotations.count > kMostOfAKind;
  const std::size_t shown = too_many ? kMostOfAKind - 1 : annotations.count;
  std::string lines;
  for (std::size_t i = 0; i < shown; ++i) lines += Command(kind, annotations.first[i]);
  if (!too_many) return lines;
  const std::string more = std::to_string(annotations.count - shown) + " more";
  return lines +
         Command(kind, {{},
                        more,
                        more + " are not shown here, for GitHub shows 10 of a step: see what "
                               "the run printed, or its JSON report"});
}

}  // namespace

std::string RenderGithub(const RunReport& report) {
  Annotations errors;
  AddFindings(report, errors);
  AddRun(report, errors);
  for (const FailureGroup& group : GroupFailures(report)) {
    errors.Add([&] { return GroupAnnotation(report, group); });
  }
  Annotations warnings;
  Annotations notices;
  for (const RunReport::Subject& subject : report.subjects) {
    if (subject.unavailable_because.empty()) continue;
    // A backend may have been left out on purpose; a port was asked for.
    (subject.kind == "port" ? warnings : notices).Add([&]() -> Annotation {
      const std::string id = Visible(subject.id);
      return {{},
              id + " did not run",
              id + " is unavailable: " + Printable(subject.unavailable_because)};
    });
  }
  return Commands("error", errors) + Commands("warning", warnings) + Commands("notice", notices);
}

}  // namespace sigvet
