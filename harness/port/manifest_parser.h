#pragma once

#include <string_view>

#include "harness/corpus/file_errors.h"
#include "harness/port/port_manifest.h"

namespace sigvet {

/// Fills `manifest`, whose `file` is set, from the text of a port.yaml, and adds what is wrong to
/// `errors`. After a syntax error nothing else is looked at.
void ParseManifest(std::string_view text, PortManifest& manifest, FileErrors& errors);

}  // namespace sigvet
