#include "diagnosis/defect.h"

namespace sigvet {
namespace {

constexpr SignaturePart kMethod = SignaturePart::kMethod;
constexpr SignaturePart kText = SignaturePart::kText;
constexpr const char* kMethodHint =
    "sign for the method that is sent; each needs its own signature";

void ForGet(const DefectInput&, Sigv4Derivation& derivation) { derivation.method = "GET"; }
void ForHead(const DefectInput&, Sigv4Derivation& derivation) { derivation.method = "HEAD"; }
void ForPost(const DefectInput&, Sigv4Derivation& derivation) { derivation.method = "POST"; }
void ForPut(const DefectInput&, Sigv4Derivation& derivation) { derivation.method = "PUT"; }
void ForPatch(const DefectInput&, Sigv4Derivation& derivation) { derivation.method = "PATCH"; }
void ForDelete(const DefectInput&, Sigv4Derivation& derivation) { derivation.method = "DELETE"; }
void ForOptions(const DefectInput&, Sigv4Derivation& derivation) { derivation.method = "OPTIONS"; }

void LowerCaseMethod(const DefectInput&, Sigv4Derivation& derivation) {
  for (char& c : derivation.method) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
}

void CrLf(const DefectInput&, Sigv4Derivation& derivation) {
  derivation.line_break = "\r\n";
  derivation.string_to_sign_line_break = "\r\n";
}

void CanonicalCrLf(const DefectInput&, Sigv4Derivation& derivation) {
  derivation.line_break = "\r\n";
}

void BackslashN(const DefectInput&, Sigv4Derivation& derivation) {
  derivation.line_break = "\\n";
  derivation.string_to_sign_line_break = "\\n";
}

void EndCanonicalRequest(const DefectInput&, Sigv4Derivation& derivation) {
  derivation.canonical_request_end = "\n";
}

void EndStringToSign(const DefectInput&, Sigv4Derivation& derivation) {
  derivation.string_to_sign_end = "\n";
}

void NoEmptyLine(const DefectInput&, Sigv4Derivation& derivation) {
  derivation.empty_line_after_headers = false;
}

constexpr Defect kDefects[] = {
    {"method-get", kMethod, "the request was signed for GET", kMethodHint, ForGet},
    {"method-head", kMethod, "the request was signed for HEAD", kMethodHint, ForHead},
    {"method-post", kMethod, "the request was signed for POST", kMethodHint, ForPost},
    {"method-put", kMethod, "the request was signed for PUT", kMethodHint, ForPut},
    {"method-patch", kMethod, "the request was signed for PATCH", kMethodHint, ForPatch},
    {"method-delete", kMethod, "the request was signed for DELETE", kMethodHint, ForDelete},
    {"method-options", kMethod, "the request was signed for OPTIONS", kMethodHint, ForOptions},
    {"method-lower-case", kMethod, "the method was signed in lower case",
     "write it as it is sent, in upper case", LowerCaseMethod},
    {"line-ends-crlf", kText, "the lines were ended by CR LF", "end them by LF alone", CrLf},
    {"canonical-request-crlf", kText, "the lines of the canonical request were ended by CR LF",
     "end them by LF alone", CanonicalCrLf},
    {"line-ends-backslash-n", kText, "a backslash and an n stand where a line break should",
     "write a real line break: in shells $'\\n', in PowerShell `n", BackslashN},
    {"canonical-request-line-end", kText,
     "the canonical request was hashed with a line break at "
     "its end",
     "end it with the payload hash", EndCanonicalRequest},
    {"string-to-sign-line-end", kText, "the string to sign had a line break at its end",
     "end it with the hash", EndStringToSign},
    {"empty-line-missing", kText, "the empty line between headers and signed headers was left out",
     "end each header's line, then add an empty one", NoEmptyLine},
};

constexpr std::size_t kFamilies = 8;

}  // namespace

std::span<const Defect> TextDefects() { return kDefects; }

std::span<const std::span<const Defect>> AllDefects() {
  // Those of the secret and the key stand last: the others change what is signed.
  static const std::span<const Defect> families[kFamilies] = {
      PathDefects(), QueryDefects(),        HeaderDefects(), PayloadDefects(),
      TextDefects(), StringToSignDefects(), SecretDefects(), SigningKeyDefects()};
  return families;
}

}  // namespace sigvet
