#include "cli/request_options.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "base/utf8.h"
#include "cli/input_file.h"
#include "cli/messages.h"
#include "cli/options.h"
#include "signing/canonical_headers.h"
#include "signing/http_parser.h"
#include "signing/http_token.h"
#include "signing/percent_encoding.h"

namespace sigvet {
namespace {

struct Scheme {
  std::string_view name;
  std::string_view port;
};

constexpr Scheme kSchemes[] = {{"https", ":443"}, {"http", ":80"}};

bool IsControl(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }

/// The scheme of `url`; null where it has none that is known.
const Scheme* SchemeOf(std::string_view url) {
  const auto* found = std::ranges::find_if(kSchemes, [&](const Scheme& scheme) {
    return SameHeaderName(url.substr(0, url.find("://")), scheme.name);
  });
  return found == std::end(kSchemes) || url.find("://") == url.npos ? nullptr : found;
}

/// HTML writes an ampersand so, and a browser's "copy link" does not. It may be meant: it is
/// signed.
void WarnOfHtml(const HttpRequest& request) {
  if (request.query.find("&amp;") == request.query.npos) return;
  PrintWarning("the query has &amp; in it: where the URL was copied from HTML, write & for &amp;");
}

/// Method, host, path and query of a URL; its fragment is not sent.
Result<GivenRequest> ReadUrl(std::string_view url, const std::string& method) {
  const Scheme* scheme = SchemeOf(url);
  if (scheme == nullptr) {
    return Error{"the URL begins with neither https:// nor http://",
                 {},
                 "as in https://iam.amazonaws.com/?Action=ListUsers"};
  }
  if (std::ranges::any_of(url, IsControl)) {
    return Error{"the URL has a control character in it", {}, "percent-encode it"};
  }
  if (!IsHttpToken(method)) {
    return Error{"--request " + Visible(method) + " is no method", {}, "as in --request PUT"};
  }
  const std::string line = method + " " + std::string(url.substr(0, url.find('#'))) + " HTTP/1.1";
  Result<HttpRequest> request = ParseHttpRequest(line);
  if (!request) {
    Error error = request.error();
    error.place = {};
    return error;
  }
  // A URL goes on the wire without raw blanks and UTF-8, and that is what is signed.
  request->path = PercentEncode(request->path, BareCharacters::kUrlPath);
  std::string& host = request->headers.front().value;
  if (host.ends_with(scheme->port)) host.resize(host.size() - scheme->port.size());
  WarnOfHtml(*request);
  return GivenRequest{std::move(*request), std::string(scheme->name)};
}

/// As curl reads `Name: value` and `Name;`.
Result<HttpHeader> ReadHeader(std::string_view text) {
  const std::size_t end = text.find_first_of(":;");
  const std::string_view name = text.substr(0, end);
  const std::string header = "--header " + Visible(name);
  if (end == text.npos || !IsHttpToken(name)) {
    return Error{header + " is no header", {}, "as in --header 'Content-Type: text/plain'"};
  }
  std::string_view value = text.substr(end + 1);
  const bool is_empty = value.find_first_not_of(" \t") == value.npos;
  if (text[end] == ';' && !is_empty) {
    return Error{header + " has no colon", {}, "as in --header 'Content-Type: text/plain'"};
  }
  if (text[end] == ':' && is_empty) {
    return Error{header + " has no value", {}, "write 'Name;' for an empty value, as for curl"};
  }
  return HttpHeader{std::string(name), std::string(is_empty ? "" : value)};
}

Result<std::string> ReadBody(const std::vector<std::string>& data) {
  if (data.empty()) return std::string();
  if (data.size() > 1) {
    return Error{"--data stands there twice", {}, "join the parts with & yourself"};
  }
  if (!data.front().starts_with('@')) return data.front();
  return ReadInput(data.front().substr(1), kMaxRequestBytes);
}

Result<GivenRequest> ReadDescribed(const RequestOptions& options) {
  const std::string method = !options.method.empty() ? options.method
                             : options.data.empty()  ? "GET"
                                                     : "POST";
  Result<GivenRequest> given = ReadUrl(options.url, method);
  if (!given) return given;
  std::vector<HttpHeader> headers;
  for (const std::string& text : options.headers) {
    Result<HttpHeader> header = ReadHeader(text);
    if (!header) return header.error();
    headers.push_back(std::move(*header));
  }
  const bool has_host = std::ranges::any_of(
      headers, [](const HttpHeader& header) { return SameHeaderName(header.name, "Host"); });
  std::vector<HttpHeader>& all = given->request.headers;
  if (has_host) all.clear();
  all.insert(all.end(), headers.begin(), headers.end());
  Result<std::string> body = ReadBody(options.data);
  if (!body) return body.error();
  given->request.body = std::move(*body);
  return given;
}

/// The URL that is all of `text` but for white space around it; empty where it is something else.
std::string_view OnlyUrl(std::string_view text) {
  constexpr std::string_view kWhite = " \t\r\n";
  const std::size_t begin = text.find_first_not_of(kWhite);
  if (begin == text.npos) return {};
  text = text.substr(begin, text.find_last_not_of(kWhite) + 1 - begin);
  const bool is_url = SchemeOf(text) != nullptr && text.find_first_of(kWhite) == text.npos;
  return is_url ? text : std::string_view();
}

Result<GivenRequest> ReadRaw(const std::string& path) {
  const Result<std::string> text = ReadInput(path, kMaxRequestBytes);
  if (!text) return text.error();
  const auto with_place = [&](Error error) {
    error.place.file = path == "-" ? "stdin" : path;
    return error;
  };
  if (const std::string_view url = OnlyUrl(*text); !url.empty()) {
    Result<GivenRequest> given = ReadUrl(url, "GET");
    return given ? std::move(given) : with_place(given.error());
  }
  Result<HttpRequest> request = ParseHttpRequest(*text);
  if (!request) return with_place(request.error());
  WarnOfHtml(*request);
  return GivenRequest{std::move(*request)};
}

}  // namespace

void AddRequestOptions(CLI::App& command, RequestOptions& options) {
  command.add_option("URL", options.url,
                     "As in https://iam.amazonaws.com/; without it a raw request is read from "
                     "stdin");
  AddOption(command, "-X,--request", options.method, "METHOD",
            "The method (default: GET, or POST where there is --data)");
  AddRepeatable(command, "-H,--header", options.headers, "'NAME: VALUE'",
                "A header, which is signed; 'NAME;' for an empty value");
  AddRepeatable(command, "-d,--data", options.data, "TEXT|@FILE|@-",
                "The body, unchanged (as curl's --data-binary); brings no Content-Type with it");
}

Result<GivenRequest> ReadRequest(const RequestOptions& options) {
  if (!options.url.empty()) return ReadDescribed(options);
  if (!options.method.empty() || !options.headers.empty() || !options.data.empty()) {
    return Error{"--request, --header and --data belong to a URL, and there is none",
                 {},
                 "give the URL; a raw request on stdin has them in itself"};
  }
  return ReadRaw("-");
}

Result<HttpRequest> ReadRawRequest(const std::string& path) {
  Result<GivenRequest> given = ReadRaw(path);
  if (!given) return given.error();
  return std::move(given->request);
}

}  // namespace sigvet
