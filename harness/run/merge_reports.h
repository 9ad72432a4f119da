#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "harness/run/run_report.h"

namespace sigvet {

/// The report of one shard, and what messages call it: its file.
struct ShardReport {
  std::string name;
  RunReport report;
};

/// Joins the reports of all shards of a run, in any order, to what one run of the whole would have
/// reported: but for when it began (the earliest) and how long it took (as the slowest), for what
/// ports wrote to standard error and when they were given up, and for what a search for defects,
/// whose effort is limited in each shard, finds. Where machines differ, both are named ("a or b").
/// An error says which file is no shard of the same run, or which shard is missing or there twice.
/// `shards` are dropped on the way. The report takes the memory of the whole run's.
Result<RunReport> MergeShards(std::vector<ShardReport> shards);

}  // namespace sigvet
