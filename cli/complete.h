#pragma once

#include <CLI/CLI.hpp>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace sigvet {

/// What a word may become.
struct Candidate {
  std::string text;
  /// In a line, or empty.
  std::string description = {};

  bool operator==(const Candidate&) const = default;
};

/// All that a word may become.
struct Completion {
  enum class Files : std::uint8_t { kNone, kAny, kFolders };

  std::vector<Candidate> candidates;
  /// Whether names of files fit too: those behind `before_file`, with which the word begins.
  Files files = Files::kNone;
  std::string before_file = {};
};

/// What the last of `words` may become; those before it, the program's name not among them, need
/// not make sense. Commands and options are those of `app`. Reads the corpus where it has to,
/// starts nothing, and says nothing of what is wrong: then there are no candidates. At most
/// kMostCandidates.
Completion Complete(const CLI::App& app, std::span<const std::string> words);

inline constexpr std::size_t kMostCandidates = 2000;

}  // namespace sigvet
