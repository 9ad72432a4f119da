#include <algorithm>

#include "diagnosis/defect.h"

namespace sigvet {

std::span<const std::span<const Defect>> AllDefects() {
  // A change that takes values out of the request again has to come before those that change them
  // where they stand: headers before their payload hash, host and time.
  static const std::span<const Defect> families[] = {
      PathDefects(),       QueryOrderDefects(), QueryDefects(),   HeaderValueDefects(),
      HeaderListDefects(), PayloadDefects(),    HostDefects(),    PresignDefects(),
      TextDefects(),       TimeDefects(),       MethodDefects(),  StringToSignDefects(),
      ChainDefects(),      PolicyDefects(),     SecretDefects(),  StepDefects(),
      ScopeDefects(),      MacDefects(),        VersionDefects(), EncodingDefects()};
  return families;
}

const Defect* FindDefect(std::string_view id) {
  for (const std::span<const Defect> family : AllDefects()) {
    const auto found = std::ranges::find(family, id, &Defect::id);
    if (found != family.end()) return &*found;
  }
  return nullptr;
}

bool HasPart(Product product, DerivationPart part) {
  using enum DerivationPart;
  switch (part) {
    case kMethod:
    case kPath:
    case kQuery:
    case kHost:
    case kHeaders:
    case kPayload:
      return product == Product::kSignature;
    case kText:
    case kTime:
    case kStringToSign:
      return product == Product::kSignature || product == Product::kChain;
    case kChain:
      return product == Product::kChain;
    case kPolicy:
      return product == Product::kPolicy;
    case kMessage:
    case kVersion:
    case kMacText:
      return product == Product::kPassword;
    default:
      return true;
  }
}

}  // namespace sigvet
