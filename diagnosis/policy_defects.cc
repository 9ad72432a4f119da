#include <cstddef>
#include <string>
#include <string_view>

#include "diagnosis/defect.h"
#include "diagnosis/fixed_values.h"

namespace sigvet {
namespace {

constexpr DerivationPart kPart = DerivationPart::kPolicy;

void Encode(const DefectInput& input, Derivation& derivation, std::string_view json) {
  derivation.policy = input.backend.Base64Encode(AsBytes(json));
}

void DontEncode(const DefectInput& input, Derivation& derivation) {
  derivation.policy = input.given.payload;
}

void EncodeTwice(const DefectInput& input, Derivation& derivation) {
  Encode(input, derivation, derivation.policy);
}

void UrlSafe(const DefectInput&, Derivation& derivation) {
  derivation.policy = ReplaceAll(ReplaceAll(derivation.policy, "+", "-"), "/", "_");
}

void WithoutPadding(const DefectInput&, Derivation& derivation) {
  while (derivation.policy.ends_with('=')) derivation.policy.pop_back();
}

void LineEnd(const DefectInput&, Derivation& derivation) { derivation.policy += '\n'; }

constexpr std::string_view kWidths[] = {"76", "64", "60"};

void Wrap(const DefectInput& input, Derivation& derivation) {
  const std::size_t width = input.scanned == "76" ? 76 : input.scanned == "64" ? 64 : 60;
  std::string wrapped;
  for (std::size_t i = 0; i < derivation.policy.size(); i += width) {
    wrapped.append(derivation.policy, i, width).append("\n");
  }
  derivation.policy = wrapped;
}

void LfForCrLf(const DefectInput& input, Derivation& derivation) {
  Encode(input, derivation, ReplaceAll(input.given.payload, "\r\n", "\n"));
}

void CrLfForLf(const DefectInput& input, Derivation& derivation) {
  const std::string plain = ReplaceAll(input.given.payload, "\r\n", "\n");
  Encode(input, derivation, ReplaceAll(plain, "\n", "\r\n"));
}

void JsonLineEnd(const DefectInput& input, Derivation& derivation) {
  Encode(input, derivation, input.given.payload + "\n");
}

/// How a library writes what it has read.
struct JsonStyle {
  std::string_view comma;
  std::string_view colon;
  std::string_view slash;
};

/// The same tokens in the same order, in another style; what is no JSON stays much as it is.
std::string InStyle(std::string_view json, const JsonStyle& style) {
  std::string text;
  bool is_string = false;
  for (std::size_t i = 0; i < json.size(); ++i) {
    const char c = json[i];
    if (c == '"') is_string = !is_string;
    if (is_string && c == '\\' && i + 1 < json.size()) {
      text.append(json.substr(i++, 2));
    } else if (is_string && c == '/') {
      text.append(style.slash);
    } else if (is_string || std::string_view(" \t\r\n,:").find(c) == std::string_view::npos) {
      text += c;
    } else if (c == ',' || c == ':') {
      text.append(c == ',' ? style.comma : style.colon);
    }
  }
  return text;
}

constexpr JsonStyle kCompact = {",", ":", "/"};
constexpr JsonStyle kWithBlanks = {", ", ": ", "/"};
constexpr JsonStyle kEscapedSlashes = {",", ":", "\\/"};

template <const JsonStyle& kStyle>
void Rewrite(const DefectInput& input, Derivation& derivation) {
  Encode(input, derivation, InStyle(input.given.payload, kStyle));
}

void EndCredentialWithSlash(const DefectInput& input, Derivation& derivation) {
  Encode(input, derivation, ReplaceAll(input.given.payload, "/aws4_request\"", "/aws4_request/\""));
}

void SignatureOfVersion2(const DefectInput&, Derivation& derivation) {
  derivation.ladder.prefix.clear();
  derivation.ladder.steps.clear();
  derivation.ladder.mac = MacFunction::kHmacSha1;
  derivation.form.encoding = OutputForm::Encoding::kBase64;
}

constexpr const char* kBytesHint =
    "sign the base64 text that is sent in the field policy, of the very bytes that it stands for";
constexpr const char* kBase64Hint =
    "encode with the standard alphabet, with padding and without line breaks";
constexpr const char* kSeenJson =
    "the policy of the S3 documentation, which no JSON library writes";

constexpr Defect kDefects[] = {
    {"policy-not-encoded", kPart, "the policy's JSON was signed, not its base64", kBytesHint,
     DontEncode, "constructed"},
    {"policy-lf", kPart, "the policy's CR LF became LF before it was encoded", kBytesHint,
     LfForCrLf, kSeenJson},
    {"policy-crlf", kPart, "the policy's LF became CR LF before it was encoded", kBytesHint,
     CrLfForLf, "constructed"},
    {"policy-json-compact", kPart,
     "the policy was written anew without blanks, as JSON.stringify "
     "does",
     kBytesHint, Rewrite<kCompact>, kSeenJson},
    {"policy-json-with-blanks", kPart,
     "the policy was written anew in one line, as Python's json.dumps does", kBytesHint,
     Rewrite<kWithBlanks>, kSeenJson},
    {"policy-json-escaped-slashes", kPart,
     "the policy was written anew with \\/ for each slash, as PHP's json_encode does", kBytesHint,
     Rewrite<kEscapedSlashes>, "constructed"},
    {"policy-json-line-end", kPart, "the policy was encoded with a line break at its end",
     kBytesHint, JsonLineEnd, "constructed"},
    {"policy-line-end", kPart, "the policy's base64 was signed with a line break at its end",
     kBase64Hint, LineEnd, "constructed"},
    {"policy-wrapped", kPart, "the policy's base64 was signed in lines of {} characters",
     kBase64Hint, Wrap, "constructed: the base64 of Python, OpenSSL and Ruby", Blame::kCode,
     FixedValues<kWidths>},
    {"policy-url-safe", kPart, "the policy was encoded with - and _ in the place of + and /",
     kBase64Hint, UrlSafe, "constructed"},
    {"policy-without-padding", kPart, "the policy's base64 was signed without = at its end",
     kBase64Hint, WithoutPadding, "constructed"},
    {"policy-encoded-twice", kPart, "the policy was encoded in base64 twice", kBase64Hint,
     EncodeTwice, "constructed"},
    {"policy-credential-slash", kPart,
     "x-amz-credential in the policy was signed with a slash at its end",
     "end it with aws4_request", EndCredentialWithSlash, "aws-sdk-net#556"},
    {"policy-signature-of-version-2", kPart,
     "the policy has the signature of version 2: HMAC-SHA-1 under the secret, in base64",
     "sign with the signing key and HMAC-SHA-256, in hex", SignatureOfVersion2,
     "fine-uploader#1893; s3-browser-direct-upload#4", Blame::kCode, nullptr,
     "signature = Hex(HMAC-SHA-256(signing_key, string_to_sign))"},
};

}  // namespace

std::span<const Defect> PolicyDefects() { return kDefects; }

}  // namespace sigvet
