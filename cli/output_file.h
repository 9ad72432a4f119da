#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace sigvet {

/// A file that is written whole or not at all: it is opened beside its destination before the work
/// begins, so that a bad path fails early, and takes the destination's place in Commit, with the
/// permissions of the file that was there. A link stays a link: the file that it leads to is
/// written. `-` is stdout; a destination that exists and is no regular file (a pipe, /dev/null) is
/// written directly.
class OutputFile {
 public:
  /// Changes the umask for a moment: not while another thread opens files.
  static Result<OutputFile> Open(const std::string& path);

  OutputFile(OutputFile&& other) noexcept;
  OutputFile& operator=(OutputFile&&) = delete;
  ~OutputFile();

  /// The destination, absolute and without links, or `-`.
  const std::string& path() const { return path_; }
  bool is_stdout() const { return path_ == "-"; }

  /// Writes `text` and puts the file into its place.
  Result<std::monostate> Commit(std::string_view text);

 private:
  OutputFile(std::string path, std::string temporary, int descriptor)
      : path_(std::move(path)), temporary_(std::move(temporary)), descriptor_(descriptor) {}

  std::string path_;
  /// Empty where the destination is written directly.
  std::string temporary_;
  int descriptor_;
};

}  // namespace sigvet
