#include "harness/corpus/file_parser.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>

#include "base/hex.h"
#include "base/suggest.h"
#include "harness/corpus/case_parser.h"
#include "harness/corpus/read_file.h"
#include "harness/corpus/yaml_reader.h"

namespace sigvet {
namespace {

using Kind = YamlNode::Kind;

constexpr std::string_view kFileKeys[] = {"sigvet", "suite", "about", "synthetic", "cases"};

/// Fills a ParsedFile with the members of the file.
class FileParser : public YamlHandler {
 public:
  FileParser(Backend& decoder, ParsedFile& file, const std::atomic<bool>* interrupted)
      : cases_(decoder), file_(file), errors_(file.errors), interrupted_(interrupted) {}

  void OnMember(YamlNode& member) override {
    if (std::exchange(first_, false)) CheckFirstKey(member, errors_);
    current_ = member.key;
    if (current_ == "sigvet") {
      CheckFormatVersion(member, errors_);
    } else if (current_ == "suite") {
      TakeSuite(member);
    } else if (current_ == "about") {
      has_about_ = true;
      file_.suite.about = TakeText(member, errors_).value_or("");
    } else if (current_ == "synthetic") {
      TakeSynthetic(member);
    } else if (current_ == "cases") {
      has_cases_ = true;
      cases_place_ = member.place;
      no_list_ = !CheckKind(Kind::kSequence, member, errors_);
    } else {
      errors_.Add(member.key_place, "unknown key " + Quoted(current_), HintOf(current_, kFileKeys));
      misspelt_.push_back(Nearest(current_, kFileKeys));
    }
  }

  void OnItem(YamlNode& item) override {
    if (current_ != "cases") return;
    file_.cases.push_back(cases_.Parse(item, file_.suite.name, errors_));
    file_.cases.back().is_synthetic = is_synthetic_;
  }

  bool IsInterrupted() const override { return interrupted_ != nullptr && *interrupted_; }

  std::size_t repeated_bytes() const { return cases_.repeated_bytes(); }

  /// What is missing, once the whole file has been read.
  void CheckComplete() {
    if (!has_suite_) AddMissing("suite");
    if (!has_about_) AddMissing("about");
    if (!has_cases_) AddMissing("cases");
    if (has_cases_ && !no_list_ && file_.cases.empty()) {
      errors_.Add(cases_place_, "no cases", "a file has at least one");
    }
  }

 private:
  void AddMissing(std::string_view key) {
    if (std::ranges::find(misspelt_, key) != misspelt_.end()) return;
    errors_.Add({1, 1}, "missing key " + Quoted(key));
  }

  void TakeSuite(YamlNode& member) {
    has_suite_ = true;
    file_.suite_place = member.place;
    if (has_cases_) {
      errors_.Add(member.key_place, R"("suite" must stand before "cases")");
    }
    std::optional<std::string> name = TakeString(member, errors_);
    if (!name) return;
    if (IsSuiteName(*name)) {
      file_.suite.name = *std::move(name);
    } else {
      errors_.Add(member.place, Quoted(*name) + " is no name of a suite",
                  "lower-case letters, digits and single hyphens, as in \"ses/published\"");
    }
  }

  void TakeSynthetic(const YamlNode& member) {
    if (has_cases_) {
      errors_.Add(member.key_place, R"("synthetic" must stand before "cases")");
    }
    is_synthetic_ = TakeBoolean(member, errors_).value_or(false);
  }

  CaseParser cases_;
  ParsedFile& file_;
  FileErrors& errors_;
  const std::atomic<bool>* interrupted_;
  std::string current_;
  std::vector<std::string_view> misspelt_;
  bool first_ = true;
  bool is_synthetic_ = false;
  bool has_suite_ = false;
  bool has_about_ = false;
  bool has_cases_ = false;
  bool no_list_ = false;
  TextPlace cases_place_;
};

void ParseText(std::string_view text, Backend& hasher, const std::atomic<bool>* interrupted,
               ParsedFile& file) {
  file.sha256 = ToHex(hasher.Sha256(AsBytes(text)));
  FileParser parser(hasher, file, interrupted);
  if (ReadYaml(text, file.errors, parser)) parser.CheckComplete();
  file.repeated_bytes = parser.repeated_bytes();
}

}  // namespace

bool IsSuiteName(std::string_view name) {
  while (true) {
    const std::size_t slash = name.find('/');
    if (!IsKebabCase(name.substr(0, slash))) return false;
    if (slash == name.npos) return true;
    name.remove_prefix(slash + 1);
  }
}

ParsedFile ParseCorpusFile(const CorpusSource& source, Backend& hasher,
                           const std::atomic<bool>* interrupted) {
  ParsedFile file(source.name);
  if (!source.built_in_text.empty()) {
    ParseText(source.built_in_text, hasher, interrupted, file);
  } else if (const Result<std::string> text = ReadRegularFile(source.name)) {
    ParseText(*text, hasher, interrupted, file);
  } else {
    file.errors.Add({}, text.error().message, text.error().hint);
  }
  return file;
}

}  // namespace sigvet
