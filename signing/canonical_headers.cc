#include "signing/canonical_headers.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "base/ascii.h"
#include "base/utf8.h"
#include "signing/concat.h"
#include "signing/http_token.h"
#include "signing/text_scan.h"

namespace sigvet {
namespace {

/// As many are sorted without an allocation: most requests have fewer.
constexpr std::size_t kFewHeaders = 16;

/// What no character of a token has, which are ASCII.
constexpr std::uint8_t kNoToken = 0x80;

/// The lower case of each character that a token may have, kNoToken for all other bytes.
constexpr std::array<std::uint8_t, 256> kTokenLower = [] {
  std::array<std::uint8_t, 256> lower{};
  for (std::size_t i = 0; i < lower.size(); ++i) {
    const char c = static_cast<char>(i);
    lower[i] = IsHttpToken({&c, 1}) ? static_cast<std::uint8_t>(ToLowerAscii(c)) : kNoToken;
  }
  return lower;
}();

bool IsBlank(char c) { return c == ' ' || c == '\t'; }

/// How many bytes the fold at `position` has, up to its blank or tab; 0 where there is none.
std::size_t FoldAt(std::string_view text, std::size_t position) {
  std::size_t end = position;
  if (text[end] == '\r') ++end;
  if (end >= text.size() || text[end] != '\n') return 0;
  ++end;
  return end < text.size() && IsBlank(text[end]) ? end - position : 0;
}

Error BadValue(const HttpHeader& header) {
  const std::string name = "the header " + Visible(header.name);
  for (std::size_t i = 0; i < header.value.size(); ++i) {
    const char c = header.value[i];
    if (!IsBlankOrControl(c) || IsBlank(c) || FoldAt(header.value, i) != 0) continue;
    if (c != '\n' && c != '\r') {
      return {name + " has a control character in its value: " + Visible({&c, 1})};
    }
    break;
  }
  return {name + " has a line break in its value",
          {},
          "a value goes on in the next line only where that begins with a blank"};
}

/// Writes the canonical form of `value` to `to`, where it needs no more room than `value`, and
/// returns what is behind it; null where BadValue has an error to tell.
char* WriteValue(char* to, std::string_view value) {
  const char* const begin = to;
  for (std::size_t i = 0; i < value.size();) {
    char* const word = to == begin ? to : to + 1;
    const std::size_t copied = CopyToBlankOrControl(word, value.substr(i));
    if (copied != 0) {
      if (to != begin) *to = ' ';
      to = word + copied;
    }
    for (i += copied; i < value.size() && IsBlankOrControl(value[i]); ++i) {
      const std::size_t fold = FoldAt(value, i);
      if (fold == 0 && !IsBlank(value[i])) return nullptr;
      i += fold;
    }
  }
  return to;
}

constexpr std::size_t kStep = 8;
constexpr std::uint64_t kTops = EightTimes(0x80);

/// The lower case of eight characters of ASCII.
constexpr std::uint64_t LowerEight(std::uint64_t eight) {
  return eight + ((TopsWhereBetween(eight, 'A', 'Z') & kTops) >> 2);
}

/// Writes `name` in lower case to `to`, and returns what is behind it; null where it is no token.
char* WriteNameByByte(char* to, std::string_view name) {
  unsigned bits = name.empty() ? kNoToken : 0;
  for (const char c : name) {
    const std::uint8_t lower = kTokenLower[static_cast<std::uint8_t>(c)];
    *to++ = static_cast<char>(lower);
    bits |= lower;
  }
  return (bits & kNoToken) == 0 ? to : nullptr;
}

/// The same, eight bytes at once where all are letters, digits or dashes, as in most names.
char* WriteName(char* to, std::string_view name) {
  bool is_common = name.size() >= kStep;
  for (std::size_t i = 0; i < name.size() && is_common; i += kStep) {
    const std::size_t at = std::min(i, name.size() - kStep);  // the last eight once more
    const std::uint64_t eight = LoadEight(name.data() + at);
    const std::uint64_t lower = LowerEight(eight);
    const std::uint64_t common = TopsWhereBetween(lower, 'a', 'z') |
                                 TopsWhereBetween(lower, '0', '9') |
                                 TopsWhereBetween(lower, '-', '-');
    is_common = (common & ~eight & kTops) == kTops;
    StoreEight(to + at, lower);
  }
  return is_common ? to + name.size() : WriteNameByByte(to, name);
}

/// The first eight characters in lower case as one number, which sorts as they do: most names
/// differ in them. Any number where they are not ASCII, and so no token.
std::uint64_t SortKey(std::string_view name) {
  if (name.size() >= kStep && std::endian::native == std::endian::little) {
    return LowerEight(__builtin_bswap64(LoadEight(name.data())));
  }
  std::uint64_t key = 0;
  for (const char c : name.substr(0, kStep)) key = key << 8 | static_cast<std::uint8_t>(c);
  for (std::size_t i = name.size(); i < kStep; ++i) key <<= 8;
  return LowerEight(key);
}

struct Entry {
  std::uint64_t key;
  const HttpHeader* header;
  std::size_t position;  ///< among all headers
  const char* in_lines;  ///< the name as written; null where it is the one before it
};

/// The order of two whose keys are the same.
bool SortsBefore(const Entry& a, const Entry& b) {
  std::string_view rest_a = a.header->name;
  std::string_view rest_b = b.header->name;
  while (rest_a.size() > kStep && rest_b.size() > kStep) {
    rest_a.remove_prefix(kStep);
    rest_b.remove_prefix(kStep);
    const std::uint64_t key_a = SortKey(rest_a);
    const std::uint64_t key_b = SortKey(rest_b);
    if (key_a != key_b) return key_a < key_b;
  }
  if (rest_a.size() != rest_b.size()) return rest_a.size() < rest_b.size();
  return a.position < b.position;
}

Error BadName(std::string_view name) {
  return {"the header name \"" + Visible(name) + "\" is no token",
          {},
          "letters, digits and !#$%&'*+-.^_`|~ may stand in a name"};
}

/// Writes the lines to `to`, and returns what is behind them.
Result<char*> WriteLines(char* to, std::span<Entry> entries) {
  const Entry* before = nullptr;
  for (Entry& entry : entries) {
    const HttpHeader& header = *entry.header;
    if (before != nullptr && before->key == entry.key &&
        SameHeaderName(before->header->name, header.name)) {
      to[-1] = ',';  // in place of the line's end
    } else {
      entry.in_lines = to;
      to = WriteName(to, header.name);
      if (to == nullptr) return BadName(header.name);
      *to++ = ':';
    }
    to = WriteValue(to, header.value);
    if (to == nullptr) return BadValue(header);
    *to++ = '\n';
    before = &entry;
  }
  return to;
}

/// Writes the signed headers to `to` after WriteLines, and returns what is behind them.
char* WriteSignedHeaders(char* to, std::span<const Entry> entries) {
  const char* const begin = to;
  for (const Entry& entry : entries) {
    if (entry.in_lines == nullptr) continue;
    if (to != begin) *to++ = ';';
    to = CopyTo(to, {entry.in_lines, entry.header->name.size()});
  }
  return to;
}

}  // namespace

Result<std::size_t> AppendCanonicalHeaders(std::string& out, std::span<const HttpHeader> headers,
                                           std::span<const HttpHeader> more_headers) {
  std::array<Entry, kFewHeaders> few;
  std::vector<Entry> many;
  const std::size_t count = headers.size() + more_headers.size();
  if (count > few.size()) many.resize(count);
  const std::span<Entry> entries = many.empty() ? std::span(few).first(count) : std::span(many);
  std::size_t position = 0;
  for (const auto list : {headers, more_headers}) {
    for (const HttpHeader& header : list) {
      entries[position] = {SortKey(header.name), &header, position, nullptr};
      ++position;
    }
  }
  std::ranges::sort(entries, [](const Entry& a, const Entry& b) {
    return a.key != b.key ? a.key < b.key : SortsBefore(a, b);
  });

  const std::size_t begin = out.size();
  out.resize(begin + MaxCanonicalHeaderBytes(headers, more_headers));
  const Result<char*> lines_end = WriteLines(out.data() + begin, entries);
  if (!lines_end) return lines_end.error();
  char* const signed_headers = *lines_end + 1;
  signed_headers[-1] = '\n';
  const char* const end = WriteSignedHeaders(signed_headers, entries);
  out.resize(static_cast<std::size_t>(end - out.data()));
  return static_cast<std::size_t>(signed_headers - out.data());
}

std::size_t MaxCanonicalHeaderBytes(std::span<const HttpHeader> headers,
                                    std::span<const HttpHeader> more_headers) {
  constexpr std::size_t kJoining = 3;  // `:` and two line ends or semicolons
  std::size_t bytes = 1;
  for (const auto list : {headers, more_headers}) {
    for (const HttpHeader& header : list) {
      bytes += 2 * header.name.size() + header.value.size() + kJoining;
    }
  }
  return bytes;
}

Result<CanonicalHeaders> CanonicalizeHeaders(std::span<const HttpHeader> headers) {
  std::string text;
  const Result<std::size_t> signed_headers = AppendCanonicalHeaders(text, headers, {});
  if (!signed_headers) return signed_headers.error();
  return CanonicalHeaders{text.substr(0, *signed_headers - 1), text.substr(*signed_headers)};
}

Result<std::string> CanonicalHeaderValue(const HttpHeader& header) {
  std::string value(header.value.size(), '\0');
  const char* const end = WriteValue(value.data(), header.value);
  if (end == nullptr) return BadValue(header);
  value.resize(static_cast<std::size_t>(end - value.data()));
  return value;
}

bool SameHeaderName(std::string_view a, std::string_view b) { return SameButForAsciiCase(a, b); }

}  // namespace sigvet
