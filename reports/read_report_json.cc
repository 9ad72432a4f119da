#include "reports/read_report_json.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <functional>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/utf8.h"
#include "reports/json_item.h"

namespace sigvet {
namespace {

using Json = nlohmann::json;

constexpr std::uint32_t kFormatVersion = 1;
constexpr int kMaxDepth = 8;
/// Beyond it a JSON number need not be exact (RFC 8259 section 6).
constexpr std::int64_t kMaxElapsedMs = std::int64_t{1} << 53;
constexpr char kHint[] = "sigvet run --report json=FILE writes one";

RunReport::Context ContextIn(const JsonItem& item) {
  RunReport::Context context;
  context.started_at = item.Text("started_at");
  context.elapsed_ms = item.Whole("elapsed_ms");
  if (context.elapsed_ms < 0 || context.elapsed_ms > kMaxElapsedMs) {
    item.Fail("\"elapsed_ms\" must be from 0 to " + std::to_string(kMaxElapsedMs));
  }
  context.system = item.Text("system");
  context.corpus_paths = item.Texts("corpus_paths");
  context.suite_paths = item.Texts("suite_paths");
  context.known_failing_paths = item.Texts("known_failing_paths");
  context.interrupted = item.Truth("interrupted");
  context.repeat = item.Count("repeat");
  context.filters = item.Texts("filters");
  context.skips = item.Texts("skips");
  context.required_operations = item.Texts("required_operations");
  if (!item.Has("shard")) return context;
  const JsonItem shard = item.Object("shard");
  context.shard_index = shard.Count("index");
  context.shard_count = shard.Count("count");
  if (context.shard_index == 0 || context.shard_index > context.shard_count) {
    shard.Fail("\"index\" must be from 1 to \"count\"");
  }
  return context;
}

RunReport::CorpusSummary CorpusIn(const JsonItem& item) {
  return {item.Text("digest"), item.Texts("files"), item.Count("case_count"),
          item.Count("contested_left_out"), item.Texts("contested_suites")};
}

RunReport::Subject SubjectIn(const JsonItem& item) {
  RunReport::Subject subject = {item.Name("id"),
                                item.Name("kind"),
                                item.Text("library"),
                                item.Text("kernel"),
                                item.OptionalText("unavailable_because"),
                                item.OptionalText("named_as"),
                                item.OptionalText("stderr")};
  if (subject.kind == "backend") subject.named_as = subject.id;
  return subject;
}

RunReport::Mistake MistakeIn(const JsonItem& item) {
  return {item.Name("defect"), item.Text("sentence"), item.Text("remedy"), item.Text("line"),
          item.Has("values") ? item.Texts("values") : std::vector<std::string>()};
}

Failure FailureIn(const JsonItem& item) {
  return {item.Text("reason"),
          item.OptionalText("stage"),
          item.OptionalCount("stage_number"),
          item.OptionalCount("stage_count"),
          item.OptionalText("expected"),
          item.OptionalText("actual"),
          item.OptionalText("expected_part"),
          item.OptionalText("actual_part"),
          item.OptionalText("hint"),
          item.OptionalText("stderr")};
}

Place PlaceIn(const JsonItem& item) {
  if (!item.Has("place")) return {};
  const JsonItem place = item.Object("place");
  return {place.Text("file"), place.Count("line"), place.Count("column")};
}

Verdict VerdictIn(const JsonItem& item) {
  static constexpr std::array kVerdicts = {
      Verdict::kPass,         Verdict::kFail,           Verdict::kError,   Verdict::kSkip,
      Verdict::kExpectedFail, Verdict::kUnexpectedPass, Verdict::kDisputed};
  const std::string name = item.Name("verdict");
  const auto found = std::ranges::find(kVerdicts, name, [](Verdict v) { return ToString(v); });
  if (found == kVerdicts.end()) item.Fail("there is no verdict \"" + name + "\"");
  return *found;
}

/// Takes the report together, item by item, in the order in which RenderJson writes them.
class Reader {
 public:
  /// An object of the top level.
  void AddObject(std::string_view member, const JsonItem& item) {
    if (member == "context") {
      report_.context = ContextIn(item);
    } else if (member == "corpus") {
      report_.corpus = CorpusIn(item);
    } else if (member == "totals") {
      report_.totals = {item.Count("passed"), item.Count("failed"), item.Count("skipped")};
    }
  }

  /// An object of a list of the top level. False where nobody needs it any more.
  bool AddItem(std::string_view member, const Json& object) {
    const std::size_t number = ++numbers_[std::string(member)];
    const JsonItem item(object, std::string(member) + " " + std::to_string(number));
    if (member == "subjects") {
      AddSubject(item);
    } else if (member == "suites") {
      suites_.try_emplace(item.Name("suite"), static_cast<std::uint32_t>(report_.suites.size()));
      report_.suites.push_back(item.Name("suite"));
    } else if (member == "problems") {
      report_.problems.push_back({item.Text("message"), PlaceIn(item), item.OptionalText("hint")});
    } else if (member == "known_not_run") {
      report_.known_not_run.push_back(
          {item.Text("subject"), item.Text("case"), PlaceIn(item), item.Truth("comes_with_port")});
    } else if (member == "provenances") {
      report_.provenances.push_back({item.Name("kind"), item.Text("source"), item.Texts("agree")});
    } else if (member == "cases") {
      AddCase(item);
    } else if (member == "results") {
      AddResult(item);
    }
    return member == "findings";  // they name cases, which come later
  }

  /// The end: `rest` is what was not added yet.
  RunReport Finish(const Json& rest) {
    const JsonItem top(rest, "the report");
    if (top.Count("format_version") != kFormatVersion) {
      top.Fail("\"format_version\" must be " + std::to_string(kFormatVersion));
    }
    report_.context.sigvet_version = top.Text("sigvet_version");
    report_.not_searched = top.OptionalCount("not_searched");
    for (const char* member : {"context", "corpus", "totals"}) top.Object(member);
    for (const char* list : {"subjects", "suites", "problems", "provenances", "cases", "results"}) {
      top.Each(list, [](const JsonItem&) {});
    }
    const std::size_t expected = report_.cases.size() * available_.size();
    if (report_.results.size() != expected) {
      top.Fail("there are " + std::to_string(report_.results.size()) + " results, not " +
               std::to_string(expected) + ": one for each case and available subject");
    }
    AddFindings(top);
    return std::move(report_);
  }

 private:
  void AddSubject(const JsonItem& item) {
    const auto index = static_cast<std::uint32_t>(report_.subjects.size());
    report_.subjects.push_back(SubjectIn(item));
    if (report_.subjects.back().unavailable_because.empty()) available_.push_back(index);
    if (!subjects_.try_emplace(report_.subjects.back().id, index).second) {
      item.Fail("a second subject of this id");
    }
  }

  void AddCase(const JsonItem& item) {
    const auto suite = suites_.find(item.Name("suite"));
    if (suite == suites_.end()) item.Fail("its suite is none of \"suites\"");
    const JsonItem place = item.Object("place");
    RunReport::Case c = {item.Name("case"),   item.Name("operation"),   suite->second,   0,
                         place.Count("line"), item.Count("provenance"), item.Text("why")};
    if (c.provenance >= report_.provenances.size()) {
      item.Fail("its provenance is none of \"provenances\"");
    }
    c.file = FileIndex(place, item);
    report_.cases.push_back(std::move(c));
  }

  /// Cases stand in the order of their files.
  std::uint32_t FileIndex(const JsonItem& place, const JsonItem& item) {
    const std::vector<std::string>& files = report_.corpus.files;
    const std::string file = place.Text("file");
    while (file_ < files.size() && files[file_] != file) ++file_;
    if (file_ == files.size()) item.Fail("its file is none of the corpus, or stands before");
    return static_cast<std::uint32_t>(file_);
  }

  void AddResult(const JsonItem& item) {
    if (available_.empty()) item.Fail("no subject was available");
    const std::size_t number = report_.results.size();
    const std::size_t case_index = number / available_.size();
    const std::uint32_t subject = available_[number % available_.size()];
    if (case_index >= report_.cases.size() || item.Name("case") != report_.cases[case_index].id ||
        item.Name("subject") != report_.subjects[subject].id) {
      item.Fail("results must stand by case, then by subject, one for each");
    }
    RunReport::CaseResult result = {static_cast<std::uint32_t>(case_index), subject,
                                    VerdictIn(item)};
    if (item.Has("reason")) {
      result.failure = static_cast<std::int32_t>(report_.failures.size());
      report_.failures.push_back(FailureIn(item));
    } else if (result.verdict != Verdict::kPass && result.verdict != Verdict::kSkip) {
      item.Fail("\"reason\" is missing");
    }
    if (item.Has("finding")) {
      result.finding = static_cast<std::int32_t>(std::min(item.Count("finding"), kMostFindings));
      if (result.failure < 0) item.Fail("\"reason\" is missing");
    }
    report_.results.push_back(result);
  }

  void AddFindings(const JsonItem& top) {
    std::unordered_map<std::string_view, std::uint32_t> cases;
    for (std::uint32_t i = 0; i < report_.cases.size(); ++i) cases[report_.cases[i].id] = i;
    top.Each("findings", [&](const JsonItem& item) { AddFinding(item, cases); });
    const auto count = static_cast<std::int32_t>(report_.findings.size());
    for (const RunReport::CaseResult& result : report_.results) {
      if (result.finding < count) continue;
      throw BadItem{"the result of " + Visible(report_.cases[result.case_index].id) +
                    " names a finding that does not exist"};
    }
    CheckFindings();
  }

  /// That results name the findings that explain them: what only one of them says would be shown
  /// neither as explained nor as not.
  void CheckFindings() const {
    std::size_t named = 0;
    for (const RunReport::CaseResult& result : report_.results)
      named += result.finding >= 0 ? 1 : 0;
    std::size_t explained = 0;
    for (std::size_t i = 0; i < report_.findings.size(); ++i) {
      explained += report_.findings[i].results.size();
      for (const std::uint32_t index : report_.findings[i].results) {
        if (report_.results[index].finding == static_cast<std::int32_t>(i)) continue;
        throw BadItem{"findings " + std::to_string(i + 1) +
                      ": explains a result that does not name it"};
      }
    }
    if (named != explained) throw BadItem{"a result names a finding that does not explain it"};
  }

  void AddFinding(const JsonItem& item,
                  const std::unordered_map<std::string_view, std::uint32_t>& cases) {
    RunReport::Finding finding;
    const auto subject = subjects_.find(item.Name("subject"));
    if (subject == subjects_.end()) item.Fail("its subject is none of \"subjects\"");
    finding.subject = subject->second;
    const auto rank = std::ranges::find(available_, finding.subject);
    if (rank == available_.end()) item.Fail("its subject was not available");
    finding.operation = item.Name("operation");
    finding.is_about_secret = item.Truth("is_about_secret");
    finding.only_stage = item.OptionalText("only_stage");
    item.Each("mistakes",
              [&](const JsonItem& mistake) { finding.mistakes.push_back(MistakeIn(mistake)); });
    if (finding.mistakes.empty()) item.Fail("\"mistakes\" is empty");
    item.EachList("alternatives", [&](const std::vector<JsonItem>& mistakes) {
      std::vector<RunReport::Mistake>& alternative = finding.alternatives.emplace_back();
      for (const JsonItem& mistake : mistakes) alternative.push_back(MistakeIn(mistake));
      if (alternative.empty()) item.Fail("one of \"alternatives\" is empty");
    });
    for (const std::string& id : item.Texts("cases")) {
      const auto found = cases.find(id);
      if (found == cases.end()) item.Fail("explains a case that is none of \"cases\"");
      finding.results.push_back(static_cast<std::uint32_t>(found->second * available_.size()) +
                                static_cast<std::uint32_t>(rank - available_.begin()));
      const RunReport::CaseResult& result = report_.results[finding.results.back()];
      if (result.failure < 0) item.Fail("explains a result without a reason");
    }
    if (finding.results.empty()) item.Fail("explains no case");
    if (std::ranges::adjacent_find(finding.results, std::greater_equal()) !=
        finding.results.end()) {
      item.Fail("its cases are not in their order");
    }
    report_.findings.push_back(std::move(finding));
  }

  static constexpr std::uint32_t kMostFindings = 0x7fffffff;

  RunReport report_;
  std::map<std::string, std::size_t, std::less<>> numbers_;
  std::map<std::string, std::uint32_t, std::less<>> subjects_;
  std::map<std::string, std::uint32_t, std::less<>> suites_;
  /// Indices of the subjects that have results.
  std::vector<std::uint32_t> available_;
  /// Of the last case.
  std::size_t file_ = 0;
};

/// Gives the reader every item as soon as it is parsed.
class Watcher {
 public:
  explicit Watcher(Reader& reader) : reader_(reader) {}

  bool Look(int depth, Json::parse_event_t event, const Json& parsed) {
    switch (event) {
      case Json::parse_event_t::object_start:
      case Json::parse_event_t::array_start:
        if (depth >= kMaxDepth) throw BadItem{"more lists and objects in each other than it has"};
        break;
      case Json::parse_event_t::key:
        if (depth == 1) BeginMember(parsed.get_ref<const std::string&>());
        break;
      case Json::parse_event_t::object_end:
        if (depth == 1) reader_.AddObject(member_, {parsed, member_});
        if (depth == 2 && is_list_) return reader_.AddItem(member_, parsed);
        break;
      case Json::parse_event_t::array_end:
      case Json::parse_event_t::value:
        break;
    }
    if (depth == 1 && event == Json::parse_event_t::array_start) is_list_ = true;
    return true;
  }

 private:
  void BeginMember(const std::string& name) {
    if (!seen_.insert(name).second) throw BadItem{"\"" + Visible(name) + "\" stands there twice"};
    member_ = name;
    is_list_ = false;
  }

  Reader& reader_;
  std::string member_;
  /// Whether that member is a list.
  bool is_list_ = false;
  std::set<std::string> seen_;
};

}  // namespace

Result<RunReport> ReadReportJson(std::string_view text, std::string_view file) {
  const auto error = [&](const std::string& what) {
    return Error{"no report of a run: " + Printable(what), {std::string(file)}, kHint};
  };
  Reader reader;
  Watcher watcher(reader);
  try {
    const Json rest = Json::parse(text.begin(), text.end(),
                                  [&](int depth, Json::parse_event_t event, const Json& parsed) {
                                    return watcher.Look(depth, event, parsed);
                                  });
    return reader.Finish(rest);
  } catch (const BadItem& bad) {
    return error(bad.message);
  } catch (const Json::parse_error& bad) {
    return error("no JSON at byte " + std::to_string(bad.byte));
  } catch (const Json::exception&) {
    return error("numbers or texts that JSON does not allow");
  }
}

}  // namespace sigvet
