#include "bench/gate_contexts.h"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <string_view>
#include <utility>

#include "base/utf8.h"

namespace sigvet {
namespace {

std::string Joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : ", ") + Visible(word);
  return text.empty() ? "none" : text;
}

/// Those of `these` that are not in `others`.
std::vector<std::string> Without(const std::vector<std::string>& these,
                                 const std::vector<std::string>& others) {
  std::vector<std::string> left;
  std::ranges::copy_if(these, std::back_inserter(left), [&](const std::string& word) {
    return std::ranges::count(others, word) == 0;
  });
  return left;
}

std::string LibraryOf(const BenchContext& context, const std::string& backend) {
  for (const auto& [id, library] : context.libraries) {
    if (id == backend) return library;
  }
  return "";
}

/// "the runs can't be compared: WHAT differ: A in the baseline, B in the candidate (HINT)".
Error Differ(std::string_view what, std::string_view baseline, std::string_view candidate,
             std::string hint) {
  return {std::string("the runs can't be compared: ")
              .append(what)
              .append(" differ: ")
              .append(baseline.empty() ? "none" : Visible(baseline))
              .append(" in the baseline, ")
              .append(candidate.empty() ? "none" : Visible(candidate))
              .append(" in the candidate"),
          {},
          std::move(hint)};
}

/// "release" of "g++ 12.2.0, release".
std::string_view KindOf(std::string_view build) {
  const std::size_t comma = build.rfind(", ");
  return comma == build.npos ? "" : build.substr(comma + 2);
}

/// How to make the masks the same, as in "unset OPENSSL_ia32cap for both".
std::string UnsetMasks(const BenchContext& baseline, const BenchContext& candidate) {
  std::vector<std::string> names;
  for (const BenchContext* const context : {&baseline, &candidate}) {
    for (const std::string& mask : context->masks) {
      std::string name = mask.substr(0, mask.find('='));
      if (std::ranges::count(names, name) == 0) names.push_back(std::move(name));
    }
  }
  return "unset " + Joined(names) + " for both";
}

void NoteDifference(std::string_view what, const std::string& baseline,
                    const std::string& candidate, std::vector<std::string>& notes) {
  if (baseline == candidate) return;
  notes.push_back(std::string(what) + " differ: " + Visible(baseline) + " in the baseline, " +
                  Visible(candidate) + " in the candidate");
}

}  // namespace

std::optional<Error> CheckContexts(const BenchContext& baseline, const BenchContext& candidate,
                                   const std::string& reference) {
  if (baseline.cpu_features != candidate.cpu_features) {
    return Error{"the runs can't be compared: CPU features differ: the baseline alone has " +
                     Joined(Without(baseline.cpu_features, candidate.cpu_features)) +
                     ", the candidate alone has " +
                     Joined(Without(candidate.cpu_features, baseline.cpu_features)),
                 {},
                 "run both on one machine"};
  }
  if (baseline.kernel != candidate.kernel) {
    return Differ("kernels of the built-in backend", baseline.kernel, candidate.kernel,
                  "run both with the same SIGVET_KERNEL");
  }
  if (baseline.masks != candidate.masks) {
    return Differ("what hides CPU features", Joined(baseline.masks), Joined(candidate.masks),
                  UnsetMasks(baseline, candidate));
  }
  if (KindOf(baseline.build) != KindOf(candidate.build)) {
    return Differ("kinds of build", KindOf(baseline.build), KindOf(candidate.build),
                  "build both alike: cmake --preset release");
  }
  const std::string backend = reference.substr(0, reference.find('-'));
  const std::string old_library = LibraryOf(baseline, backend);
  const std::string new_library = LibraryOf(candidate, backend);
  if (old_library != new_library) {
    return Differ("versions of the reference", old_library, new_library,
                  "measure both with one version, or name another reference in a policy, as in "
                  "reference: \"builtin\"");
  }
  return std::nullopt;
}

std::vector<std::string> NotesOf(const BenchContext& baseline, const BenchContext& candidate) {
  std::vector<std::string> notes;
  NoteDifference("CPU models", baseline.cpu, candidate.cpu, notes);
  NoteDifference("builds", baseline.build, candidate.build, notes);
  NoteDifference("corpora", baseline.corpus_digest, candidate.corpus_digest, notes);
  for (const auto& [backend, library] : baseline.libraries) {
    const std::string other = LibraryOf(candidate, backend);
    if (!other.empty()) NoteDifference("versions of " + backend, library, other, notes);
  }
  return notes;
}

}  // namespace sigvet
