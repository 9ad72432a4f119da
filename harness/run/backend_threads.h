#pragma once

#include <cstddef>
#include <functional>

#include "backends/backend.h"

namespace sigvet {

/// Calls `work` once for each number below `count`, on at most `jobs` threads, the calling one
/// among them, each of which has a backend of its own. Numbers are begun in ascending order. What
/// is thrown, by `work` or where there is no backend, is thrown after all threads have ended.
void ForEachWithBackend(unsigned jobs, std::size_t count,
                        const std::function<void(Backend& backend, std::size_t number)>& work);

}  // namespace sigvet
