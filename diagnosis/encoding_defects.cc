#include "diagnosis/defect.h"

namespace sigvet {
namespace {

void UrlSafe(const DefectInput&, Derivation& derivation) {
  derivation.form.encoding = OutputForm::Encoding::kUrlSafeBase64;
}

constexpr Defect kDefects[] = {
    {.id = "base64-url-safe",
     .part = DerivationPart::kEncoding,
     .sentence = "the result was encoded in the URL-safe alphabet of base64",
     .remedy = "use the standard alphabet, with + and /",
     .change = UrlSafe,
     .seen = "constructed"},
};

}  // namespace

std::span<const Defect> EncodingDefects() { return kDefects; }

}  // namespace sigvet
