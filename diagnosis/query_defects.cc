#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "diagnosis/defect.h"
#include "signing/canonical_query.h"
#include "signing/percent_encoding.h"

namespace sigvet {
namespace {

constexpr DerivationPart kPart = DerivationPart::kQuery;

struct Pair {
  std::string name;
  std::string value;
};

std::string Encode(std::string_view text) {
  return PercentEncode(text, BareCharacters::kUnreserved);
}

/// The parameters in the order of the request, encoded.
std::vector<Pair> EncodedPairs(const DefectInput& input) {
  std::vector<Pair> pairs;
  const auto parameters = ParseQuery(SignedQuery(input.signed_request));
  if (!parameters) return pairs;
  for (const QueryParameter& parameter : *parameters) {
    pairs.push_back({Encode(parameter.name), Encode(parameter.value)});
  }
  return pairs;
}

std::string Join(const std::vector<Pair>& pairs) {
  std::string query;
  for (const Pair& pair : pairs) {
    query.append(query.empty() ? "" : "&").append(pair.name).append("=").append(pair.value);
  }
  return query;
}

void Recanonicalize(const std::string& query, Sigv4Derivation& derivation) {
  const Result<std::string> canonical = CanonicalQuery(query);
  if (canonical) derivation.query = *canonical;
}

void AsSent(const DefectInput& input, Derivation& derivation) {
  derivation.request.query = SignedQuery(input.signed_request);
}

void DontSort(const DefectInput& input, Derivation& derivation) {
  derivation.request.query = Join(EncodedPairs(input));
}

void DontSortValues(const DefectInput& input, Derivation& derivation) {
  std::vector<Pair> pairs = EncodedPairs(input);
  std::ranges::stable_sort(pairs, {}, &Pair::name);
  derivation.request.query = Join(pairs);
}

void SortAsText(const DefectInput& input, Derivation& derivation) {
  std::vector<Pair> pairs = EncodedPairs(input);
  std::ranges::sort(pairs, {}, [](const Pair& pair) { return pair.name + "=" + pair.value; });
  derivation.request.query = Join(pairs);
}

void SortDecoded(const DefectInput& input, Derivation& derivation) {
  std::vector<Pair> pairs = EncodedPairs(input);
  std::ranges::sort(pairs, {}, [](const Pair& pair) {
    return std::pair(PercentDecode(pair.name), PercentDecode(pair.value));
  });
  derivation.request.query = Join(pairs);
}

void SortWithoutCase(const DefectInput& input, Derivation& derivation) {
  std::vector<Pair> pairs = EncodedPairs(input);
  std::ranges::stable_sort(pairs, {}, [](const Pair& pair) {
    std::string name = pair.name;
    for (char& c : name) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    return name;
  });
  derivation.request.query = Join(pairs);
}

/// Of parameters of one name, the first or the last.
void KeepOne(const DefectInput& input, Derivation& derivation, bool last) {
  std::map<std::string, std::string> kept;
  for (const Pair& pair : EncodedPairs(input)) {
    const auto [same, is_new] = kept.try_emplace(pair.name, pair.value);
    if (!is_new && last) same->second = pair.value;
  }
  std::vector<Pair> pairs;
  pairs.reserve(kept.size());
  for (const auto& [name, value] : kept) pairs.push_back({name, value});
  derivation.request.query = Join(pairs);
}

void KeepFirst(const DefectInput& input, Derivation& derivation) {
  KeepOne(input, derivation, false);
}

void KeepLast(const DefectInput& input, Derivation& derivation) {
  KeepOne(input, derivation, true);
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

void LeaveTokenOut(const DefectInput& input, Derivation& derivation) {
  SignedRequest without = {input.signed_request.request, input.signed_request.claim,
                           input.signed_request.path, false};
  without.request.body.clear();
  Recanonicalize(SignedQuery(without), derivation.request);
}

constexpr const char* kSortHint =
    "encode names and values, then sort by name and then by value, "
    "byte by byte";
constexpr const char* kEncodeHint =
    "percent-encode all but letters, digits and -._~ with upper-case hex digits";

constexpr Defect kDefects[] = {
    {"query-not-sorted", kPart, "the parameters of the query were not sorted", kSortHint, DontSort},
    {"query-as-sent", kPart, "the query was signed as it stands in the request", kSortHint, AsSent},
    {"query-values-not-sorted", kPart, "parameters of one name were not sorted by value", kSortHint,
     DontSortValues},
    {"query-sorted-as-text", kPart,
     "the parameters were sorted as name=value, so that a-b= came before a=",
     "sort by the name alone, then by the value", SortAsText},
    {"query-sorted-decoded", kPart, "the parameters were sorted before they were encoded",
     kSortHint, SortDecoded},
    {"query-sorted-without-case", kPart, "the parameters were sorted without regard to letter case",
     kSortHint, SortWithoutCase},
    {"query-first-value-only", kPart, "of parameters of one name only the first was signed",
     "keep all of them", KeepFirst},
    {"query-last-value-only", kPart, "of parameters of one name only the last was signed",
     "keep all of them", KeepLast},
    {"query-no-equals-sign", kPart,
     "a parameter without a value was signed without =", "write acl= for acl", DropEquals},
    {"query-plus-as-blank", kPart, "a + in the query was signed as a blank",
     "send %20 where a blank is meant and %2B where a plus is; signers disagree on a raw plus: "
     "sigvet show sigv4/contested/query-plus",
     PlusAsBlank},
    {"query-plus-bare", kPart, "a + in the query was signed bare",
     "send and sign %2B; signers disagree on a raw plus: "
     "sigvet show sigv4/contested/query-plus",
     PlusBare},
    {"query-blank-as-plus", kPart, "a blank in the query was signed as +", "write %20, not +",
     BlankAsPlus},
    {"query-left-out", kPart, "the query was not signed", "put it into the third line", LeaveOut},
    {"query-encoded-twice", kPart, "the query was percent-encoded twice",
     "decode it before it is encoded", EncodeTwice},
    {"query-reserved-bare", kPart, "characters such as / and : were left bare in the query",
     kEncodeHint, LeaveReservedBare},
    {"query-slash-bare", kPart, "the slash was left bare in the query, as Python's quote() does",
     "encode the slash too: quote(text, safe='-_.~')", LeaveSlashBare},
    {"query-tilde-encoded", kPart, "the query's ~ was percent-encoded", "leave ~ as it is",
     EncodeTilde},
    {"query-decoded", kPart, "the query was signed decoded", kEncodeHint, Decode},
    {"query-marks-bare", kPart, "the query's !'()* were left bare, as encodeURIComponent does",
     "encode these five characters too", LeaveMarksBare},
    {"query-lower-case-hex", kPart, "the query's percent-encoding has lower-case hex digits",
     "write %2F, not %2f", LowerCaseDigits},
    {"query-question-mark", kPart, "the question mark was left before the query",
     "sign what comes after it", KeepMark},
    {"query-token-left-out", kPart, "the session token in the query was not signed",
     "sign X-Amz-Security-Token with the other parameters; only some services, such as IoT, want "
     "it added afterwards",
     LeaveTokenOut},
};

}  // namespace

std::span<const Defect> QueryDefects() { return kDefects; }

}  // namespace sigvet
