#include <algorithm>
#include <string>
#include <string_view>

#include "diagnosis/defect.h"
#include "diagnosis/fixed_values.h"
#include "signing/sigv4_string_to_sign.h"

namespace sigvet {
namespace {

constexpr DerivationPart kPart = DerivationPart::kStringToSign;

// A chain has no request, and a request no chain.

bool IsChain(const Derivation& derivation) { return derivation.product == Product::kChain; }

std::string& ScopeOf(Derivation& derivation) {
  return IsChain(derivation) ? derivation.chain.scope : derivation.request.scope;
}

void DateAlone(const DefectInput&, Derivation& derivation) {
  const std::string& scope = ScopeOf(derivation);
  const std::string date = scope.substr(0, scope.find('/'));
  (IsChain(derivation) ? derivation.chain.timestamp : derivation.request.timestamp) = date;
}

void ScopeWithoutEnd(const DefectInput&, Derivation& derivation) {
  std::string& scope = ScopeOf(derivation);
  const std::size_t slash = scope.rfind('/');
  if (slash != std::string::npos) scope.erase(slash);
}

void ScopeWithSlash(const DefectInput&, Derivation& derivation) { ScopeOf(derivation) += '/'; }

void ScopeWithAccessKeyId(const DefectInput& input, Derivation& derivation) {
  if (!input.given.access_key_id.empty()) {
    ScopeOf(derivation).insert(0, input.given.access_key_id + "/");
  }
}

void Inline(const DefectInput&, Derivation& derivation) {
  if (!IsChain(derivation)) derivation.request.is_canonical_request_inlined = true;
}

void UpperCaseHash(const DefectInput&, Derivation& derivation) {
  if (!IsChain(derivation)) derivation.request.is_hash_upper_case = true;
  for (ChainDerivation::Link& link : derivation.chain.links) {
    for (std::string& hash : link.hashes) {
      for (char& c : hash) c = c >= 'a' && c <= 'f' ? static_cast<char>(c - 'a' + 'A') : c;
    }
  }
}

void WriteAlgorithm(Derivation& derivation, std::string_view algorithm) {
  if (!IsChain(derivation)) derivation.request.algorithm = algorithm;
  for (ChainDerivation::Link& link : derivation.chain.links) {
    if (link.algorithm.starts_with(kSigv4Algorithm)) {
      link.algorithm.replace(0, kSigv4Algorithm.size(), algorithm);
    }
  }
}

constexpr std::string_view kAlgorithms[] = {
    "AWS4-HMAC-SHA1",   "AWS4-HMAC-SHA512", "AWS4-HMAC-SHA-256", "AWS-HMAC-SHA256",
    "HMAC-SHA256",      "HmacSHA256",       "aws4-hmac-sha256",  "AWS4-ECDSA-P256-SHA256",
    "AWS4_HMAC_SHA256", "AWS4-SHA256"};

/// What is scanned for lives as long as the program.
void OtherAlgorithm(const DefectInput& input, Derivation& derivation) {
  const auto* const found = std::ranges::find(kAlgorithms, input.scanned);
  if (found != std::end(kAlgorithms)) WriteAlgorithm(derivation, *found);
}

void NoAlgorithm(const DefectInput&, Derivation& derivation) {
  if (!IsChain(derivation)) derivation.request.algorithm = {};
}

constexpr const char* kScopeHint = "write date/region/service/aws4_request";

constexpr Defect kDefects[] = {
    {"string-to-sign-date-alone", kPart,
     "the string to sign has the date in its second line, without the time",
     "write the whole X-Amz-Date there, as in 20150830T123600Z", DateAlone,
     "cloudyr/aws.signature#64"},
    {"string-to-sign-scope-end", kPart,
     "the credential scope of the string to sign lacks aws4_request", kScopeHint, ScopeWithoutEnd,
     "constructed"},
    {"string-to-sign-scope-slash", kPart,
     "the credential scope of the string to sign has a slash at its end", kScopeHint,
     ScopeWithSlash, "aws-sdk-net#556"},
    {"string-to-sign-scope-begin", kPart,
     "the credential scope of the string to sign begins with the access key id",
     "write date/region/service/aws4_request; only Credential has the id before it",
     ScopeWithAccessKeyId, "constructed"},
    {"string-to-sign-not-hashed", kPart,
     "the canonical request itself stands in the string to sign, not its hash",
     "write the SHA-256 of the canonical request there, in lower-case hex", Inline, "constructed"},
    {"string-to-sign-upper-case", kPart,
     "the hash of the canonical request was written in upper case",
     "write hex digits in lower case", UpperCaseHash, "constructed"},
    {"string-to-sign-algorithm", kPart, "the string to sign begins with {}",
     "begin with AWS4-HMAC-SHA256", OtherAlgorithm, "constructed", Blame::kCode,
     FixedValues<kAlgorithms>},
    {"string-to-sign-algorithm-missing", kPart, "the string to sign lacks its first line",
     "begin with AWS4-HMAC-SHA256", NoAlgorithm, "constructed"},
};

}  // namespace

std::span<const Defect> StringToSignDefects() { return kDefects; }

}  // namespace sigvet
