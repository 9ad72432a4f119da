#include "signing/sigv4_stream.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <cstdint>
#include <initializer_list>
#include <utility>

#include "base/hex.h"
#include "signing/canonical_headers.h"
#include "signing/sigv4_key_cache.h"
#include "signing/sigv4_signing_key.h"
#include "signing/sigv4_string_to_sign.h"
#include "signing/sigv4_timestamp.h"

namespace sigvet {
namespace {

constexpr std::string_view kPayload = "STREAMING-AWS4-HMAC-SHA256-PAYLOAD";
constexpr std::string_view kPayloadAndTrailer = "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER";
constexpr std::string_view kChunkAlgorithm = "AWS4-HMAC-SHA256-PAYLOAD";
constexpr std::string_view kTrailerAlgorithm = "AWS4-HMAC-SHA256-TRAILER";

// What is sent around the data. Sources: "Transferring Payload in Multiple Chunks", Amazon S3 API
// Reference; for trailers, which the reference shows without their line ends, what AWS SDK for Java
// 2.55.12 sends, and writeTrailers in smithy-kotlin's AwsChunkedUtil.kt.
constexpr std::string_view kChunkSignature = ";chunk-signature=";
constexpr std::string_view kTrailerSignature = "x-amz-trailer-signature:";
constexpr std::string_view kCrlf = "\r\n";
constexpr std::size_t kSignatureChars = 2 * kDigestBytes;

/// Signs strings of which each names the signature before it.
class ChainSigner {
 public:
  /// `key` and what the views show must outlive this.
  ChainSigner(Backend& backend, const Digest& key, const Sigv4ChainLink& first)
      : backend_(backend),
        key_(key),
        timestamp_(first.timestamp),
        scope_(
            CredentialScope({DateOfSigv4Timestamp(first.timestamp), first.region, first.service})),
        prior_signature_(first.prior_signature) {}

  Sigv4ChainedSignature Sign(std::string_view algorithm, std::initializer_list<ByteView> hashed) {
    Sigv4ChainedSignature link;
    std::string& text = link.string_to_sign;
    text.reserve(algorithm.size() + timestamp_.size() + scope_.size() +
                 (1 + hashed.size()) * (kSignatureChars + 1) + 3);
    (text += algorithm) += '\n';
    (text += timestamp_) += '\n';
    (text += scope_) += '\n';
    text += prior_signature_;
    for (const ByteView bytes : hashed) (text += '\n') += ToHex(backend_.Sha256(bytes));
    link.signature = Sigv4Signature(backend_, key_, text);
    prior_signature_ = link.signature;
    return link;
  }

  /// The hash before the data's is that of the chunk's headers, of which there are none.
  Sigv4ChainedSignature SignChunk(std::string_view data) {
    return Sign(kChunkAlgorithm, {ByteView(), AsBytes(data)});
  }

  Sigv4ChainedSignature SignTrailer(std::string_view canonical_headers) {
    return Sign(kTrailerAlgorithm, {AsBytes(canonical_headers)});
  }

 private:
  Backend& backend_;
  const Digest& key_;
  std::string timestamp_;
  std::string scope_;
  std::string prior_signature_;
};

/// The key for what `link` describes, which is checked.
Result<Wiped<Sigv4SigningKey>> KeyOf(Backend& backend, const Secret& secret,
                                     const Sigv4ChainLink& link) {
  if (!IsSigv4Timestamp(link.timestamp)) {
    return Error{"the timestamp is no time in UTC", {}, "as in 20130524T000000Z"};
  }
  if (!IsHexDigest(link.prior_signature)) {
    return Error{"the prior signature is no signature", {}, "64 lower-case hex digits"};
  }
  if (auto error = CheckCredential({}, link.region, link.service)) return *error;
  return DeriveSigv4SigningKey(backend, secret,
                               {DateOfSigv4Timestamp(link.timestamp), link.region, link.service});
}

/// The lines that a trailer's signature covers.
Result<std::string> CanonicalTrailers(std::span<const HttpHeader> trailers) {
  if (trailers.empty()) return Error{"there are no trailing headers"};
  Result<CanonicalHeaders> canonical = CanonicalizeHeaders(trailers);
  if (!canonical) return canonical.error();
  return std::move(canonical->lines);
}

/// `lines`, each ended by a newline, as they are sent.
std::string WithCrlf(std::string_view lines) {
  std::string text;
  for (const char c : lines) {
    if (c == '\n') text += '\r';
    text += c;
  }
  return text;
}

std::string HexSize(std::size_t bytes) {
  std::array<char, 16> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), bytes, 16).ptr;
  return {digits.data(), end};
}

/// A chunk's first line without the digits of its size.
constexpr std::size_t kChunkLineBytes = kChunkSignature.size() + kSignatureChars + kCrlf.size();

/// How many bytes of `data_bytes` the chunk has that begins at `offset`; 0 ends the body.
std::size_t ChunkSizeAt(std::size_t offset, std::size_t data_bytes, std::size_t chunk_bytes) {
  return std::min(chunk_bytes, data_bytes - offset);
}

/// The size of Sigv4ChunkedRequest::body. `canonical_trailers` is empty where there are none.
std::size_t SentBytes(std::size_t data_bytes, std::size_t chunk_bytes,
                      std::string_view canonical_trailers) {
  std::size_t sent = HexSize(0).size() + kChunkLineBytes + kCrlf.size();
  if (const std::size_t full = data_bytes / chunk_bytes; full != 0) {
    sent += full * (HexSize(chunk_bytes).size() + kChunkLineBytes + chunk_bytes + kCrlf.size());
  }
  if (const std::size_t last = data_bytes % chunk_bytes; last != 0) {
    sent += HexSize(last).size() + kChunkLineBytes + last + kCrlf.size();
  }
  if (!canonical_trailers.empty()) {
    sent += WithCrlf(canonical_trailers).size() + kTrailerSignature.size() + kSignatureChars +
            kCrlf.size();
  }
  return sent;
}

/// An error where a header `name` does not say `bytes`.
std::optional<Error> CheckLength(const HttpRequest& request, std::string_view name,
                                 std::size_t bytes, std::string_view what) {
  for (const HttpHeader& header : request.headers) {
    if (!SameHeaderName(header.name, name)) continue;
    const Result<std::string> value = CanonicalHeaderValue(header);
    if (!value) return value.error();
    if (*value == std::to_string(bytes)) continue;
    std::string message = "the header ";
    ((message += name) += " is not the length of ") += what;
    return Error{std::move(message), {}, "that has " + std::to_string(bytes) + " bytes"};
  }
  return std::nullopt;
}

/// Fills chunks, trailer and body of `chunked`, whose seed is there.
void SignChunks(ChainSigner& signer, std::string_view data, std::size_t chunk_bytes,
                std::string_view canonical_trailers, Sigv4ChunkedRequest& chunked) {
  std::string& body = chunked.body;
  body.reserve(SentBytes(data.size(), chunk_bytes, canonical_trailers));
  bool last = false;
  for (std::size_t offset = 0; !last;) {
    const std::size_t size = ChunkSizeAt(offset, data.size(), chunk_bytes);
    last = size == 0;
    const std::string_view chunk = data.substr(offset, size);
    offset += size;
    chunked.chunks.push_back(signer.SignChunk(chunk));
    ((body += HexSize(size)) += kChunkSignature) += chunked.chunks.back().signature;
    body += kCrlf;
    if (!last) (body += chunk) += kCrlf;
  }
  if (!canonical_trailers.empty()) {
    chunked.trailer = signer.SignTrailer(canonical_trailers);
    body += WithCrlf(canonical_trailers);
    ((body += kTrailerSignature) += chunked.trailer->signature) += kCrlf;
  }
  body += kCrlf;
}

}  // namespace

Result<Sigv4ChunkedRequest> SignSigv4Chunked(Backend& backend, const HttpRequest& request,
                                             const Sigv4Credentials& credentials,
                                             const Sigv4Settings& settings, std::size_t chunk_bytes,
                                             std::span<const HttpHeader> trailers) {
  if (chunk_bytes == 0) return Error{"chunks of 0 bytes", {}, "an empty chunk ends the body"};
  const std::size_t begun = request.body.size() / chunk_bytes + 1;
  if (begun + (request.body.size() % chunk_bytes == 0 ? 0 : 1) > kMaxSigv4Chunks) {
    return Error{"over 100000 chunks", {}, "make them larger: S3 wants 8 KiB at the least"};
  }
  std::string canonical_trailers;
  if (!trailers.empty()) {
    Result<std::string> canonical = CanonicalTrailers(trailers);
    if (!canonical) return canonical.error();
    canonical_trailers = *std::move(canonical);
  }
  const std::string_view sentinel = trailers.empty() ? kPayload : kPayloadAndTrailer;
  if (settings.payload_hash.value_or(std::string(sentinel)) != sentinel) {
    return Error{"the payload hash of chunks is not free", {}, "it is " + std::string(sentinel)};
  }
  const std::size_t sent_bytes = SentBytes(request.body.size(), chunk_bytes, canonical_trailers);
  if (auto error = CheckLength(request, "Content-Length", sent_bytes, "what is sent")) {
    return *error;
  }
  if (auto error = CheckLength(request, "X-Amz-Decoded-Content-Length", request.body.size(),
                               "the body without what is around its chunks")) {
    return *error;
  }

  Sigv4Settings seed_settings = settings;
  seed_settings.payload_hash = sentinel;
  Sigv4KeyCache keys;
  Result<Sigv4SignedRequest> seed =
      SignSigv4(backend, request, credentials, seed_settings, true, &keys);
  if (!seed) return seed.error();
  const auto key =
      keys.Find(backend, credentials.secret,
                {DateOfSigv4Timestamp(settings.timestamp), settings.region, settings.service});
  if (!key) return key.error();
  Sigv4ChunkedRequest chunked;
  chunked.seed = *std::move(seed);
  ChainSigner signer(
      backend, **key,
      {settings.region, settings.service, settings.timestamp, chunked.seed.signature});
  SignChunks(signer, request.body, chunk_bytes, canonical_trailers, chunked);
  return chunked;
}

Result<Sigv4ChainedSignature> SignSigv4Trailer(Backend& backend, const Secret& secret,
                                               const Sigv4ChainLink& link,
                                               std::span<const HttpHeader> trailers) {
  const auto key = KeyOf(backend, secret, link);
  if (!key) return key.error();
  const Result<std::string> canonical = CanonicalTrailers(trailers);
  if (!canonical) return canonical.error();
  return ChainSigner(backend, (*key)->signing_key(), link).SignTrailer(*canonical);
}

Result<Sigv4ChainedSignature> SignSigv4Event(Backend& backend, const Secret& secret,
                                             const Sigv4ChainLink& link, ByteView payload) {
  const auto key = KeyOf(backend, secret, link);
  if (!key) return key.error();
  // The header as it is encoded in the message: the size of its name, the name, type 8 (a
  // timestamp), milliseconds since 1970 in 8 bytes, the high ones first.
  constexpr std::string_view kDateHeader = "\x05:date\x08";
  const std::chrono::milliseconds time =
      ParseSigv4Timestamp(link.timestamp).value_or(std::chrono::sys_seconds()).time_since_epoch();
  std::string header(kDateHeader);
  const auto bits = static_cast<std::uint64_t>(time.count());
  for (int shift = 56; shift >= 0; shift -= 8) header += static_cast<char>(bits >> shift & 0xff);
  return ChainSigner(backend, (*key)->signing_key(), link)
      .Sign(kChunkAlgorithm, {AsBytes(header), payload});
}

}  // namespace sigvet
