#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/secret.h"
#include "diagnosis/signed_request.h"

namespace sigvet {

/// What a request's body hashes to, in ways that people hash it. Absent where the body is no such
/// one.
struct PayloadHashes {
  std::string body;
  std::string empty;
  /// Without the one line break at its end, as an editor adds it to a file.
  std::optional<std::string> without_line_break;
  std::string with_line_break;
  /// Cut at what Content-Length says.
  std::optional<std::string> cut;
};

/// Throws BackendError.
PayloadHashes HashPayload(Backend& backend, const HttpRequest& request);

/// What a defect may look at.
struct DefectInput {
  const SignedRequest& signed_request;
  const PayloadHashes& payload_hashes;
};

/// The part of a signature that a defect is in; two defects of one part can't meet.
enum class SignaturePart : std::uint8_t {
  kMethod,
  kPath,
  kQuery,
  kHost,
  kHeaders,
  kPayload,
  kText,
  kStringToSign,
  kSecret,
};

/// A mistake that people make, as a change of a right derivation: what then comes out shows the
/// mistake exactly, and not by resemblance.
struct Defect {
  /// Kebab-case, part of the interface.
  std::string_view id;
  SignaturePart part;
  /// What was done: "the path was ...".
  std::string_view sentence;
  /// What is to be done instead.
  std::string_view remedy;
  /// Changes what is signed; null for those of a secret or key. May change nothing.
  void (*change)(const DefectInput& input, Sigv4Derivation& derivation) = nullptr;
  /// Another secret; empty where there is none. Null for the others.
  Secret (*change_secret)(std::string_view secret) = nullptr;
  /// Another way from the secret to the signing key, of whatever size. Null for the others. Throws
  /// BackendError.
  Secret (*derive_key)(Backend& backend, std::string_view secret,
                       const Sigv4Claim& claim) = nullptr;
};

// The families, a file each.
std::span<const Defect> PathDefects();
std::span<const Defect> QueryDefects();
std::span<const Defect> HeaderDefects();
std::span<const Defect> PayloadDefects();
std::span<const Defect> TextDefects();
std::span<const Defect> StringToSignDefects();
std::span<const Defect> SecretDefects();
std::span<const Defect> SigningKeyDefects();

/// All families.
std::span<const std::span<const Defect>> AllDefects();

}  // namespace sigvet
