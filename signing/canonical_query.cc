#include "signing/canonical_query.h"

#include <algorithm>
#include <cstddef>
#include <utility>

#include "signing/percent_encoding.h"

namespace sigvet {
namespace {

using Pair = std::pair<std::string_view, std::string_view>;

/// Takes the first pair that is not empty off `query`; false at the end.
bool TakePair(std::string_view& query, Pair& pair) {
  while (!query.empty()) {
    const std::string_view text = query.substr(0, query.find('&'));
    query.remove_prefix(std::min(text.size() + 1, query.size()));
    if (text.empty()) continue;
    const std::size_t equals = std::min(text.find('='), text.size());
    pair = {text.substr(0, equals), text.substr(std::min(equals + 1, text.size()))};
    return true;
  }
  return false;
}

std::optional<Error> CheckEscapes(std::string_view query) {
  const std::size_t bad = FindBadPercentEscape(query);
  if (bad == std::string_view::npos) return std::nullopt;
  return BadPercentEscape("the query", query, bad);
}

/// Where an encoded pair stands, without what joins it to the others.
struct EncodedPair {
  std::size_t begin;
  std::size_t name_bytes;
  std::size_t value_bytes;

  Pair In(const std::string& text) const {
    const std::string_view view = text;
    return {view.substr(begin, name_bytes), view.substr(begin + name_bytes + 1, value_bytes)};
  }
};

/// Sorts the pairs, the first of which begins at `begin` and the last of which ends `out`.
void SortPairs(std::string& out, std::size_t begin, std::vector<EncodedPair>& pairs) {
  const auto of_encoded = [&out](const EncodedPair& pair) { return pair.In(out); };
  if (std::ranges::is_sorted(pairs, {}, of_encoded)) return;
  std::ranges::sort(pairs, {}, of_encoded);
  std::string sorted;
  sorted.reserve(out.size() - begin);
  for (const EncodedPair& pair : pairs) {
    if (!sorted.empty()) sorted += '&';
    sorted.append(out, pair.begin, pair.name_bytes + 1 + pair.value_bytes);
  }
  out.replace(begin, std::string::npos, sorted);
}

}  // namespace

Result<std::vector<QueryParameter>> ParseQuery(std::string_view query) {
  if (std::optional<Error> error = CheckEscapes(query)) return *error;
  std::vector<QueryParameter> parameters;
  for (Pair pair; TakePair(query, pair);) {
    parameters.push_back(
        {PercentDecode(pair.first).value_or(""), PercentDecode(pair.second).value_or("")});
  }
  return parameters;
}

std::optional<Error> AppendCanonicalQuery(std::string& out, std::string_view query) {
  if (query.empty()) return std::nullopt;
  if (std::optional<Error> error = CheckEscapes(query)) return error;
  const std::size_t begin = out.size();
  std::vector<EncodedPair> pairs;
  for (Pair pair; TakePair(query, pair);) {
    if (!pairs.empty()) out += '&';
    const std::size_t name = out.size();
    AppendReencoded(out, pair.first, BareCharacters::kUnreserved);
    const std::size_t equals = out.size();
    out += '=';
    AppendReencoded(out, pair.second, BareCharacters::kUnreserved);
    pairs.push_back({name, equals - name, out.size() - equals - 1});
  }
  SortPairs(out, begin, pairs);
  return std::nullopt;
}

Result<std::string> CanonicalQuery(std::string_view query) {
  std::string out;
  if (std::optional<Error> error = AppendCanonicalQuery(out, query)) return *error;
  return out;
}

}  // namespace sigvet
