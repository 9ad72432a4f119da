#include "diagnosis/derivation.h"

namespace sigvet {
namespace {

std::string RenderEnd(Backend& backend, const Derivation& derivation, const std::string* message) {
  const Secret mac = ClimbToEnd(backend, derivation.ladder, message);
  return mac.empty() ? "" : Render(backend, derivation.form, mac.Reveal());
}

/// A line for each link's signature.
std::string ChainSignatures(Backend& backend, const Derivation& derivation) {
  std::string text;
  std::string prior = derivation.chain.prior_signature;
  for (const ChainDerivation::Link& link : derivation.chain.links) {
    const std::string string_to_sign = derivation.chain.StringToSign(link, prior);
    const std::string signature = RenderEnd(backend, derivation, &string_to_sign);
    if (signature.empty()) return "";
    text.append(text.empty() ? "" : "\n").append(signature);
    if (!derivation.chain.is_not_chained) prior = signature;
  }
  return text;
}

}  // namespace

std::string ChainDerivation::StringToSign(const Link& link, std::string_view prior) const {
  std::string text(begin);
  text.append(link.algorithm);
  const auto add = [&](std::string_view line) { text.append(line_break).append(line); };
  add(timestamp);
  add(scope);
  add(prior);
  for (const std::string& hash : link.hashes) add(hash);
  return text.append(end);
}

std::string StringToSign(Backend& backend, const Derivation& derivation) {
  switch (derivation.product) {
    case Product::kPassword:
    case Product::kSigningKey:
      return "";
    case Product::kSignature:
      return derivation.request.StringToSign(backend);
    case Product::kChain:
      if (derivation.chain.links.empty()) return "";
      return derivation.chain.StringToSign(derivation.chain.links.front(),
                                           derivation.chain.prior_signature);
    case Product::kPolicy:
      return derivation.policy;
  }
  return "";
}

bool HasMessage(Product product) {
  return product != Product::kPassword && product != Product::kSigningKey;
}

std::string ValueAt(Backend& backend, const Derivation& derivation, const Stage& stage) {
  switch (stage.kind) {
    case Stage::Kind::kCanonicalRequest:
      return derivation.request.CanonicalRequest();
    case Stage::Kind::kStringToSign:
      return StringToSign(backend, derivation);
    case Stage::Kind::kKey: {
      if (stage.step >= derivation.ladder.steps.size()) return "";
      // Where a message follows, the last step of the ladder is not the last of all.
      const std::string message;
      const std::vector<Secret> macs =
          Climb(backend, derivation.ladder, HasMessage(derivation.product) ? &message : nullptr);
      return macs.empty() ? "" : ShownKey(derivation.ladder, macs[stage.step]);
    }
    case Stage::Kind::kFinal:
      break;
  }
  if (derivation.product == Product::kChain) return ChainSignatures(backend, derivation);
  if (!HasMessage(derivation.product)) {
    return RenderEnd(backend, derivation, nullptr);
  }
  const std::string string_to_sign = StringToSign(backend, derivation);
  return RenderEnd(backend, derivation, &string_to_sign);
}

}  // namespace sigvet
