#include "harness/corpus/value_parser.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "base/check.h"
#include "base/hex.h"
#include "base/suggest.h"
#include "harness/corpus/load_corpus.h"

namespace sigvet {
namespace {

using Kind = YamlNode::Kind;

constexpr std::size_t kHexDigits = 2 * kDigestBytes;
/// Of corpus files and of port.yaml.
constexpr std::int64_t kFormatVersion = 1;

std::string_view Describe(const YamlNode& node) {
  switch (node.kind) {
    case Kind::kPlain:
      return "a plain scalar";
    case Kind::kString:
      return "a string";
    case Kind::kMapping:
      return "a mapping";
    case Kind::kSequence:
      return "a list";
    case Kind::kInvalid:
      break;
  }
  return "nothing";
}

void AddWrongKind(std::string_view wanted, const YamlNode& node, FileErrors& errors,
                  std::string hint = {}) {
  if (node.kind == Kind::kInvalid) return;
  errors.Add(node.place,
             "expected " + std::string(wanted) + ", found " + std::string(Describe(node)),
             std::move(hint));
}

void AddUnquoted(const YamlNode& node, FileErrors& errors) {
  constexpr std::size_t kMaxShownBytes = 100;
  const bool plain =
      node.text.size() <= kMaxShownBytes && node.text.find_first_of("\"\\\n") == node.text.npos;
  errors.Add(node.place, plain ? "unquoted string: write \"" + node.text + "\""
                               : "unquoted string: put it in quotes");
}

std::optional<std::int64_t> ParseInteger(std::string_view text) {
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  const bool whole = error == std::errc() && end == text.data() + text.size();
  const std::string_view digits = text.substr(text.starts_with('-') ? 1 : 0);
  if (!whole || (digits.starts_with('0') && text != "0")) return std::nullopt;
  return number;
}

bool IsHexDigit(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

/// Whether all of `text` is hex digits; if not, adds which character is none.
bool CheckHexDigits(const YamlNode& node, std::string_view text, FileErrors& errors) {
  const auto* const bad = std::ranges::find_if_not(text, IsHexDigit);
  if (bad == text.end()) return true;
  const auto index = static_cast<std::size_t>(bad - text.begin());
  std::size_t size = 1;  // all bytes of a character that is not ASCII
  while (index + size < text.size() && (static_cast<unsigned char>(bad[size]) & 0xc0) == 0x80) {
    ++size;
  }
  errors.Add(node.place, "no hex digit: " + Quoted(text.substr(index, size)) + ", character " +
                             std::to_string(index + 1));
  return false;
}

std::optional<std::string> TakeHexBytes(YamlNode& node, FileErrors& errors) {
  const std::optional<std::string> digits = TakeString(node, errors);
  if (!digits || !CheckHexDigits(node, *digits, errors)) return std::nullopt;
  const std::optional<Bytes> bytes = FromHex(*digits);
  if (!bytes) {
    errors.Add(node.place, "odd number of hex digits", "two digits make a byte");
    return std::nullopt;
  }
  return std::string(AsText(*bytes));
}

std::optional<std::string> TakeBase64Bytes(YamlNode& node, Backend& decoder, FileErrors& errors) {
  const std::optional<std::string> text = TakeString(node, errors);
  if (!text) return std::nullopt;
  const std::optional<Bytes> bytes = decoder.Base64Decode(*text);
  if (!bytes) {
    errors.Add(node.place, "not base64: " + Quoted(*text),
               "A-Z a-z 0-9 + / with padding and without blanks, as in \"AP8=\"");
    return std::nullopt;
  }
  return std::string(AsText(*bytes));
}

/// The value that was taken, as the value of an input or a stage.
template <typename Type>
std::optional<Value> AsValue(std::optional<Type> taken) {
  return taken ? std::optional<Value>(*std::move(taken)) : std::nullopt;
}

constexpr std::string_view kFormsText = "{hex: ...}, {base64: ...} and {repeat: ..., count: N}";
constexpr std::string_view kForms[] = {"hex", "base64", "repeat", "count"};

}  // namespace

std::optional<std::string> TakeString(YamlNode& node, FileErrors& errors) {
  if (node.kind == Kind::kString) return std::move(node.text);
  if (node.kind == Kind::kPlain) {
    AddUnquoted(node, errors);
  } else {
    AddWrongKind("a string in quotes", node, errors);
  }
  return std::nullopt;
}

std::optional<std::string> TakeText(YamlNode& node, FileErrors& errors) {
  std::optional<std::string> text = TakeString(node, errors);
  if (text && text->find_first_not_of(" \t\r\n") == text->npos) {
    errors.Add(node.place, "empty string", "say it in a sentence");
    return std::nullopt;
  }
  return text;
}

std::optional<std::string> TakeHexDigits(YamlNode& node, FileErrors& errors) {
  if (node.kind != Kind::kString && node.kind != Kind::kPlain) {
    AddWrongKind("64 hex digits in quotes", node, errors);
    return std::nullopt;
  }
  std::optional<std::string> digits = TakeString(node, errors);
  if (!digits || !CheckHexDigits(node, *digits, errors)) return std::nullopt;
  if (digits->size() != kHexDigits) {
    errors.Add(node.place, "expected 64 hex digits, found " + std::to_string(digits->size()));
    return std::nullopt;
  }
  const auto is_upper = [](char c) { return c >= 'A' && c <= 'F'; };
  if (std::ranges::none_of(*digits, is_upper)) return digits;
  std::ranges::transform(*digits, digits->begin(), [&](char c) {
    return is_upper(c) ? static_cast<char>(c - 'A' + 'a') : c;
  });
  errors.Add(node.place, "upper-case hex digits", "write \"" + *digits + "\"");
  return std::nullopt;
}

std::optional<std::int64_t> TakeInteger(const YamlNode& node, FileErrors& errors) {
  const bool scalar = node.kind == Kind::kPlain || node.kind == Kind::kString;
  if (!scalar) {
    AddWrongKind("a whole number", node, errors);
    return std::nullopt;
  }
  const std::optional<std::int64_t> number = ParseInteger(node.text);
  if (number && node.kind == Kind::kPlain) return number;
  errors.Add(node.place, number ? "number in quotes: write " + node.text
                                : "expected a whole number, found " + Quoted(node.text));
  return std::nullopt;
}

std::optional<bool> TakeBoolean(const YamlNode& node, FileErrors& errors) {
  if (node.kind != Kind::kPlain && node.kind != Kind::kString) {
    AddWrongKind("true or false", node, errors);
    return std::nullopt;
  }
  const bool known = node.text == "true" || node.text == "false";
  if (known && node.kind == Kind::kPlain) return node.text == "true";
  errors.Add(node.place, known ? "boolean in quotes: write " + node.text
                               : "expected true or false, found " + Quoted(node.text));
  return std::nullopt;
}

std::optional<std::string> TakeChoice(std::string_view what,
                                      std::span<const std::string_view> choices, YamlNode& node,
                                      FileErrors& errors) {
  std::optional<std::string> word = TakeString(node, errors);
  if (!word || std::ranges::find(choices, *word) != choices.end()) return word;
  errors.Add(node.place, Quoted(*word) + " is no " + std::string(what), HintOf(*word, choices));
  return std::nullopt;
}

const OperationSpec* TakeOperation(YamlNode& node, FileErrors& errors) {
  const std::optional<std::string> name = TakeString(node, errors);
  if (!name) return nullptr;
  const OperationSpec* const operation = FindOperation(*name);
  if (operation == nullptr) {
    std::vector<std::string_view> names;
    for (const OperationSpec& known : AllOperations()) names.push_back(known.name);
    errors.Add(node.place, "unknown operation " + Quoted(*name), HintOf(*name, names));
  }
  return operation;
}

void CheckFirstKey(const YamlNode& member, FileErrors& errors) {
  if (member.key == "sigvet") return;
  errors.Add(member.key_place, R"(the first key must be "sigvet")",
             "begin the file with \"sigvet: 1\"");
}

void CheckFormatVersion(const YamlNode& node, FileErrors& errors) {
  const std::optional<std::int64_t> version = TakeInteger(node, errors);
  if (!version || *version == kFormatVersion) return;
  errors.Add(node.place, "unknown version " + std::to_string(*version) + " of the format",
             "known: 1");
}

bool CheckKind(YamlNode::Kind wanted, const YamlNode& node, FileErrors& errors) {
  if (node.kind == wanted) return true;
  AddWrongKind(wanted == Kind::kMapping ? "a mapping" : "a list", node, errors);
  return false;
}

std::string HintOf(std::string_view word, std::span<const std::string_view> names) {
  std::string hint = DidYouMean(word, names);
  if (!hint.empty()) return hint;
  hint = "known:";
  for (const std::string_view name : names) {
    hint += (name == names.front() ? " " : ", ") + std::string(name);
  }
  return hint;
}

std::optional<Value> ValueParser::Take(const FieldSpec& field, YamlNode& node, FileErrors& errors) {
  switch (field.type) {
    case ValueType::kHex:
      return AsValue(TakeHexDigits(node, errors));
    case ValueType::kInteger:
      return AsValue(TakeInteger(node, errors));
    case ValueType::kBoolean:
      return AsValue(TakeBoolean(node, errors));
    case ValueType::kChoice:
      return AsValue(TakeChoice(field.name, field.choices, node, errors));
    case ValueType::kHeaders:
      return AsValue(TakeHeaders(node, errors));
    case ValueType::kText:
    case ValueType::kBytes:
    case ValueType::kAuthorization:
    case ValueType::kUrl:
      return AsValue(TakeBytes(node, errors));
  }
  Fatal("a type of value that does not exist");
}

std::optional<std::string> ValueParser::TakeBytes(YamlNode& node, FileErrors& errors) {
  switch (node.kind) {
    case Kind::kMapping:
      return TakeForm(node, errors);
    case Kind::kSequence:
      AddWrongKind("a string or one of " + std::string(kFormsText), node, errors);
      return std::nullopt;
    default:
      return TakeString(node, errors);
  }
}

std::optional<std::string> ValueParser::TakeForm(YamlNode& node, FileErrors& errors) {
  const Members members(node, kForms, errors);
  YamlNode* const hex = members.Find("hex");
  YamlNode* const base64 = members.Find("base64");
  const bool repeat = members.Find("repeat") != nullptr || members.Find("count") != nullptr;
  if (int{hex != nullptr} + int{base64 != nullptr} + int{repeat} != 1) {
    if (!members.has_unknown())
      errors.Add(node.place, "expected one of " + std::string(kFormsText));
    return std::nullopt;
  }
  if (hex != nullptr) return TakeHexBytes(*hex, errors);
  if (base64 != nullptr) return TakeBase64Bytes(*base64, decoder_, errors);
  return TakeRepeat(members, errors);
}

std::optional<std::string> ValueParser::TakeRepeat(const Members& members, FileErrors& errors) {
  YamlNode* const text_node = members.Require("repeat");
  YamlNode* const count_node = members.Require("count");
  if (text_node == nullptr || count_node == nullptr) return std::nullopt;
  const std::optional<std::string> text = TakeString(*text_node, errors);
  const std::optional<std::int64_t> count = TakeInteger(*count_node, errors);
  if (!text || !count) return std::nullopt;
  if (text->empty() || *count < 1) {
    errors.Add(text->empty() ? text_node->place : count_node->place,
               text->empty() ? "nothing to repeat" : "count below 1",
               R"(an empty string is written "")");
    return std::nullopt;
  }
  if (static_cast<std::uint64_t>(*count) > kMaxRepeatBytes / text->size()) {
    errors.Add(count_node->place, "repeat of more than 16 MiB");
    return std::nullopt;
  }
  const std::size_t size = text->size() * static_cast<std::size_t>(*count);
  if (size > kMaxAllRepeatsBytes - repeated_bytes_) {
    errors.Add(count_node->place, "the texts that repeat expands to are over 256 MiB in this file");
    return std::nullopt;
  }
  repeated_bytes_ += size;
  std::string repeated = *text;
  repeated.reserve(size);
  while (repeated.size() < size) repeated.append(repeated, 0, size - repeated.size());
  return repeated;
}

std::optional<std::vector<HttpHeader>> ValueParser::TakeHeaders(YamlNode& node,
                                                                FileErrors& errors) {
  if (node.kind != Kind::kSequence) {
    AddWrongKind("a list of headers", node, errors, R"(write [["Name", "value"], ...])");
    return std::nullopt;
  }
  if (node.children.size() > kMaxCaseHeaders) {
    errors.Add(node.children[kMaxCaseHeaders].place,
               "more than " + std::to_string(kMaxCaseHeaders) + " headers");
    return std::nullopt;
  }
  std::vector<HttpHeader> headers;
  headers.reserve(node.children.size());
  for (YamlNode& item : node.children) {
    if (auto header = TakeHeader(item, errors)) headers.push_back(*std::move(header));
  }
  if (headers.size() != node.children.size()) return std::nullopt;
  return headers;
}

std::optional<HttpHeader> ValueParser::TakeHeader(YamlNode& node, FileErrors& errors) {
  if (node.kind == Kind::kInvalid) return std::nullopt;
  if (node.kind != Kind::kSequence || node.children.size() != 2) {
    const std::string found = node.kind == Kind::kSequence
                                  ? "a list of " + std::to_string(node.children.size())
                                  : std::string(Describe(node));
    errors.Add(node.place, "a header is a name and a value, found " + found,
               R"(write ["Name", "value"])");
    return std::nullopt;
  }
  std::optional<std::string> name = TakeBytes(node.children[0], errors);
  std::optional<std::string> value = TakeBytes(node.children[1], errors);
  if (!name || !value) return std::nullopt;
  return HttpHeader{*std::move(name), *std::move(value)};
}

Members::Members(YamlNode& mapping, std::span<const std::string_view> known, FileErrors& errors)
    : mapping_(mapping), errors_(errors) {
  for (const YamlNode& member : mapping.children) {
    if (std::ranges::find(known, member.key) != known.end()) continue;
    errors.Add(member.key_place, "unknown key " + Quoted(member.key), HintOf(member.key, known));
    misspelt_.push_back(Nearest(member.key, known));
  }
}

YamlNode* Members::Find(std::string_view key) const {
  const auto found = std::ranges::find(mapping_.children, key, &YamlNode::key);
  return found == mapping_.children.end() ? nullptr : &*found;
}

YamlNode* Members::Require(std::string_view key) const {
  YamlNode* const member = Find(key);
  if (member == nullptr && !IsMisspelt(key)) {
    errors_.Add(mapping_.place, "missing key " + Quoted(key));
  }
  return member;
}

bool Members::IsMisspelt(std::string_view key) const {
  return std::ranges::find(misspelt_, key) != misspelt_.end();
}

}  // namespace sigvet
