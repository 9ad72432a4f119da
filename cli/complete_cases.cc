#include "cli/complete_cases.h"

#include <algorithm>
#include <cstdint>
#include <string>
#include <utility>

#include "backends/backend_registry.h"
#include "cli/corpus_options.h"
#include "harness/corpus/load_corpus.h"
#include "harness/corpus/shard_files.h"

namespace sigvet {
namespace {

/// Of corpus files that are read while somebody types: a tenth of a second or so.
constexpr std::uint64_t kMostCorpusBytes = std::uint64_t{2} << 20;

/// The cases of one folder as they are found.
class Folder {
 public:
  Folder(std::string_view name, bool with_folders) : name_(name), with_folders_(with_folders) {}

  void Add(std::string_view id, std::string_view description) {
    if (!id.starts_with(name_)) return;
    const std::size_t slash = id.find('/', name_.size());
    const bool is_folder = slash != id.npos;
    const std::string_view text = is_folder ? id.substr(0, slash + 1) : id;
    // Neighbours stand together in a corpus.
    if (!found_.empty() && found_.back().text == text) return;
    if (std::ranges::find(found_, text, &Candidate::text) != found_.end()) return;
    if (is_folder && with_folders_) found_.push_back({std::string(id.substr(0, slash))});
    found_.push_back({std::string(text), std::string(is_folder ? "" : description)});
  }

  std::string_view name() const { return name_; }
  std::vector<Candidate> Take() { return std::move(found_); }

 private:
  std::string_view name_;
  bool with_folders_;
  std::vector<Candidate> found_;
};

bool IsSmall(std::span<const CorpusSource> sources) {
  std::uint64_t bytes = 0;
  for (const CorpusSource& source : sources) {
    bytes += SizeOf(source);
    if (bytes > kMostCorpusBytes) return false;
  }
  return true;
}

/// Nothing where there are errors.
void AddCases(std::span<const CorpusSource> sources, Folder& folder) {
  const auto make_hasher = [] {
    BackendResult hasher = MakeAnyBackend();
    return hasher ? std::move(hasher).value() : nullptr;
  };
  if (sources.empty() || make_hasher() == nullptr) return;
  const LoadedCorpus loaded = LoadCorpus(sources, make_hasher, {.jobs = DefaultJobs()});
  for (const Case& c : loaded.corpus.cases) folder.Add(c.id, c.operation->name);
}

/// The name of the suite of a file of the built-in corpus, which has it in a line of its own.
std::string_view SuiteOf(std::string_view text) {
  constexpr std::string_view kKey = "\nsuite: \"";
  const std::size_t key = text.find(kKey);
  if (key == text.npos) return {};
  text.remove_prefix(key + kKey.size());
  return text.substr(0, text.find('"'));
}

/// Reading all of them takes longer than somebody who types wants to wait.
void AddBuiltInCases(Folder& folder) {
  std::vector<CorpusSource> needed;
  for (const CorpusSource& source : BuiltInCorpus()) {
    const std::string suite = std::string(SuiteOf(source.built_in_text)) + "/";
    if (folder.name().starts_with(suite)) {
      needed.push_back(source);
    } else {
      folder.Add(suite, "");
    }
  }
  AddCases(needed, folder);
}

}  // namespace

std::vector<Candidate> CasesBelow(std::string_view begin, bool with_folders,
                                  std::span<const GivenValue> given) {
  CorpusOptions corpus;
  for (const GivenValue& value : given) {
    if (value.name == "--corpus") corpus.paths.push_back(value.value);
    if (value.name == "--suite") corpus.suites.push_back(value.value);
  }
  Folder folder(begin.substr(0, begin.rfind('/') + 1), with_folders);
  if (corpus.paths.empty() && corpus.suites.empty()) {
    AddBuiltInCases(folder);
  } else if (const Result<FoundFiles> found = FindSources(corpus);
             found && found->errors.empty() && IsSmall(found->sources)) {
    AddCases(found->sources, folder);
  }
  return folder.Take();
}

}  // namespace sigvet
