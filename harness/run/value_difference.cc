#include "harness/run/value_difference.h"

#include <algorithm>
#include <cstddef>
#include <utility>
#include <vector>

#include "signing/percent_encoding.h"

namespace sigvet {
namespace {

/// A field of an Authorization header, or a parameter: name and value.
using Named = std::pair<std::string, std::string>;

/// Sorted, so that their order does not count.
struct Authorization {
  std::string algorithm;
  std::vector<Named> fields;
};

struct Url {
  std::string scheme;
  std::string host;
  /// As it was written; what it means are its segments.
  std::string path;
  std::vector<std::string> segments;
  std::vector<Named> parameters;
};

std::string_view Trim(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(' ');
  if (begin == text.npos) return {};
  return text.substr(begin, text.find_last_not_of(' ') - begin + 1);
}

/// Takes what stands before the first `separator` off `text`, and the separator.
std::string_view TakePart(std::string_view& text, char separator) {
  const std::size_t end = text.find(separator);
  const std::string_view part = text.substr(0, end);
  text.remove_prefix(end == text.npos ? text.size() : end + 1);
  return part;
}

/// nullopt where a field has no name or no value, or is there twice.
std::optional<Authorization> ParseAuthorization(std::string_view text) {
  Authorization authorization;
  text = Trim(text);
  authorization.algorithm = TakePart(text, ' ');
  if (text.empty()) return std::nullopt;
  for (bool more = true; more;) {
    more = text.find(',') != text.npos;
    std::string_view value = Trim(TakePart(text, ','));
    const bool has_value = value.find('=') != value.npos;
    const std::string_view name = TakePart(value, '=');
    if (!has_value || name.empty()) return std::nullopt;
    authorization.fields.emplace_back(name, value);
  }
  std::ranges::sort(authorization.fields);
  const auto repeated = std::ranges::adjacent_find(authorization.fields, {}, &Named::first);
  if (repeated != authorization.fields.end()) return std::nullopt;
  return authorization;
}

/// nullopt where it has no scheme or host, a fragment, or a bad escape.
std::optional<Url> ParseUrl(std::string_view text) {
  constexpr std::string_view kAfterScheme = "://";
  const std::size_t scheme_end = text.find(kAfterScheme);
  if (scheme_end == text.npos || scheme_end == 0) return std::nullopt;
  const bool bad = FindBadPercentEscape(text) != text.npos || text.find('#') != text.npos;
  if (bad) return std::nullopt;
  Url url;
  url.scheme = text.substr(0, scheme_end);
  text.remove_prefix(scheme_end + kAfterScheme.size());
  std::string_view path = TakePart(text, '?');
  url.host = path.substr(0, path.find('/'));
  if (url.host.empty()) return std::nullopt;
  url.path = path.substr(url.host.size());
  path.remove_prefix(std::min(url.host.size() + 1, path.size()));
  for (bool more = true; more;) {
    more = path.find('/') != path.npos;
    url.segments.push_back(PercentDecode(TakePart(path, '/')).value_or(""));
  }
  while (!text.empty()) {
    std::string_view value = TakePart(text, '&');
    if (value.empty()) continue;
    const std::string_view name = TakePart(value, '=');
    url.parameters.emplace_back(PercentDecode(name).value_or(""),
                                PercentDecode(value).value_or(""));
  }
  std::ranges::sort(url.parameters);
  return url;
}

/// The name of the first that only one side has, both being sorted.
std::optional<std::string> FindDifferentName(const std::vector<Named>& expected,
                                             const std::vector<Named>& actual) {
  const auto [in_expected, in_actual] = std::ranges::mismatch(expected, actual);
  const bool no_expected = in_expected == expected.end();
  const bool no_actual = in_actual == actual.end();
  if (no_expected && no_actual) return std::nullopt;
  if (no_expected) return in_actual->first;
  if (no_actual) return in_expected->first;
  return std::min(in_expected->first, in_actual->first);
}

/// All of that name.
std::string PartOf(const std::vector<Named>& all, const std::string& name) {
  std::string text;
  for (const Named& named : all) {
    if (named.first != name) continue;
    text.append(text.empty() ? "" : "&").append(name).append("=").append(named.second);
  }
  return text.empty() ? "(no " + name + ")" : text;
}

/// `what` they are: "field", "parameter".
std::optional<ValueDifference> FindNamedDifference(std::string_view what,
                                                   const std::vector<Named>& expected,
                                                   const std::vector<Named>& actual) {
  const std::optional<std::string> name = FindDifferentName(expected, actual);
  if (!name) return std::nullopt;
  return ValueDifference{std::string(what) + " " + *name, PartOf(expected, *name),
                         PartOf(actual, *name)};
}

std::optional<ValueDifference> FindAuthorizationDifference(std::string_view expected,
                                                           std::string_view actual) {
  const std::optional<Authorization> wanted = ParseAuthorization(expected);
  const std::optional<Authorization> given = ParseAuthorization(actual);
  if (!wanted || !given) return ValueDifference();
  if (wanted->algorithm != given->algorithm) {
    return ValueDifference{"algorithm", wanted->algorithm, given->algorithm};
  }
  return FindNamedDifference("field", wanted->fields, given->fields);
}

std::optional<ValueDifference> FindUrlDifference(std::string_view expected,
                                                 std::string_view actual) {
  const std::optional<Url> wanted = ParseUrl(expected);
  const std::optional<Url> given = ParseUrl(actual);
  if (!wanted || !given) return ValueDifference();
  if (wanted->scheme != given->scheme) {
    return ValueDifference{"scheme", wanted->scheme, given->scheme};
  }
  if (wanted->host != given->host) return ValueDifference{"host", wanted->host, given->host};
  if (wanted->segments != given->segments) {
    return ValueDifference{"path", wanted->path, given->path};
  }
  return FindNamedDifference("parameter", wanted->parameters, given->parameters);
}

}  // namespace

std::optional<ValueDifference> FindDifference(ValueType type, std::string_view expected,
                                              std::string_view actual) {
  if (expected == actual) return std::nullopt;
  if (type == ValueType::kAuthorization) return FindAuthorizationDifference(expected, actual);
  if (type == ValueType::kUrl) return FindUrlDifference(expected, actual);
  return ValueDifference();
}

}  // namespace sigvet
