#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "harness/corpus/case.h"
#include "harness/subject/case_derivation.h"

// What the tests of diagnosis share.

namespace sigvet {

std::unique_ptr<Backend> AnyTestBackend();

/// The built-in corpus, loaded once.
const Corpus& TestBuiltInCorpus();

/// The case of that id in it.
const Case& BuiltInCase(std::string_view id);

/// Of a case that can be derived.
std::unique_ptr<CaseDerivation> DeriveTestCase(Backend& backend, const Case& c);

/// The stage of that name of the case's operation.
const FieldSpec& StageNamed(const Case& c, std::string_view name);

/// The value of that stage, which must be there.
std::string ValueOf(const std::vector<StageValue>& stages, std::string_view name);

}  // namespace sigvet
