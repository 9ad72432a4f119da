#include "harness/port/ending.h"

#include <algorithm>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "harness/port/line_reader.h"

namespace sigvet {
namespace {

std::string InWords(std::chrono::milliseconds time) {
  const auto count = time.count();
  return count % 1000 == 0 ? std::to_string(count / 1000) + " s" : std::to_string(count) + " ms";
}

/// The operations of `all` that are not in `known`, as words.
void AddMissing(std::span<const OperationSpec* const> all,
                std::span<const OperationSpec* const> known, std::vector<std::string>& words) {
  for (const OperationSpec* const operation : all) {
    if (std::ranges::count(known, operation) == 0) words.emplace_back(operation->name);
  }
}

std::string Join(std::span<const std::string> words) {
  constexpr std::size_t kMostWords = 20;
  std::string text;
  for (const std::string& word : words.first(std::min(words.size(), kMostWords))) {
    text += (text.empty() ? "" : ", ") + ShownLine(word);
  }
  if (words.size() > kMostWords) text += " ...";
  return text;
}

}  // namespace

Ending EndedAs(const ExitStatus& status, const PortProgress& progress) {
  Error error = {ToString(status)};
  const bool as_if_all_were_well = status == ExitStatus{};
  if (!progress.is_ready) {
    error.message += " before it was ready";
  } else if (as_if_all_were_well) {
    error.message += " before it answered";
  }
  if (as_if_all_were_well) {
    error.hint = "it has to read lines and answer them until its standard input ends";
  }
  return {Answer::Kind::kCrash, std::move(error)};
}

Ending ClosedPipe(const PortProgress& progress) {
  return {Answer::Kind::kCrash,
          {"closed its " + std::string(progress.closed) + " without answering",
           {},
           "both stay open until there is nothing more to read"}};
}

Ending SilentFor(const PortManifest::Limits& limits, const PortProgress& progress) {
  Error error;
  error.message = progress.is_ready ? "no answer within " + InWords(limits.answer)
                                    : "no answer to the greeting within " + InWords(limits.start);
  if (!progress.wrote_line) {
    error.hint = std::string("nothing came ") +
                 (progress.is_ready ? "since it was ready" : "at all") +
                 ": is standard output flushed after each line?";
  }
  return {Answer::Kind::kTimeout, std::move(error)};
}

Ending WroteEndlessLine(std::string_view begin) {
  return {
      Answer::Kind::kProtocolError,
      {"a line of more than " + std::to_string(kMaxLineBytes >> 20) + " MiB: " + ShownLine(begin),
       {},
       "each answer is a line of its own, with a line break after it"}};
}

Error CompareOperations(const PortManifest& manifest, const PortReady& ready) {
  std::vector<std::string> only_ready = ready.unknown_operations;
  AddMissing(ready.operations, manifest.operations, only_ready);
  std::vector<std::string> only_manifest;
  AddMissing(manifest.operations, ready.operations, only_manifest);
  if (only_ready.empty() && only_manifest.empty()) return {};
  Error error = {"\"ops\" of port.yaml and of its \"ready\" differ", {manifest.file}};
  if (!only_manifest.empty()) error.message += "; only port.yaml has " + Join(only_manifest);
  if (!only_ready.empty()) error.message += "; only the port says " + Join(only_ready);
  error.hint = "the two must name the same operations";
  return error;
}

}  // namespace sigvet
