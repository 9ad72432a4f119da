#include "harness/corpus/error_list.h"

#include <algorithm>
#include <tuple>

#include "base/utf8.h"

namespace sigvet {

void ErrorList::Add(std::size_t file, TextPlace place, std::string message, std::string hint) {
  if (found_.size() == kMaxErrors) {
    overflowed_ = true;
    return;
  }
  found_.push_back(
      {file, {std::move(message), {files_[file], place.line, place.column}, std::move(hint)}});
}

std::vector<Error> ErrorList::Take() {
  std::ranges::stable_sort(found_, {}, [](const Found& found) {
    return std::tuple(found.file, found.error.place.line, found.error.place.column);
  });
  std::vector<Error> errors;
  errors.reserve(found_.size() + 1);
  for (Found& found : found_) errors.push_back(std::move(found.error));
  if (overflowed_) errors.push_back({"more errors follow"});
  found_.clear();
  overflowed_ = false;
  return errors;
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
