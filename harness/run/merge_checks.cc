#include "harness/run/merge_checks.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <set>
#include <string_view>
#include <utility>

#include "base/utf8.h"
#include "harness/corpus/aws_sig_v4_suite.h"

namespace sigvet {
namespace {

constexpr std::size_t kMostNamed = 10;

std::string NameOf(const RunReport& report) {
  return "shard " + std::to_string(report.context.shard_index) + " of " +
         std::to_string(report.context.shard_count);
}

std::optional<Error> CheckIsShard(const ShardReport& shard) {
  const RunReport::Context& context = shard.report.context;
  if (context.shard_count == 0) {
    return Error{"not the report of a shard",
                 {shard.name},
                 "sigvet run --shard I/N --report json=FILE writes one"};
  }
  if (context.shard_index == 0 || context.shard_index > context.shard_count) {
    return Error{"there is no " + NameOf(shard.report), {shard.name}};
  }
  return std::nullopt;
}

/// What the shards of one run have in common, and what each is called.
struct Common {
  std::string_view what;
  bool (*is_same)(const RunReport& a, const RunReport& b);
};

constexpr Common kCommon[] = {
    {"how many shards there are",
     [](const RunReport& a, const RunReport& b) {
       return a.context.shard_count == b.context.shard_count;
     }},
    {"the version of sigvet",
     [](const RunReport& a, const RunReport& b) {
       return a.context.sigvet_version == b.context.sigvet_version;
     }},
    {"the digest of the corpus",
     [](const RunReport& a, const RunReport& b) { return a.corpus.digest == b.corpus.digest; }},
    {"the files of the corpus",
     [](const RunReport& a, const RunReport& b) {
       return a.corpus.files == b.corpus.files &&
              a.context.corpus_paths == b.context.corpus_paths &&
              a.context.suite_paths == b.context.suite_paths;
     }},
    {"--filter",
     [](const RunReport& a, const RunReport& b) { return a.context.filters == b.context.filters; }},
    {"--skip",
     [](const RunReport& a, const RunReport& b) { return a.context.skips == b.context.skips; }},
    {"--require-op",
     [](const RunReport& a, const RunReport& b) {
       return a.context.required_operations == b.context.required_operations;
     }},
    {"--known-failing",
     [](const RunReport& a, const RunReport& b) {
       return a.context.known_failing_paths == b.context.known_failing_paths;
     }},
    {"--repeat",
     [](const RunReport& a, const RunReport& b) { return a.context.repeat == b.context.repeat; }},
    {"who was run",
     [](const RunReport& a, const RunReport& b) {
       return std::ranges::equal(a.subjects, b.subjects, [](const auto& one, const auto& other) {
         return one.id == other.id && one.kind == other.kind && one.named_as == other.named_as;
       });
     }},
};

/// A subject has results in all shards or in none.
std::optional<Error> CheckAvailable(const ShardReport& first, const ShardReport& shard) {
  for (std::size_t i = 0; i < first.report.subjects.size(); ++i) {
    const RunReport::Subject& a = first.report.subjects[i];
    const RunReport::Subject& b = shard.report.subjects[i];
    if (a.unavailable_because.empty() == b.unavailable_because.empty()) continue;
    const bool here = b.unavailable_because.empty();
    return Error{Visible(a.id) + (here ? " ran, but not in " : " did not run, but did in ") +
                     Visible(first.name),
                 {shard.name},
                 Visible(here ? a.unavailable_because : b.unavailable_because)};
  }
  return std::nullopt;
}

std::optional<Error> CheckIsOfSameRun(const ShardReport& first, const ShardReport& shard) {
  for (const Common& common : kCommon) {
    if (common.is_same(first.report, shard.report)) continue;
    return Error{"of another run than " + Visible(first.name),
                 {shard.name},
                 std::string(common.what) + " differs"};
  }
  return CheckAvailable(first, shard);
}

/// That each shard is there, once.
std::optional<Error> CheckIndices(std::span<const ShardReport> shards) {
  const std::uint32_t count = shards.front().report.context.shard_count;
  std::map<std::uint32_t, const ShardReport*> by_index;
  for (const ShardReport& shard : shards) {
    const auto [entry, is_new] = by_index.try_emplace(shard.report.context.shard_index, &shard);
    if (is_new) continue;
    return Error{NameOf(shard.report) + " again: it is " + Visible(entry->second->name) + " too",
                 {shard.name}};
  }
  // The count is whatever a file says: it is not counted up to.
  const std::size_t missing_count = count - by_index.size();
  if (missing_count == 0) return std::nullopt;
  std::string missing;
  std::size_t named = 0;
  for (std::uint32_t index = 1; named < std::min(missing_count, kMostNamed); ++index) {
    if (by_index.contains(index)) continue;
    missing.append(missing.empty() ? "" : ", ").append(std::to_string(index));
    ++named;
  }
  if (missing_count > kMostNamed) missing += ", ...";
  return Error{(missing_count == 1 ? "shard " : "shards ") + missing + " of " +
                   std::to_string(count) + (missing_count == 1 ? " is missing" : " are missing"),
               {},
               "give the reports of all shards"};
}

/// That no file or suite has cases in two shards, but for an imported suite, whose cases must then
/// have other ids.
std::optional<Error> CheckCases(std::span<const ShardReport> shards) {
  std::map<std::string_view, const ShardReport*> files;
  std::map<std::string_view, const ShardReport*> suites;
  std::map<std::string_view, const ShardReport*> imported;
  const auto claim = [](auto& map, std::string_view what, std::string_view name,
                        const ShardReport& shard) -> std::optional<Error> {
    const auto [entry, is_new] = map.try_emplace(name, &shard);
    if (entry->second == &shard && (is_new || what != "case ")) return std::nullopt;
    return Error{
        std::string(what) + Visible(name) + " is in " + Visible(entry->second->name) + " too",
        {shard.name}};
  };
  for (const ShardReport& shard : shards) {
    const RunReport& report = shard.report;
    std::uint32_t last_file = 0;
    std::uint32_t last_suite = 0;
    bool is_first = true;
    for (const RunReport::Case& c : report.cases) {
      const std::string& suite = report.suites[c.suite];
      std::optional<Error> error;
      if (is_first || c.file != last_file) {
        error = claim(files, "the file ", report.corpus.files[c.file], shard);
      }
      if (!error && (is_first || c.suite != last_suite) && suite != kAwsSigV4Suite) {
        error = claim(suites, "the suite ", suite, shard);
      }
      if (!error && suite == kAwsSigV4Suite) error = claim(imported, "case ", c.id, shard);
      if (error) return error;
      last_file = c.file;
      last_suite = c.suite;
      is_first = false;
    }
  }
  return std::nullopt;
}

}  // namespace

std::optional<Error> CheckShards(std::span<const ShardReport> shards) {
  if (shards.empty()) return Error{"no report of a shard"};
  for (const ShardReport& shard : shards) {
    if (auto error = CheckIsShard(shard)) return error;
    if (auto error = CheckIsOfSameRun(shards.front(), shard)) return error;
  }
  if (auto error = CheckIndices(shards)) return error;
  return CheckCases(shards);
}

}  // namespace sigvet
