#include <string_view>

#include "diagnosis/defect.h"

namespace sigvet {
namespace {

constexpr DerivationPart kPart = DerivationPart::kMethod;
constexpr const char* kHint = "sign for the method that is sent; each needs its own signature";
constexpr const char* kSeen = "constructed: a URL presigned for GET and used for PUT or HEAD";

void ForGet(const DefectInput&, Derivation& derivation) { derivation.request.method = "GET"; }
void ForHead(const DefectInput&, Derivation& derivation) { derivation.request.method = "HEAD"; }
void ForPost(const DefectInput&, Derivation& derivation) { derivation.request.method = "POST"; }
void ForPut(const DefectInput&, Derivation& derivation) { derivation.request.method = "PUT"; }
void ForPatch(const DefectInput&, Derivation& derivation) { derivation.request.method = "PATCH"; }
void ForDelete(const DefectInput&, Derivation& derivation) { derivation.request.method = "DELETE"; }
void ForOptions(const DefectInput&, Derivation& derivation) {
  derivation.request.method = "OPTIONS";
}

void LowerCase(const DefectInput&, Derivation& derivation) {
  for (char& c : derivation.request.method) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
}

constexpr Defect kDefects[] = {
    {"method-get", kPart, "the request was signed for GET", kHint, ForGet, kSeen},
    {"method-head", kPart, "the request was signed for HEAD", kHint, ForHead, kSeen},
    {"method-post", kPart, "the request was signed for POST", kHint, ForPost, kSeen},
    {"method-put", kPart, "the request was signed for PUT", kHint, ForPut, kSeen},
    {"method-patch", kPart, "the request was signed for PATCH", kHint, ForPatch, kSeen},
    {"method-delete", kPart, "the request was signed for DELETE", kHint, ForDelete, kSeen},
    {"method-options", kPart, "the request was signed for OPTIONS", kHint, ForOptions, kSeen},
    {"method-lower-case", kPart, "the method was signed in lower case",
     "write it as it is sent, in upper case", LowerCase, "constructed"},
};

}  // namespace

std::span<const Defect> MethodDefects() { return kDefects; }

}  // namespace sigvet
