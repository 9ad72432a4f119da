#include "signing/sigv4_request_checks.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <iterator>
#include <optional>
#include <utility>

#include "base/utf8.h"
#include "signing/canonical_headers.h"
#include "signing/sigv4_string_to_sign.h"
#include "signing/sigv4_timestamp.h"
#include "signing/text_scan.h"

namespace sigvet {
namespace {

std::string Quoted(std::string_view text) { return '"' + Visible(text) + '"'; }

bool HasControl(std::string_view text) {
  std::size_t i = FindBlankOrControl(text);
  while (i < text.size() && text[i] == ' ') i = FindBlankOrControl(text, i + 1);
  return i < text.size();
}

std::optional<Error> CheckSettings(const Sigv4Credentials& credentials,
                                   const Sigv4Settings& settings) {
  if (!IsSigv4Timestamp(settings.timestamp)) {
    return Error{"the timestamp " + Quoted(settings.timestamp) + " is no time",
                 {},
                 "UTC, as in 20150830T123600Z"};
  }
  if (credentials.access_key_id.empty()) return Error{"the access key id is empty"};
  if (HasControl(credentials.session_token)) {
    return Error{"the session token has a control character"};
  }
  return CheckCredential(credentials.access_key_id, settings.region, settings.service);
}

struct OwnHeader {
  std::string_view name;
  const HttpHeader* Sigv4OwnHeaders::*place;
};

constexpr std::array<OwnHeader, 5> kOwnHeaders = {{
    {kHostHeader, &Sigv4OwnHeaders::host},
    {kAuthorizationHeader, &Sigv4OwnHeaders::authorization},
    {kAmzDate, &Sigv4OwnHeaders::date},
    {kAmzSecurityToken, &Sigv4OwnHeaders::security_token},
    {kAmzContentSha256, &Sigv4OwnHeaders::content_sha256},
}};

Result<Sigv4OwnHeaders> FindOwnHeaders(const HttpRequest& request) {
  Sigv4OwnHeaders own;
  for (const HttpHeader& header : request.headers) {
    for (const OwnHeader& known : kOwnHeaders) {
      if (header.name.size() != known.name.size()) continue;  // spares most of the comparisons
      if (!SameHeaderName(header.name, known.name)) continue;
      if (own.*known.place != nullptr) {
        return Error{"the header " + std::string(known.name) + " is given twice"};
      }
      own.*known.place = &header;
    }
  }
  return own;
}

/// Whether the caller set `header` to something else than `value`, white space aside.
bool SaysOtherThan(const HttpHeader* header, std::string_view value) {
  if (header == nullptr) return false;
  const Result<std::string> said = CanonicalHeaderValue(*header);
  return said && *said != value;  // a value that can't be signed is refused where it is signed
}

}  // namespace

Result<Sigv4OwnHeaders> CheckSigv4Request(const HttpRequest& request,
                                          const Sigv4Credentials& credentials,
                                          const Sigv4Settings& settings) {
  if (auto error = CheckSettings(credentials, settings)) return *error;
  Result<Sigv4OwnHeaders> own = FindOwnHeaders(request);
  if (!own) return own;
  if (own->host == nullptr || own->host->value.find_first_not_of(" \t\r\n") == std::string::npos) {
    return Error{own->host == nullptr ? "there is no Host header" : "the header Host is empty",
                 {},
                 "the host is a part of what is signed"};
  }
  if (own->authorization != nullptr) {
    return Error{"there is an Authorization header already", {}, "sign the request without it"};
  }
  if (SaysOtherThan(own->date, settings.timestamp)) {
    return Error{"the header X-Amz-Date says " + Quoted(own->date->value) + ", the timestamp is " +
                     settings.timestamp,
                 {},
                 "leave the header out: it is added"};
  }
  if (!credentials.session_token.empty() &&
      SaysOtherThan(own->security_token, credentials.session_token)) {
    return Error{"the header X-Amz-Security-Token is not the session token of the credentials",
                 {},
                 "leave the header out: it is added"};
  }
  if (settings.payload_hash && SaysOtherThan(own->content_sha256, *settings.payload_hash)) {
    return Error{"the header X-Amz-Content-Sha256 says " + Quoted(own->content_sha256->value) +
                     ", the payload hash is " + Quoted(*settings.payload_hash),
                 {},
                 "give one of them alone"};
  }
  return own;
}

SignedHeaders::SignedHeaders(const HttpRequest& request, const Sigv4OwnHeaders& own,
                             const Sigv4Settings& settings)
    : signed_(request.headers) {
  if (settings.sign_session_token || own.security_token == nullptr) return;
  std::ranges::copy_if(request.headers, std::back_inserter(copies_),
                       [&](const HttpHeader& header) { return &header != own.security_token; });
  signed_ = copies_;
}

Result<std::string_view> Sigv4PayloadHash(Backend& backend, const HttpRequest& request,
                                          const Sigv4Settings& settings, const Sigv4OwnHeaders& own,
                                          PayloadHashRoom& room) {
  std::string_view line;
  if (settings.payload_hash) {
    line = *settings.payload_hash;
  } else if (own.content_sha256 != nullptr) {
    Result<std::string> said = CanonicalHeaderValue(*own.content_sha256);
    if (!said) return said.error();
    line = room.of_header = *std::move(said);
  } else {
    room.of_body = ToHexDigest(backend.Sha256(AsBytes(request.body)));
    line = {room.of_body.data(), room.of_body.size()};
  }
  return line;
}

}  // namespace sigvet
