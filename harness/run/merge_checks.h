#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "harness/run/merge_reports.h"

namespace sigvet {

/// Why `shards` are not all shards of one run, each once; nothing where they are. Shards are named
/// by their files.
std::optional<Error> CheckShards(std::span<const ShardReport> shards);

}  // namespace sigvet
