#include "diagnosis/defect.h"

namespace sigvet {
namespace {

constexpr DerivationPart kMethod = DerivationPart::kMethod;
constexpr DerivationPart kText = DerivationPart::kText;
constexpr const char* kMethodHint =
    "sign for the method that is sent; each needs its own signature";

void ForGet(const DefectInput&, Derivation& derivation) { derivation.request.method = "GET"; }
void ForHead(const DefectInput&, Derivation& derivation) { derivation.request.method = "HEAD"; }
void ForPost(const DefectInput&, Derivation& derivation) { derivation.request.method = "POST"; }
void ForPut(const DefectInput&, Derivation& derivation) { derivation.request.method = "PUT"; }
void ForPatch(const DefectInput&, Derivation& derivation) { derivation.request.method = "PATCH"; }
void ForDelete(const DefectInput&, Derivation& derivation) { derivation.request.method = "DELETE"; }
void ForOptions(const DefectInput&, Derivation& derivation) {
  derivation.request.method = "OPTIONS";
}

void LowerCaseMethod(const DefectInput&, Derivation& derivation) {
  for (char& c : derivation.request.method) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
}

void CrLf(const DefectInput&, Derivation& derivation) {
  derivation.request.line_break = "\r\n";
  derivation.request.string_to_sign_line_break = "\r\n";
}

void CanonicalCrLf(const DefectInput&, Derivation& derivation) {
  derivation.request.line_break = "\r\n";
}

void BackslashN(const DefectInput&, Derivation& derivation) {
  derivation.request.line_break = "\\n";
  derivation.request.string_to_sign_line_break = "\\n";
}

void EndCanonicalRequest(const DefectInput&, Derivation& derivation) {
  derivation.request.canonical_request_end = "\n";
}

void EndStringToSign(const DefectInput&, Derivation& derivation) {
  derivation.request.string_to_sign_end = "\n";
}

void NoEmptyLine(const DefectInput&, Derivation& derivation) {
  derivation.request.empty_line_after_headers = false;
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

}  // namespace

std::span<const Defect> TextDefects() { return kDefects; }

}  // namespace sigvet
