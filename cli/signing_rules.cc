#include "cli/signing_rules.h"

#include "cli/options.h"
#include "signing/service_rules.h"

namespace sigvet {

void AddSigningRules(CLI::App& command, SigningRules& rules) {
  AddOption(command, "--uri-encode", rules.uri_encode, "single|double",
            "How often the path is percent-encoded (default: as the service wants it)")
      ->check(CLI::IsMember({"single", "double"}).description(""));
  CLI::Option* normalize = command.add_flag_callback(
      "--normalize", [&rules] { rules.normalize = true; },
      "Resolve dots and repeated slashes in the path (default but for S3)");
  command
      .add_flag_callback(
          "--no-normalize", [&rules] { rules.normalize = false; },
          "Leave dots and repeated slashes in the path (default for S3)")
      ->excludes(normalize);
  command.add_flag("--unsigned-session-token", rules.unsigned_session_token,
                   "The session token is added after signing, as AWS IoT wants it");
}

CanonicalPathOptions PathRules(std::string_view service, const SigningRules& rules) {
  CanonicalPathOptions path = PathRulesOf(service);
  if (rules.uri_encode == "single") path.encoding = UriEncoding::kSingle;
  if (rules.uri_encode == "double") path.encoding = UriEncoding::kDouble;
  path.normalize = rules.normalize.value_or(path.normalize);
  return path;
}

}  // namespace sigvet
