#include "diagnosis/stage_lines.h"

#include <algorithm>
#include <map>

#include "base/utf8.h"

namespace sigvet {
namespace {

/// The text of each part of a canonical request, by what it is. Empty where it has not that form.
std::map<std::string, std::string> PartsOf(const Lines& lines) {
  const HeaderLines headers = FindHeaders(lines);
  // An empty line, the signed headers and the payload hash follow the headers.
  if (lines.size() != headers.end + 3) return {};
  std::map<std::string, std::string> parts = {{"the method", std::string(lines[0])},
                                              {"the path", std::string(lines[1])},
                                              {"the query", std::string(lines[2])}};
  for (std::size_t i = headers.begin; i < headers.end; ++i) {
    const std::string_view name = lines[i].substr(0, lines[i].find(':'));
    parts["the header " + Visible(name)].append(lines[i]).append("\n");
  }
  parts["the signed headers"] = lines[headers.end + 1];
  parts["the payload hash"] = lines[headers.end + 2];
  return parts;
}

}  // namespace

Lines Split(std::string_view text, char separator) {
  Lines parts;
  while (true) {
    const std::size_t end = text.find(separator);
    parts.push_back(text.substr(0, end));
    if (end == text.npos) return parts;
    text.remove_prefix(end + 1);
  }
}

bool HasCarriageReturn(std::string_view expected, std::string_view actual) {
  return actual.ends_with('\r') && !expected.ends_with('\r');
}

HeaderLines FindHeaders(const Lines& lines) {
  HeaderLines headers;
  while (headers.end < lines.size() && !lines[headers.end].empty() && lines[headers.end] != "\r") {
    ++headers.end;
  }
  headers.end = std::max(headers.end, headers.begin);
  return headers;
}

std::string_view LineAt(const Lines& lines, const StageDifference& difference) {
  return difference.line <= lines.size() ? lines[difference.line - 1] : std::string_view();
}

std::optional<StageDifference> FirstDifference(const Lines& wanted, const Lines& given) {
  std::size_t i = 0;
  while (i < wanted.size() && i < given.size() && wanted[i] == given[i]) ++i;
  if (i == wanted.size() && i == given.size()) return std::nullopt;
  StageDifference difference;
  difference.line = i + 1;
  if (i < wanted.size()) difference.expected = wanted[i];
  if (i < given.size()) difference.actual = given[i];
  return difference;
}

void DescribeSurplus(const Lines& given, StageDifference& difference) {
  difference.what = "a line too many";
  difference.likely = LineAt(given, difference).empty() ? "there is a line break at the end"
                                                        : "the text goes on after its last line";
}

std::vector<std::string> FurtherDifferences(const Lines& wanted, const Lines& given,
                                            std::string_view first) {
  const auto expected = PartsOf(wanted);
  const auto actual = PartsOf(given);
  std::vector<std::string> further;
  if (expected.empty() || actual.empty()) return further;
  std::vector<std::string> names = {"the method", "the path", "the query"};
  for (const auto* parts : {&expected, &actual}) {
    for (const auto& [name, text] : *parts) {
      if (name.starts_with("the header ") && std::ranges::find(names, name) == names.end()) {
        names.push_back(name);
      }
    }
  }
  names.insert(names.end(), {"the signed headers", "the payload hash"});
  for (const std::string& name : names) {
    const auto one = expected.find(name);
    const auto other = actual.find(name);
    const bool same =
        one != expected.end() && other != actual.end() && one->second == other->second;
    if (!same && name != first) further.push_back(name);
  }
  return further;
}

}  // namespace sigvet
