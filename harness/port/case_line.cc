#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "backends/builtin/base64.h"
#include "base/bytes.h"
#include "base/utf8.h"
#include "harness/port/port_message.h"

namespace sigvet {
namespace {

void AppendString(std::string& line, std::string_view text) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  line += '"';
  std::size_t begin = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto c = static_cast<unsigned char>(text[i]);
    if (c >= 0x20 && c != '"' && c != '\\') continue;
    line += text.substr(begin, i - begin);
    begin = i + 1;
    if (c == '"' || c == '\\') {
      line += '\\';
      line += text[i];
    } else {
      line += "\\u00";
      line += kDigits[c >> 4];
      line += kDigits[c & 0xf];
    }
  }
  line += text.substr(begin);
  line += '"';
}

/// Bytes that are no UTF-8 as an object.
void AppendBytes(std::string& line, std::string_view bytes) {
  if (IsUtf8(bytes)) return AppendString(line, bytes);
  line += R"({"base64":")";
  line += EncodeBase64(AsBytes(bytes));
  line += "\"}";
}

void AppendHeaders(std::string& line, const std::vector<HttpHeader>& headers) {
  line += '[';
  for (const HttpHeader& header : headers) {
    if (&header != &headers.front()) line += ',';
    line += '[';
    AppendBytes(line, header.name);
    line += ',';
    AppendBytes(line, header.value);
    line += ']';
  }
  line += ']';
}

/// `value` is not absent.
void AppendValue(std::string& line, const Value& value) {
  if (const auto* const bytes = std::get_if<std::string>(&value)) {
    AppendBytes(line, *bytes);
  } else if (const auto* const integer = std::get_if<std::int64_t>(&value)) {
    line += std::to_string(*integer);
  } else if (const auto* const boolean = std::get_if<bool>(&value)) {
    line += *boolean ? "true" : "false";
  } else if (const auto* const headers = std::get_if<std::vector<HttpHeader>>(&value)) {
    AppendHeaders(line, *headers);
  }
}

/// What most lines need, so that a secret is not left behind in buffers that became too small.
std::size_t LikelyLineBytes(const Case& c) {
  const auto of_text = [](const std::string& text) { return 32 + text.size() + text.size() / 2; };
  std::size_t size = 128;
  for (const Value& value : c.inputs) {
    size += 32;
    if (const auto* const bytes = std::get_if<std::string>(&value)) size += of_text(*bytes);
    if (const auto* const headers = std::get_if<std::vector<HttpHeader>>(&value)) {
      for (const auto& [name, text] : *headers) size += of_text(name) + of_text(text);
    }
  }
  return size;
}

}  // namespace

std::string HelloLine() {
  return R"({"type":"hello","protocol":)" + std::to_string(kPortProtocol) + "}\n";
}

std::string CaseLine(std::string_view id, const Case& c) {
  std::string line;
  line.reserve(LikelyLineBytes(c));
  line += R"({"type":"case","id":)";
  AppendString(line, id);
  line += R"(,"op":)";
  AppendString(line, c.operation->name);
  line += R"(,"input":{)";
  bool is_first = true;
  for (std::size_t i = 0; i < c.inputs.size(); ++i) {
    const FieldSpec& field = c.operation->inputs[i];
    if (std::holds_alternative<std::monostate>(c.inputs[i]) || !c.Uses(field)) continue;
    if (!is_first) line += ',';
    is_first = false;
    AppendString(line, field.name);
    line += ':';
    AppendValue(line, c.inputs[i]);
  }
  line += "}}\n";
  return line;
}

}  // namespace sigvet
