#pragma once

#include "backends/backend.h"
#include "harness/subject/subject.h"

namespace sigvet {

/// A subject that answers by this project's derivations over a crypto backend.
std::unique_ptr<Subject> MakeBackendSubject(std::unique_ptr<Backend> backend);

}  // namespace sigvet
