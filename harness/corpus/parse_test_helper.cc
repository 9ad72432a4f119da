#include "harness/corpus/parse_test_helper.h"

#include <utility>

#include "backends/builtin/builtin_backend.h"
#include "harness/corpus/aws_sig_v4_suite.h"

namespace sigvet {

std::unique_ptr<Backend> MakeTestBackend() {
  BackendResult backend = MakeBuiltinBackend();
  return std::move(backend).value();
}

std::vector<std::string> Lines(const std::vector<Error>& errors) {
  std::vector<std::string> lines;
  lines.reserve(errors.size());
  for (const Error& error : errors) lines.push_back(ToString(error));
  return lines;
}

LoadedCorpus LoadAwsSigV4Suites(const std::vector<std::string>& folders) {
  FoundFiles found = FindAwsSigV4Cases(folders);
  if (found.errors.empty()) return LoadCorpus(found.sources, MakeTestBackend, {.jobs = 2});
  LoadedCorpus none;
  none.errors = std::move(found.errors);
  return none;
}

LoadedCorpus LoadText(std::string_view text) {
  const CorpusSource source = {"t.yaml", text};
  return LoadCorpus({&source, 1}, MakeTestBackend);
}

std::string ErrorLines(const LoadedCorpus& loaded) {
  std::string lines;
  for (const Error& error : loaded.errors) {
    std::string line = ToString(error);
    if (line.starts_with("t.yaml:")) line.erase(0, std::string_view("t.yaml:").size());
    lines += line + "\n";
  }
  return lines;
}

std::string GoodCase(std::string_view id) {
  std::string text = "  - id: \"";
  text += id;
  text +=
      "\"\n"
      "    why: \"W.\"\n"
      "    operation: \"sha256\"\n"
      "    input: {message: \"abc\"}\n"
      "    refuse: \"R.\"\n"
      "    provenance:\n"
      "      kind: \"derived\"\n"
      "      source: \"S.\"\n";
  return text;
}

}  // namespace sigvet
