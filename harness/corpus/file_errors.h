#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace sigvet {

/// A place in one file, from 1; the whole file where the line is 0.
struct TextPlace {
  std::uint32_t line = 0;
  std::uint32_t column = 0;
};

/// The most errors that are kept of a corpus, and so of a file.
inline constexpr std::size_t kMaxErrors = 1000;

/// What is wrong in one file.
class FileErrors {
 public:
  /// `file` as messages show it.
  explicit FileErrors(std::string file) : file_(std::move(file)) {}

  void Add(TextPlace place, std::string message, std::string hint = {});
  /// The same for an error that knows its file, which may be another one.
  void Add(Error error);

  /// Whether an error could not be kept: there is no use in looking for more.
  bool overflowed() const { return overflowed_; }

  std::size_t size() const { return errors_.size(); }

  /// Takes back the errors that were added after there were `size`.
  void DropFrom(std::size_t size);

  /// The errors in the order of their files' names and their places. There are none left
  /// afterwards.
  std::vector<Error> Take();

 private:
  std::string file_;
  std::vector<Error> errors_;
  bool overflowed_ = false;
};

/// `text` in double quotes with nothing in it that would not show, cut where it is long: for
/// messages.
std::string Quoted(std::string_view text);

}  // namespace sigvet
