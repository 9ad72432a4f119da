#include <algorithm>
#include <array>
#include <cctype>

#include "diagnosis/stage_difference.h"
#include "diagnosis/stage_lines.h"

namespace sigvet {
namespace {

constexpr std::size_t kHashLine = 4;
constexpr std::size_t kDateDigits = 8;

bool SameButForCase(std::string_view expected, std::string_view actual) {
  return std::ranges::equal(expected, actual, [](unsigned char a, unsigned char b) {
    return std::tolower(a) == std::tolower(b);
  });
}

struct LineOfText {
  const char* what;
  const char* likely;
};

constexpr std::array<LineOfText, kHashLine> kLines = {
    {{"the algorithm", "it is AWS4-HMAC-SHA256"},
     {"the timestamp", "another time was signed than X-Amz-Date says"},
     {"the credential scope",
      "date, region and service are those of Credential, then "
      "aws4_request"},
     {"the hash of the canonical request", "the canonical requests differ"}}};

/// A guess that fits the two lines; else what may be said of that line in general.
std::string Guess(std::size_t line, std::string_view expected, std::string_view actual) {
  if (HasCarriageReturn(expected, actual)) return std::string(kCarriageReturn);
  if (line == kHashLine && SameButForCase(expected, actual)) return "the hash is in upper case";
  if (line == 2 && actual == expected.substr(0, kDateDigits)) {
    return "the date stands there without its time: it is the whole X-Amz-Date";
  }
  if (line == 3 && expected == std::string(actual) + "/aws4_request") {
    return "aws4_request at its end was left out";
  }
  if (line == 3 && actual.ends_with("/" + std::string(expected))) {
    return "the access key id stands before it: the scope begins with the date";
  }
  return kLines[line - 1].likely;
}

}  // namespace

std::optional<StageDifference> CompareStringsToSign(std::string_view expected,
                                                    std::string_view actual) {
  const Lines wanted = Split(expected, '\n');
  const Lines given = Split(actual, '\n');
  auto difference = FirstDifference(wanted, given);
  if (!difference) return difference;
  if (difference->line > std::min(wanted.size(), kLines.size())) {
    DescribeSurplus(given, *difference);
    return difference;
  }
  difference->what = kLines[difference->line - 1].what;
  difference->likely =
      Guess(difference->line, LineAt(wanted, *difference), LineAt(given, *difference));
  if (difference->line == kHashLine && given.size() > kHashLine + 1) {
    difference->likely = "the canonical request itself stands where its SHA-256 should";
  }
  if (wanted.size() != given.size()) return difference;
  for (std::size_t i = difference->line; i < std::min(wanted.size(), kLines.size()); ++i) {
    if (wanted[i] != given[i]) difference->further.emplace_back(kLines[i].what);
  }
  return difference;
}

}  // namespace sigvet
