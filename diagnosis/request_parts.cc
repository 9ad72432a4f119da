#include "diagnosis/request_parts.h"

#include <algorithm>
#include <cstddef>

#include "signing/canonical_headers.h"

namespace sigvet {
namespace {

std::vector<std::string> SplitAt(std::string_view text, char separator) {
  std::vector<std::string> parts;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(separator), text.size());
    parts.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return parts;
}

std::string Join(const std::vector<std::string>& parts, char separator) {
  std::string text;
  for (const std::string& part : parts) {
    if (!text.empty()) text += separator;
    text += part;
  }
  return text;
}

bool HasName(std::string_view pair, std::string_view name) {
  return pair.substr(0, pair.find('=')) == name;
}

}  // namespace

std::vector<std::string> SplitQuery(std::string_view query) { return SplitAt(query, '&'); }

std::string JoinQuery(const std::vector<std::string>& pairs) { return Join(pairs, '&'); }

std::optional<std::string> ParameterValue(const Sigv4Derivation& derivation,
                                          std::string_view name) {
  for (const std::string& pair : SplitQuery(derivation.query)) {
    if (HasName(pair, name)) return pair.substr(std::min(name.size() + 1, pair.size()));
  }
  return std::nullopt;
}

void SetParameter(Sigv4Derivation& derivation, std::string_view name, std::string_view value) {
  std::vector<std::string> pairs = SplitQuery(derivation.query);
  for (std::string& pair : pairs) {
    if (!HasName(pair, name)) continue;
    pair.assign(name).append("=").append(value);
    derivation.query = JoinQuery(pairs);
    return;
  }
}

void AddParameter(Sigv4Derivation& derivation, const std::string& pair) {
  // As names and values are sorted; an equals sign is neither, and comes before both.
  const auto key = [](const std::string& text) { return ReplaceAll(text, "=", {"\0", 1}); };
  std::vector<std::string> pairs = SplitQuery(derivation.query);
  const auto place = std::ranges::is_sorted(pairs, {}, key)
                         ? std::ranges::upper_bound(pairs, key(pair), {}, key)
                         : pairs.end();
  pairs.insert(place, pair);
  derivation.query = JoinQuery(pairs);
}

HttpHeader* FindHeader(Sigv4Derivation& derivation, std::string_view name) {
  const auto found = std::ranges::find_if(derivation.headers, [name](const HttpHeader& header) {
    return SameHeaderName(header.name, name);
  });
  return found == derivation.headers.end() ? nullptr : &*found;
}

void SetSignedHeaders(Sigv4Derivation& derivation, const std::string& list) {
  constexpr std::string_view kName = "X-Amz-SignedHeaders";
  if (const auto sent = ParameterValue(derivation, kName)) {
    for (const std::string_view separator : {"%3B", ";", "%3b", "%253B"}) {
      if (*sent != ReplaceAll(derivation.signed_headers, ";", separator)) continue;
      SetParameter(derivation, kName, ReplaceAll(list, ";", separator));
      break;
    }
  }
  derivation.signed_headers = list;
}

void ListHeaders(Sigv4Derivation& derivation) {
  std::vector<std::string> names;
  for (const HttpHeader& header : derivation.headers) {
    if (std::ranges::find(names, header.name) == names.end()) names.push_back(header.name);
  }
  SetSignedHeaders(derivation, Join(names, ';'));
}

void RemoveHeader(Sigv4Derivation& derivation, std::string_view name) {
  std::erase_if(derivation.headers,
                [name](const HttpHeader& header) { return SameHeaderName(header.name, name); });
  std::vector<std::string> names = SplitAt(derivation.signed_headers, ';');
  std::erase_if(names, [name](const std::string& listed) { return SameHeaderName(listed, name); });
  SetSignedHeaders(derivation, Join(names, ';'));
}

void AddHeader(Sigv4Derivation& derivation, const HttpHeader& header) {
  const auto line = std::ranges::find_if(
      derivation.headers, [&](const HttpHeader& other) { return other.name > header.name; });
  derivation.headers.insert(line, header);
  std::vector<std::string> names = SplitAt(derivation.signed_headers, ';');
  const auto place =
      std::ranges::find_if(names, [&](const std::string& other) { return other > header.name; });
  names.insert(place, header.name);
  SetSignedHeaders(derivation, Join(names, ';'));
}

}  // namespace sigvet
