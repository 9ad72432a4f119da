#pragma once

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

/// A corpus file that has not been read yet.
struct CorpusSource {
  /// As messages show it.
  std::string name;
  /// Its text where that is built into the program, else empty: then the file `name` is read.
  std::string_view built_in_text;
};

/// The files of vectors/ as they were when the program was built, sorted by name.
std::vector<CorpusSource> BuiltInCorpus();

/// The files that `paths` mean: a file itself, a folder all its `.yaml` files at any depth, sorted
/// by name. A path that can't be read and a folder without such a file are errors.
Result<std::vector<CorpusSource>> FindCorpusFiles(std::span<const std::string> paths);

struct LoadedCorpus {
  Corpus corpus;
  /// All errors of all files, in the order of the files and of the places in them; a corpus with
  /// errors must not be run.
  std::vector<Error> errors;
};

/// Makes a backend for the calling thread. Called from several threads at once.
using MakeBackendFunction = std::function<std::unique_ptr<Backend>()>;

/// Reads, parses and checks every file, on up to `jobs` threads: vectors/README.md describes the
/// format. The backends that `make_hasher` makes compute digests and decode base64. A file's text
/// is not kept. The result does not depend on `jobs`.
LoadedCorpus LoadCorpus(std::span<const CorpusSource> sources,
                        const MakeBackendFunction& make_hasher, unsigned jobs = 1);

}  // namespace sigvet
