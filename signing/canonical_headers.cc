#include "signing/canonical_headers.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory_resource>
#include <vector>

#include "base/utf8.h"
#include "signing/concat.h"
#include "signing/http_token.h"
#include "signing/text_scan.h"

namespace sigvet {
namespace {

/// Enough for the order of 40 headers; more goes to the heap.
constexpr std::size_t kScratchBytes = 1024;

constexpr char Lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

/// What no character of a token has, which are ASCII.
constexpr std::uint8_t kNoToken = 0x80;

/// The lower case of each character that a token may have, kNoToken for all other bytes.
constexpr std::array<std::uint8_t, 256> kTokenLower = [] {
  std::array<std::uint8_t, 256> lower{};
  for (std::size_t i = 0; i < lower.size(); ++i) {
    const char c = static_cast<char>(i);
    lower[i] = IsHttpToken({&c, 1}) ? static_cast<std::uint8_t>(Lower(c)) : kNoToken;
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
    const std::size_t end = FindBlankOrControl(value, i);
    if (end > i) {
      if (to != begin) *to++ = ' ';
      to = CopyTo(to, value.substr(i, end - i));
    }
    for (i = end; i < value.size() && IsBlankOrControl(value[i]); ++i) {
      const std::size_t fold = FoldAt(value, i);
      if (fold == 0 && !IsBlank(value[i])) return nullptr;
      i += fold;
    }
  }
  return to;
}

/// Writes `name` in lower case to `to`, and returns what is behind it; null where it is no token.
char* WriteName(char* to, std::string_view name) {
  unsigned bits = name.empty() ? kNoToken : 0;
  for (const char c : name) {
    const std::uint8_t lower = kTokenLower[static_cast<std::uint8_t>(c)];
    *to++ = static_cast<char>(lower);
    bits |= lower;
  }
  return (bits & kNoToken) == 0 ? to : nullptr;
}

/// The first eight characters in lower case as one number, which sorts as they do: most names
/// differ in them.
std::uint64_t SortKey(std::string_view name) {
  constexpr std::size_t kCharacters = 8;
  std::uint64_t key = 0;
  for (std::size_t i = 0; i < kCharacters; ++i) {
    key = key << 8 | (i < name.size() ? kTokenLower[static_cast<std::uint8_t>(name[i])] : 0U);
  }
  return key;
}

struct Entry {
  explicit Entry(const HttpHeader& of, std::size_t at)
      : key(SortKey(of.name)), header(&of), position(at) {}

  std::uint64_t key;
  const HttpHeader* header;
  std::size_t position;  ///< among all headers

  friend bool operator<(const Entry& a, const Entry& b) {
    if (a.key != b.key) return a.key < b.key;
    const std::string_view in_a = a.header->name;
    const std::string_view in_b = b.header->name;
    const auto [at_a, at_b] = std::ranges::mismatch(in_a, in_b, {}, Lower, Lower);
    if (at_a != in_a.end() && at_b != in_b.end()) return Lower(*at_a) < Lower(*at_b);
    if (in_a.size() != in_b.size()) return in_a.size() < in_b.size();
    return a.position < b.position;
  }
};

using Entries = std::pmr::vector<Entry>;

Error BadName(std::string_view name) {
  return {"the header name \"" + Visible(name) + "\" is no token",
          {},
          "letters, digits and !#$%&'*+-.^_`|~ may stand in a name"};
}

/// Writes the lines to `to`, and returns what is behind them.
Result<char*> WriteLines(char* to, const Entries& entries) {
  const HttpHeader* before = nullptr;
  for (const Entry& entry : entries) {
    const HttpHeader& header = *entry.header;
    if (before != nullptr && SameHeaderName(before->name, header.name)) {
      to[-1] = ',';  // in place of the line's end
    } else {
      to = WriteName(to, header.name);
      if (to == nullptr) return BadName(header.name);
      *to++ = ':';
    }
    to = WriteValue(to, header.value);
    if (to == nullptr) return BadValue(header);
    *to++ = '\n';
    before = &header;
  }
  return to;
}

/// Writes the names of `lines` to `to`, and returns what is behind them.
char* WriteSignedHeaders(char* to, std::string_view lines) {
  while (!lines.empty()) {
    to = CopyTo(to, lines.substr(0, lines.find(':')));
    lines.remove_prefix(lines.find('\n') + 1);
    if (!lines.empty()) *to++ = ';';
  }
  return to;
}

}  // namespace

Result<std::size_t> AppendCanonicalHeaders(std::string& out, std::span<const HttpHeader> headers,
                                           std::span<const HttpHeader> more_headers) {
  alignas(std::max_align_t) std::array<std::byte, kScratchBytes> scratch;
  std::pmr::monotonic_buffer_resource arena(scratch.data(), scratch.size());
  Entries entries(&arena);
  entries.reserve(headers.size() + more_headers.size());
  for (const auto list : {headers, more_headers}) {
    for (const HttpHeader& header : list) entries.emplace_back(header, entries.size());
  }
  std::ranges::sort(entries, std::less<>());

  const std::size_t begin = out.size();
  out.resize(begin + MaxCanonicalHeaderBytes(headers, more_headers));
  char* const lines = out.data() + begin;
  const Result<char*> end = WriteLines(lines, entries);
  if (!end) return end.error();
  char* const signed_headers = *end + 1;
  char* const all_end = WriteSignedHeaders(signed_headers, {lines, *end});
  signed_headers[-1] = '\n';
  out.resize(static_cast<std::size_t>(all_end - out.data()));
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

bool SameHeaderName(std::string_view a, std::string_view b) {
  return std::ranges::equal(a, b, {}, Lower, Lower);
}

}  // namespace sigvet
