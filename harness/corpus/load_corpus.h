#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "backends/backend.h"
#include "base/result.h"
#include "harness/corpus/case.h"

namespace sigvet {

/// What a corpus file is written in.
enum class CorpusFormat : std::uint8_t {
  kYaml,      ///< vectors/README.md describes it
  kAwsSigV4,  ///< the request.txt of a case folder of AWS's suite, and the files beside it
};

/// A corpus file that has not been read yet.
struct CorpusSource {
  /// As messages show it.
  std::string name;
  /// Its text where that is built into the program, else empty: then the file `name` is read.
  std::string_view built_in_text = {};
  CorpusFormat format = CorpusFormat::kYaml;
};

/// The files of vectors/ as they were when the program was built, sorted by name.
std::vector<CorpusSource> BuiltInCorpus();

struct FoundFiles {
  std::vector<CorpusSource> sources;
  /// One for each path that can't be read and each folder without a `.yaml` file.
  std::vector<Error> errors;
};

/// The files that `paths` mean, in the order of the paths: a file itself, a folder all its `.yaml`
/// files at any depth, sorted by name.
FoundFiles FindCorpusFiles(std::span<const std::string> paths);

/// The most bytes that the `repeat`s of a file may expand to, and those of a corpus.
inline constexpr std::size_t kMaxAllRepeatsBytes = std::size_t{256} << 20;

/// One of the parts that a corpus is run in, as `count` runs of their own. Files are dealt, not
/// cases: see DealFiles.
struct Shard {
  /// From 1 to `count`; both 0 where there is but the whole corpus.
  std::uint32_t index = 0;
  std::uint32_t count = 0;

  bool is_part() const { return count != 0; }
};

struct LoadOptions {
  /// The most threads to load with, the calling one among them.
  unsigned jobs = 1;
  /// Loading ends soon, without a corpus, once this is true. May be null.
  const std::atomic<bool>* interrupted = nullptr;
  /// Whose cases are loaded. The files of the other shards are read for their digest and the name
  /// of their suite alone, piece by piece: the corpus has them too, and its digest is that of all.
  Shard shard = {};
  /// Called now and then, on the calling thread, with the number of files that are done.
  std::function<void(std::size_t files_done)> progress = {};
};

/// A file whose cases other shards have.
struct FileElsewhere {
  CorpusSource source;
  /// The name of its suite; empty where it is not known without parsing the file.
  std::string suite;
};

struct LoadedCorpus {
  Corpus corpus;
  /// The files that `LoadOptions::shard` leaves to others, in their order.
  std::vector<FileElsewhere> elsewhere;
  /// The errors of all files, in the order of the files and of the places in them, at most
  /// kMaxErrors; where there is one the corpus is empty.
  std::vector<Error> errors;
  /// There are more errors than these.
  bool more_errors = false;
  /// Loading was interrupted: there are neither cases nor errors.
  bool interrupted = false;
};

/// Makes a backend for the calling thread. Called from several threads at once.
using MakeBackendFunction = std::function<std::unique_ptr<Backend>()>;

/// Reads, parses and checks every file. The backends that `make_hasher` makes compute digests and
/// decode base64. A file's text is not kept. The result does not depend on `options.jobs`. Throws
/// what `make_hasher` and its backends throw, and BackendError where it makes none.
LoadedCorpus LoadCorpus(std::span<const CorpusSource> sources,
                        const MakeBackendFunction& make_hasher, const LoadOptions& options = {});

/// Parses `files` one after another, and gives the name of each one's suite and its cases to
/// `visit`, after which they are dropped. A file for whose suite `wants` says no is left out. Ends
/// where `visit` says that it has seen enough (false), and soon after `interrupted`, which may be
/// null. Of a file with errors it gives the cases that could be parsed: the errors are told by the
/// shard that the file belongs to. `decoder` decodes base64. Throws BackendError.
void LookElsewhere(
    std::span<const FileElsewhere> files, Backend& decoder, const std::atomic<bool>* interrupted,
    const std::function<bool(std::string_view suite)>& wants,
    const std::function<bool(std::string_view suite, std::span<const Case> cases)>& visit);

}  // namespace sigvet
