#include "diagnosis/defect.h"

namespace sigvet {
namespace {

constexpr std::string_view kPassword = "password = Base64(version byte + MAC)";
constexpr std::string_view kSigningKey =
    "signing_key = HMAC-SHA-256(service_key, \"aws4_request\")";
constexpr std::string_view kSignature =
    "signature = Hex(HMAC-SHA-256(signing_key, string_to_sign))";

std::string_view LineOfRequestPart(DerivationPart part) {
  using enum DerivationPart;
  switch (part) {
    case kMethod:
      return "canonical_request, line 1: the HTTP method";
    case kPath:
      return "canonical_request, line 2: the canonical URI, UriEncode(path)";
    case kQuery:
      return "canonical_request, line 3: UriEncode(name)=UriEncode(value), sorted, joined by &";
    case kHost:
    case kHeaders:
      return "canonical_request, canonical headers: Lowercase(name):Trim(value), sorted by name; "
             "then signed headers";
    case kPayload:
      return "canonical_request, last line: payload hash, Hex(SHA-256(body))";
    case kText:
      return "canonical_request and string_to_sign: lines joined by LF";
    default:
      return "string_to_sign = algorithm, timestamp, credential scope, "
             "Hex(SHA-256(canonical_request))";
  }
}

std::string_view LineOfLadderPart(DerivationPart part, Product product) {
  using enum DerivationPart;
  switch (part) {
    case kSecret:
    case kPrefix:
    case kCharacters:
    case kDate:
      return "date_key = HMAC-SHA-256(\"AWS4\" + secret, date)";
    case kRegion:
      return "region_key = HMAC-SHA-256(date_key, region)";
    case kService:
      return "service_key = HMAC-SHA-256(region_key, service)";
    case kTerminal:
      return product == Product::kPassword
                 ? "terminal_key = HMAC-SHA-256(service_key, \"aws4_request\")"
                 : kSigningKey;
    case kMessage:
      return "MAC = HMAC-SHA-256(terminal_key, \"SendRawEmail\")";
    default:
      return "each step: key = HMAC-SHA-256(key, message), 32 bytes";
  }
}

/// Of how the MAC becomes what comes out.
std::string_view LastLine(Product product) {
  switch (product) {
    case Product::kPassword:
      return kPassword;
    case Product::kSigningKey:
      return kSigningKey;
    default:
      return kSignature;
  }
}

std::string_view LineOfPart(DerivationPart part, Product product) {
  using enum DerivationPart;
  const bool is_chain = product == Product::kChain;
  switch (part) {
    case kMethod:
    case kPath:
    case kQuery:
    case kHost:
    case kHeaders:
    case kPayload:
      return LineOfRequestPart(part);
    case kText:
      return is_chain ? "string_to_sign: lines joined by LF" : LineOfRequestPart(part);
    case kTime:
      return "timestamp = the time in UTC, YYYYMMDDThhmmssZ; date = its first eight digits";
    case kStringToSign:
    case kChain:
      return is_chain ? "string_to_sign = algorithm, timestamp, credential scope, prior signature, "
                        "hashes"
                      : LineOfRequestPart(part);
    case kPolicy:
      return "string_to_sign = Base64(policy)";
    case kSecret:
    case kPrefix:
    case kCharacters:
    case kDate:
    case kRegion:
    case kService:
    case kTerminal:
    case kMessage:
    case kSteps:
    case kArguments:
    case kMac:
    case kKeyForm:
      return LineOfLadderPart(part, product);
    case kVersion:
    case kMacText:
    case kEncoding:
    case kPadding:
    case kEnd:
      return LastLine(product);
  }
  return LastLine(product);
}

}  // namespace

std::string_view AlgorithmLine(const Defect& defect, Product product) {
  return defect.line.empty() ? LineOfPart(defect.part, product) : defect.line;
}

}  // namespace sigvet
