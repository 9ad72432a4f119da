#pragma once

#include <atomic>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "backends/backend.h"
#include "harness/corpus/case.h"
#include "harness/corpus/file_errors.h"
#include "harness/corpus/load_corpus.h"

namespace sigvet {

/// What one file gives: a suite and its cases, whose `suite` and `file` are left to the caller.
/// Where there are errors the rest is not to be relied on.
struct ParsedFile {
  explicit ParsedFile(std::string name) : errors(std::move(name)) {}

  /// Of its bytes, in lower-case hex.
  std::string sha256;
  Suite suite;
  TextPlace suite_place;
  /// Where the file before it says so too, both may have the same suite.
  bool shares_suite = false;
  std::vector<Case> cases;
  /// What its `repeat`s expand to: at most kMaxAllRepeatsBytes.
  std::size_t repeated_bytes = 0;
  FileErrors errors;
};

/// Whether `name` is kebab-case words that single slashes join.
bool IsSuiteName(std::string_view name);

/// Reads, parses and checks one file. `hasher` computes its digest and decodes base64. Ends soon,
/// with a part of the file, once `interrupted` (which may be null) is true.
ParsedFile ParseCorpusFile(const CorpusSource& source, Backend& hasher,
                           const std::atomic<bool>* interrupted = nullptr);

}  // namespace sigvet
