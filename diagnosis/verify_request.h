#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "backends/backend.h"
#include "base/result.h"
#include "base/secret.h"
#include "diagnosis/request_checks.h"
#include "diagnosis/server_reply.h"
#include "diagnosis/signed_request.h"
#include "diagnosis/stage_difference.h"

namespace sigvet {

/// What is known besides the request itself.
struct Evidence {
  /// Null where it is not known: then only texts are compared.
  const Secret* secret = nullptr;
  /// Those of the program that signed the request.
  std::optional<std::string> canonical_request = {};
  std::optional<std::string> string_to_sign = {};
  std::optional<ServerReply> reply = {};
};

/// Whose text a stage was taken from.
enum class Source : std::uint8_t {
  kRules,   ///< computed here from the request, as the service should
  kServer,  ///< the service's reply
  kSigner,  ///< the program's that signed
  kDefect,  ///< computed here with the defects that explain the signature
};

/// A stage of which what was signed is not what should have been.
struct StageFinding {
  StageDifference difference;
  Source expected_from = Source::kRules;
  Source actual_from = Source::kSigner;
};

/// What was found out of a signed request.
struct VerifyReport {
  Sigv4Claim claim;
  /// As the service should compute them from the request.
  std::string canonical_request;
  std::string string_to_sign;
  /// Empty where the secret is not known.
  std::string signature;
  std::string payload_hash;

  /// What services refuse whatever the signature is.
  std::vector<Remark> problems;
  /// The defects from which, together, exactly what the signer has comes out: the request's
  /// signature, or the signer's texts where the secret is not known. Empty where none do.
  std::vector<Remark> explanation;
  /// The same for what the service computed.
  std::vector<Remark> server_explanation;
  /// In the order of the stages. Where the hash of the canonical request is all that differs in the
  /// string to sign, and the canonical requests are compared, that is left out.
  std::optional<StageFinding> canonical_request_finding;
  std::optional<StageFinding> string_to_sign_finding;
  /// Whether the signer's canonical request leads to the request's signature; absent where there is
  /// none or no secret.
  std::optional<bool> signer_text_gives_signature;
  /// What the service says, where it is more than that the signature does not match.
  std::optional<Remark> server_remark;
  /// The reply is about a request with another signature.
  bool reply_is_of_another_request = false;
  /// The service computed what was signed here, and yet says that the signature does not match: it
  /// has another secret for this access key id.
  bool service_has_another_secret = false;
  bool has_reply = false;
  /// How many defects were tried.
  std::size_t tried = 0;

  bool has_signature() const { return !signature.empty(); }
  bool signature_matches() const { return has_signature() && signature == claim.signature; }
  /// Nothing was found that is wrong; what was not looked at may be.
  bool nothing_wrong() const {
    return problems.empty() && !canonical_request_finding && !string_to_sign_finding &&
           !has_reply && (!has_signature() || signature_matches());
  }
};

/// Computes what the service should from `signed_request`, compares that with all the evidence, and
/// looks for defects that explain the difference: alone, and two of different parts together.
/// Errors: a path, query or header that can't be signed, an empty secret. Throws BackendError.
Result<VerifyReport> VerifyRequest(Backend& backend, const SignedRequest& signed_request,
                                   const Evidence& evidence);

}  // namespace sigvet
