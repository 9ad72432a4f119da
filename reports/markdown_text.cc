#include "reports/markdown_text.h"

#include <algorithm>
#include <cstddef>

namespace sigvet {
namespace {

/// As a character reference, for the file to show what is there.
constexpr std::string_view kZeroWidth = "&#8203;";

bool IsWordCharacter(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

/// Where an underscore is no markup.
bool IsWithinWord(std::string_view before, std::string_view after) {
  return !before.empty() && !after.empty() && before.back() != '_' && after.front() != '_' &&
         IsWordCharacter(before.back()) && IsWordCharacter(after.front());
}

bool EndsWithWord(std::string_view text, std::string_view lower_case_word) {
  if (text.size() < lower_case_word.size()) return false;
  return std::ranges::equal(
      text.substr(text.size() - lower_case_word.size()), lower_case_word,
      [](char a, char b) { return (a >= 'A' && a <= 'Z' ? a + 32 : a) == b; });
}

/// Whether GitHub would make something of `c` and of what stands around it: a mention (@name), a
/// reference (#1, GH-1), a link (x://), an emoji (:x:).
bool StartsReference(std::string_view before, char c, std::string_view after) {
  const bool word_follows = !after.empty() && (IsWordCharacter(after[0]) || after[0] == '/' ||
                                               after[0] == '+' || after[0] == '-');
  switch (c) {
    case '@':
    case ':':
    case '#':
      return word_follows;
    case '-':
      return word_follows && EndsWithWord(before, "gh");
    default:
      return false;
  }
}

std::size_t LongestRunOfBackticks(std::string_view text) {
  std::size_t longest = 0;
  std::size_t run = 0;
  for (const char c : text) {
    run = c == '`' ? run + 1 : 0;
    longest = std::max(longest, run);
  }
  return longest;
}

}  // namespace

std::string EscapeMarkdown(std::string_view text) {
  constexpr std::string_view kMarkup = "\\`*[]<#|~&";
  std::string escaped;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const std::string_view before = text.substr(0, i);
    const std::string_view after = text.substr(i + 1);
    if (c == '$') {
      // No backslash keeps GitHub from seeing mathematics here; it documents this instead.
      escaped += "<span>$</span>";
      continue;
    }
    if (kMarkup.find(c) != kMarkup.npos || (c == '_' && !IsWithinWord(before, after))) {
      escaped += '\\';
    }
    // The parser sees the link from the dot on, and the others after they are parsed.
    if (c == '.' && EndsWithWord(before, "www")) escaped += kZeroWidth;
    escaped += c;
    if (StartsReference(before, c, after)) escaped += kZeroWidth;
  }
  return escaped;
}

std::string MarkdownCode(std::string_view text) {
  if (text.empty()) return "";
  const std::string fence(LongestRunOfBackticks(text) + 1, '`');
  const bool needs_blanks = text.starts_with('`') || text.ends_with('`') ||
                            (text.starts_with(' ') && text.ends_with(' '));
  const std::string_view blank = needs_blanks ? " " : "";
  return std::string(fence).append(blank).append(text).append(blank).append(fence);
}

std::string MarkdownBlock(std::string_view lines, std::string_view language) {
  const std::string fence(std::max<std::size_t>(LongestRunOfBackticks(lines) + 1, 3), '`');
  std::string block = fence;
  block.append(language).append("\n").append(lines);
  if (!lines.ends_with('\n')) block += '\n';
  return block + fence + "\n\n";
}

}  // namespace sigvet
