#pragma once

#include <string>
#include <string_view>

#include "harness/corpus/case.h"

namespace sigvet {

/// `text` in the corpus's format: in double quotes, with escapes, where it is ASCII, else
/// `{hex: "..."}`.
std::string YamlText(std::string_view text);

/// An item of a file's `cases` that loads as `c`, whose id is written without `suite` and its
/// slash. Inputs that have their default are left out. `c` must be computed, neither refused nor
/// contested.
std::string CaseYaml(const Case& c, std::string_view suite);

}  // namespace sigvet
