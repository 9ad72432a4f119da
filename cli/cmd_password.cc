#include <algorithm>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "backends/backend_registry.h"
#include "base/suggest.h"
#include "base/utf8.h"
#include "cli/commands.h"
#include "cli/messages.h"
#include "cli/options.h"
#include "cli/output_file.h"
#include "cli/secret_input.h"
#include "signing/ses_regions.h"
#include "signing/ses_smtp_password.h"

namespace sigvet {
namespace {

constexpr const char* kFooter =
    R"(The secret access key comes from AWS_SECRET_ACCESS_KEY or, where that is not set,
from stdin; never from an argument, which others on the machine could read.

Examples:
  AWS_SECRET_ACCESS_KEY=... sigvet password --region eu-west-1
  sigvet password --region eu-west-1 < secret.txt

The SMTP user name is the access key id that belongs to the secret.)";

struct PasswordOptions {
  std::string region;
  int version = 4;
};

void Warn(std::string_view region, int version, const Secret& secret) {
  const std::span<const std::string_view> regions = KnownSesRegions();
  if (version == 4 && std::ranges::find(regions, region) == regions.end()) {
    const std::string hint = DidYouMean(region, regions);
    PrintWarning("no SES region \"" + Visible(region) + "\" is known here" +
                 (hint.empty() ? "" : "; " + hint));
  }
  if (version == 2) {
    PrintWarning("Amazon SES takes no new version 2 passwords; version 4 is what you want");
    if (!region.empty()) PrintWarning("a version 2 password belongs to no region");
  }
  const std::string suspicion = SecretSuspicion(AsText(secret.Reveal()));
  if (!suspicion.empty()) PrintWarning(suspicion);
}

Result<Secret> Derive(Backend& backend, const PasswordOptions& options, const Secret& secret) {
  if (options.version == 2) {
    auto stages = DeriveSesSmtpPasswordV2(backend, secret);
    if (!stages) return stages.error();
    return std::move(stages->password);
  }
  auto stages = DeriveSesSmtpPasswordV4(backend, secret, options.region);
  if (!stages) return stages.error();
  return std::move(stages->password);
}

/// Past stdio, whose buffer is not wiped.
ExitCode Print(const Secret& password) {
  const Secret line(AsText(password.Reveal()), AsBytes("\n"));
  const auto written = OutputFile::Open("-").value().Commit(AsText(line.Reveal()));
  return written ? kExitOk : Explain(written.error(), kExitInternal);
}

ExitCode Password(const PasswordOptions& options) {
  if (options.version == 4 && options.region.empty()) {
    return Explain({"a version 4 password belongs to a region", {}, "add --region us-east-1"},
                   kExitUsage);
  }
  ForbidCoreDumps();
  const Result<Secret> secret = ReadSecretAccessKey();
  if (!secret) return Explain(secret.error(), kExitUsage);
  const BackendResult backend = MakeAnyBackend();
  if (!backend) return Explain(backend.error(), kExitInternal);
  Warn(options.region, options.version, *secret);
  const Result<Secret> password = Derive(**backend, options, *secret);
  if (!password) return Explain(password.error(), kExitUsage);
  return Print(*password);
}

}  // namespace

void AddPasswordCommand(CLI::App& app, ExitCode& exit_code) {
  auto options = std::make_shared<PasswordOptions>();
  CLI::App* command =
      app.add_subcommand("password", "Derive an Amazon SES SMTP password and print it");
  AddOption(*command, "--region", options->region, "R",
            "The region of the SMTP endpoint, as in us-east-1");
  AddOption(*command, "--version", options->version, "2|4", "The version of the password")
      ->check(CLI::IsMember({2, 4}).description(""))
      ->capture_default_str();
  command->footer(kFooter);
  command->callback([options, &exit_code] { exit_code = Password(*options); });
}

}  // namespace sigvet
