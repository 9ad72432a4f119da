#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "backends/backend.h"
#include "base/result.h"
#include "base/secret.h"
#include "signing/http_request.h"
#include "signing/sigv4_request.h"

namespace sigvet {

/// The most chunks that SignSigv4Chunked makes.
inline constexpr std::size_t kMaxSigv4Chunks = 100'000;

/// One signature of a chain in which each covers the one before it.
struct Sigv4ChainedSignature {
  std::string string_to_sign;
  /// 64 lower-case hex digits.
  std::string signature;
};

/// A request whose body is signed in chunks (aws-chunked).
struct Sigv4ChunkedRequest {
  /// The seed: its signature is the first that a chunk covers.
  Sigv4SignedRequest seed;
  /// One for each chunk; the last chunk is empty.
  std::vector<Sigv4ChainedSignature> chunks;
  /// Absent without trailing headers.
  std::optional<Sigv4ChainedSignature> trailer;
  /// What is sent: each chunk with its size and signature, then the trailing headers in canonical
  /// form and the signature of these.
  std::string body;
};

/// Signs a request whose body is sent in chunks of `chunk_bytes`: `request.body` is the body
/// itself, and the payload hash is STREAMING-AWS4-HMAC-SHA256-PAYLOAD, with -TRAILER where there
/// are `trailers`. Adds X-Amz-Date, X-Amz-Content-Sha256 and the session token; all else
/// (Content-Encoding, X-Amz-Decoded-Content-Length, X-Amz-Trailer ...) is the caller's. Errors are
/// those of SignSigv4, chunks of 0 bytes, more than kMaxSigv4Chunks of them,
/// `settings.payload_hash` that says something else, trailers that SignSigv4Trailer refuses, and a
/// Content-Length or X-Amz-Decoded-Content-Length that is not true. Throws BackendError. Source:
/// "Signature Calculations for the Authorization Header: Transferring Payload in Multiple Chunks"
/// and "... Including Trailing Headers", Amazon S3 API Reference.
Result<Sigv4ChunkedRequest> SignSigv4Chunked(Backend& backend, const HttpRequest& request,
                                             const Sigv4Credentials& credentials,
                                             const Sigv4Settings& settings, std::size_t chunk_bytes,
                                             std::span<const HttpHeader> trailers);

/// What a signature of a chain needs besides what it signs.
struct Sigv4ChainLink {
  std::string_view region;
  std::string_view service;
  /// UTC, as in `20130524T000000Z`.
  std::string_view timestamp;
  /// The signature before it, 64 lower-case hex digits.
  std::string_view prior_signature;
};

/// Signs trailing headers by themselves: canonical headers, each line ended. Errors: an empty
/// secret, region or service, a region or service that SignSigv4 refuses, a timestamp that is no
/// time, a prior signature that is none, no headers, a header that could not be signed in a request
/// either. Throws BackendError.
Result<Sigv4ChainedSignature> SignSigv4Trailer(Backend& backend, const Secret& secret,
                                               const Sigv4ChainLink& link,
                                               std::span<const HttpHeader> trailers);

/// Signs a message of an event stream: `payload` and the header `:date` with the timestamp, as the
/// message carries it. Errors as for SignSigv4Trailer. Throws BackendError.
/// Source: "Amazon Transcribe streaming with event stream encoding", Amazon Transcribe Developer
/// Guide; aws-c-auth.
Result<Sigv4ChainedSignature> SignSigv4Event(Backend& backend, const Secret& secret,
                                             const Sigv4ChainLink& link, ByteView payload);

}  // namespace sigvet
