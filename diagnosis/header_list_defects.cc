#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "diagnosis/defect.h"
#include "diagnosis/request_parts.h"
#include "signing/canonical_headers.h"

namespace sigvet {
namespace {

constexpr DerivationPart kPart = DerivationPart::kHeaders;

/// The canonical value of the first header of that name; nullopt where the request has none.
std::optional<std::string> SentValue(const DefectInput& input, std::string_view name) {
  const auto values = HeaderValues(input.signed_request.request, name);
  if (values.empty()) return std::nullopt;
  const auto value = CanonicalHeaderValue({std::string(name), std::string(values.front())});
  return value ? *value : std::string(values.front());
}

std::string NameAsSent(const DefectInput& input, const std::string& name) {
  const auto& sent = input.signed_request.request.headers;
  const auto found = std::ranges::find_if(
      sent, [&](const HttpHeader& candidate) { return SameHeaderName(candidate.name, name); });
  return found == sent.end() ? name : found->name;
}

void NamesAsSent(const DefectInput& input, Derivation& derivation) {
  for (HttpHeader& header : derivation.request.headers) {
    header.name = NameAsSent(input, header.name);
  }
}

void NamesAndListAsSent(const DefectInput& input, Derivation& derivation) {
  NamesAsSent(input, derivation);
  ListHeaders(derivation.request);
}

void SortWholeLines(const DefectInput&, Derivation& derivation) {
  std::ranges::sort(derivation.request.headers, {},
                    [](const HttpHeader& header) { return header.name + ":" + header.value; });
}

/// `order`: names in any case, some of them signed.
void Reorder(const std::vector<std::string>& order, Sigv4Derivation& derivation) {
  const auto rank = [&](const HttpHeader& header) {
    return std::ranges::find_if(
               order, [&](const std::string& name) { return SameHeaderName(name, header.name); }) -
           order.begin();
  };
  std::ranges::stable_sort(derivation.headers, {}, rank);
  ListHeaders(derivation);
}

std::vector<std::string> SentNames(const DefectInput& input) {
  std::vector<std::string> names;
  names.reserve(input.signed_request.request.headers.size());
  for (const HttpHeader& header : input.signed_request.request.headers) {
    names.push_back(header.name);
  }
  return names;
}

void AsListed(const DefectInput& input, Derivation& derivation) {
  Reorder(input.signed_request.claim.signed_headers, derivation.request);
}

void AsSent(const DefectInput& input, Derivation& derivation) {
  Reorder(SentNames(input), derivation.request);
}

void SortAsSent(const DefectInput& input, Derivation& derivation) {
  std::vector<std::string> names = SentNames(input);
  std::ranges::sort(names);
  Reorder(names, derivation.request);
}

void LinesAsSent(const DefectInput& input, Derivation& derivation) {
  const std::string signed_headers = derivation.request.signed_headers;
  AsSent(input, derivation);
  SetSignedHeaders(derivation.request, signed_headers);
}

void ListAsIs(const DefectInput& input, Derivation& derivation) {
  std::string list;
  for (const std::string& name : input.signed_request.claim.signed_headers) {
    list.append(list.empty() ? "" : ";").append(name);
  }
  SetSignedHeaders(derivation.request, list);
}

void ListWithCommas(const DefectInput&, Derivation& derivation) {
  derivation.request.signed_headers = ReplaceAll(derivation.request.signed_headers, ";", ",");
}

void ListWithBlanks(const DefectInput&, Derivation& derivation) {
  derivation.request.signed_headers = ReplaceAll(derivation.request.signed_headers, ";", "; ");
}

constexpr std::string_view kToken = "x-amz-security-token";

void TokenLast(const DefectInput&, Derivation& derivation) {
  const HttpHeader* found = FindHeader(derivation.request, kToken);
  if (found == nullptr) return;
  HttpHeader token = *found;
  RemoveHeader(derivation.request, kToken);
  const std::string list = derivation.request.signed_headers + ";" + token.name;
  derivation.request.headers.push_back(std::move(token));
  SetSignedHeaders(derivation.request, list);
}

void ListTokenLast(const DefectInput& input, Derivation& derivation) {
  const auto lines = derivation.request.headers;
  TokenLast(input, derivation);
  derivation.request.headers = lines;
}

/// A line for each header, also of one name.
void DontJoin(const DefectInput& input, Derivation& derivation) {
  std::vector<HttpHeader> lines;
  for (const HttpHeader& header : derivation.request.headers) {
    const auto values = HeaderValues(input.signed_request.request, header.name);
    if (values.size() < 2) {
      lines.push_back(header);
      continue;
    }
    for (const std::string_view value : values) {
      const auto canonical = CanonicalHeaderValue({header.name, std::string(value)});
      lines.push_back({header.name, canonical ? *canonical : std::string(value)});
    }
  }
  derivation.request.headers = std::move(lines);
}

/// A name for each header, also of one name.
void ListTwice(const DefectInput& input, Derivation& derivation) {
  std::string list;
  for (const HttpHeader& header : derivation.request.headers) {
    const auto count = HeaderValues(input.signed_request.request, header.name).size();
    for (std::size_t i = 0; i < std::max(count, std::size_t{1}); ++i) {
      list.append(list.empty() ? "" : ";").append(header.name);
    }
  }
  SetSignedHeaders(derivation.request, list);
}

void DontJoinAndListTwice(const DefectInput& input, Derivation& derivation) {
  ListTwice(input, derivation);
  DontJoin(input, derivation);
}

void LeaveEmptyOut(const DefectInput&, Derivation& derivation) {
  const auto lines = derivation.request.headers;
  for (const HttpHeader& header : lines) {
    if (header.value.empty()) RemoveHeader(derivation.request, header.name);
  }
}

void LeaveEmptyLinesOut(const DefectInput&, Derivation& derivation) {
  std::erase_if(derivation.request.headers,
                [](const HttpHeader& header) { return header.value.empty(); });
}

constexpr std::string_view kContentType = "content-type";
constexpr std::string_view kContentLength = "content-length";
constexpr std::string_view kContentSha256 = "x-amz-content-sha256";
constexpr std::string_view kDecodedLength = "x-amz-decoded-content-length";

template <const std::string_view& kName>
void DontSign(const DefectInput&, Derivation& derivation) {
  RemoveHeader(derivation.request, kName);
}

/// Nothing where the request has no such header, or it is signed.
template <const std::string_view& kName>
void SignToo(const DefectInput& input, Derivation& derivation) {
  const auto value = SentValue(input, kName);
  if (!value || FindHeader(derivation.request, kName) != nullptr) return;
  AddHeader(derivation.request, {std::string{kName}, *value});
}

/// A program may leave the header to what sends the request.
void SignLengthToo(const DefectInput& input, Derivation& derivation) {
  if (FindHeader(derivation.request, kContentLength) != nullptr) return;
  const std::string length = std::to_string(input.signed_request.request.body.size());
  AddHeader(derivation.request,
            {std::string(kContentLength), SentValue(input, kContentLength).value_or(length)});
}

/// The value of one header in the place of another's.
template <const std::string_view& kName, const std::string_view& kOther>
void TakeValueOf(const DefectInput& input, Derivation& derivation) {
  HttpHeader* header = FindHeader(derivation.request, kName);
  const auto value = SentValue(input, kOther);
  if (header != nullptr && value) header->value = *value;
}

void UnderscoresAsDashes(const DefectInput&, Derivation& derivation) {
  for (HttpHeader& header : derivation.request.headers) {
    header.name = ReplaceAll(header.name, "_", "-");
  }
  std::ranges::stable_sort(derivation.request.headers, {}, &HttpHeader::name);
  ListHeaders(derivation.request);
}

constexpr const char* kSortHint =
    "sort the headers by their names in lower case, and SignedHeaders likewise";
constexpr const char* kListHint =
    "write each name once, in lower case, sorted, with ; between them";
constexpr const char* kSignHint = "sign each header that SignedHeaders names, and no other";
constexpr const char* kEmptyHint = "write name: for a header without a value, and list it";
constexpr const char* kRepeatedHint =
    "write one line and one name for it, the values joined with commas";
constexpr const char* kLengthHint =
    "Content-Length counts what is sent, X-Amz-Decoded-Content-Length the body without what is "
    "around its chunks";

constexpr Defect kDefects[] = {
    {"header-names-as-sent", kPart, "the headers' names were not put into lower case",
     "put the names into lower case", NamesAsSent, "s3cmd#433, #442"},
    {"header-names-and-list-as-sent", kPart,
     "the headers' names were not put into lower case, nor those of SignedHeaders",
     "put the names into lower case", NamesAndListAsSent, "s3cmd#433, #442"},
    {"headers-sorted-as-sent", kPart,
     "the headers were sorted before their names were put into lower case",
     "put the names into lower case first", SortAsSent,
     "soto-core#219; tsibelman/aws-signer-v4-dot-net#11"},
    {"header-lines-sorted", kPart, "the headers were sorted as name:value, not by their names",
     "sort by the name alone: x-amz-meta-a comes before x-amz-meta-a-b", SortWholeLines,
     "boto#3749, #3824; curl before 8.10 (#14370); ceph#18046, on purpose"},
    {"headers-as-listed", kPart, "the headers were signed in the order of SignedHeaders, unsorted",
     kSortHint, AsListed, "NetSPI/AWSSigner#22; salt#40536"},
    {"headers-as-sent", kPart, "the headers were signed in the order of the request", kSortHint,
     AsSent, "NetSPI/AWSSigner#22; salt#40536; Paw-AWSSignature4#17"},
    {"header-lines-as-sent", kPart,
     "the headers' lines were in the order of the request, though SignedHeaders was sorted",
     kSortHint, LinesAsSent, "constructed"},
    {"signed-headers-as-listed", kPart,
     "the headers were sorted, but the line of the signed headers was not", kSortHint, ListAsIs,
     "NetSPI/AWSSigner#22; aws-sdk-php#3109"},
    {"headers-token-last", kPart, "the session token was signed after all other headers", kSortHint,
     TokenLast, "salt#40536; Paw-AWSSignature4#17; aws-sdk-php#3109"},
    {"signed-headers-token-last", kPart,
     "the session token's name stands last in SignedHeaders, though its line is sorted", kSortHint,
     ListTokenLast, "NetSPI/AWSSigner#22; salt#40536"},
    {"signed-headers-commas", kPart, "the names of the signed headers were joined with commas",
     kListHint, ListWithCommas, "constructed"},
    {"signed-headers-blanks", kPart,
     "the names of the signed headers were joined with a semicolon and a blank", kListHint,
     ListWithBlanks, "constructed"},
    {"header-lines-not-joined", kPart, "a repeated header has more lines than one", kRepeatedHint,
     DontJoin, "constructed"},
    {"signed-headers-repeated", kPart, "a repeated header stands more than once in SignedHeaders",
     kRepeatedHint, ListTwice, "curl before 8.13 (#16743)"},
    {"header-listed-twice", kPart,
     "a repeated header has more lines than one, and more places in SignedHeaders", kRepeatedHint,
     DontJoinAndListTwice, "curl before 8.13 (#16743)"},
    {"header-empty-left-out", kPart, "a header without a value was not signed", kEmptyHint,
     LeaveEmptyOut, "curl before 8.3 (#11664)"},
    {"header-empty-line-left-out", kPart,
     "a header without a value has no line, though SignedHeaders names it", kEmptyHint,
     LeaveEmptyLinesOut, "constructed"},
    {"header-content-type-not-signed", kPart, "Content-Type was sent, but not signed", kSignHint,
     DontSign<kContentType>, "async-aws#2140; bun#43045"},
    {"header-content-type-signed-too", kPart,
     "Content-Type was signed too, and is none of the signed headers", kSignHint,
     SignToo<kContentType>, "constructed"},
    {"header-content-length-not-signed", kPart, "Content-Length was sent, but not signed",
     kSignHint, DontSign<kContentLength>, "the AWS test suite of 2015; async-aws#2140; bun#43045"},
    {"header-content-length-signed-too", kPart,
     "Content-Length was signed too, and is none of the signed headers", kSignHint, SignLengthToo,
     "tests after the S3 documentation's example of trailing headers"},
    {"header-content-sha256-not-signed", kPart,
     "X-Amz-Content-Sha256 was left out, or sent but not signed",
     "S3 wants X-Amz-Content-Sha256 in each request, and signed", DontSign<kContentSha256>,
     "curl#8810, #9804, #9995; aws-requests-auth#37"},
    {"header-content-sha256-signed-too", kPart,
     "X-Amz-Content-Sha256 was signed too, and is none of the signed headers", kSignHint,
     SignToo<kContentSha256>, "curl#9804, #9995"},
    {"header-token-not-signed", kPart, "the session token was left out, or sent but not signed",
     "send X-Amz-Security-Token and sign it with the other headers", DontSign<kToken>,
     "aws-samples/sigv4-signing-examples#11; curl#16927"},
    {"header-token-signed-too", kPart,
     "the session token was signed, and has to be added after signing",
     "sign the request without X-Amz-Security-Token, then add it: some services, such as IoT, want "
     "it so",
     SignToo<kToken>, "aws-sdk-js-v3#3417"},
    {"header-decoded-length-of-sent", kPart,
     "X-Amz-Decoded-Content-Length was signed with the length of what is sent", kLengthHint,
     TakeValueOf<kDecodedLength, kContentLength>, "constructed"},
    {"header-length-of-decoded", kPart,
     "Content-Length was signed with the length of the body without what is around its chunks",
     kLengthHint, TakeValueOf<kContentLength, kDecodedLength>, "constructed"},
    {"header-underscore-as-dash", kPart, "each _ in the headers' names was signed as -",
     "sign the names as they are sent", UnderscoresAsDashes, "Perl HTTP::Headers"},
};

}  // namespace

std::span<const Defect> HeaderListDefects() { return kDefects; }

}  // namespace sigvet
