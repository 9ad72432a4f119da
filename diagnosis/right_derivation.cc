#include "diagnosis/right_derivation.h"

#include <string>
#include <utility>

#include "diagnosis/stage_lines.h"
#include "signing/sigv4_signing_key.h"

namespace sigvet {
namespace {

using Name = KeyLadder::StepName;

constexpr std::string_view kPrefix = "AWS4";
constexpr std::string_view kMessage = "SendRawEmail";

KeyLadder ScopeLadder(const DerivationInput& given) {
  KeyLadder ladder;
  ladder.secret = given.secret;
  ladder.prefix = kPrefix;
  ladder.steps = {{Name::kDate, given.date},
                  {Name::kRegion, given.region},
                  {Name::kService, given.service},
                  {Name::kTerminal, std::string(kSigv4Terminal)}};
  return ladder;
}

Derivation OfScope(Product product, const DerivationInput& given) {
  Derivation derivation;
  derivation.product = product;
  derivation.ladder = ScopeLadder(given);
  return derivation;
}

}  // namespace

Derivation RightPassword(const DerivationInput& given) {
  Derivation derivation = OfScope(Product::kPassword, given);
  KeyLadder& ladder = derivation.ladder;
  if (given.version == 2) {
    ladder.prefix.clear();
    ladder.steps.clear();
  }
  ladder.steps.push_back({Name::kMessage, std::string(kMessage)});
  derivation.form.version = static_cast<char>(given.version);
  derivation.form.encoding = OutputForm::Encoding::kBase64;
  return derivation;
}

Derivation RightSigningKey(const DerivationInput& given) {
  return OfScope(Product::kSigningKey, given);
}

Result<Derivation> RightSignature(Backend& backend, const SignedRequest& signed_request,
                                  const DerivationInput& given) {
  Derivation derivation = OfScope(Product::kSignature, given);
  Result<Sigv4Derivation> request = DeriveAsItShouldBe(backend, signed_request);
  if (!request) return request.error();
  derivation.request = *std::move(request);
  return derivation;
}

Derivation RightChain(const DerivationInput& given,
                      std::span<const Sigv4ChainedSignature> signatures) {
  constexpr std::size_t kLinesBeforeHashes = 4;
  Derivation derivation = OfScope(Product::kChain, given);
  ChainDerivation& chain = derivation.chain;
  for (const Sigv4ChainedSignature& signature : signatures) {
    const Lines lines = Split(signature.string_to_sign, '\n');
    if (lines.size() < kLinesBeforeHashes) continue;
    if (chain.links.empty()) {
      chain.timestamp = lines[1];
      chain.scope = lines[2];
      chain.prior_signature = lines[3];
    }
    chain.links.push_back(
        {std::string(lines[0]), {lines.begin() + kLinesBeforeHashes, lines.end()}});
  }
  return derivation;
}

Derivation RightPolicy(Backend& backend, const DerivationInput& given) {
  Derivation derivation = OfScope(Product::kPolicy, given);
  derivation.policy = backend.Base64Encode(AsBytes(given.payload));
  return derivation;
}

}  // namespace sigvet
