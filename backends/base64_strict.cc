#include "backends/base64_strict.h"

namespace sigvet {
namespace {

constexpr std::string_view kAlphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

bool IsLetter(char c) {
  return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '+' ||
         c == '/';
}

}  // namespace

bool IsCanonicalBase64(std::string_view text) {
  if (text.empty()) return true;
  if (text.size() % 4 != 0) return false;
  const std::size_t padding = text.ends_with("==") ? 2 : text.ends_with('=') ? 1 : 0;
  text.remove_suffix(padding);
  for (const char c : text) {
    if (!IsLetter(c)) return false;
  }
  // The last character before one "=" carries 2 bits that no byte uses, before two it carries 4.
  return kAlphabet.find(text.back()) % (std::size_t{1} << (2 * padding)) == 0;
}

}  // namespace sigvet
