#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include "backends/backend.h"
#include "base/result.h"
#include "harness/subject/subject.h"

namespace sigvet {

/// The most cases of a generated corpus, and those of each of its files but the last.
inline constexpr std::size_t kMostGeneratedCases = 100'000'000;
inline constexpr std::size_t kGeneratedCasesPerFile = 1000;

/// Which corpus is to be generated.
struct GeneratedCorpus {
  std::uint64_t seed = 1;
  std::size_t cases = 0;

  std::size_t CountFiles() const {
    return (cases + kGeneratedCasesPerFile - 1) / kGeneratedCasesPerFile;
  }
};

/// As in "generated-00017.yaml", from 0; the names sort as the numbers do.
std::string GeneratedFileName(const GeneratedCorpus& corpus, std::size_t file);

/// The text of the file with that number, from 0: cases with every stage. The same wherever it is
/// made. An error where `one` and `other`, which answer with crypto libraries of different makers,
/// don't agree. `decoder` decodes base64. Throws BackendError.
Result<std::string> GenerateFile(const GeneratedCorpus& corpus, std::size_t file, Subject& one,
                                 Subject& other, Backend& decoder);

}  // namespace sigvet
