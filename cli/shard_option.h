#pragma once

#include <CLI/CLI.hpp>
#include <cstdint>
#include <optional>
#include <string>

#include "base/result.h"
#include "harness/corpus/load_corpus.h"

namespace sigvet {

/// The most shards of a run.
inline constexpr std::uint32_t kMostShards = 10'000;

/// Adds `--shard I/N`.
void AddShardOption(CLI::App& command, std::optional<std::string>& shard);

/// The shard that `given` names, which is the value of --shard. Where that was not given, the one
/// that Bazel's and GoogleTest's environment variables TEST_TOTAL_SHARDS and TEST_SHARD_INDEX (from
/// 0) name; then TEST_SHARD_STATUS_FILE, where it is set, is created: so Bazel learns that the
/// program knows shards. No part where nothing names one. The error is one of usage and says where
/// the bad value is from.
/// https://bazel.build/reference/test-encyclopedia#test-sharding
Result<Shard> ChooseShard(const std::optional<std::string>& given);

}  // namespace sigvet
