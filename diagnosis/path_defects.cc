#include <array>
#include <optional>

#include "diagnosis/defect.h"
#include "signing/percent_encoding.h"

namespace sigvet {
namespace {

constexpr DerivationPart kPart = DerivationPart::kPath;

void Canonicalize(const DefectInput& input, Derivation& derivation,
                  const CanonicalPathOptions& options) {
  const Result<std::string> path = CanonicalPath(input.signed_request.request.path, options);
  if (path) derivation.request.path = *path;
}

void ChangeEncoding(const DefectInput& input, Derivation& derivation, UriEncoding encoding) {
  Canonicalize(input, derivation, {encoding, input.signed_request.path.normalize});
}

void EncodeOnce(const DefectInput& input, Derivation& derivation) {
  ChangeEncoding(input, derivation, UriEncoding::kSingle);
}

void EncodeTwice(const DefectInput& input, Derivation& derivation) {
  ChangeEncoding(input, derivation, UriEncoding::kDouble);
}

void ChangeNormalizing(const DefectInput& input, Derivation& derivation, bool normalize) {
  Canonicalize(input, derivation, {input.signed_request.path.encoding, normalize});
}

void DontNormalize(const DefectInput& input, Derivation& derivation) {
  ChangeNormalizing(input, derivation, false);
}

void Normalize(const DefectInput& input, Derivation& derivation) {
  ChangeNormalizing(input, derivation, true);
}

void ByS3Rules(const DefectInput& input, Derivation& derivation) {
  Canonicalize(input, derivation, {UriEncoding::kSingle, false});
}

void ByCommonRules(const DefectInput& input, Derivation& derivation) {
  Canonicalize(input, derivation, {UriEncoding::kDouble, true});
}

void AsSent(const DefectInput& input, Derivation& derivation) {
  derivation.request.path = input.signed_request.request.path;
}

void Decode(const DefectInput& input, Derivation& derivation) {
  derivation.request.path =
      PercentDecode(input.signed_request.request.path).value_or(derivation.request.path);
}

/// What encodeURIComponent of ECMAScript leaves.
void LeaveMarksBare(const DefectInput&, Derivation& derivation) {
  constexpr std::array<std::array<std::string_view, 2>, 5> kMarks = {
      {{"%21", "!"}, {"%27", "'"}, {"%28", "("}, {"%29", ")"}, {"%2A", "*"}}};
  for (const auto& [encoded, bare] : kMarks) {
    derivation.request.path = ReplaceAll(derivation.request.path, encoded, bare);
  }
}

void EncodeTilde(const DefectInput&, Derivation& derivation) {
  derivation.request.path = ReplaceAll(derivation.request.path, "~", "%7E");
}

void LowerCaseDigits(const DefectInput&, Derivation& derivation) {
  derivation.request.path = WithLowerCaseEscapes(derivation.request.path);
}

void EncodeSlashes(const DefectInput&, Derivation& derivation) {
  derivation.request.path = "/" + ReplaceAll(derivation.request.path.substr(1), "/", "%2F");
}

void LoseTrailingSlash(const DefectInput&, Derivation& derivation) {
  if (derivation.request.path.size() > 1 && derivation.request.path.ends_with('/'))
    derivation.request.path.pop_back();
}

void LeaveEmpty(const DefectInput&, Derivation& derivation) {
  if (derivation.request.path == "/") derivation.request.path.clear();
}

void AddQuery(const DefectInput& input, Derivation& derivation) {
  const std::string& query = input.signed_request.request.query;
  if (!query.empty()) derivation.request.path.append("?").append(query);
}

constexpr const char* kEncodeHint =
    "percent-encode all but letters, digits and -._~ with upper-case hex digits, slashes left bare";

constexpr Defect kDefects[] = {
    {"path-encoded-once", kPart, "the path was percent-encoded once, and has to be twice",
     "encode the path of the URL, which is encoded already, once more", EncodeOnce},
    {"path-encoded-twice", kPart, "the path was percent-encoded twice, and has to be once",
     "sign the path for S3 as it stands in the URL, encoded once", EncodeTwice},
    {"path-not-normalised", kPart, "the path was signed with its dots and repeated slashes",
     "resolve . and .. and repeated slashes before signing; only S3 takes them as they are",
     DontNormalize},
    {"path-normalised", kPart, "the path was signed without its dots and repeated slashes",
     "sign the path for S3 as it is: . and .. and repeated slashes are part of a key", Normalize},
    {"path-by-s3-rules", kPart,
     "the path was signed by the rules of S3: encoded once, not normalised",
     "resolve dots and repeated slashes, and encode the path of the URL once more", ByS3Rules},
    {"path-by-common-rules", kPart,
     "the path was signed by the rules of other services than S3: normalised, encoded twice",
     "sign the path for S3 as it stands in the URL, encoded once", ByCommonRules},
    {"path-as-sent", kPart, "the path was signed as it stands in the request, without encoding",
     kEncodeHint, AsSent},
    {"path-decoded", kPart, "the path was signed decoded", kEncodeHint, Decode},
    {"path-marks-bare", kPart, "the path's !'()* were left bare, as encodeURIComponent does",
     "encode these five characters too", LeaveMarksBare},
    {"path-tilde-encoded", kPart, "the path's ~ was percent-encoded", "leave ~ as it is",
     EncodeTilde},
    {"path-lower-case-hex", kPart, "the path's percent-encoding has lower-case hex digits",
     "write %2F, not %2f", LowerCaseDigits},
    {"path-slash-encoded", kPart, "the slashes of the path were percent-encoded",
     "encode the parts between the slashes", EncodeSlashes},
    {"path-slash-lost", kPart, "the path was signed without the slash at its end",
     "sign the path that is sent", LoseTrailingSlash},
    {"path-empty", kPart, "the empty path was not signed as /", "write / for an empty path",
     LeaveEmpty},
    {"path-with-query", kPart, "the query was left in the line of the path",
     "cut the path off before the question mark", AddQuery},
};

}  // namespace

std::span<const Defect> PathDefects() { return kDefects; }

}  // namespace sigvet
