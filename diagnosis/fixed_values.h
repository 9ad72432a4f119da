#pragma once

#include <span>
#include <string_view>

#include "diagnosis/defect.h"

namespace sigvet {

/// A Defect::scan for each value of an array.
template <const auto& kValues>
std::span<const std::string_view> FixedValues(const DefectInput&) {
  return kValues;
}

}  // namespace sigvet
