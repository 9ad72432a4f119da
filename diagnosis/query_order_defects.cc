#include <algorithm>
#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/ascii.h"
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
  std::ranges::stable_sort(pairs, {}, [](const Pair& pair) { return ToLowerAscii(pair.name); });
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

/// What a locale sorts ASCII by at first: the order of the Unicode Collation Algorithm's CLDR root,
/// in which letter case counts only where all else is equal.
std::vector<std::size_t> LocaleKey(std::string_view text) {
  constexpr std::string_view kMarks = "_-,;:!?.'\"()[]{}@*/\\&#%`^+<=>|~$";
  std::vector<std::size_t> key;
  for (const char c : text) {
    const std::size_t mark = kMarks.find(c);
    const auto other = static_cast<std::size_t>(static_cast<unsigned char>(ToLowerAscii(c)));
    key.push_back(mark != kMarks.npos ? mark : kMarks.size() + other);
  }
  return key;
}

/// With small letters before capital ones.
std::string SwappedCase(std::string_view text) {
  std::string swapped;
  for (const char c : text) {
    const bool is_letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    swapped += is_letter ? static_cast<char>(c ^ 0x20) : c;
  }
  return swapped;
}

void SortByLocale(const DefectInput& input, Derivation& derivation) {
  const auto key = [](std::string_view text) {
    return std::pair(LocaleKey(text), SwappedCase(text));
  };
  std::vector<Pair> pairs = EncodedPairs(input);
  std::ranges::sort(pairs, {},
                    [&](const Pair& pair) { return std::pair(key(pair.name), key(pair.value)); });
  derivation.request.query = Join(pairs);
}

constexpr const char* kSortHint =
    "encode names and values, then sort by name and then by value, byte by byte";
constexpr const char* kKeepHint = "keep all of them";

constexpr Defect kDefects[] = {
    {"query-not-sorted", kPart, "the parameters of the query were not sorted", kSortHint, DontSort,
     "curl#9717; envoy#16918; deno_aws_sign_v4#7; cmdrkeene/aws4#8; ticofab#9"},
    {"query-as-sent", kPart, "the query was signed as it stands in the request", kSortHint, AsSent,
     "curl#9717; cmdrkeene/aws4#8"},
    {"query-values-not-sorted", kPart, "parameters of one name were not sorted by value", kSortHint,
     DontSortValues, "aws-sdk-ruby#2376, #2387; smithy-typescript#848, #849; mhart/aws4#59, #60"},
    {"query-sorted-as-text", kPart,
     "the parameters were sorted as name=value, so that a-b= came before a=",
     "sort by the name alone, then by the value", SortAsText,
     "mhart/aws4#103, #104; amplify-js#3582; requests-aws4auth#21"},
    {"query-sorted-decoded", kPart, "the parameters were sorted before they were encoded",
     kSortHint, SortDecoded,
     "smithy-typescript#1404; aws-sdk-php#3200; aws-sdk-java#1896 and aws-sdk-js#2511 want it so"},
    {"query-sorted-without-case", kPart, "the parameters were sorted without regard to letter case",
     kSortHint, SortWithoutCase, "constructed"},
    {"query-sorted-by-locale", kPart, "the parameters were sorted as a language sorts words",
     "sort byte by byte: in JavaScript without localeCompare, in .NET by ordinal", SortByLocale,
     "constructed"},
    {"query-first-value-only", kPart, "of parameters of one name only the first was signed",
     kKeepHint, KeepFirst, "aws4 and aws4fetch, for S3; botocore leaves such test cases out"},
    {"query-last-value-only", kPart, "of parameters of one name only the last was signed",
     kKeepHint, KeepLast, "botocore leaves such test cases out"},
};

}  // namespace

std::span<const Defect> QueryOrderDefects() { return kDefects; }

}  // namespace sigvet
