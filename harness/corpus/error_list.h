#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "base/result.h"

namespace sigvet {

/// A place in one file, from 1; the whole file where the line is 0.
struct TextPlace {
  std::uint32_t line = 0;
  std::uint32_t column = 0;
};

/// What is wrong in the files of a corpus: at most kMaxErrors errors are kept.
class ErrorList {
 public:
  static constexpr std::size_t kMaxErrors = 1000;

  /// Files are numbered in the order in which they are added.
  void AddFile(std::string name) { files_.push_back(std::move(name)); }

  void Add(std::size_t file, TextPlace place, std::string message, std::string hint = {});

  /// Whether an error could not be kept: there is no use in looking for more.
  bool overflowed() const { return overflowed_; }

  std::size_t size() const { return found_.size(); }

  /// All errors in the order of the files and of the places in them; the last one says so if there
  /// were too many. The list is empty afterwards.
  std::vector<Error> Take();

 private:
  struct Found {
    std::size_t file;
    Error error;
  };

  std::vector<std::string> files_;
  std::vector<Found> found_;
  bool overflowed_ = false;
};

/// Adds the errors of one file to a list, which must outlive it.
class FileErrors {
 public:
  FileErrors(ErrorList& list, std::size_t file) : list_(list), file_(file) {}

  void Add(TextPlace place, std::string message, std::string hint = {}) {
    list_.Add(file_, place, std::move(message), std::move(hint));
  }
  bool overflowed() const { return list_.overflowed(); }
  std::size_t file() const { return file_; }

 private:
  ErrorList& list_;
  std::size_t file_;
};

/// `text` in double quotes with nothing in it that would not show, cut where it is long: for
/// messages.
std::string Quoted(std::string_view text);

}  // namespace sigvet
