#include "harness/corpus/load_corpus.h"

#include <algorithm>
#include <atomic>
#include <iterator>
#include <memory>
#include <numeric>
#include <optional>
#include <thread>
#include <utility>

#include "base/hex.h"
#include "harness/corpus/file_parser.h"

namespace sigvet {
namespace {

/// Parses the files on some threads. Those after a file with which the errors became too many may
/// be left out: nobody would see theirs.
class ParallelParser {
 public:
  ParallelParser(std::span<const CorpusSource> sources, const MakeBackendFunction& make_hasher)
      : sources_(sources), make_hasher_(make_hasher), files_(sources.size()) {}

  std::vector<std::optional<ParsedFile>> Run(unsigned jobs) {
    {
      std::vector<std::jthread> threads;
      for (unsigned i = 1; i < std::min<std::size_t>(jobs, sources_.size()); ++i) {
        threads.emplace_back([this] { ParseFiles(); });
      }
      ParseFiles();
    }
    return std::move(files_);
  }

 private:
  void ParseFiles() {
    const std::unique_ptr<Backend> hasher = make_hasher_();
    while (error_count_ <= kMaxErrors) {
      const std::size_t i = next_++;
      if (i >= sources_.size()) return;
      ParsedFile file = ParseCorpusFile(sources_[i], *hasher);
      error_count_ += file.errors.size() + (file.errors.overflowed() ? 1 : 0);
      files_[i] = std::move(file);
    }
  }

  std::span<const CorpusSource> sources_;
  const MakeBackendFunction& make_hasher_;
  std::vector<std::optional<ParsedFile>> files_;
  std::atomic<std::size_t> next_ = 0;
  std::atomic<std::size_t> error_count_ = 0;
};

/// Joins files to a corpus, in their order.
class Joiner {
 public:
  explicit Joiner(std::span<const CorpusSource> sources) : sources_(sources) {}

  void Add(ParsedFile file) {
    const auto index = static_cast<std::uint32_t>(files_.size());
    corpus_.files.push_back({sources_[index].name, std::move(file.sha256)});
    corpus_.suites.push_back(std::move(file.suite));
    for (Case& c : file.cases) {
      c.suite = index;
      c.file = index;
    }
    if (corpus_.cases.empty()) {
      corpus_.cases = std::move(file.cases);
    } else {
      std::ranges::move(file.cases, std::back_inserter(corpus_.cases));
    }
    file.cases = {};
    files_.push_back(std::move(file));
  }

  LoadedCorpus Finish(Backend& hasher) {
    FindRepeatedSuites();
    FindRepeatedCases();
    LoadedCorpus loaded;
    loaded.errors = TakeErrors();
    // What could not be parsed is missing in the cases: nobody may run into it.
    if (!loaded.errors.empty()) return loaded;
    corpus_.digest = DigestOfFiles(hasher);
    loaded.corpus = std::move(corpus_);
    return loaded;
  }

 private:
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
      files_[file].errors.Add(text_place,
                              "repeated " + std::string(what) + " " + Quoted(name(order[i])),
                              "first at " + ToString(first_found));
    }
  }

  void FindRepeatedSuites() {
    FindRepeated(
        "suite", corpus_.suites.size(),
        [&](std::uint32_t i) -> std::string_view { return corpus_.suites[i].name; },
        [&](std::uint32_t i) {
          return std::pair<std::size_t, TextPlace>(i, files_[i].suite_place);
        });
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

  std::vector<Error> TakeErrors() {
    std::vector<Error> errors;
    bool too_many = false;
    for (ParsedFile& file : files_) {
      too_many = too_many || file.errors.overflowed();
      std::ranges::move(file.errors.Take(), std::back_inserter(errors));
    }
    if (!too_many && errors.size() <= kMaxErrors) return errors;
    errors.resize(kMaxErrors);
    errors.push_back({"more errors follow"});
    return errors;
  }

  /// The files' digests are sorted, so that their names don't count.
  std::string DigestOfFiles(Backend& hasher) {
    std::vector<std::string_view> digests;
    digests.reserve(corpus_.files.size());
    for (const CorpusFile& file : corpus_.files) digests.push_back(file.sha256);
    std::ranges::sort(digests);
    std::string all;
    for (const std::string_view digest : digests) all += digest;
    return ToHex(hasher.Sha256(AsBytes(all)));
  }

  std::span<const CorpusSource> sources_;
  Corpus corpus_;
  /// Without their cases.
  std::vector<ParsedFile> files_;
};

}  // namespace

LoadedCorpus LoadCorpus(std::span<const CorpusSource> sources,
                        const MakeBackendFunction& make_hasher, unsigned jobs) {
  Joiner joiner(sources);
  for (std::optional<ParsedFile>& file : ParallelParser(sources, make_hasher).Run(jobs)) {
    if (!file) break;
    joiner.Add(std::move(*file));
    file.reset();
  }
  return joiner.Finish(*make_hasher());
}

}  // namespace sigvet
