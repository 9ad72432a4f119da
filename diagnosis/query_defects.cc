#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "diagnosis/character_forms.h"
#include "diagnosis/defect.h"
#include "diagnosis/fixed_values.h"
#include "diagnosis/letter_forms.h"
#include "diagnosis/request_parts.h"
#include "signing/canonical_query.h"
#include "signing/percent_encoding.h"

namespace sigvet {
namespace {

constexpr DerivationPart kPart = DerivationPart::kQuery;

void Recanonicalize(const std::string& query, Sigv4Derivation& derivation) {
  const Result<std::string> canonical = CanonicalQuery(query);
  if (canonical) derivation.query = *canonical;
}

/// `acl` in place of `acl=`.
void DropEquals(const DefectInput&, Derivation& derivation) {
  std::string query = ReplaceAll(derivation.request.query, "=&", "&");
  if (query.ends_with('=')) query.pop_back();
  derivation.request.query = query;
}

void PlusAsBlank(const DefectInput& input, Derivation& derivation) {
  Recanonicalize(ReplaceAll(SignedQuery(input.signed_request), "+", "%20"), derivation.request);
}

void PlusBare(const DefectInput&, Derivation& derivation) {
  derivation.request.query = ReplaceAll(derivation.request.query, "%2B", "+");
}

void BlankAsPlus(const DefectInput&, Derivation& derivation) {
  derivation.request.query = ReplaceAll(derivation.request.query, "%20", "+");
}

void LeaveOut(const DefectInput&, Derivation& derivation) { derivation.request.query.clear(); }

void EncodeTwice(const DefectInput&, Derivation& derivation) {
  derivation.request.query = ReplaceAll(derivation.request.query, "%", "%25");
}

void LeaveReservedBare(const DefectInput&, Derivation& derivation) {
  constexpr std::array<std::array<std::string_view, 2>, 6> kMarks = {
      {{"%2F", "/"}, {"%3A", ":"}, {"%40", "@"}, {"%2C", ","}, {"%3B", ";"}, {"%3F", "?"}}};
  for (const auto& [encoded, bare] : kMarks) {
    derivation.request.query = ReplaceAll(derivation.request.query, encoded, bare);
  }
}

void LeaveSlashBare(const DefectInput&, Derivation& derivation) {
  derivation.request.query = ReplaceAll(derivation.request.query, "%2F", "/");
}

void EncodeTilde(const DefectInput&, Derivation& derivation) {
  derivation.request.query = ReplaceAll(derivation.request.query, "~", "%7E");
}

void Decode(const DefectInput&, Derivation& derivation) {
  derivation.request.query =
      PercentDecode(derivation.request.query).value_or(derivation.request.query);
}

void LeaveMarksBare(const DefectInput&, Derivation& derivation) {
  constexpr std::array<std::array<std::string_view, 2>, 5> kMarks = {
      {{"%21", "!"}, {"%27", "'"}, {"%28", "("}, {"%29", ")"}, {"%2A", "*"}}};
  for (const auto& [encoded, bare] : kMarks) {
    derivation.request.query = ReplaceAll(derivation.request.query, encoded, bare);
  }
}

void LowerCaseDigits(const DefectInput&, Derivation& derivation) {
  derivation.request.query = WithLowerCaseEscapes(derivation.request.query);
}

void KeepMark(const DefectInput&, Derivation& derivation) {
  if (!derivation.request.query.empty()) derivation.request.query.insert(0, "?");
}

/// Of the session token, whether or not it is signed.
void SignToken(const DefectInput& input, Derivation& derivation, bool signs) {
  SignedRequest other;
  other.request.query = input.signed_request.request.query;
  other.claim.form = input.signed_request.claim.form;
  other.session_token_is_signed = signs;
  Recanonicalize(SignedQuery(other), derivation.request);
}

void LeaveTokenOut(const DefectInput& input, Derivation& derivation) {
  SignToken(input, derivation, false);
}

void SignTokenToo(const DefectInput& input, Derivation& derivation) {
  SignToken(input, derivation, true);
}

constexpr std::string_view kToken = "X-Amz-Security-Token";

void EncodeTokenTwice(const DefectInput&, Derivation& derivation) {
  if (const auto token = ParameterValue(derivation.request, kToken)) {
    SetParameter(derivation.request, kToken, ReplaceAll(*token, "%", "%25"));
  }
}

void LeaveTokenBare(const DefectInput&, Derivation& derivation) {
  if (const auto token = ParameterValue(derivation.request, kToken)) {
    SetParameter(derivation.request, kToken, PercentDecode(*token).value_or(*token));
  }
}

void KeepEmptyPairs(const DefectInput& input, Derivation& derivation) {
  // Empty names come before all others.
  const std::string sent = SignedQuery(input.signed_request);
  if (sent.empty()) return;
  std::string query = derivation.request.query;
  const auto add = [&query] { query.insert(0, query.empty() ? "=" : "=&"); };
  for (std::size_t i = sent.find("&&"); i != sent.npos; i = sent.find("&&", i + 1)) add();
  if (sent.front() == '&') add();
  if (sent.back() == '&') add();
  derivation.request.query = query;
}

void LeaveEmptyValuesOut(const DefectInput&, Derivation& derivation) {
  std::vector<std::string> pairs = SplitQuery(derivation.request.query);
  std::erase_if(pairs, [](const std::string& pair) { return pair.ends_with('='); });
  derivation.request.query = JoinQuery(pairs);
}

constexpr std::string_view kReserved[] = {"/", ":", "=", "@", ",", ";", "?", "$", "!", "'",
                                          "(", ")", "*", "+", "[", "]", "|", "&", "#"};

/// In values: a name that has one is rare.
void LeaveOneBare(const DefectInput& input, Derivation& derivation) {
  const std::string encoded = PercentEncode(input.scanned, BareCharacters::kUnreserved);
  std::vector<std::string> pairs = SplitQuery(derivation.request.query);
  for (std::string& pair : pairs) {
    const std::size_t value = std::min(pair.find('=') + 1, pair.size());
    pair.replace(value, pair.npos, ReplaceAll(pair.substr(value), encoded, input.scanned));
  }
  derivation.request.query = JoinQuery(pairs);
}

template <std::string (*form)(std::string_view)>
void WriteLetters(const DefectInput& input, Derivation& derivation) {
  Recanonicalize(WithLetters(SignedQuery(input.signed_request), form), derivation.request);
}

/// The body is a form where it is text with an equals sign.
void AddBody(const DefectInput& input, Derivation& derivation) {
  const std::string& body = input.signed_request.request.body;
  const bool is_text = std::ranges::all_of(body, [](char c) { return c > ' ' && c < 0x7F; });
  if (!is_text || body.find('=') == body.npos) return;
  const std::string query = SignedQuery(input.signed_request);
  Recanonicalize(query + (query.empty() ? "" : "&") + ReplaceAll(body, "+", "%20"),
                 derivation.request);
}

constexpr const char* kEncodeHint =
    "percent-encode all but letters, digits and -._~ with upper-case hex digits";
constexpr const char* kLetterHint =
    "percent-encode the UTF-8 bytes of the query that is sent, without changing them";

constexpr Defect kDefects[] = {
    {"query-no-equals-sign", kPart,
     "a parameter without a value was signed without =", "write acl= for acl", DropEquals,
     "curl#10129, #8107, #12244; soto#117; aws-sdk-js-v3#754; goamz#423; fluent-bit#4029; "
     "s3fs-fuse#135; minio-py#79; libvmod-awsrest#24"},
    {"query-plus-as-blank", kPart, "a + in the query was signed as a blank",
     "send %20 where a blank is meant and %2B where a plus is; signers disagree on a raw plus: "
     "sigvet show sigv4/contested/query-plus",
     PlusAsBlank, "aws4; aws4fetch; curl since 8.14 (#20543); smithy-rs"},
    {"query-plus-bare", kPart, "a + in the query was signed bare",
     "send and sign %2B; signers disagree on a raw plus: "
     "sigvet show sigv4/contested/query-plus",
     PlusBare, "botocore; Ruby aws-sigv4"},
    {"query-blank-as-plus", kPart, "a blank in the query was signed as +", "write %20, not +",
     BlankAsPlus,
     "aws-sdk-go#219, #220; VictoriaMetrics#3183; sp-api#405; bryanjos/aws_auth#22; livebook#2497; "
     "aws4fetch#83"},
    {"query-left-out", kPart, "the query was not signed", "put it into the third line", LeaveOut,
     "constructed"},
    {"query-encoded-twice", kPart, "the query was percent-encoded twice",
     "decode it before it is encoded", EncodeTwice, "rusoto#1653"},
    {"query-reserved-bare", kPart, "characters such as / and : were left bare in the query",
     kEncodeHint, LeaveReservedBare, "curl#11794; aws-sign-web#9, #16; envoy#16918"},
    {"query-slash-bare", kPart, "the slash was left bare in the query, as Python's quote() does",
     "encode the slash too: quote(text, safe='-_.~')", LeaveSlashBare,
     "curl#11794; aws-sign-web#9, #16"},
    {"query-character-bare", kPart, "in the values of the query {} was left bare", kEncodeHint,
     LeaveOneBare, "botocore and Ruby aws-sigv4, of =; curl#11794; envoy#16918", Blame::kCode,
     FixedValues<kReserved>},
    {"query-tilde-encoded", kPart, "the query's ~ was percent-encoded", "leave ~ as it is",
     EncodeTilde, "boto#2849; minio-py#798"},
    {"query-decoded", kPart, "the query was signed decoded", kEncodeHint, Decode, "constructed"},
    {"query-marks-bare", kPart, "the query's !'()* were left bare, as encodeURIComponent does",
     "encode these five characters too", LeaveMarksBare,
     "zirkelc/aws-signature-v4#10, #13; kndt84/aws-api-gateway-client#129"},
    {"query-lower-case-hex", kPart, "the query's percent-encoding has lower-case hex digits",
     "write %2F, not %2f", LowerCaseDigits, "curl#11794, #11806"},
    {"query-question-mark", kPart, "the question mark was left before the query",
     "sign what comes after it", KeepMark, "constructed"},
    {"query-empty-pair-kept", kPart, "the empty text between && was signed as a parameter: =",
     "leave out what is empty between two ampersands", KeepEmptyPairs,
     "curl#11823, #11855; botocore 1.29"},
    {"query-empty-value-left-out", kPart, "a parameter without a value was not signed",
     "write acl= for acl", LeaveEmptyValuesOut, "constructed"},
    {"query-with-body", kPart, "the parameters in the body were signed as those of the query",
     "sign the body by its hash, in the last line", AddBody, "constructed"},
    {"query-latin1", kPart, "the query's characters were encoded in Latin-1, not in UTF-8",
     kLetterHint, WriteLetters<AsLatin1>, "constructed"},
    {"query-decomposed", kPart,
     "the query's accented letters were signed as letter and accent (NFD), and sent as one "
     "character",
     kLetterHint, WriteLetters<Decomposed>, "constructed"},
    {"query-utf8-twice", kPart, "the query was encoded in UTF-8 twice", kLetterHint,
     WriteLetters<Latin1AsUtf8>, "constructed"},
    {"query-token-left-out", kPart, "the session token in the query was not signed",
     "sign X-Amz-Security-Token with the other parameters; only some services, such as IoT, want "
     "it added afterwards",
     LeaveTokenOut,
     "goamz#9, #320; botocore#292; aws-kmp#63; department-stockholm/aws-signature-v4#7, #12; "
     "cognitect aws-api#5"},
    {"query-token-signed-too", kPart,
     "the session token in the query was signed, and has to be added after signing",
     "sign the query without X-Amz-Security-Token, then add it: some services, such as IoT, want "
     "it "
     "so",
     SignTokenToo, "aws-sdk-js-v3#3417"},
    {"query-token-encoded-twice", kPart, "the session token in the query was percent-encoded twice",
     "encode it once", EncodeTokenTwice, "rusoto#1653"},
    {"query-token-bare", kPart, "the session token in the query was signed without encoding",
     "encode it as every other value: + as %2B, / as %2F, = as %3D", LeaveTokenBare, "constructed"},
};

}  // namespace

std::span<const Defect> QueryDefects() { return kDefects; }

}  // namespace sigvet
