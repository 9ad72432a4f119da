#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "backends/backend.h"
#include "base/result.h"
#include "signing/canonical_path.h"
#include "signing/http_request.h"
#include "signing/sigv4_claim.h"
#include "signing/sigv4_string_to_sign.h"

namespace sigvet {

/// A request with its signature, and by which rules the service checks it.
struct SignedRequest {
  HttpRequest request;
  Sigv4Claim claim;
  CanonicalPathOptions path = {};
  /// Whether X-Amz-Security-Token is signed; if not, it was added after signing.
  bool session_token_is_signed = true;
};

/// The values of the header, in the order of the request, as they stand there.
std::vector<std::string_view> HeaderValues(const HttpRequest& request, std::string_view name);

/// The query as it is signed, neither sorted nor encoded anew: without X-Amz-Signature and a
/// session token that is not signed.
std::string SignedQuery(const SignedRequest& signed_request);

/// What the request says its payload hash is: the header X-Amz-Content-Sha256 or, in the presigned
/// form, the parameter of that name, else UNSIGNED-PAYLOAD for S3. Empty where it says nothing:
/// then it is the body's hash.
std::string StatedPayloadHash(const SignedRequest& signed_request);

/// The stages of a signature up to the string to sign, in pieces, so that each can be done in
/// another way than it should.
struct Sigv4Derivation {
  std::string method;
  std::string path;
  std::string query;
  /// In the order of their lines; names in lower case, values in canonical form.
  std::vector<HttpHeader> headers;
  std::string signed_headers;
  std::string payload_hash;
  std::string timestamp;
  std::string scope;
  /// The first line of the string to sign; where it is empty, that line is left out.
  std::string_view algorithm = kSigv4Algorithm;
  /// Before the first line of each.
  std::string_view canonical_request_begin = {};
  std::string_view string_to_sign_begin = {};
  /// What lines end with but for the last, and what that ends with.
  std::string_view line_break = "\n";
  std::string_view string_to_sign_line_break = "\n";
  bool empty_line_after_headers = true;
  std::string_view canonical_request_end = {};
  std::string_view string_to_sign_end = {};
  bool is_hash_upper_case = false;
  /// The canonical request itself stands in the place of its hash.
  bool is_canonical_request_inlined = false;

  std::string CanonicalRequest() const;

  /// Throws BackendError.
  std::string StringToSign(Backend& backend) const;

  /// The same over the hash of a canonical request that is known.
  std::string StringToSign(std::string_view canonical_request_hash) const;

  bool operator==(const Sigv4Derivation&) const = default;
};

/// `text` with each `from` replaced by `to`.
std::string ReplaceAll(std::string_view text, std::string_view from, std::string_view to);

/// `text` with the hex digits of percent escapes in lower case.
std::string WithLowerCaseEscapes(std::string_view text);

/// The SHA-256 of `text`, in hex. Throws BackendError.
std::string HexSha256(Backend& backend, std::string_view text);

/// The derivation as it should be: what a service that has the request's rules computes. A header
/// that SignedHeaders names and the request lacks counts as empty. Errors: a path, a query or a
/// header that can't be signed. Throws BackendError.
Result<Sigv4Derivation> DeriveAsItShouldBe(Backend& backend, const SignedRequest& signed_request);

}  // namespace sigvet
