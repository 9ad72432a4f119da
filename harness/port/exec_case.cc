#include "harness/port/exec_case.h"

#include <algorithm>
#include <map>
#include <optional>
#include <string_view>
#include <utility>
#include <variant>

#include "base/secret.h"
#include "harness/port/placeholder.h"

namespace sigvet {
namespace {

constexpr std::string_view kSecret = "secret";
/// Linux takes no longer argument or variable, its end included (MAX_ARG_STRLEN, execve(2)).
constexpr std::size_t kMaxArgumentBytes = std::size_t{128} << 10;

void Wipe(std::string& text) { SecureWipe(text.data(), text.size()); }

/// An input as an argument has it; empty where the case has none, or the kind of its value has no
/// such form.
std::string ToArgument(const Value& value) {
  if (const auto* text = std::get_if<std::string>(&value)) return *text;
  if (const auto* number = std::get_if<std::int64_t>(&value)) return std::to_string(*number);
  if (const auto* truth = std::get_if<bool>(&value)) return *truth ? "true" : "false";
  return "";
}

/// Why `text`, which holds the input `name`, can be neither an argument nor a variable.
std::optional<Error> CheckArgument(std::string_view text, std::string_view name) {
  if (text.find('\0') != text.npos) {
    return Error{"its " + std::string(name) + " holds a NUL byte, which can't be passed on"};
  }
  if (text.size() < kMaxArgumentBytes) return std::nullopt;
  return Error{"its " + std::string(name) + " is too long to be passed on"};
}

}  // namespace

ExecCase::~ExecCase() {
  std::ranges::for_each(spec.arguments, Wipe);
  std::ranges::for_each(spec.environment, Wipe);
  Wipe(standard_input);
}

Result<ExecCase> MakeExecCase(const Port& port, const Case& c,
                              std::span<const std::string> environment) {
  using enum PortManifest::SecretBy;
  const PortManifest& manifest = port.manifest;
  if (manifest.secret_by == kArgument && !c.is_synthetic) {
    return Error{
        "its secret may not be shown in a list of processes: the file does not say synthetic: "
        "true"};
  }

  std::map<std::string_view, std::string> values = {{"build", port.build_folder},
                                                    {"op", std::string(c.operation->name)}};
  for (std::size_t i = 0; i < c.inputs.size(); ++i) {
    const std::string_view name = c.operation->inputs[i].name;
    if (name != kSecret) values.emplace(name, ToArgument(c.inputs[i]));
  }
  const std::string& secret = c.Text(kSecret);
  if (manifest.secret_by == kArgument) values.emplace(kSecret, secret);

  std::optional<Error> error;
  ExecCase made;
  made.spec = {{}, manifest.folder, {environment.begin(), environment.end()}};
  for (const std::string& argument : manifest.start_command) {
    const auto value_of = [&](std::string_view name) -> std::string_view {
      const auto value = values.find(name);
      if (value == values.end()) return {};
      if (!error) error = CheckArgument(value->second, name);
      return value->second;
    };
    made.spec.arguments.push_back(FillPlaceholders(argument, value_of));
    if (!error) error = CheckArgument(made.spec.arguments.back(), "command line");
  }
  if (manifest.secret_by == kStdin) made.standard_input = secret;
  if (manifest.secret_by == kEnvironment) {
    if (!error) error = CheckArgument(secret, kSecret);
    made.spec.environment.push_back(manifest.secret_variable + "=" + secret);
  }
  if (const auto copy = values.find(kSecret); copy != values.end()) Wipe(copy->second);
  if (error) return *std::move(error);
  return made;
}

}  // namespace sigvet
