#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/ascii.h"
#include "diagnosis/defect.h"
#include "signing/canonical_headers.h"

namespace sigvet {
namespace {

constexpr DerivationPart kPart = DerivationPart::kHeaders;
constexpr std::string_view kWhiteSpace = " \t\r\n";

std::string_view Trimmed(std::string_view text, std::string_view white_space) {
  const std::size_t begin = std::min(text.find_first_not_of(white_space), text.size());
  return text.substr(begin, text.find_last_not_of(white_space) + 1 - begin);
}

std::string Join(const std::vector<std::string>& values, std::string_view separator) {
  std::string joined;
  for (std::size_t i = 0; i < values.size(); ++i) {
    joined.append(i == 0 ? "" : separator).append(values[i]);
  }
  return joined;
}

std::string Canonical(std::string_view value) {
  const Result<std::string> canonical = CanonicalHeaderValue({"header", std::string(value)});
  return canonical ? *canonical : std::string(value);
}

/// The values of the header, each in the form that `write` gives it.
template <typename Write>
std::vector<std::string> Values(const DefectInput& input, std::string_view name,
                                const Write& write) {
  std::vector<std::string> values;
  for (const std::string_view value : HeaderValues(input.signed_request.request, name)) {
    values.emplace_back(write(value));
  }
  return values;
}

template <typename Write>
void Rejoin(const DefectInput& input, Derivation& derivation, std::string_view separator,
            const Write& write) {
  for (HttpHeader& header : derivation.request.headers) {
    header.value = Join(Values(input, header.name, write), separator);
  }
}

void DontCollapse(const DefectInput& input, Derivation& derivation) {
  Rejoin(input, derivation, ",",
         [](std::string_view value) { return Trimmed(value, kWhiteSpace); });
}

void DontTrim(const DefectInput& input, Derivation& derivation) {
  // The one blank after the colon belongs to no value.
  Rejoin(input, derivation, ",",
         [](std::string_view value) { return value.starts_with(' ') ? value.substr(1) : value; });
}

void CollapseOnce(const DefectInput& input, Derivation& derivation) {
  Rejoin(input, derivation, ",",
         [](std::string_view value) { return ReplaceAll(Trimmed(value, kWhiteSpace), "  ", " "); });
}

void KeepQuoted(const DefectInput& input, Derivation& derivation) {
  Rejoin(input, derivation, ",", [](std::string_view value) {
    std::string kept;
    for (bool is_quoted = false; !value.empty(); is_quoted = !is_quoted) {
      const std::size_t end = std::min(value.find('"'), value.size());
      const std::string_view part = value.substr(0, end);
      value.remove_prefix(end);
      if (is_quoted) {
        kept.append(part);
      } else {
        // The marks keep the blanks beside quotations.
        const std::string canonical = Canonical("x" + std::string(part) + "x");
        kept.append(canonical, 1, canonical.size() - 2);
      }
      if (value.empty()) break;
      kept += '"';
      value.remove_prefix(1);
    }
    return std::string(Trimmed(kept, kWhiteSpace));
  });
}

void CollapseBlanksAlone(const DefectInput& input, Derivation& derivation) {
  Rejoin(input, derivation, ",", [](std::string_view value) {
    std::string collapsed;
    for (const char c : Trimmed(value, " ")) {
      if (c != ' ' || !collapsed.ends_with(' ')) collapsed += c;
    }
    return collapsed;
  });
}

void FoldsAsCommas(const DefectInput& input, Derivation& derivation) {
  Rejoin(input, derivation, ",", [](std::string_view value) {
    std::string joined;
    while (!value.empty()) {
      const std::size_t end = std::min(value.find('\n'), value.size());
      joined.append(joined.empty() ? "" : ",")
          .append(Canonical(Trimmed(value.substr(0, end), kWhiteSpace)));
      value.remove_prefix(std::min(end + 1, value.size()));
    }
    return joined;
  });
}

void JoinWithCommaAndBlank(const DefectInput& input, Derivation& derivation) {
  Rejoin(input, derivation, ", ", Canonical);
}

void JoinWithBlank(const DefectInput& input, Derivation& derivation) {
  Rejoin(input, derivation, " ", Canonical);
}

void SortValues(const DefectInput& input, Derivation& derivation) {
  for (HttpHeader& header : derivation.request.headers) {
    std::vector<std::string> values = Values(input, header.name, Canonical);
    std::ranges::sort(values);
    header.value = Join(values, ",");
  }
}

void KeepFirst(const DefectInput& input, Derivation& derivation) {
  for (HttpHeader& header : derivation.request.headers) {
    const auto values = HeaderValues(input.signed_request.request, header.name);
    if (!values.empty()) header.value = Canonical(values.front());
  }
}

void KeepLast(const DefectInput& input, Derivation& derivation) {
  for (HttpHeader& header : derivation.request.headers) {
    const auto values = HeaderValues(input.signed_request.request, header.name);
    if (!values.empty()) header.value = Canonical(values.back());
  }
}

void LowerCaseValues(const DefectInput&, Derivation& derivation) {
  for (HttpHeader& header : derivation.request.headers) header.value = ToLowerAscii(header.value);
}

void BlankAfterColon(const DefectInput&, Derivation& derivation) {
  for (HttpHeader& header : derivation.request.headers) header.value.insert(0, " ");
}

constexpr const char* kValueHint =
    "trim each value and turn every run of white space in it into one blank";
constexpr const char* kJoinHint =
    "join the values of one name with a comma alone, as they are sent";

constexpr Defect kDefects[] = {
    {"header-values-not-collapsed", kPart, "white space within a header's value was not collapsed",
     kValueHint, DontCollapse,
     "botocore#1182; boto#1025; trafficserver#8583; scylladb#27775; soto-core#498; chimera#1102; "
     "aws-sdk-java-v2#2502"},
    {"header-values-not-trimmed", kPart, "white space around a header's value was not removed",
     kValueHint, DontTrim, "aws-sdk-java-v2#2502"},
    {"header-values-collapsed-once", kPart,
     "each two blanks in a header's value became one, but once only: three blanks became two",
     "replace runs of any length: the regular expression \\s+, or a loop", CollapseOnce,
     "rusoto#2015; http4k#947"},
    {"header-values-quotes-kept", kPart,
     "white space within quotation marks in a header's value was not collapsed",
     "collapse it there too: older documentation said otherwise", KeepQuoted,
     "boto#3471; Ruby aws-sigv4 1.5.1; Perl AWS::Signature4 1.02"},
    {"header-values-tabs-kept", kPart,
     "tabs and line breaks in a header's value were not taken for white space", kValueHint,
     CollapseBlanksAlone, "smithy-rs, on purpose; Perl AWS::Signature4 1.02"},
    {"header-values-lower-case", kPart, "the headers' values were put into lower case",
     "put only the names into lower case", LowerCaseValues, "constructed"},
    {"header-blank-after-colon", kPart, "a blank was left after the colon of each header",
     "write name:value", BlankAfterColon, "constructed"},
    {"header-joined-with-blank", kPart, "repeated headers were joined with a comma and a blank",
     kJoinHint, JoinWithCommaAndBlank, "aws4fetch, through the headers of Fetch"},
    {"header-joined-without-comma", kPart, "repeated headers were joined with a blank", kJoinHint,
     JoinWithBlank, "anthropic-sdk-csharp#268"},
    {"header-first-only", kPart, "of repeated headers only the first was signed", kJoinHint,
     KeepFirst, "constructed"},
    {"header-last-only", kPart, "of repeated headers only the last was signed", kJoinHint, KeepLast,
     "aws-sdk-java-v2#2502"},
    {"header-values-sorted", kPart, "the values of repeated headers were sorted", kJoinHint,
     SortValues, "botocore in 2017"},
    {"header-folds-as-commas", kPart,
     "the lines of a header's value that goes on in the next line were joined with commas",
     "turn each line break, with the blanks after it, into one blank", FoldsAsCommas,
     "the AWS test suite of 2015; mhart/aws4; smithy-typescript"},
};

}  // namespace

std::span<const Defect> HeaderValueDefects() { return kDefects; }

}  // namespace sigvet
