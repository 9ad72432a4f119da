#include "harness/corpus/yaml_text.h"

#include <array>
#include <cstdio>

#include "base/utf8.h"

namespace sigvet {
namespace {

/// A file with more of them than this is no text; there is no use in listing them all.
constexpr int kMaxBadBytes = 10;

std::string Format(const char* format, unsigned value) {
  std::array<char, 16> buffer{};
  const int size = std::snprintf(buffer.data(), buffer.size(), format, value);
  return {buffer.data(), static_cast<std::size_t>(size)};
}

/// Walks over a text and knows the place of each byte in it.
class TextWalker {
 public:
  TextWalker(std::string_view text, FileErrors& errors) : text_(text), errors_(errors) {}

  /// False where anything is wrong with the bytes of the text.
  bool CheckBytes() {
    if (text_.starts_with("\xef\xbb\xbf")) {
      Bad(0, "byte order mark", "save the file as UTF-8 without one");
    }
    std::size_t next_invalid = FindInvalidUtf8(text_);
    for (std::size_t i = 0; i < text_.size() && bad_bytes_ < kMaxBadBytes; ++i) {
      if (i == next_invalid) {
        Bad(i, "not UTF-8: byte " + Format("0x%02x", Byte(i)), "save the file as UTF-8");
        next_invalid = NextInvalid(i + 1);
      } else {
        CheckByte(i);
      }
    }
    return bad_bytes_ == 0;
  }

 private:
  unsigned Byte(std::size_t i) const { return static_cast<unsigned char>(text_[i]); }

  /// The next invalid byte from `start` on, not counting the rest of the sequence before it.
  std::size_t NextInvalid(std::size_t start) const {
    while (start < text_.size() && (Byte(start) & 0xc0) == 0x80) ++start;
    const std::size_t offset = FindInvalidUtf8(text_.substr(start));
    return offset == text_.npos ? offset : start + offset;
  }

  void CheckByte(std::size_t i) {
    const unsigned byte = Byte(i);
    if (byte >= 0x20 && byte < 0x7f) return;
    if (byte == '\n') {
      ++line_;
      line_start_ = i + 1;
    } else if (byte == '\r') {
      if (i + 1 == text_.size() || text_[i + 1] != '\n') {
        Bad(i, "carriage return without a newline", "end lines with a newline");
      }
    } else if ((byte < 0x20 && byte != '\t') || byte == 0x7f) {
      BadControl(i, byte);
    } else if (byte == 0xc2 && i + 1 < text_.size() && Byte(i + 1) < 0xa0) {
      BadControl(i, Byte(i + 1));
    }
  }

  void BadControl(std::size_t i, unsigned code) {
    Bad(i, "control character U+" + Format("%04X", code),
        "write " + Format("\\x%02x", code) + " in a double-quoted string");
  }

  void Bad(std::size_t i, std::string message, std::string hint) {
    ++bad_bytes_;
    const TextPlace place = {line_, static_cast<std::uint32_t>(i - line_start_ + 1)};
    errors_.Add(place, std::move(message), std::move(hint));
  }

  std::string_view text_;
  FileErrors& errors_;
  std::uint32_t line_ = 1;
  std::size_t line_start_ = 0;
  int bad_bytes_ = 0;
};

/// Takes the first line off `text`, without its end.
std::string_view TakeLine(std::string_view& text) {
  const std::size_t end = text.find('\n');
  std::string_view line = text.substr(0, end);
  text.remove_prefix(end == text.npos ? text.size() : end + 1);
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

/// `line` up to its last character that is no blank and in no comment.
std::string_view WithoutComment(std::string_view line) {
  line = line.substr(0, line.starts_with('#') ? 0 : line.find(" #"));
  return line.substr(0, line.find_last_not_of(" \t") + 1);
}

bool CheckDirectives(std::string_view text, FileErrors& errors) {
  bool good = true;
  for (std::uint32_t number = 1; !text.empty(); ++number) {
    const std::string_view line = WithoutComment(TakeLine(text));
    if (line.find_first_not_of(" \t") == line.npos) continue;
    if (!line.starts_with('%')) break;
    if (line == "%YAML 1.2") continue;
    errors.Add({number, 1}, "directive " + Quoted(line),
               "only %YAML 1.2 may be given, and need not be");
    good = false;
  }
  return good;
}

}  // namespace

bool CheckYamlText(std::string_view text, FileErrors& errors) {
  const bool good_bytes = TextWalker(text, errors).CheckBytes();
  return good_bytes && CheckDirectives(text, errors);
}

bool IsQuoteClosed(std::string_view text) {
  const char quote = text[0];
  for (std::size_t i = 1; i < text.size(); ++i) {
    if (text[i] == '\\' && quote == '"') {
      ++i;
    } else if (text[i] == quote) {
      if (quote == '"' || i + 1 == text.size() || text[i + 1] != quote) return true;
      ++i;
    }
  }
  return false;
}

TextPlace PlaceOfEmptyEntry(std::string_view text, std::size_t next, TextPlace next_place) {
  std::uint32_t line_number = next_place.line;
  std::size_t end = next;
  while (true) {
    const std::size_t newline = text.substr(0, end).rfind('\n');
    const std::size_t start = newline == text.npos ? 0 : newline + 1;
    const std::size_t first = text.find_first_not_of(" \t", start);
    if (first < end && text[first] == '-') {
      return {line_number, static_cast<std::uint32_t>(first - start + 1)};
    }
    const bool skip = first >= end || text[first] == '#' || text[first] == '\r';
    if (!skip || start == 0) return next_place;
    end = start - 1;
    --line_number;
  }
}

}  // namespace sigvet
