#include <algorithm>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "base/ascii.h"
#include "diagnosis/defect.h"
#include "signing/canonical_headers.h"

namespace sigvet {
namespace {

constexpr DerivationPart kHost = DerivationPart::kHost;
constexpr DerivationPart kPart = DerivationPart::kHeaders;

std::string* HostOf(Sigv4Derivation& derivation) {
  const auto host = std::ranges::find(derivation.headers, "host", &HttpHeader::name);
  return host == derivation.headers.end() ? nullptr : &host->value;
}

void DropPort(const DefectInput&, Derivation& derivation) {
  std::string* host = HostOf(derivation.request);
  if (host == nullptr) return;
  const std::size_t colon = host->rfind(':');
  // Not the colons within an IPv6 address.
  if (colon != std::string::npos && host->find(']', colon) == std::string::npos) {
    host->erase(colon);
  }
}

void AddPort(Sigv4Derivation& derivation, std::string_view port) {
  if (std::string* host = HostOf(derivation)) *host += port;
}

void AddHttpsPort(const DefectInput&, Derivation& derivation) {
  AddPort(derivation.request, ":443");
}

void AddHttpPort(const DefectInput&, Derivation& derivation) { AddPort(derivation.request, ":80"); }

void LowerCaseHost(const DefectInput&, Derivation& derivation) {
  if (std::string* host = HostOf(derivation.request)) *host = ToLowerAscii(*host);
}

std::string_view Trimmed(std::string_view text) {
  const std::size_t begin = std::min(text.find_first_not_of(" \t"), text.size());
  return text.substr(begin, text.find_last_not_of(" \t") + 1 - begin);
}

/// Joins the values of each header anew, each in the form that `write` gives it.
template <typename Write>
void Rejoin(const DefectInput& input, Sigv4Derivation& derivation, std::string_view separator,
            const Write& write) {
  for (HttpHeader& header : derivation.headers) {
    std::string joined;
    bool first = true;
    for (const std::string_view value : HeaderValues(input.signed_request.request, header.name)) {
      joined.append(first ? "" : separator).append(write(value));
      first = false;
    }
    header.value = joined;
  }
}

std::string Canonical(std::string_view value) {
  const Result<std::string> canonical = CanonicalHeaderValue({"header", std::string(value)});
  return canonical ? *canonical : std::string(value);
}

void DontCollapse(const DefectInput& input, Derivation& derivation) {
  Rejoin(input, derivation.request, ",", Trimmed);
}

void DontTrim(const DefectInput& input, Derivation& derivation) {
  // The one blank after the colon belongs to no value.
  Rejoin(input, derivation.request, ",",
         [](std::string_view value) { return value.starts_with(' ') ? value.substr(1) : value; });
}

void JoinWithBlank(const DefectInput& input, Derivation& derivation) {
  Rejoin(input, derivation.request, ", ", Canonical);
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

void NamesAsSent(const DefectInput& input, Derivation& derivation) {
  for (HttpHeader& header : derivation.request.headers) {
    const auto& sent = input.signed_request.request.headers;
    const auto found = std::ranges::find_if(sent, [&](const HttpHeader& candidate) {
      return SameHeaderName(candidate.name, header.name);
    });
    if (found != sent.end()) header.name = found->name;
  }
}

void SortWholeLines(const DefectInput&, Derivation& derivation) {
  std::ranges::sort(derivation.request.headers, {},
                    [](const HttpHeader& header) { return header.name + ":" + header.value; });
}

void ListNames(Sigv4Derivation& derivation) {
  derivation.signed_headers.clear();
  for (const HttpHeader& header : derivation.headers) {
    derivation.signed_headers.append(derivation.signed_headers.empty() ? "" : ";")
        .append(header.name);
  }
}

/// `order`: names in any case, some of them signed.
void Reorder(const std::vector<std::string>& order, Sigv4Derivation& derivation) {
  const auto rank = [&](const HttpHeader& header) {
    return std::ranges::find_if(
               order, [&](const std::string& name) { return SameHeaderName(name, header.name); }) -
           order.begin();
  };
  std::ranges::stable_sort(derivation.headers, {}, rank);
  ListNames(derivation);
}

void AsListed(const DefectInput& input, Derivation& derivation) {
  Reorder(input.signed_request.claim.signed_headers, derivation.request);
}

void AsSent(const DefectInput& input, Derivation& derivation) {
  std::vector<std::string> order;
  order.reserve(input.signed_request.request.headers.size());
  for (const HttpHeader& header : input.signed_request.request.headers) {
    order.push_back(header.name);
  }
  Reorder(order, derivation.request);
}

void LinesAsSent(const DefectInput& input, Derivation& derivation) {
  const std::string signed_headers = derivation.request.signed_headers;
  AsSent(input, derivation);
  derivation.request.signed_headers = signed_headers;
}

void ListAsIs(const DefectInput& input, Derivation& derivation) {
  derivation.request.signed_headers.clear();
  for (const std::string& name : input.signed_request.claim.signed_headers) {
    derivation.request.signed_headers.append(derivation.request.signed_headers.empty() ? "" : ";")
        .append(name);
  }
}

constexpr const char* kPortHint =
    "leave the port of the scheme out of what is signed; signers disagree on it: "
    "sigvet show sigv4/contested/host-port-443";
constexpr const char* kValueHint =
    "trim each value and turn every run of white space in it into one blank";
constexpr const char* kSortHint =
    "sort the headers by their names in lower case, and SignedHeaders likewise";

constexpr Defect kDefects[] = {
    {"host-without-port", kHost, "the host was signed without its port",
     "sign the header Host as it is sent, with the port; signers disagree on :443 and :80: "
     "sigvet show sigv4/contested/host-port-443",
     DropPort},
    {"host-with-port-443", kHost, "the host was signed with the port 443, and sent without",
     kPortHint, AddHttpsPort},
    {"host-with-port-80", kHost, "the host was signed with the port 80, and sent without",
     kPortHint, AddHttpPort},
    {"host-lower-case", kHost, "the host was signed in lower case, and sent in another",
     "send the host as it is signed", LowerCaseHost},
    {"header-values-not-collapsed", kPart, "white space within a header's value was not collapsed",
     kValueHint, DontCollapse},
    {"header-values-not-trimmed", kPart, "white space around a header's value was not removed",
     kValueHint, DontTrim},
    {"header-values-lower-case", kPart, "the headers' values were put into lower case",
     "put only the names into lower case", LowerCaseValues},
    {"header-blank-after-colon", kPart, "a blank was left after the colon of each header",
     "write name:value", BlankAfterColon},
    {"header-names-as-sent", kPart, "the headers' names were not put into lower case",
     "put the names into lower case", NamesAsSent},
    {"header-lines-sorted", kPart, "the headers were sorted as name:value, not by their names",
     "sort by the name alone: x-amz-meta-a comes before x-amz-meta-a-b", SortWholeLines},
    {"headers-as-listed", kPart, "the headers were signed in the order of SignedHeaders, unsorted",
     kSortHint, AsListed},
    {"headers-as-sent", kPart, "the headers were signed in the order of the request", kSortHint,
     AsSent},
    {"header-lines-as-sent", kPart,
     "the headers' lines were in the order of the request, though SignedHeaders was sorted",
     kSortHint, LinesAsSent},
    {"signed-headers-as-listed", kPart,
     "the headers were sorted, but the line of the signed headers was not", kSortHint, ListAsIs},
    {"header-joined-with-blank", kPart, "repeated headers were joined with a comma and a blank",
     "join them with a comma alone", JoinWithBlank},
    {"header-first-only", kPart, "of repeated headers only the first was signed",
     "join the values with commas", KeepFirst},
    {"header-last-only", kPart, "of repeated headers only the last was signed",
     "join the values with commas", KeepLast},
};

}  // namespace

std::span<const Defect> HeaderDefects() { return kDefects; }

}  // namespace sigvet
