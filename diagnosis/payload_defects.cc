#include "diagnosis/defect.h"

namespace sigvet {
namespace {

constexpr DerivationPart kPart = DerivationPart::kPayload;

void Unsigned(const DefectInput&, Derivation& derivation) {
  derivation.request.payload_hash = "UNSIGNED-PAYLOAD";
}

constexpr std::string_view kUnsignedPayload = "UNSIGNED-PAYLOAD";

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

void WithoutLineBreak(const DefectInput& input, Derivation& derivation) {
  derivation.request.payload_hash =
      input.payload_hashes.without_line_break.value_or(derivation.request.payload_hash);
}

void WithLineBreak(const DefectInput& input, Derivation& derivation) {
  derivation.request.payload_hash = input.payload_hashes.with_line_break;
}

void Cut(const DefectInput& input, Derivation& derivation) {
  derivation.request.payload_hash =
      input.payload_hashes.cut.value_or(derivation.request.payload_hash);
}

void UpperCase(const DefectInput&, Derivation& derivation) {
  for (char& c : derivation.request.payload_hash) {
    if (c >= 'a' && c <= 'f') c = static_cast<char>(c - 'a' + 'A');
  }
}

constexpr Defect kDefects[] = {
    {"payload-unsigned", kPart, "the request was signed with UNSIGNED-PAYLOAD",
     "sign the SHA-256 of the body, or say UNSIGNED-PAYLOAD in X-Amz-Content-Sha256; only S3 takes "
     "it",
     Unsigned},
    {"payload-empty-not-unsigned", kPart,
     "the request was signed with the hash of an empty body, where its payload is unsigned",
     "sign UNSIGNED-PAYLOAD: presigned URLs of S3 and requests whose X-Amz-Content-Sha256 says so "
     "have it",
     EmptyInPlaceOfUnsigned},
    {"payload-hash-of-nothing", kPart, "the request was signed with the hash of an empty body",
     "sign the SHA-256 of the body that is sent", Empty},
    {"payload-hash-of-body", kPart,
     "the request was signed with the hash of its body, where the request says something else",
     "sign what X-Amz-Content-Sha256 says, or for a presigned URL of S3 UNSIGNED-PAYLOAD", Body},
    {"payload-hash-missing", kPart, "the line of the payload hash was left empty",
     "an empty body has a hash too: e3b0c442...", NoHash},
    {"payload-without-line-break", kPart, "the body was signed without the line break at its end",
     "sign the body that is sent; an editor may have added the line break to this file",
     WithoutLineBreak},
    {"payload-with-line-break", kPart,
     "the body was signed with a line break at its end, which was not sent",
     "sign the body that is sent: curl's --data takes line breaks away, --data-binary does not",
     WithLineBreak},
    {"payload-cut", kPart, "the body was signed up to the length that Content-Length says",
     "the body here is longer than what was sent", Cut},
    {"payload-hash-upper-case", kPart, "the payload hash was written in upper case",
     "write hex digits in lower case", UpperCase},
};

}  // namespace

std::span<const Defect> PayloadDefects() { return kDefects; }

}  // namespace sigvet
