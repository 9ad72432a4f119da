#include "signing/percent_encoding.h"

#include <array>

#include "base/utf8.h"

namespace sigvet {
namespace {

constexpr std::string_view kUpperDigits = "0123456789ABCDEF";
constexpr std::string_view kUnreservedMarks = "-._~";
/// The sub-delims of RFC 3986, and what pchar and path add to them.
constexpr std::string_view kUrlPathMarks = "!$&'()*+,;=:@/%";
constexpr std::size_t kEscapeBytes = 3;

/// For each byte one bit for each value of BareCharacters.
constexpr std::array<std::uint8_t, 256> kBare = [] {
  std::array<std::uint8_t, 256> bare{};
  const auto add = [&bare](char c, unsigned bits) {
    std::uint8_t& entry = bare[static_cast<std::uint8_t>(c)];
    entry = static_cast<std::uint8_t>(entry | bits);
  };
  for (char c = '0'; c <= '9'; ++c) add(c, 0b111);
  for (char c = 'A'; c <= 'Z'; ++c) add(c, 0b111);
  for (char c = 'a'; c <= 'z'; ++c) add(c, 0b111);
  for (const char c : kUnreservedMarks) add(c, 0b111);
  for (const char c : kUrlPathMarks) add(c, 0b100);
  add('/', 0b010);
  return bare;
}();

/// The value of each hex digit, -1 for all other bytes.
constexpr std::array<std::int8_t, 256> kDigitValues = [] {
  std::array<std::int8_t, 256> values{};
  values.fill(-1);
  for (std::size_t i = 0; i < kUpperDigits.size(); ++i) {
    const auto digit = static_cast<std::uint8_t>(kUpperDigits[i]);
    values[digit] = static_cast<std::int8_t>(i);
    if (digit >= 'A') values[digit + std::size_t{'a' - 'A'}] = static_cast<std::int8_t>(i);
  }
  return values;
}();

class BareSet {
 public:
  explicit BareSet(BareCharacters bare) : bit_(1U << static_cast<unsigned>(bare)) {}

  bool Has(char c) const { return (kBare[static_cast<std::uint8_t>(c)] & bit_) != 0; }

  /// How many characters are bare from `begin` on.
  std::size_t RunAt(std::string_view text, std::size_t begin) const {
    std::size_t end = begin;
    while (end < text.size() && Has(text[end])) ++end;
    return end - begin;
  }

 private:
  unsigned bit_;
};

void AppendEscape(std::string& out, char c) {
  const auto byte = static_cast<std::uint8_t>(c);
  out.append({'%', kUpperDigits[byte >> 4], kUpperDigits[byte & 0x0F]});
}

int DigitValue(char c) { return kDigitValues[static_cast<std::uint8_t>(c)]; }

/// The byte of the escape that begins at `position`, which must be a good one.
char EscapedByte(std::string_view text, std::size_t position) {
  return static_cast<char>(DigitValue(text[position + 1]) << 4 | DigitValue(text[position + 2]));
}

}  // namespace

std::string PercentEncode(std::string_view text, BareCharacters bare) {
  std::string out;
  out.reserve(text.size());
  AppendPercentEncoded(out, text, bare);
  return out;
}

void AppendPercentEncoded(std::string& out, std::string_view text, BareCharacters bare) {
  const BareSet set(bare);
  for (std::size_t i = 0;; ++i) {
    const std::size_t run = set.RunAt(text, i);
    out.append(text, i, run);
    i += run;
    if (i == text.size()) return;
    AppendEscape(out, text[i]);
  }
}

void AppendReencoded(std::string& out, std::string_view text, BareCharacters bare) {
  const BareSet set(bare);
  const BareSet unreserved(BareCharacters::kUnreserved);
  for (std::size_t i = 0;; ++i) {
    const std::size_t run = set.RunAt(text, i);
    out.append(text, i, run);
    i += run;
    if (i == text.size()) return;
    char c = text[i];
    if (c == '%') {
      c = EscapedByte(text, i);
      i += kEscapeBytes - 1;
    }
    if (unreserved.Has(c)) {
      out += c;
    } else {
      AppendEscape(out, c);
    }
  }
}

std::optional<std::string> PercentDecode(std::string_view text) {
  if (FindBadPercentEscape(text) != std::string_view::npos) return std::nullopt;
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '%') {
      out += EscapedByte(text, i);
      i += kEscapeBytes - 1;
    } else {
      out += text[i];
    }
  }
  return out;
}

std::size_t FindBadPercentEscape(std::string_view text) {
  for (std::size_t i = text.find('%'); i != std::string_view::npos; i = text.find('%', i + 1)) {
    if (text.size() - i < kEscapeBytes || DigitValue(text[i + 1]) < 0 ||
        DigitValue(text[i + 2]) < 0) {
      return i;
    }
  }
  return std::string_view::npos;
}

Error BadPercentEscape(std::string_view what, std::string_view text, std::size_t position) {
  return {std::string(what) + " has a percent sign without two hex digits: \"" +
              Visible(text.substr(position, kEscapeBytes)) + "\" at byte " +
              std::to_string(position + 1),
          {},
          "a percent sign itself is %25"};
}

}  // namespace sigvet
