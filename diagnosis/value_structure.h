#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "diagnosis/derivation.h"

namespace sigvet {

/// What the length, the alphabet and the first characters of a wrong value say of how it was made,
/// without any recomputation: sentences, the most telling first. Empty where they say nothing: the
/// value has the form of a right one.
std::vector<std::string> DescribeStructure(const Derivation& right, const Stage& stage,
                                           std::string_view value);

}  // namespace sigvet
