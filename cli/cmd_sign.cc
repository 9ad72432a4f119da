#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "backends/backend_registry.h"
#include "base/ascii.h"
#include "base/utf8.h"
#include "cli/commands.h"
#include "cli/messages.h"
#include "cli/options.h"
#include "cli/request_options.h"
#include "cli/secret_input.h"
#include "cli/signing_rules.h"
#include "signing/canonical_headers.h"
#include "signing/percent_encoding.h"
#include "signing/service_rules.h"
#include "signing/sigv4_request.h"

namespace sigvet {
namespace {

constexpr std::int64_t kDefaultExpiresS = 3600;
constexpr std::string_view kUnsignedPayload = "UNSIGNED-PAYLOAD";

constexpr const char* kFooter =
    R"(Prints the headers to add, one a line; with --presign the URL. The path rules
follow from the service: S3 (s3, s3express, s3-object-lambda, s3-outposts) wants
paths encoded once and as they are, and gets X-Amz-Content-Sha256; all others want
them encoded twice and normalised.

Credentials come from AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and, where it is
set, AWS_SESSION_TOKEN; never from an argument, which others on the machine could
read, nor from stdin, which is the request's. The secret and the keys derived from
it are never printed, also not by --stages.

Examples:
  sigvet sign --region us-east-1 --service iam \
      'https://iam.amazonaws.com/?Action=ListUsers&Version=2010-05-08'
  sigvet sign ... URL | curl -H @- URL                    sign, then send
  sigvet sign ... --presign --expires 600 URL             a URL that is good for 10 min
  sigvet sign ... < request.txt                           a raw HTTP request

Exit codes: 0 signed, 2 usage or what can't be signed, 70 internal error.)";

struct SignOptions {
  RequestOptions request;
  SigningRules rules;
  std::string region;
  std::string service;
  std::string timestamp;
  std::string payload_hash;
  bool presign = false;
  std::optional<std::int64_t> expires_s;
  bool stages = false;
};

std::string Environment(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? "" : value;
}

Result<Sigv4Credentials> ReadCredentials() {
  Result<std::optional<Secret>> read = SecretAccessKeyFromEnvironment();
  if (!read) return read.error();
  std::optional<Secret>& secret = *read;
  Sigv4Credentials credentials = {
      Environment("AWS_ACCESS_KEY_ID"), {}, Environment("AWS_SESSION_TOKEN")};
  if (credentials.access_key_id.empty()) {
    return Error{"AWS_ACCESS_KEY_ID is not set", {}, "credentials come from the environment"};
  }
  if (!secret.has_value()) {
    return Error{"AWS_SECRET_ACCESS_KEY is not set", {}, "credentials come from the environment"};
  }
  if (Visible(credentials.access_key_id) != credentials.access_key_id) {
    return Error{"AWS_ACCESS_KEY_ID has white space or control characters in it"};
  }
  const std::string suspicion = SecretSuspicion(AsText(secret->Reveal()));
  if (!suspicion.empty()) PrintWarning(suspicion);
  credentials.secret = std::move(*secret);
  return credentials;
}

/// What stands in the signature's scope is printed: it must not be the secret by mistake.
std::optional<Error> FindSecretInScope(const SignOptions& options, std::string_view access_key_id) {
  const auto error = [](const std::string& what) {
    return Error{what + " looks like a secret access key, and would be printed",
                 {},
                 "the secret belongs into AWS_SECRET_ACCESS_KEY"};
  };
  if (LooksLikeSecret(access_key_id)) return error("AWS_ACCESS_KEY_ID");
  if (LooksLikeSecret(options.region)) return error("--region");
  if (LooksLikeSecret(options.service)) return error("--service");
  return std::nullopt;
}

/// The scope is signed as it is given; no service has one in upper case.
void WarnOfUpperCase(std::string_view option, std::string_view name) {
  const std::string lower = ToLowerAscii(name);
  if (lower == name) return;
  PrintWarning(std::string(option) + " " + Visible(name) +
               ": services and regions are in lower case: " + Visible(lower));
}

/// Now, in UTC, as in 20150830T123600Z.
std::string Now() {
  const std::time_t now = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
  std::tm parts{};
  gmtime_r(&now, &parts);
  char text[32];
  return {text, std::strftime(text, sizeof text, "%Y%m%dT%H%M%SZ", &parts)};
}

/// What the option says, else the request's own X-Amz-Date, else now.
std::string Timestamp(const SignOptions& options, const HttpRequest& request) {
  if (!options.timestamp.empty()) return options.timestamp;
  for (const HttpHeader& header : request.headers) {
    if (!SameHeaderName(header.name, "X-Amz-Date")) continue;
    const Result<std::string> value = CanonicalHeaderValue(header);
    if (value) return *value;
  }
  return Now();
}

std::optional<std::string> PayloadHash(const SignOptions& options, const HttpRequest& request) {
  if (!options.payload_hash.empty()) return options.payload_hash;
  for (const HttpHeader& header : request.headers) {
    if (SameHeaderName(header.name, "X-Amz-Content-Sha256")) return std::nullopt;
  }
  if (options.presign && HasS3Rules(options.service)) return std::string(kUnsignedPayload);
  return std::nullopt;
}

/// A stage of one line, or of several, which are indented below its name.
std::string ShowStage(std::string_view name, std::string_view value) {
  std::string text(name);
  text += "\n";
  while (true) {
    const std::size_t end = value.find('\n');
    text.append("  ").append(Printable(value.substr(0, end))).append("\n");
    if (end == value.npos) return text + "\n";
    value.remove_prefix(end + 1);
  }
}

std::string ShowStages(std::string_view canonical_request, std::string_view string_to_sign,
                       std::string_view signature) {
  return ShowStage("canonical request", canonical_request) +
         ShowStage("canonical request hash",
                   string_to_sign.substr(string_to_sign.rfind('\n') + 1)) +
         ShowStage("string to sign", string_to_sign) + ShowStage("signature", signature);
}

Result<std::string> PrintableSignature(Backend& backend, const SignOptions& options,
                                       const GivenRequest& given,
                                       const Sigv4Credentials& credentials,
                                       const Sigv4Settings& settings) {
  if (options.presign) {
    Result<Sigv4PresignedUrl> signed_url =
        PresignSigv4(backend, given.request, credentials, settings,
                     options.expires_s.value_or(kDefaultExpiresS));
    if (!signed_url) return signed_url.error();
    const std::string url =
        given.scheme + signed_url->url.substr(signed_url->url.find("://")) + "\n";
    if (!options.stages) return url;
    return ShowStages(signed_url->canonical_request, signed_url->string_to_sign,
                      signed_url->signature) +
           "URL\n  " + url;
  }
  Result<Sigv4SignedRequest> signed_request =
      SignSigv4(backend, given.request, credentials, settings, HasS3Rules(options.service));
  if (!signed_request) return signed_request.error();
  const std::string indent = options.stages ? "  " : "";
  std::string headers;
  for (const HttpHeader& header : signed_request->added_headers) {
    headers += indent + header.name + ": " + header.value + "\n";
  }
  headers += indent + "Authorization: " + signed_request->authorization + "\n";
  if (!options.stages) return headers;
  return ShowStages(signed_request->canonical_request, signed_request->string_to_sign,
                    signed_request->signature) +
         "headers to add\n" + headers;
}

ExitCode Sign(const SignOptions& options) {
  if (options.region.empty() || options.service.empty()) {
    return Explain({"a signature belongs to a region and a service",
                    {},
                    "add --region us-east-1 --service execute-api, or whichever it is"},
                   kExitUsage);
  }
  if (options.expires_s && !options.presign) {
    return Explain({"--expires belongs to --presign"}, kExitUsage);
  }
  ForbidCoreDumps();
  const Result<Sigv4Credentials> credentials = ReadCredentials();
  if (!credentials) return Explain(credentials.error(), kExitUsage);
  if (const auto error = FindSecretInScope(options, credentials->access_key_id)) {
    return Explain(*error, kExitUsage);
  }
  WarnOfUpperCase("--region", options.region);
  WarnOfUpperCase("--service", options.service);
  Result<GivenRequest> given = ReadRequest(options.request);
  if (!given) return Explain(given.error(), kExitUsage);
  if (options.presign) {  // what the URL has is what must be signed
    given->request.path = PercentEncode(given->request.path, BareCharacters::kUrlPath);
  }
  const BackendResult backend = MakeAnyBackend();
  if (!backend) return Explain(backend.error(), kExitInternal);
  const Sigv4Settings settings = {.region = options.region,
                                  .service = options.service,
                                  .timestamp = Timestamp(options, given->request),
                                  .path = PathRules(options.service, options.rules),
                                  .payload_hash = PayloadHash(options, given->request),
                                  .sign_session_token = !options.rules.unsigned_session_token};
  const Result<std::string> text =
      PrintableSignature(**backend, options, *given, *credentials, settings);
  return text ? PrintOutput(*text) : Explain(text.error(), kExitUsage);
}

}  // namespace

void AddSignCommand(CLI::App& app, ExitCode& exit_code) {
  auto options = std::make_shared<SignOptions>();
  CLI::App* command = app.add_subcommand(
      "sign", "Sign a request and print the headers to add, or the presigned URL");
  AddOption(*command, "--region", options->region, "R", "The region, as in us-east-1");
  AddOption(*command, "--service", options->service, "S",
            "The service's signing name, as in s3, execute-api, ses");
  AddRequestOptions(*command, options->request);
  AddOption(*command, "--timestamp", options->timestamp, "T",
            "UTC, as in 20150830T123600Z (default: the request's X-Amz-Date, else now)");
  AddOption(*command, "--payload-hash", options->payload_hash, "TEXT",
            "In place of the body's SHA-256 (default for presigned URLs of S3: UNSIGNED-PAYLOAD)");
  command->add_flag("--presign", options->presign, "Sign by the query, and print the URL");
  AddOption(*command, "--expires", options->expires_s, "SECONDS",
            "How long the URL is good, at most 604800 (default: 3600)");
  command->add_flag("--stages", options->stages, "Print every stage, but no key");
  AddSigningRules(*command, options->rules);
  command->footer(kFooter);
  command->callback([options, &exit_code] { exit_code = Sign(*options); });
}

}  // namespace sigvet
