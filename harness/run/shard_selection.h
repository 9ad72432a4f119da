#pragma once

#include <atomic>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "backends/backend.h"
#include "base/result.h"
#include "harness/corpus/load_corpus.h"
#include "harness/run/known_failures.h"
#include "harness/run/plan.h"

namespace sigvet {

/// How the cases of a shard are selected, and what the whole run must find somewhere.
struct ShardSelecting {
  std::span<const std::string> filters;
  std::span<const std::string> skips;
  std::span<const std::string> required_operations;
  /// Those that match cases of other shards alone are marked so.
  std::span<KnownFailure> known_failures;
  /// The files that other shards have. They are parsed only where a glob, a known failure or a
  /// required operation finds no case in this shard, or where nothing is selected in it: one after
  /// another, until all is found.
  std::span<const FileElsewhere> elsewhere;
  /// Ends the search early; may be null. Then what comes out is not to be used.
  const std::atomic<bool>* interrupted = nullptr;
};

struct ShardSelected {
  /// There may be no case: then other shards have some.
  SelectedCases selected;
  /// Required operations that selected cases of other shards are of, and none of this one.
  std::vector<std::string> operations_elsewhere;
};

/// What SelectCases gives for this shard. Errors are those of the whole run: a glob that matches no
/// case of the corpus, nothing selected in any shard. `decoder` decodes base64. Throws
/// BackendError.
Result<ShardSelected> SelectInShard(const Corpus& corpus, const ShardSelecting& selecting,
                                    Backend& decoder);

}  // namespace sigvet
