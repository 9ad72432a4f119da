#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace sigvet {

/// In which order round `round` of a run takes its `count` cases: the first round (0) as they are,
/// every other one shuffled in its own way, the same on every machine.
std::vector<std::uint32_t> CaseOrder(std::size_t count, unsigned round);

}  // namespace sigvet
