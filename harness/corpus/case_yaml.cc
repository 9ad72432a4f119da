#include "harness/corpus/case_yaml.h"

#include <cstddef>
#include <variant>
#include <vector>

#include "base/check.h"
#include "base/hex.h"

namespace sigvet {
namespace {

void AppendEscaped(char c, std::string& out) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  switch (c) {
    case '"':
      out += "\\\"";
      return;
    case '\\':
      out += "\\\\";
      return;
    case '\n':
      out += "\\n";
      return;
    case '\r':
      out += "\\r";
      return;
    case '\t':
      out += "\\t";
      return;
    default:
      break;
  }
  const auto byte = static_cast<unsigned char>(c);
  if (byte >= 0x20 && byte != 0x7f) {
    out += c;
  } else {
    out.append("\\x").append(1, kDigits[byte >> 4U]).append(1, kDigits[byte & 15U]);
  }
}

std::string YamlHeaders(const std::vector<HttpHeader>& headers) {
  std::string text = "[";
  for (const HttpHeader& header : headers) {
    if (text.size() > 1) text += ", ";
    text.append("[").append(YamlText(header.name)).append(", ");
    text.append(YamlText(header.value)).append("]");
  }
  return text + "]";
}

std::string YamlValue(const Value& value) {
  if (const auto* number = std::get_if<std::int64_t>(&value)) return std::to_string(*number);
  if (const auto* truth = std::get_if<bool>(&value)) return *truth ? "true" : "false";
  if (const auto* headers = std::get_if<std::vector<HttpHeader>>(&value)) {
    return YamlHeaders(*headers);
  }
  return YamlText(std::get<std::string>(value));
}

/// Whether a file that leaves the input out means `value`.
bool IsLeftOut(const FieldSpec& field, const Value& value) {
  if (std::holds_alternative<std::monostate>(value)) return true;
  if (field.presence != Presence::kDefaulted) return false;
  if (const auto* truth = std::get_if<bool>(&value))
    return *truth == (field.default_text == "true");
  if (const auto* headers = std::get_if<std::vector<HttpHeader>>(&value)) return headers->empty();
  const auto* text = std::get_if<std::string>(&value);
  return text != nullptr && *text == field.default_text;
}

/// Beyond ASCII there are characters that a file must not have as they are, as line ends of other
/// kinds: no such text is written as text.
bool IsPlainText(std::string_view text) {
  for (const char c : text) {
    if ((static_cast<unsigned char>(c) & 0x80U) != 0) return false;
  }
  return true;
}

}  // namespace

std::string YamlText(std::string_view text) {
  if (!IsPlainText(text)) return "{hex: \"" + ToHex(AsBytes(text)) + "\"}";
  std::string out = "\"";
  for (const char c : text) AppendEscaped(c, out);
  return out + "\"";
}

std::string CaseYaml(const Case& c, std::string_view suite) {
  Check(c.requirement == Requirement::kCompute && !c.IsContested(), "a case that is computed");
  Check(c.provenance != nullptr && c.provenance->agree.empty(), "a case with a source");
  const auto line = [](std::string_view indent, std::string_view key, const std::string& value) {
    return std::string(indent).append(key).append(": ").append(value).append("\n");
  };
  std::string text = line("  - ", "id", YamlText(c.id.substr(suite.size() + 1)));
  text += line("    ", "why", YamlText(c.why));
  text += line("    ", "operation", YamlText(c.operation->name));
  text += "    input:\n";
  for (std::size_t i = 0; i < c.inputs.size(); ++i) {
    const FieldSpec& field = c.operation->inputs[i];
    if (IsLeftOut(field, c.inputs[i])) continue;
    text += line("      ", field.name, YamlValue(c.inputs[i]));
  }
  text += "    compute:\n";
  for (const StageValue& stage : c.expected) {
    text += line("      ", stage.stage->name, YamlText(stage.value));
  }
  text += "    provenance:\n";
  text += line("      ", "kind", YamlText(ToString(c.provenance->kind)));
  return text + line("      ", "source", YamlText(c.provenance->source));
}

}  // namespace sigvet
