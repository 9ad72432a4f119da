#include "diagnosis/defect.h"

namespace sigvet {
namespace {

constexpr DerivationPart kPart = DerivationPart::kStringToSign;

void DateAlone(const DefectInput& input, Derivation& derivation) {
  derivation.request.timestamp = input.signed_request.claim.date;
}

void ScopeWithoutEnd(const DefectInput&, Derivation& derivation) {
  const std::size_t slash = derivation.request.scope.rfind('/');
  if (slash != std::string::npos) derivation.request.scope.erase(slash);
}

void ScopeWithAccessKeyId(const DefectInput& input, Derivation& derivation) {
  derivation.request.scope.insert(0, input.signed_request.claim.access_key_id + "/");
}

void Inline(const DefectInput&, Derivation& derivation) {
  derivation.request.is_canonical_request_inlined = true;
}

void UpperCaseHash(const DefectInput&, Derivation& derivation) {
  derivation.request.is_hash_upper_case = true;
}

constexpr Defect kDefects[] = {
    {"string-to-sign-date-alone", kPart,
     "the string to sign has the date in its second line, without the time",
     "write the whole X-Amz-Date there, as in 20150830T123600Z", DateAlone},
    {"string-to-sign-scope-end", kPart,
     "the credential scope of the string to sign lacks aws4_request",
     "write date/region/service/aws4_request", ScopeWithoutEnd},
    {"string-to-sign-scope-begin", kPart,
     "the credential scope of the string to sign begins with the access key id",
     "write date/region/service/aws4_request; only Credential has the id before it",
     ScopeWithAccessKeyId},
    {"string-to-sign-not-hashed", kPart,
     "the canonical request itself stands in the string to sign, not its hash",
     "write the SHA-256 of the canonical request there, in lower-case hex", Inline},
    {"string-to-sign-upper-case", kPart,
     "the hash of the canonical request was written in upper case",
     "write hex digits in lower case", UpperCaseHash},
};

}  // namespace

std::span<const Defect> StringToSignDefects() { return kDefects; }

}  // namespace sigvet
