// Whatever a request says, it is refused or has a canonical form with the properties that make it
// canonical. The input: a line with the path, a line with the query, and headers as `name:value`
// with semicolons between them.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "backends/builtin/builtin_backend.h"
#include "base/check.h"
#include "base/utf8.h"
#include "signing/canonical_headers.h"
#include "signing/canonical_path.h"
#include "signing/canonical_query.h"
#include "signing/canonical_request.h"
#include "signing/percent_encoding.h"
#include "signing/sigv4_request.h"

namespace sigvet {
namespace {

/// Takes what is before the first `separator` off `rest`, or all.
std::string Take(std::string_view& rest, char separator) {
  const std::string part(rest.substr(0, rest.find(separator)));
  rest.remove_prefix(std::min(part.size() + 1, rest.size()));
  return part;
}

HttpRequest ReadRequest(std::string_view text) {
  HttpRequest request;
  request.method = "GET";
  request.path = Take(text, '\n');
  request.query = Take(text, '\n');
  while (!text.empty()) {
    const std::string header = Take(text, ';');
    std::string_view rest = header;
    std::string name = Take(rest, ':');
    request.headers.push_back({std::move(name), std::string(rest)});
  }
  return request;
}

/// Whether there is nothing but unreserved characters, `bare` ones and upper-case escapes.
bool IsEncoded(std::string_view text, std::string_view bare) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '%') {
      if (i + 2 >= text.size() || kDigits.find(text[i + 1]) == std::string_view::npos ||
          kDigits.find(text[i + 2]) == std::string_view::npos) {
        return false;
      }
      i += 2;
    } else if (PercentEncode(text.substr(i, 1), BareCharacters::kUnreserved).size() != 1 &&
               bare.find(text[i]) == std::string_view::npos) {
      return false;
    }
  }
  return true;
}

void CheckPath(const std::string& path, const CanonicalPathOptions& options) {
  const Result<std::string> canonical = CanonicalPath(path, options);
  const bool readable = (path.empty() || path.front() == '/') && PercentDecode(path).has_value();
  Check(canonical.ok() == readable, "a path is refused, or not, against the rules");
  if (!canonical) return Check(IsUtf8(ToString(canonical.error())), "an error that is not UTF-8");
  Check(canonical->front() == '/' && IsEncoded(*canonical, "/"), "not a canonical path");
  const std::string decoded = PercentDecode(*canonical).value();
  if (options.normalize) {
    Check(canonical->find("//") == std::string::npos, "a repeated slash is left");
    return;
  }
  if (options.encoding == UriEncoding::kDouble) {
    Check(path.empty() || decoded == path, "decoding does not give the path on the wire");
  } else {
    Check(path.empty() || decoded == PercentDecode(path), "the path means something else now");
    Check(*CanonicalPath(*canonical, options) == *canonical, "another path the second time");
  }
}

void CheckQuery(const std::string& query) {
  const Result<std::string> canonical = CanonicalQuery(query);
  auto given = ParseQuery(query);
  Check(canonical.ok() == given.ok(), "a query can be read but has no canonical form, or so");
  if (!canonical) return Check(IsUtf8(ToString(canonical.error())), "an error that is not UTF-8");
  Check(IsEncoded(*canonical, "&="), "not a canonical query");
  Check(*CanonicalQuery(*canonical) == *canonical, "another query the second time");

  auto made = ParseQuery(*canonical);
  std::vector<std::pair<std::string, std::string>> encoded;
  for (const QueryParameter& parameter : *made) {
    encoded.emplace_back(PercentEncode(parameter.name, BareCharacters::kUnreserved),
                         PercentEncode(parameter.value, BareCharacters::kUnreserved));
  }
  Check(std::ranges::is_sorted(encoded), "the parameters are not sorted");
  const auto text_of = [](const QueryParameter& parameter) {
    return std::pair(parameter.name, parameter.value);
  };
  std::ranges::sort(*given, {}, text_of);
  std::ranges::sort(*made, {}, text_of);
  Check(*given == *made, "the parameters are others now");
}

void CheckHeaders(const std::vector<HttpHeader>& headers) {
  const Result<CanonicalHeaders> canonical = CanonicalizeHeaders(headers);
  if (!canonical) return Check(IsUtf8(ToString(canonical.error())), "an error that is not UTF-8");
  std::vector<HttpHeader> made;
  std::string names;
  for (std::string_view rest = canonical->lines; !rest.empty();) {
    const std::string line = Take(rest, '\n');
    const std::size_t colon = line.find(':');
    Check(colon != std::string::npos, "a line without a colon");
    made.push_back({line.substr(0, colon), line.substr(colon + 1)});
    names += (names.empty() ? "" : ";") + made.back().name;
    Check(made.size() == 1 || made[made.size() - 2].name < made.back().name,
          "names are not sorted, or repeated");
  }
  Check(names == canonical->signed_headers, "other names than in the lines are signed");
  const Result<CanonicalHeaders> again = CanonicalizeHeaders(made);
  Check(again.ok() && again->lines == canonical->lines, "other headers the second time");
}

void CheckSigning(Backend& backend, const HttpRequest& request) {
  static const Sigv4Credentials kCredentials = {"AKIDEXAMPLE", Secret(std::string_view("secret")),
                                                "token"};
  static const Sigv4Settings kSettings = {"us-east-1", "service", "20150830T123600Z"};
  const auto is_signed = SignSigv4(backend, request, kCredentials, kSettings, true);
  if (is_signed) {
    const auto parts = SplitCanonicalRequest(is_signed->canonical_request);
    Check(parts.has_value(), "a canonical request that does not come apart");
    Check(JoinCanonicalRequest(*parts) == is_signed->canonical_request, "it joins to another");
    Check(CanonicalPath(request.path, {}).value() == parts->path, "another path was signed");
    Check(CanonicalQuery(request.query).value() == parts->query, "another query was signed");
  }
  const auto presigned = PresignSigv4(backend, request, kCredentials, kSettings, 60);
  if (!presigned) return Check(IsUtf8(ToString(presigned.error())), "an error that is not UTF-8");
  Check(is_signed.ok(), "what can't be signed was presigned");
  for (const char c : presigned->url) Check(c > ' ' && c < 0x7F, "no character of a URL");
  const std::size_t question = presigned->url.find('?');
  Check(ParseQuery(std::string_view(presigned->url).substr(question + 1)).ok(), "no URL");
}

}  // namespace
}  // namespace sigvet

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace sigvet;  // NOLINT(google-build-using-namespace)
  static const std::unique_ptr<Backend> backend = MakeBuiltinBackend().value();
  const HttpRequest request = ReadRequest(AsText({data, size}));
  for (const UriEncoding encoding : {UriEncoding::kDouble, UriEncoding::kSingle}) {
    for (const bool normalize : {false, true}) CheckPath(request.path, {encoding, normalize});
  }
  CheckQuery(request.query);
  CheckHeaders(request.headers);
  CheckSigning(*backend, request);
  return 0;
}
