#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/utf8.h"
#include "cli/commands.h"
#include "cli/complete.h"
#include "cli/messages.h"

namespace sigvet {
namespace {

constexpr const char* kFooter =
    R"(For the completions of shells. The last WORD is the one that is being written, those
before it stand between sigvet and it. Prints what it may become, one a line, with a
description behind a tab where there is one. A last line ":files BEFORE" (or ":folders
BEFORE") says that names of files (folders) fit too, behind BEFORE, with which the
word begins.

Example:
  sigvet complete -- run --backend o)";

/// As the shell gave them: the parser would take some apart.
std::vector<std::string> WordsOf(std::span<const char* const> arguments) {
  constexpr std::size_t kProgramAndCommand = 2;
  std::span<const char* const> given = arguments.subspan(kProgramAndCommand);
  if (!given.empty() && std::string_view(given.front()) == "--") given = given.subspan(1);
  if (given.empty()) return {""};
  return {given.begin(), given.end()};
}

std::string Render(const Completion& completion) {
  std::string text;
  for (const Candidate& candidate : completion.candidates) {
    text += candidate.text;
    if (!candidate.description.empty()) text += "\t" + Visible(candidate.description);
    text += "\n";
  }
  if (completion.files == Completion::Files::kNone) return text;
  const bool any = completion.files == Completion::Files::kAny;
  return text + (any ? ":files " : ":folders ") + completion.before_file + "\n";
}

}  // namespace

void AddCompleteCommand(CLI::App& app, std::span<const char* const> arguments,
                        ExitCode& exit_code) {
  CLI::App* command = app.add_subcommand(kCompleteCommand, "What a word may become, for shells");
  command->group("");
  auto words = std::make_shared<std::vector<std::string>>();
  command->add_option("WORD", *words, "The words of a command line");
  command->footer(kFooter);
  command->callback([words, arguments, &app, &exit_code] {
    exit_code = PrintOutput(Render(Complete(app, WordsOf(arguments))));
  });
}

}  // namespace sigvet
