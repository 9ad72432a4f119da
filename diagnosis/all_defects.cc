#include <algorithm>

#include "diagnosis/defect.h"

namespace sigvet {

std::span<const std::span<const Defect>> AllDefects() {
  static const std::span<const Defect> families[] = {
      PathDefects(),    QueryDefects(),  HeaderDefects(),       PayloadDefects(),
      PresignDefects(), TextDefects(),   StringToSignDefects(), TimeDefects(),
      ChainDefects(),   PolicyDefects(), SecretDefects(),       StepDefects(),
      ScopeDefects(),   MacDefects(),    VersionDefects(),      EncodingDefects()};
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
    case kStringToSign:
      return product == Product::kSignature;
    case kText:
    case kTime:
      return product == Product::kSignature || product == Product::kChain;
    case kChain:
      return product == Product::kChain;
    case kPolicy:
      return product == Product::kPolicy;
    case kVersion:
    case kMacText:
      return product == Product::kPassword;
    default:
      return true;
  }
}

}  // namespace sigvet
