#pragma once

#include "harness/corpus/case.h"
#include "harness/corpus/file_errors.h"
#include "harness/corpus/yaml_reader.h"

namespace sigvet {

/// The provenance that `node` describes; what is wrong with it is added to `errors` and left out.
Provenance ParseProvenance(YamlNode& node, FileErrors& errors);

/// Checks that a case that is otherwise good, and contested, expects one of the signatures that its
/// provenance, which stands at `place`, has observed.
void CheckContested(const Case& c, TextPlace place, FileErrors& errors);

}  // namespace sigvet
