#pragma once

#include <cstddef>
#include <cstring>
#include <string>
#include <string_view>

namespace sigvet {

/// Writes `text` to `to`, which must have room for it, and returns what is behind it.
inline char* CopyTo(char* to, std::string_view text) {
  if (!text.empty()) std::memcpy(to, text.data(), text.size());
  return to + text.size();
}
inline char* CopyTo(char* to, char c) {
  *to = c;
  return to + 1;
}

inline std::size_t TextSize(std::string_view text) { return text.size(); }
inline std::size_t TextSize(char) { return 1; }

/// Makes `out` the texts and characters one after the other. None of them may be a part of it.
template <typename... Texts>
void AssignConcat(std::string& out, const Texts&... texts) {
  out.resize((TextSize(texts) + ...));
  char* to = out.data();
  ((to = CopyTo(to, texts)), ...);
}

/// Texts and characters one after the other, in one allocation.
template <typename... Texts>
std::string Concat(const Texts&... texts) {
  std::string out;
  AssignConcat(out, texts...);
  return out;
}

}  // namespace sigvet
