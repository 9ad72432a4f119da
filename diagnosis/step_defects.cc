#include "diagnosis/defect.h"

namespace sigvet {
namespace {

void WithoutPrefix(const DefectInput&, Derivation& derivation) { derivation.ladder.prefix.clear(); }

constexpr Defect kDefects[] = {
    {.id = "key-without-prefix",
     .part = DerivationPart::kPrefix,
     .sentence = "the first key was the secret without AWS4 before it",
     .remedy = "begin with AWS4 and the secret as the key",
     .change = WithoutPrefix,
     .seen = "a published date key"},
};

}  // namespace

std::span<const Defect> StepDefects() { return kDefects; }

}  // namespace sigvet
