#include "diagnosis/defect.h"

namespace sigvet {
namespace {

void Two(const DefectInput&, Derivation& derivation) { derivation.form.version = "\x02"; }

constexpr Defect kDefects[] = {
    {.id = "version-2-for-4",
     .part = DerivationPart::kVersion,
     .sentence = "the version byte is 2, where version 4 begins with the byte 4",
     .remedy = "put the byte 4 before the MAC",
     .change = Two,
     .seen = "a public script"},
};

}  // namespace

std::span<const Defect> VersionDefects() { return kDefects; }

}  // namespace sigvet
