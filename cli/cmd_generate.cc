#include <algorithm>
#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>

#include "backends/backend_registry.h"
#include "cli/commands.h"
#include "cli/interrupt.h"
#include "cli/messages.h"
#include "cli/new_folder.h"
#include "cli/options.h"
#include "cli/progress.h"
#include "harness/run/backend_threads.h"
#include "harness/run/generate_corpus.h"
#include "harness/subject/backend_subject.h"

namespace sigvet {
namespace {

constexpr const char* kFooter =
    R"(Writes a corpus for runs of any size: passwords, signing keys, requests, presigned URLs and
primitives, drawn at random, with every stage. Each value is computed with two crypto libraries,
which must agree. The same seed gives the same bytes on every machine. Such a corpus tests a
machine and what runs on it; what a right answer is, sigvet's own cases say.

Examples:
  sigvet generate --cases 100000 large/
  sigvet run --corpus large/ --shard 1/16

Exit codes: 0 written, 1 two backends don't agree, 2 usage, or there is but one backend,
70 internal error, 130 interrupted; DIR is there only after 0.)";

constexpr std::string_view kOwnBackend = "builtin";

struct GenerateOptions {
  GeneratedCorpus corpus;
  std::string folder;
  unsigned jobs = DefaultJobs();
};

/// The id of a backend of somebody else that this machine has; empty where it has none.
std::string_view FindOtherBackend() {
  for (const BackendEntry& entry : AllBackends()) {
    if (entry.id != kOwnBackend && MakeBackend(entry.id).ok()) return entry.id;
  }
  return {};
}

/// Makes the files on some threads, each of which shows how far the work is.
class Generation {
 public:
  Generation(const GenerateOptions& options, std::string_view other, const NewFolder& folder,
             const std::atomic<bool>& interrupted)
      : corpus_(options.corpus),
        other_(other),
        folder_(folder),
        interrupted_(interrupted),
        progress_("files", corpus_.CountFiles()) {}

  /// The first error.
  std::optional<Error> Run(unsigned jobs) {
    ForEachWithBackend(jobs, corpus_.CountFiles(), [&](Backend& backend, std::size_t file) {
      if (interrupted_ || failed_) return;
      Result<std::monostate> written = MakeFile(backend, file);
      const std::lock_guard lock(mutex_);
      progress_.Update(++done_);
      if (written || failed_) return;
      failed_ = true;
      error_ = written.error();
    });
    return error_;
  }

 private:
  Result<std::monostate> MakeFile(Backend& decoder, std::size_t file) const {
    BackendResult own = MakeBackend(kOwnBackend);
    BackendResult other = MakeBackend(other_);
    if (!own) return own.error();
    if (!other) return other.error();
    const auto one = MakeBackendSubject(*std::move(own));
    const auto two = MakeBackendSubject(*std::move(other));
    const Result<std::string> text = GenerateFile(corpus_, file, *one, *two, decoder);
    if (!text) return text.error();
    return folder_.Write(GeneratedFileName(corpus_, file), *text);
  }

  const GeneratedCorpus& corpus_;
  std::string_view other_;
  const NewFolder& folder_;
  const std::atomic<bool>& interrupted_;
  std::mutex mutex_;
  ProgressLine progress_;
  std::size_t done_ = 0;
  std::atomic<bool> failed_ = false;
  std::optional<Error> error_;
};

ExitCode GenerateCommand(const GenerateOptions& options) {
  const std::atomic<bool>& interrupted = CatchInterrupts();
  const BackendResult own = MakeBackend(kOwnBackend);
  if (!own) return Explain(own.error(), kExitUsage);
  const std::string_view other = FindOtherBackend();
  if (other.empty()) {
    return Explain({"every value is computed with two backends, but there is only the built-in one",
                    {},
                    "sigvet list backends says why"},
                   kExitUsage);
  }
  Result<NewFolder> folder = NewFolder::Create(options.folder);
  if (!folder) return Explain(folder.error(), kExitUsage);
  const std::optional<Error> error =
      Generation(options, other, *folder, interrupted).Run(options.jobs);
  if (interrupted) return Explain({"interrupted; nothing was written"}, kExitInterrupted);
  if (error) {
    return Explain(*error, error->place.file.empty() ? kExitNotConformant : kExitInternal);
  }
  const auto committed = folder->Commit();
  return committed ? kExitOk : Explain(committed.error(), kExitInternal);
}

}  // namespace

void AddGenerateCommand(CLI::App& app, ExitCode& exit_code) {
  auto options = std::make_shared<GenerateOptions>();
  CLI::App* command =
      app.add_subcommand("generate", "Write a large corpus of cases that are drawn at random");
  AddOption(*command, "--cases", options->corpus.cases, "N", "How many cases")
      ->required()
      ->check(CLI::Range(std::size_t{1}, kMostGeneratedCases).description(""));
  AddOption(*command, "--seed", options->corpus.seed, "S", "Another seed gives other cases")
      ->capture_default_str();
  command->add_option("DIR", options->folder, "A new folder, or an empty one")
      ->required()
      ->type_name("");
  AddOption(*command, "--jobs", options->jobs, "N", "Threads")
      ->check(CLI::Range(1U, 256U).description(""))
      ->capture_default_str();
  command->footer(kFooter);
  command->callback([options, &exit_code] { exit_code = GenerateCommand(*options); });
}

}  // namespace sigvet
