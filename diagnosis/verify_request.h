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
  /// Whether the explanation gives the signature, and not only a text of the signer.
  bool signature_is_explained = false;
  /// The same for what the service computed.
  std::vector<Remark> server_explanation;
  /// In the order of the stages. Where the hash of the canonical request is all that differs in the
  /// string to sign, and the canonical requests are compared, that is left out.
  std::optional<StageFinding> canonical_request_finding;
  std::optional<StageFinding> string_to_sign_finding;
  /// Whether the signer's canonical request leads to the request's signature; absent where there is
  /// none or no secret.
  std::optional<bool> signer_text_gives_signature;
  /// The same of the signer's string to sign.
  std::optional<bool> signer_string_gives_signature;
  /// Whether the signer's texts are what the rules give; absent where there are none.
  std::optional<bool> signer_text_is_right;
  std::optional<bool> signer_string_is_right;
  /// What the service says, where it is more than that the signature does not match.
  std::optional<Remark> server_remark;
  /// As the reply has it; may be empty.
  std::string reply_code;
  /// The reply's error is known to have nothing to do with the signature.
  bool reply_is_not_about_signature = false;
  /// The reply's error is none that is known here.
  bool reply_is_unknown = false;
  /// The reply is about a request with another signature: nothing is taken from it.
  bool reply_is_of_another_request = false;
  /// The service computed what the rules give, and says that the signature does not match.
  bool service_agrees = false;
  /// The service computed what was signed here, and yet says that the signature does not match: it
  /// has another secret for this access key id.
  bool service_has_another_secret = false;
  bool has_reply = false;
  /// How many defects were tried, and whether pairs of them were.
  std::size_t tried = 0;
  bool pairs_were_tried = true;

  bool has_signature() const { return !signature.empty(); }
  bool signature_matches() const { return has_signature() && signature == claim.signature; }
  /// Whether the reply says something against this very request. An error that is not known is no
  /// error of signatures.
  bool reply_objects() const {
    return has_reply && !reply_is_of_another_request && !reply_is_not_about_signature &&
           !reply_is_unknown;
  }
  /// The request is right, or, where the secret is not known, nothing was found that is wrong: what
  /// was not looked at may be. Texts that were not what was signed don't make a signature wrong.
  bool nothing_wrong() const {
    if (!problems.empty() || reply_objects()) return false;
    if (has_signature()) return signature_matches();
    return !canonical_request_finding && !string_to_sign_finding && !reply_is_of_another_request;
  }
};

/// Computes what the service should from `signed_request`, compares that with all the evidence, and
/// looks for defects that explain the difference: alone, and two of different parts together.
/// Errors: a path, query or header that can't be signed, an empty secret. Throws BackendError.
Result<VerifyReport> VerifyRequest(Backend& backend, const SignedRequest& signed_request,
                                   const Evidence& evidence);

}  // namespace sigvet
