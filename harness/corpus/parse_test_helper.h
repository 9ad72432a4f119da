#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "harness/corpus/load_corpus.h"

namespace sigvet {

/// The backend that tests of this room compute digests and decode base64 with.
std::unique_ptr<Backend> MakeTestBackend();

/// What LoadCorpus makes of `text` as the only file, "t.yaml".
LoadedCorpus LoadText(std::string_view text);

/// `line:column: message (hint)` of each error, a line each.
std::string ErrorLines(const LoadedCorpus& loaded);

/// `file:line:column: message (hint)` of each error.
std::vector<std::string> Lines(const std::vector<Error>& errors);

/// AWS's suites in `folders`, loaded; nothing but the errors where finding the cases gives some.
LoadedCorpus LoadAwsSigV4Suites(const std::vector<std::string>& folders);

/// The lines of a file that come before its first case.
inline constexpr std::string_view kFileStart = "sigvet: 1\nsuite: \"t\"\nabout: \"A.\"\ncases:\n";

/// A good case whose id is `id`: eight lines.
std::string GoodCase(std::string_view id);

}  // namespace sigvet
