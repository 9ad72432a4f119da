#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "diagnosis/defect.h"
#include "diagnosis/fixed_values.h"
#include "diagnosis/request_parts.h"

namespace sigvet {
namespace {

constexpr DerivationPart kPart = DerivationPart::kPayload;
constexpr std::string_view kUnsignedPayload = "UNSIGNED-PAYLOAD";

void Unsigned(const DefectInput&, Derivation& derivation) {
  derivation.request.payload_hash = kUnsignedPayload;
}

void EmptyInPlaceOfUnsigned(const DefectInput& input, Derivation& derivation) {
  if (derivation.request.payload_hash == kUnsignedPayload) {
    derivation.request.payload_hash = input.payload_hashes.empty;
  }
}

void Empty(const DefectInput& input, Derivation& derivation) {
  derivation.request.payload_hash = input.payload_hashes.empty;
}

void Body(const DefectInput& input, Derivation& derivation) {
  derivation.request.payload_hash = input.payload_hashes.body;
}

void NoHash(const DefectInput&, Derivation& derivation) { derivation.request.payload_hash.clear(); }

void TakeKnown(const std::optional<std::string>& hash, Derivation& derivation) {
  if (hash) derivation.request.payload_hash = *hash;
}

void WithoutLineBreak(const DefectInput& input, Derivation& derivation) {
  TakeKnown(input.payload_hashes.without_line_break, derivation);
}

void WithLineBreak(const DefectInput& input, Derivation& derivation) {
  derivation.request.payload_hash = input.payload_hashes.with_line_break;
}

void Cut(const DefectInput& input, Derivation& derivation) {
  TakeKnown(input.payload_hashes.cut, derivation);
}

void AsUtf8(const DefectInput& input, Derivation& derivation) {
  TakeKnown(input.payload_hashes.as_utf8, derivation);
}

void AsLatin1(const DefectInput& input, Derivation& derivation) {
  TakeKnown(input.payload_hashes.as_latin1, derivation);
}

void UpperCase(const DefectInput&, Derivation& derivation) {
  for (char& c : derivation.request.payload_hash) {
    if (c >= 'a' && c <= 'f') c = static_cast<char>(c - 'a' + 'A');
  }
}

constexpr std::string_view kUnsignedForms[] = {
    "UNSIGNED PAYLOAD", "UNSIGNED_PAYLOAD", "UNSIGNEDPAYLOAD", "unsigned-payload",
    "Unsigned-Payload", "UNSIGNED-BODY",    "UNSIGNED"};
constexpr std::string_view kStreamingForms[] = {
    "STREAMING-HMAC-SHA256-PAYLOAD",      "STREAMING-AWS4-HMAC-SHA256",
    "STREAMING-AWS4-HMAC-SHA256-PAYLOAD", "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER",
    "STREAMING-UNSIGNED-PAYLOAD-TRAILER", "STREAMING-AWS4-HMAC-SHA256-EVENTS",
    "STREAMING-AWS4-HMAC-SHA256-TRAILER"};

std::span<const std::string_view> OtherSentinels(const DefectInput& input) {
  const std::string stated = StatedPayloadHash(input.signed_request);
  if (stated == kUnsignedPayload) return kUnsignedForms;
  if (stated.starts_with("STREAMING-")) return kStreamingForms;
  return {};
}

void OtherSentinel(const DefectInput& input, Derivation& derivation) {
  derivation.request.payload_hash = input.scanned;
}

/// The header that says the same line says the other value too.
template <void (*change)(const DefectInput&, Derivation&)>
void AndHeader(const DefectInput& input, Derivation& derivation) {
  HttpHeader* header = FindHeader(derivation.request, "x-amz-content-sha256");
  const std::string before = derivation.request.payload_hash;
  if (header == nullptr || before.empty()) return;
  change(input, derivation);
  header->value = ReplaceAll(header->value, before, derivation.request.payload_hash);
}

constexpr const char* kSentinelHint =
    "write UNSIGNED-PAYLOAD or STREAMING-AWS4-HMAC-SHA256-PAYLOAD, letter by letter";

constexpr Defect kDefects[] = {
    {"payload-unsigned", kPart, "the request was signed with UNSIGNED-PAYLOAD",
     "sign the SHA-256 of the body, or say UNSIGNED-PAYLOAD in X-Amz-Content-Sha256; only S3 takes "
     "it",
     Unsigned, "constructed"},
    {"payload-empty-not-unsigned", kPart,
     "the request was signed with the hash of an empty body, where its payload is unsigned",
     "sign UNSIGNED-PAYLOAD: presigned URLs of S3 and requests whose X-Amz-Content-Sha256 says so "
     "have it",
     EmptyInPlaceOfUnsigned,
     "aws-request-signer#13; amazonka#36, #766; aws-sdk-go-v2#950, #966; smithy-typescript's "
     "presign"},
    {"payload-hash-of-nothing", kPart, "the request was signed with the hash of an empty body",
     "sign the SHA-256 of the body that is sent", Empty, "electron-builder#9862, #9863; curl#8810"},
    {"payload-hash-of-body", kPart,
     "the request was signed with the hash of its body, where the request says something else",
     "sign what X-Amz-Content-Sha256 says, or for a presigned URL of S3 UNSIGNED-PAYLOAD", Body,
     "curl#9804, #9995"},
    {"payload-hash-missing", kPart, "the line of the payload hash was left empty",
     "an empty body has a hash too: e3b0c442...", NoHash, "bryanjos/aws_auth#28"},
    {"payload-without-line-break", kPart, "the body was signed without the line break at its end",
     "sign the body that is sent; an editor may have added the line break to this file",
     WithoutLineBreak, "constructed"},
    {"payload-with-line-break", kPart,
     "the body was signed with a line break at its end, which was not sent",
     "sign the body that is sent: curl's --data takes line breaks away, --data-binary does not",
     WithLineBreak, "constructed"},
    {"payload-cut", kPart, "the body was signed up to the length that Content-Length says",
     "the body here is longer than what was sent", Cut, "constructed", Blame::kInput},
    {"payload-as-utf8", kPart,
     "the body was decoded as UTF-8 before it was hashed, which spoils what is no UTF-8",
     "hash the bytes that are sent, not a string", AsUtf8, "postman-app-support#3232; curl#7844"},
    {"payload-as-latin1", kPart,
     "each byte of the body was taken for a character and encoded in UTF-8 before it was hashed",
     "hash the bytes that are sent, not a string", AsLatin1, "postman-app-support#3232"},
    {"payload-hash-upper-case", kPart, "the payload hash was written in upper case",
     "write hex digits in lower case", UpperCase, "constructed"},
    {"payload-sentinel", kPart, "the line of the payload hash says {}", kSentinelHint,
     OtherSentinel, "aws-sdk-php#995; arnemolland/sigv4#8", Blame::kCode, OtherSentinels},
    {"payload-unsigned-and-header", kPart,
     "the request was signed with UNSIGNED-PAYLOAD, and X-Amz-Content-Sha256 says it too",
     "sign the SHA-256 of the body, or say UNSIGNED-PAYLOAD in X-Amz-Content-Sha256; only S3 takes "
     "it",
     AndHeader<Unsigned>, "constructed"},
    {"payload-hash-of-nothing-and-header", kPart,
     "the request was signed with the hash of an empty body, and X-Amz-Content-Sha256 says it too",
     "sign the SHA-256 of the body that is sent", AndHeader<Empty>,
     "electron-builder#9862, #9863; curl#8810"},
    {"payload-hash-of-body-and-header", kPart,
     "the request was signed with the hash of its body, where the request says something else, and "
     "X-Amz-Content-Sha256 says it too",
     "sign what X-Amz-Content-Sha256 says, or for a presigned URL of S3 UNSIGNED-PAYLOAD",
     AndHeader<Body>, "curl#9804, #9995"},
    {"payload-hash-missing-and-header", kPart,
     "the line of the payload hash was left empty, and X-Amz-Content-Sha256 says it too",
     "an empty body has a hash too: e3b0c442...", AndHeader<NoHash>, "bryanjos/aws_auth#28"},
    {"payload-without-line-break-and-header", kPart,
     "the body was signed without the line break at its end, and X-Amz-Content-Sha256 says it too",
     "sign the body that is sent; an editor may have added the line break to this file",
     AndHeader<WithoutLineBreak>, "constructed"},
    {"payload-with-line-break-and-header", kPart,
     "the body was signed with a line break at its end, which was not sent, and "
     "X-Amz-Content-Sha256 says it too",
     "sign the body that is sent: curl's --data takes line breaks away, --data-binary does not",
     AndHeader<WithLineBreak>, "constructed"},
    {"payload-as-utf8-and-header", kPart,
     "the body was decoded as UTF-8 before it was hashed, which spoils what is no UTF-8, and "
     "X-Amz-Content-Sha256 says it too",
     "hash the bytes that are sent, not a string", AndHeader<AsUtf8>,
     "postman-app-support#3232; curl#7844"},
    {"payload-as-latin1-and-header", kPart,
     "each byte of the body was taken for a character and encoded in UTF-8 before it was hashed, "
     "and X-Amz-Content-Sha256 says it too",
     "hash the bytes that are sent, not a string", AndHeader<AsLatin1>, "postman-app-support#3232"},
    {"payload-hash-upper-case-and-header", kPart,
     "the payload hash was written in upper case, and X-Amz-Content-Sha256 says it too",
     "write hex digits in lower case", AndHeader<UpperCase>, "constructed"},
    {"payload-sentinel-and-header", kPart,
     "the line of the payload hash says {}, and X-Amz-Content-Sha256 says it too", kSentinelHint,
     AndHeader<OtherSentinel>, "aws-sdk-php#995; arnemolland/sigv4#8", Blame::kCode,
     OtherSentinels},
};

}  // namespace

std::span<const Defect> PayloadDefects() { return kDefects; }

}  // namespace sigvet
