#include "harness/corpus/load_corpus.h"

#include <algorithm>
#include <atomic>
#include <exception>
#include <iterator>
#include <memory>
#include <numeric>
#include <optional>
#include <system_error>
#include <thread>
#include <utility>

#include "base/hex.h"
#include "harness/corpus/aws_sig_v4_suite.h"
#include "harness/corpus/file_parser.h"
#include "harness/corpus/shard_files.h"
#include "harness/corpus/skim_file.h"

namespace sigvet {
namespace {

std::unique_ptr<Backend> MakeHasher(const MakeBackendFunction& make_hasher) {
  std::unique_ptr<Backend> hasher = make_hasher();
  if (hasher == nullptr) throw BackendError("no backend to load the corpus with");
  return hasher;
}

ParsedFile ParseSource(const CorpusSource& source, Backend& hasher,
                       const std::atomic<bool>* interrupted) {
  return source.format == CorpusFormat::kAwsSigV4 ? ParseAwsSigV4Source(source, hasher)
                                                  : ParseCorpusFile(source, hasher, interrupted);
}

/// Of each source, whether its cases belong to another shard.
std::vector<bool> FindElsewhere(std::span<const CorpusSource> sources, Shard shard) {
  std::vector<bool> elsewhere(sources.size());
  if (!shard.is_part()) return elsewhere;
  std::vector<std::uint64_t> sizes;
  sizes.reserve(sources.size());
  for (const CorpusSource& source : sources) sizes.push_back(SizeOf(source));
  const std::vector<std::uint32_t> shard_of = DealFiles(sizes, shard.count);
  for (std::size_t i = 0; i < sources.size(); ++i) elsewhere[i] = shard_of[i] + 1 != shard.index;
  return elsewhere;
}

/// Parses the files on some threads. Those after a file with which the errors or the repeated bytes
/// became too many may be left out: nobody would see theirs.
class ParallelParser {
 public:
  /// `elsewhere`: whether another shard has the cases of a file; parallel to `sources`.
  ParallelParser(std::span<const CorpusSource> sources, const std::vector<bool>& elsewhere,
                 const MakeBackendFunction& make_hasher, const LoadOptions& options)
      : sources_(sources),
        elsewhere_(elsewhere),
        make_hasher_(make_hasher),
        options_(options),
        files_(sources.size()) {}

  /// The files, of which the last ones may be missing.
  std::vector<std::optional<ParsedFile>> Run() {
    const std::size_t workers = std::clamp<std::size_t>(options_.jobs, 1, sources_.size() + 1);
    std::vector<std::exception_ptr> exceptions(workers);
    {
      std::vector<std::jthread> threads;
      threads.reserve(workers);
      try {
        for (std::size_t i = 1; i < workers; ++i) {
          threads.emplace_back([this, &exceptions, i] { Work({}, exceptions[i]); });
        }
      } catch (const std::system_error&) {  // no more threads: those there are do
      }
      Work(options_.progress, exceptions[0]);
    }
    for (const std::exception_ptr& exception : exceptions) {
      if (exception) std::rethrow_exception(exception);
    }
    return std::move(files_);
  }

  bool interrupted() const { return options_.interrupted != nullptr && *options_.interrupted; }

 private:
  void Work(const std::function<void(std::size_t)>& progress, std::exception_ptr& exception) {
    try {
      ParseFiles(progress);
    } catch (...) {
      exception = std::current_exception();
      stop_ = true;
    }
  }

  void ParseFiles(const std::function<void(std::size_t)>& progress) {
    const std::unique_ptr<Backend> hasher = MakeHasher(make_hasher_);
    while (!stop_ && !interrupted()) {
      const std::size_t i = next_++;
      if (i >= sources_.size()) return;
      ParsedFile file = elsewhere_[i] ? SkimFile(sources_[i], *hasher)
                                      : ParseSource(sources_[i], *hasher, options_.interrupted);
      error_count_ += file.errors.size() + (file.errors.overflowed() ? 1 : 0);
      repeated_bytes_ += file.repeated_bytes;
      files_[i] = std::move(file);
      if (error_count_ > kMaxErrors || repeated_bytes_ > kMaxAllRepeatsBytes) stop_ = true;
      ++done_;
      if (progress) progress(done_);
    }
  }

  std::span<const CorpusSource> sources_;
  const std::vector<bool>& elsewhere_;
  const MakeBackendFunction& make_hasher_;
  const LoadOptions& options_;
  std::vector<std::optional<ParsedFile>> files_;
  std::atomic<std::size_t> next_ = 0;
  std::atomic<std::size_t> done_ = 0;
  std::atomic<std::size_t> error_count_ = 0;
  std::atomic<std::size_t> repeated_bytes_ = 0;
  /// No more files are to be taken.
  std::atomic<bool> stop_ = false;
};

/// Joins files to a corpus, in their order.
class Joiner {
 public:
  Joiner(std::span<const CorpusSource> sources, std::span<const std::optional<ParsedFile>> files)
      : sources_(sources) {
    if (files.size() < 2) return;  // the cases of a single file are taken as they are
    std::size_t count = 0;
    for (const std::optional<ParsedFile>& file : files) count += file ? file->cases.size() : 0;
    corpus_.cases.reserve(count);
  }

  /// False where the file has more repeated bytes than are left for it: none may follow.
  bool Add(ParsedFile file) {
    const auto index = static_cast<std::uint32_t>(files_.size());
    repeated_bytes_ += file.repeated_bytes;
    const bool too_many_repeats = repeated_bytes_ > kMaxAllRepeatsBytes;
    if (too_many_repeats) {
      file.errors.Add({}, "the texts that repeat expands to are over 256 MiB in all");
    }
    corpus_.files.push_back({sources_[index].name, std::move(file.sha256)});
    const std::uint32_t suite = AddSuite(file, index);
    for (Case& c : file.cases) {
      c.suite = suite;
      c.file = index;
    }
    if (corpus_.cases.capacity() == 0) {
      corpus_.cases = std::move(file.cases);
    } else {
      std::ranges::move(file.cases, std::back_inserter(corpus_.cases));
    }
    file.cases = {};
    files_.push_back(std::move(file));
    return !too_many_repeats;
  }

  LoadedCorpus Finish(Backend& hasher) {
    FindRepeatedSuites();
    FindRepeatedCases();
    LoadedCorpus loaded;
    TakeErrors(loaded);
    // What could not be parsed is missing in the cases: nobody may run into it.
    if (!loaded.errors.empty()) return loaded;
    corpus_.digest = DigestOfFiles(hasher);
    loaded.corpus = std::move(corpus_);
    return loaded;
  }

 private:
  /// The suite of the file `index`: a new one, or the one that it shares with the file before it.
  std::uint32_t AddSuite(ParsedFile& file, std::uint32_t index) {
    const bool shared = file.shares_suite && !files_.empty() && files_.back().shares_suite &&
                        corpus_.suites.back().name == file.suite.name;
    if (!shared) {
      corpus_.suites.push_back(std::move(file.suite));
      first_files_.push_back(index);
    }
    return static_cast<std::uint32_t>(corpus_.suites.size() - 1);
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
          const std::uint32_t file = first_files_[i];
          return std::pair<std::size_t, TextPlace>(file, files_[file].suite_place);
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

  void TakeErrors(LoadedCorpus& loaded) {
    for (ParsedFile& file : files_) {
      loaded.more_errors = loaded.more_errors || file.errors.overflowed();
      std::ranges::move(file.errors.Take(), std::back_inserter(loaded.errors));
    }
    if (loaded.errors.size() <= kMaxErrors) return;
    loaded.errors.resize(kMaxErrors);
    loaded.more_errors = true;
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
  /// Parallel to its suites: the first file of each.
  std::vector<std::uint32_t> first_files_;
  std::size_t repeated_bytes_ = 0;
  /// Without their cases.
  std::vector<ParsedFile> files_;
};

}  // namespace

LoadedCorpus LoadCorpus(std::span<const CorpusSource> sources,
                        const MakeBackendFunction& make_hasher, const LoadOptions& options) {
  const std::vector<bool> elsewhere = FindElsewhere(sources, options.shard);
  ParallelParser parser(sources, elsewhere, make_hasher, options);
  std::vector<std::optional<ParsedFile>> files = parser.Run();
  LoadedCorpus loaded;
  if (parser.interrupted()) {
    loaded.interrupted = true;
    return loaded;
  }
  std::vector<FileElsewhere> left_out;
  Joiner joiner(sources, files);
  for (std::size_t i = 0; i < files.size(); ++i) {
    std::optional<ParsedFile>& file = files[i];
    if (!file) break;
    ParsedFile parsed = std::move(*file);
    file.reset();
    if (elsewhere[i]) left_out.push_back({sources[i], parsed.suite.name});
    if (!joiner.Add(std::move(parsed))) break;
  }
  loaded = joiner.Finish(*MakeHasher(make_hasher));
  loaded.elsewhere = std::move(left_out);
  return loaded;
}

void LookElsewhere(
    std::span<const FileElsewhere> files, Backend& decoder, const std::atomic<bool>* interrupted,
    const std::function<bool(std::string_view suite)>& wants,
    const std::function<bool(std::string_view suite, std::span<const Case> cases)>& visit) {
  for (const FileElsewhere& file : files) {
    if (interrupted != nullptr && *interrupted) return;
    if (!wants(file.suite)) continue;
    const ParsedFile parsed = ParseSource(file.source, decoder, interrupted);
    if (!visit(parsed.suite.name, parsed.cases)) return;
  }
}

}  // namespace sigvet
