#include "harness/port/placeholder.h"

#include <cstddef>

namespace sigvet {
namespace {

constexpr std::string_view kNameCharacters =
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_";

/// A placeholder with its braces; empty at the end of `text` where there is none.
std::string_view FindPlaceholder(std::string_view text, std::size_t from) {
  while (true) {
    const std::size_t open = text.find('{', from);
    if (open == text.npos) return text.substr(text.size());
    const std::size_t close = text.find_first_not_of(kNameCharacters, open + 1);
    const bool named = close != text.npos && text[close] == '}' && close > open + 1;
    if (named && (open == 0 || text[open - 1] != '$')) return text.substr(open, close + 1 - open);
    from = open + 1;
  }
}

std::string_view NameOf(std::string_view placeholder) {
  return placeholder.substr(1, placeholder.size() - 2);
}

}  // namespace

std::vector<std::string_view> PlaceholdersIn(std::string_view argument) {
  std::vector<std::string_view> names;
  std::size_t from = 0;
  while (true) {
    const std::string_view found = FindPlaceholder(argument, from);
    if (found.empty()) return names;
    names.push_back(NameOf(found));
    from = static_cast<std::size_t>(found.data() - argument.data()) + found.size();
  }
}

std::string FillPlaceholders(std::string_view argument,
                             const std::function<std::string_view(std::string_view)>& value_of) {
  std::string filled;
  std::size_t from = 0;
  while (true) {
    const std::string_view found = FindPlaceholder(argument, from);
    const auto begin = static_cast<std::size_t>(found.data() - argument.data());
    filled += argument.substr(from, begin - from);
    if (found.empty()) return filled;
    filled += value_of(NameOf(found));
    from = begin + found.size();
  }
}

}  // namespace sigvet
