#pragma once

#include <CLI/CLI.hpp>
#include <cstdint>
#include <optional>
#include <string>

#include "backends/backend.h"
#include "cli/corpus_options.h"
#include "cli/exit_code.h"
#include "harness/corpus/case.h"

namespace sigvet {

/// What a derivation starts from, as given on the command line: all but the secret.
struct InputOptions {
  std::string case_id;
  std::string operation;
  std::string file;
  std::optional<std::string> region;
  std::optional<std::string> service;
  std::optional<std::string> date;
  std::optional<std::string> timestamp;
  std::optional<std::string> access_key_id;
  std::optional<std::int64_t> version;
  CorpusOptions corpus;
};

/// Adds the argument CASE, `--op`, `--input` and an option for each input that a short text is.
void AddInputOptions(CLI::App& command, InputOptions& options);

/// A case whose secret is wiped with it.
class PrivateCase {
 public:
  PrivateCase() = default;
  PrivateCase(const PrivateCase&) = delete;
  PrivateCase& operator=(const PrivateCase&) = delete;
  ~PrivateCase() { WipeSecret(); }

  const Case& operator*() const { return case_; }
  const Case* operator->() const { return &case_; }

  /// Takes `c` over.
  void Set(Case c);
  /// `secret` as the case's own.
  void SetSecret(std::string_view secret);

 private:
  std::string* FindSecret();
  void WipeSecret();

  Case case_;
};

/// Fills `c` with the case of the corpus that is named, or else with the inputs that are given. The
/// secret is that of the case or of the file; where these have none it comes from
/// AWS_SECRET_ACCESS_KEY or, unless `stdin_is_taken`, from stdin, with a warning where it is odd.
/// Where something is wrong stderr says it and the program is to end with what this returns; else
/// that is kExitOk.
ExitCode ReadCaseOrExplain(const InputOptions& options, bool stdin_is_taken, Backend& decoder,
                           PrivateCase& c);

}  // namespace sigvet
