#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/utf8.h"
#include "reports/report.h"
#include "reports/tally.h"

namespace sigvet {
namespace {

using Json = nlohmann::ordered_json;

constexpr int kFormatVersion = 1;

/// One line of ASCII. What is not UTF-8 has been replaced before; should any be left, it becomes
/// U+FFFD and nothing is thrown.
std::string Dump(const Json& value) {
  return value.dump(-1, ' ', true, Json::error_handler_t::replace);
}

/// The members of an object without its braces.
std::string DumpMembers(const Json& object) {
  const std::string text = Dump(object);
  return text.substr(1, text.size() - 2);
}

std::string EncodeBase64(std::string_view text) {
  constexpr std::string_view kAlphabet =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  const ByteView bytes = AsBytes(text);
  std::string encoded;
  encoded.reserve((bytes.size() + 2) / 3 * 4);
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    const std::size_t count = std::min<std::size_t>(3, bytes.size() - i);
    std::uint32_t group = 0;
    for (std::size_t k = 0; k < 3; ++k) group = group << 8 | (k < count ? bytes[i + k] : 0U);
    for (std::size_t k = 0; k < 4; ++k) {
      encoded += k <= count ? kAlphabet[group >> (18 - 6 * k) & 0x3f] : '=';
    }
  }
  return encoded;
}

/// A name, which sigvet itself restricts to plain characters: always a string.
Json Name(std::string_view name) { return IsUtf8(name) ? Json(name) : Json(Visible(name)); }

/// Any bytes: a string where they are UTF-8, else `{"base64": "..."}`.
Json Value(std::string_view bytes) {
  if (IsUtf8(bytes)) return Json(bytes);
  return Json{{"base64", EncodeBase64(bytes)}};
}

Json Values(const std::vector<std::string>& values) {
  Json list = Json::array();
  for (const std::string& value : values) list.push_back(Value(value));
  return list;
}

Json ContextJson(const RunReport::Context& context) {
  Json json = {{"started_at", Value(context.started_at)},
               {"elapsed_ms", context.elapsed_ms},
               {"system", Value(context.system)},
               {"corpus_paths", Values(context.corpus_paths)},
               {"suite_paths", Values(context.suite_paths)},
               {"known_failing_paths", Values(context.known_failing_paths)},
               {"interrupted", context.interrupted},
               {"repeat", context.repeat},
               {"filters", Values(context.filters)},
               {"skips", Values(context.skips)},
               {"required_operations", Values(context.required_operations)}};
  if (context.shard_count != 0) {
    json["shard"] = {{"index", context.shard_index}, {"count", context.shard_count}};
  }
  return json;
}

Json CorpusJson(const RunReport& report) {
  return {{"digest", Value(report.corpus.digest)},
          {"files", Values(report.corpus.files)},
          {"case_count", report.corpus.case_count},
          {"selected_count", report.cases.size()},
          {"contested_left_out", report.corpus.contested_left_out},
          {"contested_suites", Values(report.corpus.contested_suites)}};
}

Json SubjectJson(const RunReport::Subject& subject) {
  Json json = {{"id", Name(subject.id)},
               {"kind", Name(subject.kind)},
               {"library", Value(subject.library)},
               {"kernel", Value(subject.kernel)}};
  if (!subject.unavailable_because.empty()) {
    json["unavailable_because"] = Value(subject.unavailable_because);
  }
  // A backend is named by its id.
  if (subject.kind == "port" && !subject.named_as.empty()) {
    json["named_as"] = Value(subject.named_as);
  }
  if (!subject.stderr_tail.empty()) json["stderr"] = Value(subject.stderr_tail);
  return json;
}

Json ProvenanceJson(const RunReport::Provenance& provenance) {
  return {{"kind", Name(provenance.kind)},
          {"source", Value(provenance.source)},
          {"agree", Values(provenance.agree)}};
}

/// What identifies a case and says where it stands.
Json CaseJson(const RunReport& report, const RunReport::Case& c) {
  return {{"case", Name(c.id)},
          {"suite", Name(report.suites[c.suite])},
          {"operation", Name(c.operation)},
          {"place", {{"file", Value(report.corpus.files[c.file])}, {"line", c.line}}}};
}

Json WholeCaseJson(const RunReport& report, const RunReport::Case& c) {
  Json json = CaseJson(report, c);
  json["why"] = Value(c.why);
  json["provenance"] = c.provenance;
  return json;
}

Json FailureJson(const Failure& failure) {
  Json json = {{"reason", Value(failure.reason)}};
  const bool differs = failure.stage_number != 0;
  if (!failure.stage.empty()) json["stage"] = Name(failure.stage);
  if (differs) json["stage_number"] = failure.stage_number;
  if (failure.stage_count != 0) json["stage_count"] = failure.stage_count;
  if (differs || !failure.expected.empty()) json["expected"] = Value(failure.expected);
  if (differs || !failure.actual.empty()) json["actual"] = Value(failure.actual);
  if (!failure.expected_part.empty() || !failure.actual_part.empty()) {
    json["expected_part"] = Value(failure.expected_part);
    json["actual_part"] = Value(failure.actual_part);
  }
  if (!failure.hint.empty()) json["hint"] = Value(failure.hint);
  if (!failure.stderr_tail.empty()) json["stderr"] = Value(failure.stderr_tail);
  return json;
}

Json MistakesJson(const std::vector<RunReport::Mistake>& mistakes) {
  Json list = Json::array();
  for (const RunReport::Mistake& mistake : mistakes) {
    list.push_back({{"defect", Name(mistake.id)},
                    {"sentence", Value(mistake.sentence)},
                    {"remedy", Value(mistake.remedy)},
                    {"line", Value(mistake.line)}});
    if (!mistake.values.empty()) list.back()["values"] = Values(mistake.values);
  }
  return list;
}

Json FindingJson(const RunReport& report, const RunReport::Finding& finding) {
  Json alternatives = Json::array();
  for (const auto& mistakes : finding.alternatives) alternatives.push_back(MistakesJson(mistakes));
  Json cases = Json::array();
  for (const std::uint32_t result : finding.results) {
    cases.push_back(Name(report.cases[report.results[result].case_index].id));
  }
  Json json = {{"subject", Name(report.subjects[finding.subject].id)},
               {"operation", Name(finding.operation)},
               {"is_about_secret", finding.is_about_secret},
               {"mistakes", MistakesJson(finding.mistakes)},
               {"alternatives", alternatives},
               {"case_count", finding.results.size()},
               {"cases", cases}};
  if (!finding.only_stage.empty()) json["only_stage"] = Name(finding.only_stage);
  return json;
}

Json PlaceJson(const Place& place) {
  return {{"file", Value(place.file)}, {"line", place.line}, {"column", place.column}};
}

Json KnownNotRunJson(const RunReport::KnownNotRun& known) {
  return {{"subject", Value(known.subject_pattern)},
          {"case", Value(known.case_pattern)},
          {"place", PlaceJson(known.place)},
          {"comes_with_port", known.comes_with_port}};
}

Json ProblemJson(const Error& problem) {
  Json json = {{"message", Value(problem.message)}};
  if (problem.place != Place{}) json["place"] = PlaceJson(problem.place);
  if (!problem.hint.empty()) json["hint"] = Value(problem.hint);
  return json;
}

void AppendMember(std::string& out, std::string_view name, const std::string& json) {
  out += out.size() == 2 ? "" : ",\n";
  out.append("\"").append(name).append("\": ").append(json);
}

/// A member whose value is an array of `count` items, one a line; `to_text(i)` gives the JSON of
/// one.
template <typename ToText>
void AppendList(std::string& out, std::string_view name, std::size_t count, ToText to_text) {
  AppendMember(out, name, "[");
  for (std::size_t i = 0; i < count; ++i) {
    out += i == 0 ? "\n" : ",\n";
    out += to_text(i);
  }
  out += count == 0 ? "]" : "\n]";
}

void AppendSuites(std::string& out, const RunReport& report) {
  const std::vector<Tally> tallies = TallySuites(report);
  const std::vector<std::uint32_t> case_counts = CountCases(report);
  AppendList(out, "suites", report.suites.size(), [&](std::size_t suite) {
    Json subjects = Json::array();
    for (std::size_t j = 0; j < report.subjects.size(); ++j) {
      if (!report.subjects[j].unavailable_because.empty()) continue;
      const Tally& tally = tallies[suite * report.subjects.size() + j];
      subjects.push_back({{"subject", Name(report.subjects[j].id)},
                          {"passed", tally.passed},
                          {"failed", tally.failed},
                          {"skipped", tally.skipped}});
    }
    return Dump({{"suite", Name(report.suites[suite])},
                 {"case_count", case_counts[suite]},
                 {"subjects", subjects}});
  });
}

/// There may be hundreds of thousands, so each is written by itself, and what the results of a case
/// share is made once.
void AppendResults(std::string& out, const RunReport& report) {
  std::vector<std::string> subjects;
  subjects.reserve(report.subjects.size());
  for (const RunReport::Subject& subject : report.subjects) {
    subjects.push_back(",\"subject\":" + Dump(Name(subject.id)) + ",\"verdict\":");
  }
  std::uint32_t known_case = 0;
  std::string case_members;
  AppendList(out, "results", report.results.size(), [&](std::size_t i) {
    const RunReport::CaseResult& result = report.results[i];
    if (case_members.empty() || result.case_index != known_case) {
      known_case = result.case_index;
      case_members = DumpMembers(CaseJson(report, report.cases[known_case]));
    }
    std::string line = "{" + case_members + subjects[result.subject];
    line.append("\"").append(ToString(result.verdict)).append("\"");
    if (result.finding >= 0) line += ",\"finding\":" + std::to_string(result.finding);
    if (const Failure* failure = FailureOf(report, result)) {
      line.append(",").append(DumpMembers(FailureJson(*failure)));
    }
    return line.append("}");
  });
}

}  // namespace

std::string RenderJson(const RunReport& report) {
  std::string out = "{\n";
  AppendMember(out, "format_version", std::to_string(kFormatVersion));
  AppendMember(out, "sigvet_version", Dump(Value(report.context.sigvet_version)));
  AppendMember(out, "totals",
               Dump({{"passed", report.totals.passed},
                     {"failed", report.totals.failed},
                     {"skipped", report.totals.skipped}}));
  AppendMember(out, "context", Dump(ContextJson(report.context)));
  AppendMember(out, "corpus", Dump(CorpusJson(report)));
  AppendList(out, "subjects", report.subjects.size(),
             [&](std::size_t i) { return Dump(SubjectJson(report.subjects[i])); });
  AppendSuites(out, report);
  AppendList(out, "findings", report.findings.size(),
             [&](std::size_t i) { return Dump(FindingJson(report, report.findings[i])); });
  if (report.not_searched > 0) {
    AppendMember(out, "not_searched", std::to_string(report.not_searched));
  }
  AppendList(out, "problems", report.problems.size(),
             [&](std::size_t i) { return Dump(ProblemJson(report.problems[i])); });
  if (!report.known_not_run.empty()) {
    AppendList(out, "known_not_run", report.known_not_run.size(),
               [&](std::size_t i) { return Dump(KnownNotRunJson(report.known_not_run[i])); });
  }
  AppendList(out, "provenances", report.provenances.size(),
             [&](std::size_t i) { return Dump(ProvenanceJson(report.provenances[i])); });
  AppendList(out, "cases", report.cases.size(),
             [&](std::size_t i) { return Dump(WholeCaseJson(report, report.cases[i])); });
  AppendResults(out, report);
  return out += "\n}\n";
}

}  // namespace sigvet
