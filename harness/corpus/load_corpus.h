#pragma once

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

/// Reads, parses and checks every file, one after the other: vectors/README.md describes the
/// format. `hasher` computes the digests. A file's text is not kept.
LoadedCorpus LoadCorpus(std::span<const CorpusSource> sources, Backend& hasher);

}  // namespace sigvet
