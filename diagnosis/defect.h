#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/secret.h"
#include "diagnosis/derivation.h"
#include "diagnosis/signed_request.h"
#include "signing/http_request.h"

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
  /// Decoded as UTF-8 and encoded again, where the body is no UTF-8.
  std::optional<std::string> as_utf8;
  /// Each byte taken for a character, where one is not ASCII.
  std::optional<std::string> as_latin1;
};

/// Throws BackendError.
PayloadHashes HashPayload(Backend& backend, const HttpRequest& request);

/// What a derivation starts from, besides a request.
struct DerivationInput {
  /// Never null where the value that is looked for is a key or depends on one.
  std::shared_ptr<const Secret> secret = nullptr;
  /// Empty where it is not known.
  std::string access_key_id = {};
  /// Of a password: 2 or 4; else 0.
  std::int64_t version = 0;
  /// Eight digits; of a password of version 4 that which all have.
  std::string date = {};
  /// As in `20150830T123600Z`; empty where the operation has none.
  std::string timestamp = {};
  std::string region = {};
  std::string service = {};
  /// The policy, or the payload of an event; the body of a request stands in the request.
  std::string payload = {};
  std::vector<HttpHeader> trailers = {};
};

/// What a defect may look at.
struct DefectInput {
  Backend& backend;
  /// Empty where there is no request.
  const SignedRequest& signed_request;
  const PayloadHashes& payload_hashes;
  const DerivationInput& given;
  /// Of a defect that is scanned for: which of its values is tried; else empty.
  std::string_view scanned = {};
};

/// The part of a derivation that a defect is in; two defects of one part can't meet.
enum class DerivationPart : std::uint8_t {
  // Of the request:
  kMethod,
  kPath,
  kQuery,
  kHost,
  kHeaders,
  kPayload,
  kText,
  kStringToSign,
  kTime,
  // Of a chain and of a policy:
  kChain,
  kPolicy,
  // Of the ladder:
  kSecret,
  kPrefix,
  kCharacters,
  kDate,
  kRegion,
  kService,
  kTerminal,
  kMessage,
  kSteps,
  kArguments,
  kMac,
  kKeyForm,
  // Of what comes out:
  kVersion,
  kMacText,
  kEncoding,
  kPadding,
  kEnd,
};

/// What is to be mended.
enum class Blame : std::uint8_t {
  kCode,    ///< the program that derives
  kSecret,  ///< the secret that it was given, or how it was read: the program is right
  kInput,   ///< another input that it was given: a region, a clock
};

/// A mistake that people make, as a change of a right derivation: what then comes out shows the
/// mistake exactly, and not by resemblance.
struct Defect {
  /// Kebab-case, part of the interface.
  std::string_view id;
  DerivationPart part;
  /// What was done: "the path was ...". `{}` stands for the value that was scanned for.
  std::string_view sentence;
  /// What is to be done instead.
  std::string_view remedy;
  /// May change nothing: then the defect does not show in this derivation. Throws BackendError.
  void (*change)(const DefectInput& input, Derivation& derivation);
  /// Where it was seen: threads, programs; "constructed" where no public one is known.
  std::string_view seen = {};
  Blame blame = Blame::kCode;
  /// The values that are tried one after the other, the likely ones first; null where there are
  /// none. What it gives lives as long as the program, or as the input.
  std::span<const std::string_view> (*scan)(const DefectInput& input) = nullptr;
  /// The line of the algorithm that went wrong; where it is empty it follows from the part.
  std::string_view line = {};
};

/// A mistake that no output shows, and why.
struct UnseenDefect {
  std::string_view id;
  std::string_view sentence;
  /// "HMAC fills keys up with zeros, so ..."
  std::string_view why;
  std::string_view remedy;
  std::string_view seen;
  /// The products that it is a mistake of.
  std::span<const Product> products;
};

// The families, a file each.
std::span<const Defect> PathDefects();
std::span<const Defect> QueryDefects();
std::span<const Defect> QueryOrderDefects();
std::span<const Defect> HeaderValueDefects();
std::span<const Defect> HeaderListDefects();
std::span<const Defect> HostDefects();
std::span<const Defect> PayloadDefects();
std::span<const Defect> PresignDefects();
std::span<const Defect> MethodDefects();
std::span<const Defect> TextDefects();
std::span<const Defect> TimeDefects();
std::span<const Defect> StringToSignDefects();
std::span<const Defect> ChainDefects();
std::span<const Defect> PolicyDefects();
std::span<const Defect> SecretDefects();
std::span<const Defect> StepDefects();
std::span<const Defect> ScopeDefects();
std::span<const Defect> MacDefects();
std::span<const Defect> VersionDefects();
std::span<const Defect> EncodingDefects();
std::span<const UnseenDefect> UnseenDefects();

/// All families, in the order in which their defects are tried: likely ones first, those of the
/// ladder and of what comes out after those of the request.
std::span<const std::span<const Defect>> AllDefects();

/// The defect of that id, or null.
const Defect* FindDefect(std::string_view id);

/// Whether a derivation that gives `product` has the part.
bool HasPart(Product product, DerivationPart part);

/// The line of the algorithm that a defect is in, as in "region_key = HMAC(date_key, region)".
std::string_view AlgorithmLine(const Defect& defect, Product product);

}  // namespace sigvet
