#include "diagnosis/defect.h"

namespace sigvet {
namespace {

void SwapLast(const DefectInput&, Derivation& derivation) {
  derivation.ladder.swapped = SwappedSteps::kLast;
}

constexpr Defect kDefects[] = {
    {.id = "hmac-swapped-last",
     .part = DerivationPart::kMac,
     .sentence = "key and message of the last HMAC changed places",
     .remedy = "the key is the MAC before it, the message the text",
     .change = SwapLast,
     .seen = "crypto-js ports"},
};

}  // namespace

std::span<const Defect> MacDefects() { return kDefects; }

}  // namespace sigvet
