#include "harness/corpus/file_errors.h"

#include <algorithm>
#include <cstddef>
#include <tuple>
#include <utility>

#include "base/utf8.h"

namespace sigvet {

void FileErrors::Add(TextPlace place, std::string message, std::string hint) {
  Add({std::move(message), {file_, place.line, place.column}, std::move(hint)});
}

void FileErrors::Add(Error error) {
  if (errors_.size() == kMaxErrors) {
    overflowed_ = true;
    return;
  }
  errors_.push_back(std::move(error));
}

void FileErrors::DropFrom(std::size_t size) {
  if (size >= errors_.size()) return;
  errors_.erase(errors_.begin() + static_cast<std::ptrdiff_t>(size), errors_.end());
  overflowed_ = false;
}

std::vector<Error> FileErrors::Take() {
  std::ranges::stable_sort(errors_, {}, [](const Error& error) {
    return std::tie(error.place.file, error.place.line, error.place.column);
  });
  return std::exchange(errors_, {});
}

std::string Quoted(std::string_view text) {
  constexpr std::size_t kMaxShownBytes = 60;
  std::size_t size = std::min(text.size(), kMaxShownBytes);
  const auto inside_a_character = [&] {
    return size > 0 && size < text.size() &&
           (static_cast<unsigned char>(text[size]) & 0xc0) == 0x80;
  };
  while (inside_a_character()) --size;
  std::string quoted = "\"";
  quoted += Visible(text.substr(0, size));
  quoted += size < text.size() ? "...\"" : "\"";
  return quoted;
}

}  // namespace sigvet
