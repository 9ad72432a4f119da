#include "cli/complete.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "base/utf8.h"
#include "cli/complete_values.h"

namespace sigvet {
namespace {

bool IsFlag(const CLI::Option& option) { return option.get_items_expected_max() == 0; }

bool IsHidden(const CLI::Option& option) { return option.get_group().empty(); }

std::string NameOf(const CLI::Option& option) {
  if (!option.get_lnames().empty()) return "--" + option.get_lnames().front();
  if (!option.get_snames().empty()) return "-" + option.get_snames().front();
  return option.get_name(true);
}

/// What stands for its value in --help.
std::string FormOf(const CLI::Option& option) {
  const std::string type = option.get_type_name();
  const bool has_type = !type.empty() && type != "TEXT";
  return has_type || option.nonpositional() ? type : option.get_name(true);
}

/// Where the words lead: to a command, and in it to an option that waits for its value or to an
/// argument.
class Position {
 public:
  explicit Position(const CLI::App& app) : command_(&app) {}

  /// Goes past a word.
  void Pass(const std::string& word) {
    if (waiting_ != nullptr) {
      given_.push_back({NameOf(*waiting_), word});
      waiting_ = nullptr;
    } else if (!only_arguments_ && word == "--") {
      only_arguments_ = true;
    } else if (!only_arguments_ && word.starts_with("-") && word.size() > 1) {
      PassOption(word);
    } else if (const CLI::App* const command = FindCommand(word)) {
      command_ = command;
    } else {
      if (const CLI::Option* const argument = Argument()) {
        given_.push_back({NameOf(*argument), word});
      }
      ++arguments_;
    }
  }

  /// What the word that stands here may become.
  Completion CompleteWord(const std::string& word) const {
    if (waiting_ != nullptr) return ValueOf(*waiting_, word);
    const bool may_be_option = !only_arguments_ && word.starts_with("-");
    const std::size_t equals = word.find('=');
    if (may_be_option && equals != word.npos) {
      const CLI::Option* const option = command_->get_option_no_throw(word.substr(0, equals));
      if (option == nullptr || IsFlag(*option)) return {};
      Completion completion = ValueOf(*option, word.substr(equals + 1));
      const std::string before = word.substr(0, equals + 1);
      for (Candidate& candidate : completion.candidates) candidate.text.insert(0, before);
      completion.before_file.insert(0, before);
      return completion;
    }
    if (may_be_option) return Options();
    const CLI::Option* const argument = Argument();
    Completion completion = argument == nullptr ? Completion() : ValueOf(*argument, word);
    if (!only_arguments_) AddCommands(completion);
    return completion;
  }

 private:
  void PassOption(const std::string& word) {
    const std::size_t equals = word.find('=');
    const CLI::Option* const option = command_->get_option_no_throw(word.substr(0, equals));
    if (option == nullptr || IsFlag(*option)) return;
    if (equals == word.npos) {
      waiting_ = option;
    } else {
      given_.push_back({NameOf(*option), word.substr(equals + 1)});
    }
  }

  const CLI::App* FindCommand(const std::string& word) const {
    if (only_arguments_) return nullptr;
    const auto commands = command_->get_subcommands(nullptr);
    const auto found = std::ranges::find(commands, word, &CLI::App::get_name);
    return found == commands.end() ? nullptr : *found;
  }

  /// The argument that stands next; null where there is none.
  const CLI::Option* Argument() const {
    const CLI::Option* last = nullptr;
    std::size_t index = 0;
    for (const CLI::Option* option : command_->get_options()) {
      if (!option->get_positional()) continue;
      if (index++ == arguments_) return option;
      last = option;
    }
    const bool takes_more = last != nullptr && last->get_items_expected_max() > 1;
    return takes_more ? last : nullptr;
  }

  Completion ValueOf(const CLI::Option& option, std::string_view begin) const {
    return CompleteValue({command_->get_name(), NameOf(option), FormOf(option), begin, given_});
  }

  Completion Options() const {
    Completion completion;
    for (const CLI::Option* option : command_->get_options()) {
      if (!option->nonpositional() || IsHidden(*option)) continue;
      completion.candidates.push_back({NameOf(*option), option->get_description()});
    }
    return completion;
  }

  void AddCommands(Completion& completion) const {
    for (const CLI::App* command : command_->get_subcommands(nullptr)) {
      if (command->get_group().empty()) continue;
      completion.candidates.push_back({command->get_name(), command->get_description()});
    }
  }

  const CLI::App* command_;
  const CLI::Option* waiting_ = nullptr;
  bool only_arguments_ = false;
  std::size_t arguments_ = 0;
  std::vector<GivenValue> given_;
};

}  // namespace

Completion Complete(const CLI::App& app, std::span<const std::string> words) {
  if (words.empty()) return {};
  Position position(app);
  for (const std::string& word : words.first(words.size() - 1)) position.Pass(word);
  const std::string& word = words.back();
  Completion completion = position.CompleteWord(word);
  // What a shell can't take as it is, or would take for something else, is left out.
  std::erase_if(completion.candidates, [&](const Candidate& candidate) {
    return !candidate.text.starts_with(word) || candidate.text.starts_with(":") ||
           Visible(candidate.text) != candidate.text;
  });
  if (completion.candidates.size() > kMostCandidates) completion.candidates.resize(kMostCandidates);
  return completion;
}

}  // namespace sigvet
