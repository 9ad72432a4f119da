#include "harness/corpus/load_corpus.h"

#include <algorithm>
#include <numeric>
#include <utility>

#include "base/hex.h"
#include "base/suggest.h"
#include "harness/corpus/case_parser.h"
#include "harness/corpus/read_file.h"

namespace sigvet {
namespace {

using Kind = YamlNode::Kind;

constexpr std::string_view kFileKeys[] = {"sigvet", "suite", "about", "cases"};
constexpr std::int64_t kFormatVersion = 1;

bool IsSuiteName(std::string_view name) {
  while (true) {
    const std::size_t slash = name.find('/');
    if (!IsKebabCase(name.substr(0, slash))) return false;
    if (slash == name.npos) return true;
    name.remove_prefix(slash + 1);
  }
}

/// Fills a corpus with the members of one file.
class FileParser : public YamlHandler {
 public:
  FileParser(Corpus& corpus, CaseParser& cases, FileErrors& errors)
      : corpus_(corpus), cases_(cases), errors_(errors) {
    corpus_.suites.emplace_back();
  }

  void OnMember(YamlNode& member) override {
    if (std::exchange(first_, false)) RequireVersionKey(member);
    current_ = member.key;
    if (current_ == "sigvet") {
      TakeVersion(member);
    } else if (current_ == "suite") {
      TakeSuite(member);
    } else if (current_ == "about") {
      has_about_ = true;
      suite().about = TakeText(member, errors_).value_or("");
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
    ++case_count_;
    Case c = cases_.Parse(item, suite().name, errors_);
    c.suite = static_cast<std::uint32_t>(corpus_.suites.size() - 1);
    c.file = static_cast<std::uint32_t>(errors_.file());
    corpus_.cases.push_back(std::move(c));
  }

  /// What is missing, once the whole file has been read.
  void CheckComplete() {
    if (!has_suite_) AddMissing("suite");
    if (!has_about_) AddMissing("about");
    if (!has_cases_) AddMissing("cases");
    if (has_cases_ && !no_list_ && case_count_ == 0) {
      errors_.Add(cases_place_, "no cases", "a file has at least one");
    }
  }

  TextPlace suite_place() const { return suite_place_; }

 private:
  Suite& suite() { return corpus_.suites.back(); }

  void AddMissing(std::string_view key) {
    if (std::ranges::find(misspelt_, key) != misspelt_.end()) return;
    errors_.Add({1, 1}, "missing key " + Quoted(key));
  }

  void RequireVersionKey(const YamlNode& member) {
    if (member.key == "sigvet") return;
    errors_.Add(member.key_place, R"(the first key must be "sigvet")",
                "begin the file with \"sigvet: 1\"");
  }

  void TakeVersion(const YamlNode& member) {
    const std::optional<std::int64_t> version = TakeInteger(member, errors_);
    if (!version || *version == kFormatVersion) return;
    errors_.Add(member.place, "unknown version " + std::to_string(*version) + " of the format",
                "known: 1");
  }

  void TakeSuite(YamlNode& member) {
    has_suite_ = true;
    suite_place_ = member.place;
    if (has_cases_) {
      errors_.Add(member.key_place, R"("suite" must stand before "cases")");
    }
    std::optional<std::string> name = TakeString(member, errors_);
    if (!name) return;
    if (IsSuiteName(*name)) {
      suite().name = *std::move(name);
    } else {
      errors_.Add(member.place, Quoted(*name) + " is no name of a suite",
                  "lower-case letters, digits and single hyphens, as in \"ses/published\"");
    }
  }

  Corpus& corpus_;
  CaseParser& cases_;
  FileErrors& errors_;
  std::string current_;
  std::vector<std::string_view> misspelt_;
  bool first_ = true;
  bool has_suite_ = false;
  bool has_about_ = false;
  bool has_cases_ = false;
  bool no_list_ = false;
  std::size_t case_count_ = 0;
  TextPlace suite_place_;
  TextPlace cases_place_;
};

class CorpusLoader {
 public:
  explicit CorpusLoader(Backend& hasher) : hasher_(hasher), cases_(hasher) {}

  void LoadFile(const CorpusSource& source) {
    FileErrors errors(errors_, corpus_.files.size());
    errors_.AddFile(source.name);
    corpus_.files.push_back({source.name, {}});
    if (!source.built_in_text.empty()) return ParseFile(source.built_in_text, errors);
    const Result<std::string> text = ReadRegularFile(source.name);
    if (!text.ok()) {
      suite_places_.emplace_back();
      corpus_.suites.emplace_back();
      return errors.Add({}, text.error().message, text.error().hint);
    }
    ParseFile(*text, errors);
  }

  bool overflowed() const { return errors_.overflowed(); }

  LoadedCorpus Finish() {
    FindRepeatedSuites();
    FindRepeatedCases();
    LoadedCorpus loaded;
    loaded.errors = errors_.Take();
    // What could not be parsed is missing in the cases: nobody may run into it.
    if (!loaded.errors.empty()) return loaded;
    corpus_.digest = DigestOfFiles();
    loaded.corpus = std::move(corpus_);
    return loaded;
  }

 private:
  void ParseFile(std::string_view text, FileErrors& errors) {
    corpus_.files.back().sha256 = ToHex(hasher_.Sha256(AsBytes(text)));
    FileParser parser(corpus_, cases_, errors);
    if (ReadYaml(text, errors, parser)) parser.CheckComplete();
    suite_places_.push_back(parser.suite_place());
  }

  /// Adds an error for each of `count` things whose name an earlier one has.
  template <typename Name, typename PlaceOf>
  void FindRepeated(std::string_view what, std::size_t count, Name name, PlaceOf place) {
    std::vector<std::uint32_t> order(count);
    std::iota(order.begin(), order.end(), 0U);
    std::ranges::stable_sort(order, {}, name);
    for (std::size_t i = 1, first = 0; i < count; ++i) {
      if (name(order[i]) != name(order[first])) first = i;
      if (first == i || name(order[i]).empty()) continue;
      const auto [file, text_place] = place(order[i]);
      const auto [first_file, first_place] = place(order[first]);
      const Place first_found = {corpus_.files[first_file].name, first_place.line,
                                 first_place.column};
      errors_.Add(file, text_place, "repeated " + std::string(what) + " " + Quoted(name(order[i])),
                  "first at " + ToString(first_found));
    }
  }

  void FindRepeatedSuites() {
    FindRepeated(
        "suite", corpus_.suites.size(),
        [&](std::uint32_t i) -> std::string_view { return corpus_.suites[i].name; },
        [&](std::uint32_t i) { return std::pair<std::size_t, TextPlace>(i, suite_places_[i]); });
  }

  void FindRepeatedCases() {
    FindRepeated(
        "case", corpus_.cases.size(),
        [&](std::uint32_t i) -> std::string_view { return corpus_.cases[i].id; },
        [&](std::uint32_t i) {
          const Case& c = corpus_.cases[i];
          return std::pair<std::size_t, TextPlace>(c.file, TextPlace{c.line, c.column});
        });
  }

  /// The files' digests are sorted, so that their names don't count.
  std::string DigestOfFiles() {
    std::vector<std::string_view> digests;
    digests.reserve(corpus_.files.size());
    for (const CorpusFile& file : corpus_.files) digests.push_back(file.sha256);
    std::ranges::sort(digests);
    std::string all;
    for (const std::string_view digest : digests) all += digest;
    return ToHex(hasher_.Sha256(AsBytes(all)));
  }

  Backend& hasher_;
  CaseParser cases_;
  Corpus corpus_;
  ErrorList errors_;
  /// Parallel to the corpus's suites, which are one a file.
  std::vector<TextPlace> suite_places_;
};

}  // namespace

LoadedCorpus LoadCorpus(std::span<const CorpusSource> sources, Backend& hasher) {
  CorpusLoader loader(hasher);
  for (const CorpusSource& source : sources) {
    loader.LoadFile(source);
    if (loader.overflowed()) break;
  }
  return loader.Finish();
}

}  // namespace sigvet
