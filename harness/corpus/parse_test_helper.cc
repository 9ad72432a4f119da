#include "harness/corpus/parse_test_helper.h"

#include "backends/builtin/builtin_backend.h"

namespace sigvet {

std::unique_ptr<Backend> MakeTestBackend() {
  BackendResult backend = MakeBuiltinBackend();
  return std::move(backend).value();
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
