#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "diagnosis/defect.h"
#include "signing/canonical_headers.h"
#include "signing/sigv4_string_to_sign.h"
#include "signing/sigv4_timestamp.h"

namespace sigvet {
namespace {

using Link = ChainDerivation::Link;

constexpr DerivationPart kPart = DerivationPart::kChain;
constexpr std::string_view kChunkAlgorithm = "AWS4-HMAC-SHA256-PAYLOAD";
constexpr std::string_view kTrailerAlgorithm = "AWS4-HMAC-SHA256-TRAILER";

void DontChain(const DefectInput&, Derivation& derivation) {
  derivation.chain.is_not_chained = true;
}

void NoPrior(const DefectInput&, Derivation& derivation) {
  derivation.chain.prior_signature.clear();
}

void ZerosAsPrior(const DefectInput&, Derivation& derivation) {
  derivation.chain.prior_signature.assign(2 * kDigestBytes, '0');
}

void HashOfNothingAsPrior(const DefectInput& input, Derivation& derivation) {
  derivation.chain.prior_signature = input.payload_hashes.empty;
}

/// Of chunks and events, whose first hash is that of their headers.
template <typename Change>
void ChangeHeaderHashes(Derivation& derivation, const Change& change) {
  for (Link& link : derivation.chain.links) {
    if (link.hashes.size() > 1) change(link);
  }
}

void LeaveHeaderHashOut(const DefectInput&, Derivation& derivation) {
  ChangeHeaderHashes(derivation, [](Link& link) { link.hashes.erase(link.hashes.begin()); });
}

void LeaveHeaderHashEmpty(const DefectInput&, Derivation& derivation) {
  ChangeHeaderHashes(derivation, [](Link& link) { link.hashes.front().clear(); });
}

void HashNoHeaders(const DefectInput& input, Derivation& derivation) {
  ChangeHeaderHashes(derivation,
                     [&](Link& link) { link.hashes.front() = input.payload_hashes.empty; });
}

/// `:date` of an event, counted in what people count in.
void DateInSeconds(const DefectInput& input, Derivation& derivation) {
  const auto time = ParseSigv4Timestamp(input.given.timestamp);
  if (!time) return;
  std::string header = "\x05:date\x08";
  const auto bits = static_cast<std::uint64_t>(time->time_since_epoch().count());
  for (int shift = 56; shift >= 0; shift -= 8) header += static_cast<char>(bits >> shift & 0xff);
  ChangeHeaderHashes(derivation, [&](Link& link) {
    // A chunk has no headers.
    if (link.hashes.front() == input.payload_hashes.empty) return;
    link.hashes.front() = HexSha256(input.backend, header);
  });
}

void LeaveEmptyChunkOut(const DefectInput& input, Derivation& derivation) {
  std::erase_if(derivation.chain.links, [&](const Link& link) {
    return link.algorithm == kChunkAlgorithm && link.hashes.size() == 2 &&
           link.hashes.back() == input.payload_hashes.empty;
  });
}

void LeaveTrailerOut(const DefectInput&, Derivation& derivation) {
  if (derivation.chain.links.size() < 2) return;
  std::erase_if(derivation.chain.links,
                [](const Link& link) { return link.algorithm == kTrailerAlgorithm; });
}

/// The hash of the trailing headers' lines, changed.
template <typename Change>
void ChangeTrailer(const DefectInput& input, Derivation& derivation, const Change& change) {
  const Result<CanonicalHeaders> canonical = CanonicalizeHeaders(input.given.trailers);
  if (!canonical || canonical->lines.empty()) return;
  for (Link& link : derivation.chain.links) {
    if (link.algorithm != kTrailerAlgorithm || link.hashes.empty()) continue;
    link.hashes.front() = HexSha256(input.backend, change(canonical->lines));
  }
}

void TrailerWithoutEnd(const DefectInput& input, Derivation& derivation) {
  ChangeTrailer(input, derivation,
                [](const std::string& lines) { return lines.substr(0, lines.size() - 1); });
}

void TrailerWithCrLf(const DefectInput& input, Derivation& derivation) {
  ChangeTrailer(input, derivation,
                [](const std::string& lines) { return ReplaceAll(lines, "\n", "\r\n"); });
}

void TrailerAsSent(const DefectInput& input, Derivation& derivation) {
  std::string text;
  for (const HttpHeader& header : input.given.trailers) {
    text.append(header.name).append(":").append(header.value).append("\n");
  }
  ChangeTrailer(input, derivation, [&](const std::string&) { return text; });
}

void AlgorithmOfRequests(const DefectInput&, Derivation& derivation) {
  for (Link& link : derivation.chain.links) link.algorithm = kSigv4Algorithm;
}

void AlgorithmOfChunks(const DefectInput&, Derivation& derivation) {
  for (Link& link : derivation.chain.links) link.algorithm = kChunkAlgorithm;
}

constexpr const char* kPriorHint =
    "the fourth line is the signature before: of the request for the first chunk, then of the "
    "chunk before";
constexpr const char* kPriorLine = "string_to_sign, line 4: the prior signature";
constexpr const char* kHeaderHashHint =
    "the fifth line is the hash of the headers of the chunk or event; a chunk has none: "
    "e3b0c442...";
constexpr const char* kHeaderHashLine = "string_to_sign, line 5: Hex(SHA-256(headers))";
constexpr const char* kTrailerHint =
    "hash the trailing headers in canonical form, each line ended by LF, also the last";
constexpr const char* kTrailerLine = "string_to_sign, line 5: Hex(SHA-256(trailing headers))";
constexpr const char* kAlgorithmLine =
    "string_to_sign, line 1: AWS4-HMAC-SHA256-PAYLOAD or -TRAILER";
constexpr const char* kSeenPrior = "s3proxy#1027, #205";

constexpr Defect kDefects[] = {
    {"chain-not-chained", kPart,
     "each chunk covers the signature of the request, not of the chunk "
     "before",
     kPriorHint, DontChain, kSeenPrior, Blame::kCode, nullptr, kPriorLine},
    {"chain-prior-empty", kPart, "the line of the prior signature was left empty", kPriorHint,
     NoPrior, kSeenPrior, Blame::kCode, nullptr, kPriorLine},
    {"chain-prior-zeros", kPart, "the prior signature was taken for zeros", kPriorHint,
     ZerosAsPrior, kSeenPrior, Blame::kCode, nullptr, kPriorLine},
    {"chain-prior-hash-of-nothing", kPart,
     "the hash of the empty text stands in the place of the prior signature", kPriorHint,
     HashOfNothingAsPrior, kSeenPrior, Blame::kCode, nullptr, kPriorLine},
    {"chain-header-hash-left-out", kPart, "the line before the hash of the data was left out",
     kHeaderHashHint, LeaveHeaderHashOut, "constructed", Blame::kCode, nullptr, kHeaderHashLine},
    {"chain-header-hash-empty", kPart, "the line before the hash of the data was left empty",
     kHeaderHashHint, LeaveHeaderHashEmpty, "constructed", Blame::kCode, nullptr, kHeaderHashLine},
    {"chain-event-headers-not-hashed", kPart,
     "the event was signed as a chunk, without its header :date", kHeaderHashHint, HashNoHeaders,
     "constructed", Blame::kCode, nullptr, kHeaderHashLine},
    {"chain-event-date-in-seconds", kPart, "the header :date of the event was signed in seconds",
     "encode milliseconds since 1970, in 8 bytes, the high ones first", DateInSeconds,
     "constructed", Blame::kCode, nullptr, kHeaderHashLine},
    {"chain-empty-chunk-left-out", kPart, "the last chunk, which is empty, was not signed",
     "sign a chunk of 0 bytes after the others", LeaveEmptyChunkOut, "constructed", Blame::kCode,
     nullptr, "a chunk of 0 bytes ends the body, and is signed"},
    {"chain-trailer-left-out", kPart, "the trailing headers were not signed",
     "sign them after the last chunk", LeaveTrailerOut, "constructed", Blame::kCode, nullptr,
     kTrailerLine},
    {"chain-trailer-without-line-end", kPart,
     "the trailing headers were hashed without the line break at their end", kTrailerHint,
     TrailerWithoutEnd, "versitygw#1690", Blame::kCode, nullptr, kTrailerLine},
    {"chain-trailer-crlf", kPart, "the trailing headers were hashed with CR LF, as they are sent",
     kTrailerHint, TrailerWithCrLf, "versitygw#1690", Blame::kCode, nullptr, kTrailerLine},
    {"chain-trailer-as-sent", kPart, "the trailing headers were hashed as they are sent",
     kTrailerHint, TrailerAsSent, "constructed", Blame::kCode, nullptr, kTrailerLine},
    {"chain-algorithm-of-requests", kPart, "the string to sign begins with AWS4-HMAC-SHA256",
     "begin with AWS4-HMAC-SHA256-PAYLOAD, of trailing headers with AWS4-HMAC-SHA256-TRAILER",
     AlgorithmOfRequests, "constructed", Blame::kCode, nullptr, kAlgorithmLine},
    {"chain-trailer-algorithm-of-chunks", kPart,
     "the string to sign of the trailing headers begins with AWS4-HMAC-SHA256-PAYLOAD",
     "begin with AWS4-HMAC-SHA256-TRAILER", AlgorithmOfChunks, "constructed", Blame::kCode, nullptr,
     kAlgorithmLine},
};

}  // namespace

std::span<const Defect> ChainDefects() { return kDefects; }

}  // namespace sigvet
