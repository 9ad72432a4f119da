#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "backends/backend_registry.h"
#include "base/utf8.h"
#include "cli/commands.h"
#include "cli/input_file.h"
#include "cli/messages.h"
#include "cli/options.h"
#include "cli/request_options.h"
#include "cli/secret_input.h"
#include "cli/signing_rules.h"
#include "cli/terminal.h"
#include "diagnosis/verify_request.h"
#include "reports/console_text.h"
#include "reports/verify_text.h"

namespace sigvet {
namespace {

constexpr std::size_t kMaxStageBytes = std::size_t{1} << 20;

constexpr const char* kFooter =
    R"(Reads a raw HTTP request as it was sent, signed by its header Authorization or by
its query (a presigned URL may stand alone). Region, service
and date are those of its Credential; the clock is not looked at. Says valid, or
what is wrong: where one or two known mistakes lead to exactly the request's
signature, which.

The secret access key comes from AWS_SECRET_ACCESS_KEY or, where the request is a
file, from stdin; never from an argument. Without it the texts of --canonical-request,
--string-to-sign and --server-reply can be compared all the same.

Examples:
  sigvet verify request.txt
  sigvet verify --canonical-request my-program.txt request.txt
  sigvet verify --server-reply error.xml request.txt

Exit codes: 0 valid (or without the secret: nothing differs), 1 not valid, 2 usage
or a file that can't be read, 70 internal error.)";

struct VerifyOptions {
  std::string request = "-";
  std::string canonical_request;
  std::string string_to_sign;
  std::string server_reply;
  SigningRules rules;

  bool has_texts() const {
    return !canonical_request.empty() || !string_to_sign.empty() || !server_reply.empty();
  }
};

std::optional<Error> CheckStdinOnce(const VerifyOptions& options) {
  const std::string paths[] = {options.request, options.canonical_request, options.string_to_sign,
                               options.server_reply};
  if (std::ranges::count(paths, "-") <= 1) return std::nullopt;
  return Error{"only one input can come from stdin", {}, "give the others as files"};
}

/// The secret, or none where texts can be compared without.
Result<std::optional<Secret>> ReadSecret(const VerifyOptions& options) {
  Result<std::optional<Secret>> secret = SecretAccessKeyFromEnvironment();
  if (!secret || *secret || options.has_texts()) return secret;
  if (options.request == "-") {
    return Error{"AWS_SECRET_ACCESS_KEY is not set",
                 {},
                 "the request comes from stdin, so the secret can't; or give the request as a "
                 "file"};
  }
  Result<Secret> typed = ReadSecretAccessKey();
  if (!typed) return typed.error();
  return std::optional<Secret>(std::move(*typed));
}

Result<std::optional<std::string>> ReadText(const std::string& path) {
  if (path.empty()) return std::optional<std::string>();
  Result<std::string> text = ReadInput(path, kMaxStageBytes);
  if (!text) return text.error();
  if (text->empty()) return Error{InputName(path) + " is empty"};
  return std::optional<std::string>(std::move(*text));
}

Result<std::optional<ServerReply>> ReadReply(const std::string& path) {
  if (path.empty()) return std::optional<ServerReply>();
  const Result<std::string> text = ReadInput(path, kMaxReplyBytes);
  if (!text) return text.error();
  Result<ServerReply> reply = ReadServerReply(*text);
  if (reply) return std::optional<ServerReply>(std::move(*reply));
  Error error = reply.error();
  error.place.file = path == "-" ? "stdin" : path;
  return error;
}

/// The first line of a text.
std::string_view FirstLine(std::string_view text) {
  const std::string_view line = text.substr(0, text.find('\n'));
  return line.ends_with('\r') ? line.substr(0, line.size() - 1) : line;
}

bool IsStringToSign(std::string_view text) { return FirstLine(text) == "AWS4-HMAC-SHA256"; }

/// A method, and a path in the line after it.
bool IsCanonicalRequest(std::string_view text) {
  const std::string_view method = FirstLine(text);
  const std::size_t end = text.find('\n');
  return !method.empty() && end != text.npos && text.substr(end + 1).starts_with('/') &&
         std::ranges::all_of(method, [](char c) { return c >= 'A' && c <= 'Z'; });
}

/// Whether one text was given as the other.
std::optional<Error> CheckTexts(const VerifyOptions& options, const Evidence& evidence) {
  if (evidence.canonical_request && IsStringToSign(*evidence.canonical_request)) {
    return Error{
        InputName(options.canonical_request) + " is a string to sign, not a canonical request",
        {},
        "give it as --string-to-sign"};
  }
  if (evidence.string_to_sign && IsCanonicalRequest(*evidence.string_to_sign)) {
    return Error{
        InputName(options.string_to_sign) + " is a canonical request, not a string to sign",
        {},
        "give it as --canonical-request"};
  }
  return std::nullopt;
}

/// All evidence but the secret.
Result<Evidence> ReadEvidence(const VerifyOptions& options) {
  Evidence evidence;
  auto canonical_request = ReadText(options.canonical_request);
  if (!canonical_request) return canonical_request.error();
  evidence.canonical_request = std::move(*canonical_request);
  auto string_to_sign = ReadText(options.string_to_sign);
  if (!string_to_sign) return string_to_sign.error();
  evidence.string_to_sign = std::move(*string_to_sign);
  if (auto error = CheckTexts(options, evidence)) return *error;
  auto reply = ReadReply(options.server_reply);
  if (!reply) return reply.error();
  evidence.reply = std::move(*reply);
  return evidence;
}

/// What is wrong with a request whose signature can't even be computed.
ExitCode PrintNotValid(const Error& error) {
  const Terminal terminal = DetectTerminal(stdout);
  std::string text = Wrap("not valid: ", Printable(error.message), terminal.width);
  if (!error.hint.empty()) text += "\n" + Wrap("what is right: ", error.hint, terminal.width);
  return PrintTo(stdout, text) ? kExitNotConformant : kExitInternal;
}

ExitCode VerifyWith(const VerifyOptions& options, HttpRequest request, Evidence evidence,
                    const std::optional<Secret>& secret) {
  Result<Sigv4Claim> claim = ReadSigv4Claim(request);
  if (!claim) return PrintNotValid(claim.error());
  const CanonicalPathOptions path = PathRules(claim->service, options.rules);
  const SignedRequest signed_request = {std::move(request), std::move(*claim), path,
                                        !options.rules.unsigned_session_token};
  if (secret) {
    evidence.secret = &*secret;
    const std::string suspicion = SecretSuspicion(AsText(secret->Reveal()));
    if (!suspicion.empty()) PrintWarning(suspicion);
  }
  const BackendResult backend = MakeAnyBackend();
  if (!backend) return Explain(backend.error(), kExitInternal);
  const Result<VerifyReport> report = VerifyRequest(**backend, signed_request, evidence);
  if (!report) return PrintNotValid(report.error());
  const Terminal terminal = DetectTerminal(stdout);
  const std::string text =
      RenderVerifyReport(*report, {.color = terminal.color, .width = terminal.width});
  if (!PrintTo(stdout, text)) return kExitInternal;
  return report->nothing_wrong() ? kExitOk : kExitNotConformant;
}

ExitCode Verify(const VerifyOptions& options) {
  if (const auto error = CheckStdinOnce(options)) return Explain(*error, kExitUsage);
  ForbidCoreDumps();
  Result<HttpRequest> request = ReadRawRequest(options.request);
  if (!request) return Explain(request.error(), kExitUsage);
  Result<Evidence> evidence = ReadEvidence(options);
  if (!evidence) return Explain(evidence.error(), kExitUsage);
  const Result<std::optional<Secret>> secret = ReadSecret(options);
  if (!secret) return Explain(secret.error(), kExitUsage);
  return VerifyWith(options, std::move(*request), std::move(*evidence), *secret);
}

}  // namespace

void AddVerifyCommand(CLI::App& app, ExitCode& exit_code) {
  auto options = std::make_shared<VerifyOptions>();
  CLI::App* command =
      app.add_subcommand("verify", "Verify a signed request, and say why its signature is wrong");
  command->add_option("FILE", options->request, "The raw request; - or nothing is stdin");
  AddOption(*command, "--canonical-request", options->canonical_request, "FILE",
            "The canonical request of the program that signed");
  AddOption(*command, "--string-to-sign", options->string_to_sign, "FILE",
            "The string to sign of the program that signed");
  AddOption(*command, "--server-reply", options->server_reply, "FILE",
            "The XML or JSON error that the service answered with");
  AddSigningRules(*command, options->rules);
  command->footer(kFooter);
  command->callback([options, &exit_code] { exit_code = Verify(*options); });
}

}  // namespace sigvet
