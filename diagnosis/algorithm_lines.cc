#include "diagnosis/defect.h"

namespace sigvet {
namespace {

/// Of the parts that all products have in the same way.
std::string_view LineOfPart(DerivationPart part) {
  using enum DerivationPart;
  switch (part) {
    case kMethod:
      return "canonical request, line 1: the method";
    case kPath:
      return "canonical request, line 2: the encoded path";
    case kQuery:
      return "canonical request, line 3: the encoded parameters, sorted by name and value";
    case kHost:
    case kHeaders:
      return "canonical request, headers: name:value in lower-case names, sorted by name";
    case kPayload:
      return "canonical request, last line: Hex(SHA-256(body))";
    case kText:
      return "canonical request and string to sign: lines joined by LF";
    case kStringToSign:
      return "string_to_sign = algorithm, timestamp, scope, Hex(SHA-256(canonical_request))";
    case kTime:
      return "timestamp = the time in UTC; date = its first eight digits";
    case kChain:
      return "string_to_sign = algorithm, timestamp, scope, prior signature, hashes";
    case kPolicy:
      return "string_to_sign = Base64(policy)";
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
      return "HMAC-SHA-256(service_key, \"aws4_request\")";
    case kMessage:
      return "message_key = HMAC-SHA-256(terminal_key, \"SendRawEmail\")";
    case kSteps:
    case kArguments:
    case kMac:
    case kKeyForm:
      return "each step: key = HMAC-SHA-256(key, message), 32 bytes";
    case kVersion:
    case kMacText:
      return "password = Base64(version byte + MAC)";
    case kEncoding:
    case kPadding:
    case kEnd:
      return "";
  }
  return "";
}

}  // namespace

std::string_view AlgorithmLine(const Defect& defect, Product product) {
  if (!defect.line.empty()) return defect.line;
  const std::string_view line = LineOfPart(defect.part);
  if (!line.empty()) return line;
  switch (product) {
    case Product::kPassword:
      return "password = Base64(version byte + MAC)";
    case Product::kSigningKey:
      return "signing_key = HMAC-SHA-256(service_key, \"aws4_request\")";
    default:
      return "signature = Hex(HMAC-SHA-256(signing_key, string_to_sign))";
  }
}

}  // namespace sigvet
