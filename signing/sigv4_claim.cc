#include "signing/sigv4_claim.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>
#include <utility>

#include "base/hex.h"
#include "base/utf8.h"
#include "signing/canonical_headers.h"
#include "signing/canonical_query.h"
#include "signing/sigv4_string_to_sign.h"
#include "signing/sigv4_timestamp.h"

namespace sigvet {
namespace {

constexpr std::size_t kMostShown = 80;
constexpr const char* kAuthorizationHint =
    "as in AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/iam/aws4_request, "
    "SignedHeaders=host;x-amz-date, Signature=...";
constexpr const char* kCredentialHint = "as in AKIDEXAMPLE/20150830/us-east-1/iam/aws4_request";

std::string_view Trimmed(std::string_view text) {
  const std::size_t begin = std::min(text.find_first_not_of(" \t\r\n"), text.size());
  return text.substr(begin, text.find_last_not_of(" \t\r\n") + 1 - begin);
}

std::string Quoted(std::string_view text) {
  return "\"" + Visible(text.substr(0, kMostShown)) + (text.size() > kMostShown ? "...\"" : "\"");
}

std::vector<std::string_view> Split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  while (true) {
    const std::size_t end = text.find(separator);
    parts.push_back(text.substr(0, end));
    if (end == text.npos) return parts;
    text.remove_prefix(end + 1);
  }
}

std::vector<std::string_view> ValuesOf(const HttpRequest& request, std::string_view name) {
  std::vector<std::string_view> values;
  for (const HttpHeader& header : request.headers) {
    if (SameHeaderName(header.name, name)) values.push_back(Trimmed(header.value));
  }
  return values;
}

using MaybeError = std::optional<Error>;

/// Takes the credential apart. The access key id may hold slashes, the rest may not.
MaybeError ReadCredential(std::string_view credential, Sigv4Claim& claim) {
  const std::vector<std::string_view> parts = Split(credential, '/');
  const std::size_t count = parts.size();
  if (count < 5) {
    return Error{"Credential has " + std::to_string(count) +
                     " parts between slashes, not five: " + Quoted(credential),
                 {},
                 kCredentialHint};
  }
  if (parts[count - 1] != kSigv4Terminal) {
    return Error{"Credential ends in " + Quoted(parts[count - 1]) + ", not in aws4_request",
                 {},
                 kCredentialHint};
  }
  claim.service = parts[count - 2];
  claim.region = parts[count - 3];
  claim.date = parts[count - 4];
  const auto rest = static_cast<std::size_t>(parts[count - 4].data() - credential.data());
  claim.access_key_id = credential.substr(0, rest == 0 ? 0 : rest - 1);
  if (claim.access_key_id.empty()) {
    return Error{"Credential has no access key id", {}, kCredentialHint};
  }
  if (claim.date.size() != 8 || claim.date.find_first_not_of("0123456789") != std::string::npos) {
    return Error{
        "the date in Credential is not eight digits: " + Quoted(claim.date), {}, kCredentialHint};
  }
  if (claim.region.empty()) return Error{"Credential has no region", {}, kCredentialHint};
  if (claim.service.empty()) return Error{"Credential has no service", {}, kCredentialHint};
  return {};
}

MaybeError ReadSignedHeaders(std::string_view list, Sigv4Claim& claim) {
  if (list.empty()) return Error{"SignedHeaders is empty", {}, "as in host;x-amz-date"};
  for (const std::string_view name : Split(list, ';')) {
    if (name.empty()) {
      return Error{"SignedHeaders has an empty name: " + Quoted(list), {}, "as in host;x-amz-date"};
    }
    claim.signed_headers.emplace_back(name);
  }
  return {};
}

MaybeError ReadSignature(std::string_view signature, Sigv4Claim& claim) {
  if (!IsHexDigest(signature)) {
    return Error{"the signature is not 64 lower-case hex digits but " +
                     std::to_string(signature.size()) + " characters: " + Quoted(signature),
                 {},
                 "the HMAC in hex, not in base64 and not in upper case"};
  }
  claim.signature = signature;
  return {};
}

struct Field {
  std::string_view name;
  MaybeError (*read)(std::string_view value, Sigv4Claim& claim);
};

constexpr Field kFields[] = {{"Credential", ReadCredential},
                             {"SignedHeaders", ReadSignedHeaders},
                             {"Signature", ReadSignature}};
constexpr std::size_t kFieldCount = std::size(kFields);

/// `position`: of the byte in the header's value, from 0.
Error At(std::size_t position, Error error) {
  error.message = "Authorization, byte " + std::to_string(position + 1) + ": " + error.message;
  if (error.hint.empty()) error.hint = kAuthorizationHint;
  return error;
}

MaybeError ReadFields(std::string_view value, std::size_t begin, Sigv4Claim& claim) {
  std::array<bool, kFieldCount> seen{};
  for (const std::string_view part : Split(value.substr(begin), ',')) {
    const std::string_view field = Trimmed(part);
    const auto position = static_cast<std::size_t>(field.data() - value.data());
    const std::size_t equals = field.find('=');
    if (equals == field.npos) {
      return At(position, {field.empty() ? "there is nothing between two commas"
                                         : Quoted(field) + " has no equals sign"});
    }
    const std::string_view name = field.substr(0, equals);
    const auto* found = std::ranges::find(kFields, name, &Field::name);
    if (found == std::end(kFields)) {
      return At(position, {"there is no field " + Quoted(name)});
    }
    bool& is_seen = seen[static_cast<std::size_t>(found - kFields)];
    if (is_seen) return At(position, {std::string(name) + " stands there twice"});
    is_seen = true;
    // What separates two fields is a comma; a blank or a semicolon hides the next one in this
    // value.
    for (const Field& other : kFields) {
      const std::size_t inner = field.find(std::string(other.name) + "=", equals + 1);
      if (inner != field.npos && other.name != name) {
        return At(position + inner,
                  {"no comma before " + std::string(other.name), {}, kAuthorizationHint});
      }
    }
    if (const MaybeError error = found->read(field.substr(equals + 1), claim)) {
      return At(position + equals + 1, *error);
    }
  }
  for (std::size_t i = 0; i < kFieldCount; ++i) {
    if (!seen[i]) {
      return Error{"Authorization has no " + std::string(kFields[i].name), {}, kAuthorizationHint};
    }
  }
  return {};
}

std::string TimestampOf(const HttpRequest& request) {
  const auto amz_dates = ValuesOf(request, "x-amz-date");
  if (!amz_dates.empty()) return std::string(amz_dates.front());
  const auto dates = ValuesOf(request, "date");
  if (dates.empty()) return {};
  return Sigv4TimestampOfHttpDate(dates.front()).value_or(std::string(dates.front()));
}

Result<Sigv4Claim> ReadHeader(const HttpRequest& request, std::string_view value) {
  Sigv4Claim claim;
  const std::string_view algorithm = value.substr(0, value.find_first_of(" \t"));
  if (algorithm != kSigv4Algorithm) {
    return At(0, {"the algorithm is " + Quoted(algorithm) + ", not AWS4-HMAC-SHA256",
                  {},
                  kAuthorizationHint});
  }
  if (const MaybeError error = ReadFields(value, algorithm.size(), claim)) return *error;
  claim.timestamp = TimestampOf(request);
  return claim;
}

constexpr std::string_view kParameters[] = {"X-Amz-Algorithm",     "X-Amz-Credential",
                                            "X-Amz-SignedHeaders", "X-Amz-Signature",
                                            "X-Amz-Date",          "X-Amz-Expires"};
constexpr std::string_view kTokenParameter = "X-Amz-Security-Token";

/// The first repeated name among the parameters of the presigned form; what else is in the query
/// may be anything.
MaybeError CheckNotRepeated(const std::vector<QueryParameter>& parameters) {
  const auto count = [&](std::string_view name) {
    return std::ranges::count(parameters, name, &QueryParameter::name);
  };
  for (const std::string_view name : kParameters) {
    if (count(name) > 1) return Error{"the query has " + Quoted(name) + " twice"};
  }
  if (count(kTokenParameter) < 2) return {};
  return Error{"the query has " + Quoted(kTokenParameter) + " twice"};
}

Result<Sigv4Claim> ReadQuery(const std::vector<QueryParameter>& parameters) {
  if (const MaybeError error = CheckNotRepeated(parameters)) return *error;
  Sigv4Claim claim;
  claim.form = Sigv4Claim::Form::kQuery;
  const auto find = [&](std::string_view name) -> const std::string* {
    const auto found = std::ranges::find(parameters, name, &QueryParameter::name);
    return found == parameters.end() ? nullptr : &found->value;
  };
  const std::string* algorithm = find("X-Amz-Algorithm");
  if (algorithm != nullptr && *algorithm != kSigv4Algorithm) {
    return Error{"X-Amz-Algorithm is " + Quoted(*algorithm) + ", not AWS4-HMAC-SHA256"};
  }
  for (const std::string_view name : kParameters) {
    if (find(name) == nullptr) return Error{"the query has no " + std::string(name)};
  }
  for (const Field& field : kFields) {
    const std::string name = "X-Amz-" + std::string(field.name);
    if (MaybeError error = field.read(*find(name), claim)) {
      error->message = name + ": " + error->message;
      return *error;
    }
  }
  claim.timestamp = *find("X-Amz-Date");
  claim.expires = *find("X-Amz-Expires");
  return claim;
}

}  // namespace

Result<Sigv4Claim> ReadSigv4Claim(const HttpRequest& request) {
  const auto authorizations = ValuesOf(request, "authorization");
  const Result<std::vector<QueryParameter>> parameters = ParseQuery(request.query);
  if (!parameters) return parameters.error();
  const bool is_presigned = std::ranges::any_of(*parameters, [](const QueryParameter& parameter) {
    return parameter.name == "X-Amz-Signature" || parameter.name == "X-Amz-Algorithm";
  });
  if (authorizations.size() > 1) return Error{"the request has two headers Authorization"};
  if (authorizations.empty() && !is_presigned) {
    return Error{
        "the request is not signed: it has neither the header Authorization nor the "
        "parameter X-Amz-Signature"};
  }
  if (!authorizations.empty() && is_presigned) {
    return Error{"the request is signed twice: by the header Authorization and by its query",
                 {},
                 "services refuse that; leave one of them out"};
  }
  return is_presigned ? ReadQuery(*parameters) : ReadHeader(request, authorizations.front());
}

}  // namespace sigvet
