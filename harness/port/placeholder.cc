#include "harness/port/placeholder.h"

#include <algorithm>
#include <cstddef>

#include "harness/corpus/value_parser.h"

namespace sigvet {
namespace {

constexpr std::string_view kNameCharacters =
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_";
constexpr std::string_view kSecret = "secret";

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

std::string InBraces(std::string_view name) { return "{" + std::string(name) + "}"; }

bool Has(std::span<const std::string_view> names, std::string_view name) {
  return std::ranges::find(names, name) != names.end();
}

std::vector<std::string_view> PlaceholdersOfStart(const PortManifest& manifest) {
  std::vector<std::string_view> names;
  if (!manifest.file.empty()) names.emplace_back("build");
  if (manifest.mode != PortManifest::Mode::kExec) return names;
  names.emplace_back("op");
  if (manifest.secret_by == PortManifest::SecretBy::kArgument) names.emplace_back(kSecret);
  for (const OperationSpec* const operation : manifest.operations) {
    for (const FieldSpec& input : operation->inputs) {
      if (input.name != kSecret && !Has(names, input.name)) names.push_back(input.name);
    }
  }
  return names;
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

Error CheckPlaceholder(std::string_view name, std::span<const std::string_view> known) {
  if (Has(known, name)) return {};
  std::vector<std::string> braced;
  for (const std::string_view other : known) braced.push_back(InBraces(other));
  const std::vector<std::string_view> names(braced.begin(), braced.end());
  return {"unknown placeholder \"" + InBraces(name) + "\"",
          {},
          names.empty() ? "none can stand here" : HintOf(InBraces(name), names)};
}

Error CheckStartPlaceholder(std::string_view name, const PortManifest& manifest) {
  const std::vector<std::string_view> known = PlaceholdersOfStart(manifest);
  if (name == kSecret && manifest.mode == PortManifest::Mode::kExec && !Has(known, name)) {
    return {R"("{secret}" among the arguments, though the secret is not given by "argv")",
            {},
            R"(take it out, or give the secret by "argv")"};
  }
  return CheckPlaceholder(name, known);
}

Error CheckSecretIsPlaced(const PortManifest& manifest) {
  if (manifest.mode != PortManifest::Mode::kExec ||
      manifest.secret_by != PortManifest::SecretBy::kArgument) {
    return {};
  }
  const auto has_secret = [](const std::string& argument) {
    return Has(PlaceholdersIn(argument), kSecret);
  };
  if (std::ranges::any_of(manifest.start_command, has_secret)) return {};
  return {R"(no "{secret}" among the arguments, though the secret is given by "argv")"};
}

}  // namespace sigvet
