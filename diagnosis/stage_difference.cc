#include "diagnosis/stage_difference.h"

#include <algorithm>
#include <span>
#include <vector>

#include "base/ascii.h"
#include "base/utf8.h"
#include "diagnosis/stage_lines.h"
#include "signing/canonical_headers.h"
#include "signing/percent_encoding.h"

namespace sigvet {
namespace {

/// A guess that fits some pairs of lines: the first that holds is told.
struct Guess {
  bool (*holds)(std::string_view expected, std::string_view actual);
  std::string_view sentence;
};

std::string FirstGuess(std::span<const Guess> guesses, std::string_view expected,
                       std::string_view actual) {
  const auto found = std::ranges::find_if(
      guesses, [&](const Guess& guess) { return guess.holds(expected, actual); });
  return found == guesses.end() ? "" : std::string(found->sentence);
}

bool SameButForCase(std::string_view expected, std::string_view actual) {
  return ToLowerAscii(expected) == ToLowerAscii(actual);
}

bool DecodesTo(std::string_view text, std::string_view other) {
  return PercentDecode(text) == other;
}

bool DecodeToTheSame(std::string_view expected, std::string_view actual) {
  const auto decoded = PercentDecode(expected);
  return decoded && decoded == PercentDecode(actual);
}

std::vector<std::string_view> SortedParts(std::string_view text, char separator) {
  Lines parts = Split(text, separator);
  std::ranges::sort(parts);
  return parts;
}

bool SameButForBlanks(std::string_view expected, std::string_view actual) {
  const auto without = [](std::string_view text) {
    std::string rest(text);
    std::erase_if(rest, [](char c) { return c == ' ' || c == '\t' || c == '\r'; });
    return rest;
  };
  return without(expected) == without(actual);
}

constexpr Guess kMethodGuesses[] = {
    {HasCarriageReturn, kCarriageReturn},
    {SameButForCase, "the method has another letter case"},
    {[](std::string_view, std::string_view) { return true; },
     "the request was signed for another method than the one it was sent with"},
};

constexpr Guess kPathGuesses[] = {
    {HasCarriageReturn, kCarriageReturn},
    {DecodesTo, "the path was percent-encoded once less: every service but S3 wants it twice"},
    {[](std::string_view expected, std::string_view actual) { return DecodesTo(actual, expected); },
     "the path was percent-encoded once more: S3 wants it once"},
    {[](std::string_view expected, std::string_view actual) {
       return SameButForCase(expected, actual) && DecodeToTheSame(expected, actual);
     },
     "hex digits of the percent-encoding are in lower case"},
    {DecodeToTheSame,
     "other characters were percent-encoded: all but letters, digits, -._~ and the "
     "slashes are to be"},
    {[](std::string_view, std::string_view actual) { return actual.find("://") != actual.npos; },
     "the whole URL stands where its path should"},
    {[](std::string_view expected, std::string_view actual) {
       return actual.starts_with(expected) && actual.substr(expected.size()).starts_with('?');
     },
     "the query was left in the line of the path"},
    {[](std::string_view expected, std::string_view actual) {
       return actual.find("//") != actual.npos || actual.find("/.") != actual.npos ||
              expected.find("//") != expected.npos || expected.find("/.") != expected.npos;
     },
     "dots and repeated slashes: every service but S3 wants them resolved, S3 wants them as they "
     "are"},
    {[](std::string_view expected, std::string_view actual) {
       return expected == std::string(actual) + "/" || actual == std::string(expected) + "/";
     },
     "a slash at the end was lost or added"},
    {[](std::string_view, std::string_view) { return true; },
     "another path was sent than was signed: a proxy or the HTTP library may have changed it"},
};

bool SameButForEquals(std::string_view expected, std::string_view actual) {
  const auto without = [](std::string_view text) {
    Lines parts = Split(text, '&');
    for (std::string_view& part : parts) {
      if (part.ends_with('=')) part.remove_suffix(1);
    }
    return parts;
  };
  return without(expected) == without(actual);
}

constexpr Guess kQueryGuesses[] = {
    {HasCarriageReturn, kCarriageReturn},
    {[](std::string_view expected, std::string_view actual) {
       return SortedParts(expected, '&') == SortedParts(actual, '&');
     },
     "the parameters are not sorted by encoded name and then by encoded value"},
    {SameButForEquals, "a parameter without a value needs its = all the same: acl="},
    {[](std::string_view expected, std::string_view actual) {
       return actual == "?" + std::string(expected);
     },
     "the question mark was left before the query"},
    {[](std::string_view expected, std::string_view actual) {
       return SameButForCase(expected, actual) && DecodeToTheSame(expected, actual);
     },
     "hex digits of the percent-encoding are in lower case"},
    {[](std::string_view expected, std::string_view actual) {
       return expected.find("%20") != expected.npos && actual.find('+') != actual.npos;
     },
     "a blank was written as +: it is %20"},
    {DecodeToTheSame,
     "other characters were percent-encoded: all but letters, digits and -._~ are "
     "to be"},
    {DecodesTo, "the query was not percent-encoded"},
    {[](std::string_view expected, std::string_view actual) { return DecodesTo(actual, expected); },
     "the query was percent-encoded twice"},
    {[](std::string_view, std::string_view actual) { return actual.empty(); },
     "the query was not signed"},
    {[](std::string_view, std::string_view) { return true; },
     "other parameters were sent than were signed, or they were signed in another form"},
};

std::string_view NameOf(std::string_view line) { return line.substr(0, line.find(':')); }

std::string_view ValueOf(std::string_view line) {
  const std::size_t colon = line.find(':');
  return colon == line.npos ? std::string_view() : line.substr(colon + 1);
}

constexpr Guess kValueGuesses[] = {
    {HasCarriageReturn, kCarriageReturn},
    {[](std::string_view expected, std::string_view actual) {
       return actual == " " + std::string(expected);
     },
     "a blank was left after the colon"},
    {SameButForBlanks,
     "white space in the value was not trimmed, or runs of it not made one blank"},
    {SameButForCase, "the value has another letter case: only names are put into lower case"},
    {[](std::string_view expected, std::string_view actual) {
       return SortedParts(expected, ',') == SortedParts(actual, ',');
     },
     "the values of a repeated header are joined in the order of the request"},
    {[](std::string_view, std::string_view) { return true; },
     "the header was sent with another value than was signed: a proxy or the HTTP library may have "
     "changed it, or it was set again after signing"},
};

constexpr Guess kHostGuesses[] = {
    {[](std::string_view expected, std::string_view actual) {
       return expected.starts_with(std::string(actual) + ":");
     },
     "the port was left out: sign the header Host as it is sent"},
    {[](std::string_view expected, std::string_view actual) {
       return actual.starts_with(std::string(expected) + ":");
     },
     "a port was signed that is not sent: the scheme's own port is left out"},
};

constexpr Guess kPayloadGuesses[] = {
    {HasCarriageReturn, kCarriageReturn},
    {SameButForCase, "the hash is in upper case"},
    {[](std::string_view, std::string_view actual) { return actual.empty(); },
     "the hash is missing: an empty body has one too"},
    {[](std::string_view expected, std::string_view) { return expected == "UNSIGNED-PAYLOAD"; },
     "the service took the body as unsigned: X-Amz-Content-Sha256 or the presigned form says so"},
    {[](std::string_view, std::string_view actual) { return actual == "UNSIGNED-PAYLOAD"; },
     "the body was not signed; only S3 takes that"},
    {[](std::string_view expected, std::string_view actual) {
       return actual.starts_with("e3b0c44298fc1c14") || expected.starts_with("e3b0c44298fc1c14");
     },
     "e3b0c442... is the hash of an empty body: one side saw none"},
    {[](std::string_view, std::string_view) { return true; },
     "another body was sent than was signed: it was changed, or encoded anew, after signing"},
};

/// The names of `list` that `other` lacks, in words.
std::string Missing(std::string_view list, std::string_view other) {
  const Lines names = Split(other, ';');
  std::string missing;
  for (const std::string_view name : Split(list, ';')) {
    if (std::ranges::find(names, name) != names.end()) continue;
    missing.append(missing.empty() ? "" : ", ").append(Visible(name));
  }
  return missing;
}

std::string GuessSignedHeaders(std::string_view expected, std::string_view actual) {
  if (HasCarriageReturn(expected, actual)) return std::string(kCarriageReturn);
  if (SortedParts(expected, ';') == SortedParts(actual, ';')) return "the names are not sorted";
  if (SameButForCase(expected, actual)) return "the names are not in lower case";
  const std::string lost = Missing(expected, actual);
  const std::string more = Missing(actual, expected);
  std::string text = lost.empty() ? "" : "not among the signed headers: " + lost;
  if (!more.empty()) text += (text.empty() ? "" : "; ") + ("signed in addition: " + more);
  return text;
}

bool HasHeader(const Lines& lines, std::string_view name) {
  const HeaderLines headers = FindHeaders(lines);
  for (std::size_t i = headers.begin; i < std::min(headers.end, lines.size()); ++i) {
    if (SameHeaderName(NameOf(lines[i]), name)) return true;
  }
  return false;
}

void DescribeHeader(const Lines& wanted, const Lines& given, StageDifference& difference) {
  const std::string_view expected = LineAt(wanted, difference);
  const std::string_view actual = LineAt(given, difference);
  const std::string_view name = NameOf(expected);
  difference.what = "the header " + Visible(name);
  if (name == NameOf(actual)) {
    if (name == "host")
      difference.likely = FirstGuess(kHostGuesses, ValueOf(expected), ValueOf(actual));
    if (difference.likely.empty()) {
      difference.likely = FirstGuess(kValueGuesses, ValueOf(expected), ValueOf(actual));
    }
  } else if (SameHeaderName(name, NameOf(actual))) {
    difference.likely = "the header's name is not in lower case";
  } else if (!HasHeader(given, name)) {
    difference.likely = "the header " + Visible(name) + " was not signed";
  } else if (!actual.empty() && actual != "\r" && !HasHeader(wanted, NameOf(actual))) {
    difference.likely = "the header " + Visible(NameOf(actual)) +
                        " was signed in addition: it is not among the signed headers, or not sent";
  } else {
    difference.likely = "the headers are not sorted by their names";
  }
}

void DescribeAfterHeaders(std::size_t position, const Lines& wanted, const Lines& given,
                          StageDifference& difference) {
  const std::string_view expected = LineAt(wanted, difference);
  const std::string_view actual = LineAt(given, difference);
  if (position == 0) {
    difference.what = "the empty line after the headers";
    difference.likely =
        HasCarriageReturn(expected, actual) ? std::string(kCarriageReturn)
        : actual.find(':') != actual.npos
            ? "the header " + Visible(NameOf(actual)) +
                  " was signed in addition: it is not among the signed headers, or not sent"
            : "each header's line is ended, and then an empty line follows";
  } else if (position == 1) {
    difference.what = "the signed headers";
    difference.likely = actual.empty() && given.size() > difference.line
                            ? "there is an empty line too many before it"
                            : GuessSignedHeaders(expected, actual);
  } else {
    difference.what = "the payload hash";
    difference.likely = FirstGuess(kPayloadGuesses, expected, actual);
  }
}

}  // namespace

std::optional<StageDifference> CompareCanonicalRequests(std::string_view expected,
                                                        std::string_view actual) {
  const Lines wanted = Split(expected, '\n');
  const Lines given = Split(actual, '\n');
  std::optional<StageDifference> difference = FirstDifference(wanted, given);
  if (!difference) return difference;
  const std::size_t line = difference->line - 1;
  const std::string_view expected_line = LineAt(wanted, *difference);
  const std::string_view actual_line = LineAt(given, *difference);
  const HeaderLines headers = FindHeaders(wanted);
  if (line >= wanted.size()) {
    DescribeSurplus(given, *difference);
  } else if (line == 0) {
    difference->what = "the method";
    difference->likely = FirstGuess(kMethodGuesses, expected_line, actual_line);
  } else if (line == 1) {
    difference->what = "the path";
    difference->likely = FirstGuess(kPathGuesses, expected_line, actual_line);
  } else if (line == 2) {
    difference->what = "the query";
    difference->likely = FirstGuess(kQueryGuesses, expected_line, actual_line);
  } else if (line < headers.end) {
    DescribeHeader(wanted, given, *difference);
  } else {
    DescribeAfterHeaders(line - headers.end, wanted, given, *difference);
  }
  difference->further = FurtherDifferences(wanted, given, difference->what);
  return difference;
}

}  // namespace sigvet
