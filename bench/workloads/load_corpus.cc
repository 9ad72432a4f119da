// The built-in corpus from its text to cases, on one thread.

#include "harness/corpus/load_corpus.h"

#include <algorithm>
#include <memory>
#include <string>
#include <utility>

#include "backends/backend_registry.h"
#include "bench/workloads/workloads.h"

namespace sigvet {
namespace {

/// A case whose value is published, and that value.
constexpr std::string_view kCase = "ses/published/rust-sample";
constexpr std::string_view kValue = "BLBM/9hSUELfq8Gw+rU1YcBjkOxGbhT2XG763xVLGWL9";

std::unique_ptr<Backend> MakeHasher() {
  BackendResult made = MakeAnyBackend();
  if (!made) throw BackendError(made.error().message);
  return *std::move(made);
}

std::optional<Error> Check(const LoadedCorpus& loaded) {
  if (!loaded.errors.empty()) return loaded.errors.front();
  const auto found = std::ranges::find(loaded.corpus.cases, kCase, &Case::id);
  if (found == loaded.corpus.cases.end()) return Error{"no case " + std::string(kCase)};
  if (const std::string& value = found->expected.back().value; value != kValue) {
    return Error{"the value of " + found->id + " is " + value + ", not " + std::string(kValue)};
  }
  return std::nullopt;
}

Result<PreparedWork> Prepare(Backend*) {
  const auto sources = std::make_shared<const std::vector<CorpusSource>>(BuiltInCorpus());
  const LoadedCorpus loaded = LoadCorpus(*sources, MakeHasher);
  if (auto error = Check(loaded)) return *std::move(error);
  return PreparedWork{.loop =
                          [sources](benchmark::State& state) {
                            for (auto _ : state) {
                              benchmark::DoNotOptimize(LoadCorpus(*sources, MakeHasher));
                            }
                          },
                      .items = loaded.corpus.cases.size()};
}

}  // namespace

std::vector<Workload> LoadCorpusFiles() {
  return {{.id = "load-corpus",
           .title = "the built-in corpus, from YAML to cases",
           .item = "case",
           .on_backend = false,
           .prepare = Prepare}};
}

}  // namespace sigvet
