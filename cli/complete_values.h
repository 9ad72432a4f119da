#pragma once

#include <span>
#include <string>
#include <string_view>

#include "cli/complete.h"

namespace sigvet {

/// A value that stands before the word which is completed.
struct GivenValue {
  /// Of the option or argument: "--corpus", "CASE".
  std::string name;
  std::string value;
};

/// The value of an option, or an argument, that is being written.
struct UnfinishedValue {
  std::string_view command;
  /// As in GivenValue.
  std::string_view name;
  /// What --help says stands there: "GLOB", "stdin|env:NAME|argv", "FORMAT=PATH".
  std::string_view form;
  /// What is written of it.
  std::string_view begin;
  std::span<const GivenValue> given;
};

/// What the value may become. Candidates need not begin as it does.
Completion CompleteValue(const UnfinishedValue& value);

}  // namespace sigvet
