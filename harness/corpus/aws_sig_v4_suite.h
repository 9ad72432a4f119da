#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "backends/backend.h"
#include "harness/corpus/file_parser.h"
#include "harness/corpus/load_corpus.h"

namespace sigvet {

// AWS's SigV4 test suite as it lies in awslabs/aws-c-auth, tests/aws-signing-test-suite/v4: a
// folder a case, with a request, its context, and what signing it gives by headers and by query.
// Each folder gives two cases of the suite "aws-sig-v4": `FOLDER/header` and `FOLDER/query`.

inline constexpr std::string_view kAwsSigV4Suite = "aws-sig-v4";

/// The largest file of a case.
inline constexpr std::size_t kMaxAwsSigV4FileBytes = std::size_t{1} << 20;

/// The case folders in `folders`, each sorted by name; a source is named after its request.txt. A
/// folder that can't be read, has no case folder, or has SigV4a cases is an error.
FoundFiles FindAwsSigV4Cases(std::span<const std::string> folders);

/// Reads the files of the case that `source` names, and gives its two cases. Where a file is
/// missing, too large or not what it should be, the error names it. `hasher` computes the digest:
/// that of the files' digests.
ParsedFile ParseAwsSigV4Source(const CorpusSource& source, Backend& hasher);

/// The same without the cases, and so without the errors but those of reading: see SkimFile.
ParsedFile SkimAwsSigV4Source(const CorpusSource& source, Backend& hasher);

/// The files of a case's folder, sorted.
inline constexpr std::array<std::string_view, 10> kAwsSigV4FileNames = {
    "context.json",
    "header-canonical-request.txt",
    "header-signature.txt",
    "header-signed-request.txt",
    "header-string-to-sign.txt",
    "query-canonical-request.txt",
    "query-signature.txt",
    "query-signed-request.txt",
    "query-string-to-sign.txt",
    "request.txt"};

/// Their texts, in that order; absent where a file could not be read, which is an error already.
using AwsSigV4Texts = std::array<std::optional<std::string>, kAwsSigV4FileNames.size()>;

/// Adds the cases that `texts` hold to `file`, or what is wrong with them to its errors. `folder`
/// is the path of the folder; its last part names the case.
void ParseAwsSigV4Texts(const std::string& folder, const AwsSigV4Texts& texts, ParsedFile& file);

}  // namespace sigvet
