#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "harness/corpus/load_corpus.h"

namespace sigvet {

/// Which of `shards` takes each of the files that have `sizes`, in bytes: numbers from 0. The
/// largest file comes first, the first of several that are as large; each goes to the shard with
/// the fewest bytes so far, the first of several. The same on every machine.
std::vector<std::uint32_t> DealFiles(std::span<const std::uint64_t> sizes, std::uint32_t shards);

/// The bytes of a source, of an imported case those of all its files; what can't be looked at
/// counts as empty: it is an error when it is read.
std::uint64_t SizeOf(const CorpusSource& source);

}  // namespace sigvet
