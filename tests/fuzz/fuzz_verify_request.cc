// Feeds arbitrary bytes to verify: a raw request and, after a NUL byte, a service's reply. It must
// end, and what it prints must be nothing that a terminal would act on.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "backends/backend_registry.h"
#include "base/bytes.h"
#include "base/check.h"
#include "base/utf8.h"
#include "diagnosis/verify_request.h"
#include "reports/verify_text.h"
#include "signing/http_parser.h"
#include "signing/service_rules.h"

namespace sigvet {
namespace {

void CheckReply(const ServerReply& reply, std::string_view text) {
  Check(reply.canonical_request.size() <= text.size(), "more than there was");
  Check(reply.string_to_sign.size() <= text.size(), "more than there was");
}

void CheckError(const Error& error) {
  Check(IsUtf8(ToString(error)) && !error.message.empty(), "an error that says nothing");
}

void VerifyBytes(std::string_view text) {
  static const std::unique_ptr<Backend> backend = MakeAnyBackend().value();
  static const Secret secret{std::string_view("wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY")};
  const std::size_t end = text.find('\0');
  Evidence evidence = {.secret = &secret};
  if (end != text.npos) {
    Result<ServerReply> reply = ReadServerReply(text.substr(end + 1));
    if (reply) {
      CheckReply(*reply, text);
      evidence.canonical_request = reply->canonical_request;
      evidence.reply = std::move(*reply);
    } else {
      CheckError(reply.error());
    }
  }
  const Result<HttpRequest> request = ParseHttpRequest(text.substr(0, end));
  if (!request) return;
  const Result<Sigv4Claim> claim = ReadSigv4Claim(*request);
  if (!claim) return CheckError(claim.error());
  const auto report =
      VerifyRequest(*backend, {*request, *claim, PathRulesOf(claim->service), true}, evidence);
  if (!report) return CheckError(report.error());
  const std::string shown = RenderVerifyReport(*report, {});
  Check(shown.find('\x1b') == std::string::npos && IsUtf8(shown), "what a terminal would act on");
}

}  // namespace
}  // namespace sigvet

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  sigvet::VerifyBytes(sigvet::AsText({data, size}));
  return 0;
}
