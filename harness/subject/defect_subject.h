#pragma once

#include <memory>

#include "diagnosis/defect_search.h"
#include "harness/subject/subject.h"

namespace sigvet {

/// A subject that makes one mistake and nothing else wrong: it shows which cases detect it. Answers
/// kUnsupported where the defect is no part of the case's derivation, and refuses what must be
/// refused.
std::unique_ptr<Subject> MakeDefectSubject(std::unique_ptr<Backend> backend,
                                           const AppliedDefect& defect);

}  // namespace sigvet
