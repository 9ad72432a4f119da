#include "cli/usage.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "base/suggest.h"
#include "base/utf8.h"
#include "cli/messages.h"

namespace sigvet {
namespace {

/// What is longer is no misspelt name, and may be a secret that does not belong here.
constexpr std::size_t kMostNameBytes = 30;

/// The innermost command that the arguments name.
const CLI::App& GivenCommand(const CLI::App& app) {
  const auto given = app.get_subcommands();
  return given.empty() ? app : GivenCommand(*given.front());
}

/// "sigvet list cases"
std::string CommandLine(const CLI::App& command) {
  const CLI::App* parent = command.get_parent();
  return parent == nullptr ? command.get_name() : CommandLine(*parent) + " " + command.get_name();
}

std::vector<std::string> OptionNames(const CLI::App& command) {
  std::vector<std::string> names;
  for (const CLI::Option* option : command.get_options()) {
    for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
  }
  return names;
}

std::vector<std::string> CommandNames(const CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::App* command : app.get_subcommands(nullptr)) {
    if (!command->get_group().empty()) names.push_back(command->get_name());
  }
  return names;
}

std::string Suggest(std::string_view word, const std::vector<std::string>& names) {
  const std::vector<std::string_view> candidates(names.begin(), names.end());
  return DidYouMean(word, candidates);
}

/// Says which option or command is not known. Whatever else was given may be a secret: it is not
/// repeated.
Error Unknown(const CLI::App& command, const std::string& word) {
  const std::string help = "see " + CommandLine(command) + " --help";
  const bool is_option = word.starts_with("-");
  const std::vector<std::string> names = is_option ? OptionNames(command) : CommandNames(command);
  if (names.empty()) return {"unexpected argument", {}, help};
  const std::string name = is_option ? word.substr(0, word.find('=')) : word;
  const std::string what = is_option ? "option" : "command";
  if (name.size() > kMostNameBytes) return {"unknown " + what, {}, help};
  const std::string hint = Suggest(name, names);
  return {(is_option ? "unknown option " : "no command ") + Visible(name),
          {},
          hint.empty() ? help : hint};
}

/// The first argument that is no option: a command, or a word where one should be.
std::string FirstWord(int argc, const char* const* argv) {
  for (int i = 1; i < argc; ++i) {
    if (argv[i][0] != '-') return argv[i];
  }
  return "";
}

/// Arguments that nothing takes. The parser puts the mark `--` among them, which is none.
std::vector<std::string> Extras(const CLI::App& app) {
  std::vector<std::string> extras = app.remaining(true);
  std::erase(extras, "--");
  return extras;
}

/// An unknown option rather than a word, which may be its value.
const std::string& MostTelling(const std::vector<std::string>& extras) {
  const auto is_option = [](const std::string& word) { return word.starts_with("-"); };
  const auto option = std::ranges::find_if(extras, is_option);
  return option == extras.end() ? extras.front() : *option;
}

Error Explanation(const CLI::App& app, const CLI::ParseError& error, const std::string& word) {
  const CLI::App& command = GivenCommand(app);
  // A wrong value ends the parsing before what comes after it has found its place.
  const bool is_value = dynamic_cast<const CLI::ValidationError*>(&error) != nullptr ||
                        dynamic_cast<const CLI::ConversionError*>(&error) != nullptr;
  const std::vector<std::string> extras = is_value ? std::vector<std::string>() : Extras(app);
  if (!extras.empty()) return Unknown(command, MostTelling(extras));
  if (!is_value && &command == &app && !word.empty()) return Unknown(command, word);
  const std::string help = "see " + CommandLine(command) + " --help";
  if (!CommandNames(command).empty()) {
    return {CommandLine(command) + " needs a command", {}, help};
  }
  return {error.what(), {}, help};
}

}  // namespace

ExitCode ParseArguments(CLI::App& app, int argc, const char* const* argv) {
  try {
    app.parse(argc, argv);
    return kExitOk;
  } catch (const CLI::CallForHelp&) {
    const CLI::App& command = GivenCommand(app);
    const CLI::App* parent = command.get_parent();
    return PrintOutput(command.help(parent == nullptr ? "" : CommandLine(*parent)));
  } catch (const CLI::CallForVersion& version) {
    return PrintOutput(std::string(version.what()) + "\n");
  } catch (const CLI::RuntimeError& told) {
    return static_cast<ExitCode>(told.get_exit_code());
  } catch (const CLI::ParseError& error) {
    return Explain(Explanation(app, error, FirstWord(argc, argv)), kExitUsage);
  }
}

}  // namespace sigvet
