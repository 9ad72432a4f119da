#include <algorithm>
#include <cstddef>
#include <string_view>

#include "diagnosis/defect.h"
#include "diagnosis/fixed_values.h"

namespace sigvet {
namespace {

constexpr DerivationPart kPart = DerivationPart::kText;

constexpr std::string_view kCrLf = "\r\n";
constexpr std::string_view kCr = "\r";
constexpr std::string_view kBackslashN = "\\n";
constexpr std::string_view kTwice = "\n\n";
constexpr std::string_view kLineEnd = "\n";

// A chain has no request, and a request no chain.

bool IsChain(const Derivation& derivation) { return derivation.product == Product::kChain; }

void SetCanonicalBreak(Derivation& derivation, std::string_view line_break) {
  if (!IsChain(derivation)) derivation.request.line_break = line_break;
}

void SetStringBreak(Derivation& derivation, std::string_view line_break) {
  (IsChain(derivation) ? derivation.chain.line_break
                       : derivation.request.string_to_sign_line_break) = line_break;
}

template <const std::string_view& kBreak>
void BreakCanonicalRequest(const DefectInput&, Derivation& derivation) {
  SetCanonicalBreak(derivation, kBreak);
}

template <const std::string_view& kBreak>
void BreakStringToSign(const DefectInput&, Derivation& derivation) {
  SetStringBreak(derivation, kBreak);
}

template <const std::string_view& kBreak>
void BreakBoth(const DefectInput& input, Derivation& derivation) {
  BreakCanonicalRequest<kBreak>(input, derivation);
  BreakStringToSign<kBreak>(input, derivation);
}

template <const std::string_view& kEnd>
void EndCanonicalRequest(const DefectInput&, Derivation& derivation) {
  if (!IsChain(derivation)) derivation.request.canonical_request_end = kEnd;
}

template <const std::string_view& kEnd>
void EndStringToSign(const DefectInput&, Derivation& derivation) {
  (IsChain(derivation) ? derivation.chain.end : derivation.request.string_to_sign_end) = kEnd;
}

template <const std::string_view& kEnd>
void EndBoth(const DefectInput& input, Derivation& derivation) {
  EndCanonicalRequest<kEnd>(input, derivation);
  EndStringToSign<kEnd>(input, derivation);
}

void BeginCanonicalRequest(const DefectInput&, Derivation& derivation) {
  if (!IsChain(derivation)) derivation.request.canonical_request_begin = kLineEnd;
}

void BeginStringToSign(const DefectInput&, Derivation& derivation) {
  (IsChain(derivation) ? derivation.chain.begin : derivation.request.string_to_sign_begin) =
      kLineEnd;
}

void BeginBoth(const DefectInput& input, Derivation& derivation) {
  BeginCanonicalRequest(input, derivation);
  BeginStringToSign(input, derivation);
}

constexpr std::string_view kIndentations[] = {"2 blanks", "4 blanks",  "6 blanks",
                                              "8 blanks", "12 blanks", "a tab"};

/// A line break and the indentation that is scanned for.
std::string_view IndentedBreak(std::string_view indentation) {
  constexpr std::string_view kBreaks[] = {"\n  ",       "\n    ",         "\n      ",
                                          "\n        ", "\n            ", "\n\t"};
  const auto found = std::ranges::find(kIndentations, indentation) - kIndentations;
  return kBreaks[std::min<std::size_t>(static_cast<std::size_t>(found), std::size(kBreaks) - 1)];
}

void IndentCanonicalRequest(const DefectInput& input, Derivation& derivation) {
  SetCanonicalBreak(derivation, IndentedBreak(input.scanned));
}

void IndentStringToSign(const DefectInput& input, Derivation& derivation) {
  SetStringBreak(derivation, IndentedBreak(input.scanned));
}

void IndentBoth(const DefectInput& input, Derivation& derivation) {
  IndentCanonicalRequest(input, derivation);
  IndentStringToSign(input, derivation);
}

void NoEmptyLine(const DefectInput&, Derivation& derivation) {
  if (!IsChain(derivation)) derivation.request.empty_line_after_headers = false;
}

constexpr const char* kLfHint = "end them by LF alone";
constexpr const char* kBreakHint = "write a real line break: in shells $'\\n', in PowerShell `n";
constexpr const char* kTwiceHint =
    "in a template literal write either \\n or a line break, not both";
constexpr const char* kIndentHint = "join the lines with line breaks; a literal keeps its blanks";
constexpr const char* kBeginHint = "begin with the first line: a literal keeps its line breaks";
constexpr const char* kCanonicalEnd = "end it with the payload hash";
constexpr const char* kStringEnd = "end it with the hash: printf, or echo -n";
constexpr const char* kSeenCr = "whosebug 6328044, of CHAR(13)";
constexpr const char* kSeenPowerShell = "a PowerShell answer, 42150510";
constexpr const char* kSeenLiteral = "gamwe6.github.io 49303, of a JavaScript template literal";

constexpr Defect kDefects[] = {
    {"canonical-request-line-end", kPart,
     "the canonical request was hashed with a line break at its end", kCanonicalEnd,
     EndCanonicalRequest<kLineEnd>, "constructed"},
    {"string-to-sign-line-end", kPart, "the string to sign had a line break at its end", kStringEnd,
     EndStringToSign<kLineEnd>, "constructed"},
    {"both-texts-line-end", kPart,
     "the canonical request and the string to sign had a line break at their ends",
     "end them with their last character: printf, or echo -n", EndBoth<kLineEnd>, "constructed"},
    {"line-ends-crlf", kPart, "the lines were ended by CR LF", kLfHint, BreakBoth<kCrLf>, kSeenCr},
    {"canonical-request-crlf", kPart, "the lines of the canonical request were ended by CR LF",
     kLfHint, BreakCanonicalRequest<kCrLf>, kSeenCr},
    {"string-to-sign-crlf", kPart, "the lines of the string to sign were ended by CR LF", kLfHint,
     BreakStringToSign<kCrLf>, kSeenCr},
    {"line-ends-cr", kPart, "the lines were ended by CR", kLfHint, BreakBoth<kCr>, kSeenCr},
    {"canonical-request-cr", kPart, "the lines of the canonical request were ended by CR", kLfHint,
     BreakCanonicalRequest<kCr>, kSeenCr},
    {"string-to-sign-cr", kPart, "the lines of the string to sign were ended by CR", kLfHint,
     BreakStringToSign<kCr>, kSeenCr},
    {"line-ends-backslash-n", kPart, "a backslash and an n stand where a line break should",
     kBreakHint, BreakBoth<kBackslashN>, kSeenPowerShell},
    {"canonical-request-backslash-n", kPart,
     "in the canonical request a backslash and an n stand where a line break should", kBreakHint,
     BreakCanonicalRequest<kBackslashN>, kSeenPowerShell},
    {"string-to-sign-backslash-n", kPart,
     "in the string to sign a backslash and an n stand where a line break should", kBreakHint,
     BreakStringToSign<kBackslashN>, kSeenPowerShell},
    {"line-ends-twice", kPart, "each line was ended twice", kTwiceHint, BreakBoth<kTwice>,
     kSeenLiteral},
    {"canonical-request-line-ends-twice", kPart,
     "each line of the canonical request was ended twice", kTwiceHint,
     BreakCanonicalRequest<kTwice>, kSeenLiteral},
    {"string-to-sign-line-ends-twice", kPart, "each line of the string to sign was ended twice",
     kTwiceHint, BreakStringToSign<kTwice>, kSeenLiteral},
    {"lines-indented", kPart, "the lines after the first were indented by {}", kIndentHint,
     IndentBoth, kSeenLiteral, Blame::kCode, FixedValues<kIndentations>},
    {"canonical-request-indented", kPart,
     "the lines of the canonical request after the first were indented by {}", kIndentHint,
     IndentCanonicalRequest, kSeenLiteral, Blame::kCode, FixedValues<kIndentations>},
    {"string-to-sign-indented", kPart,
     "the lines of the string to sign after the first were indented by {}", kIndentHint,
     IndentStringToSign, kSeenLiteral, Blame::kCode, FixedValues<kIndentations>},
    {"both-texts-line-begin", kPart,
     "the canonical request and the string to sign began with a line break", kBeginHint, BeginBoth,
     kSeenLiteral},
    {"canonical-request-line-begin", kPart, "the canonical request began with a line break",
     kBeginHint, BeginCanonicalRequest, kSeenLiteral},
    {"string-to-sign-line-begin", kPart, "the string to sign began with a line break", kBeginHint,
     BeginStringToSign, kSeenLiteral},
    {"empty-line-missing", kPart, "the empty line between headers and signed headers was left out",
     "end each header's line, then add an empty one", NoEmptyLine, "constructed"},
};

}  // namespace

std::span<const Defect> TextDefects() { return kDefects; }

}  // namespace sigvet
