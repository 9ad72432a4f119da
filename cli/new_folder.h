#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace sigvet {

/// A folder that is written whole or not at all: its files are written into another one beside it,
/// which takes its place in Commit and goes away where that is not called.
class NewFolder {
 public:
  /// `path` must not exist, or be an empty folder; what it is in must be there.
  static Result<NewFolder> Create(const std::string& path);

  NewFolder(NewFolder&& other) noexcept;
  NewFolder& operator=(NewFolder&&) = delete;
  ~NewFolder();

  /// Thread-safe for different names.
  Result<std::monostate> Write(std::string_view name, std::string_view text) const;

  Result<std::monostate> Commit();

 private:
  NewFolder(std::string path, std::string temporary)
      : path_(std::move(path)), temporary_(std::move(temporary)) {}

  std::string path_;
  /// Empty after Commit.
  std::string temporary_;
};

}  // namespace sigvet
