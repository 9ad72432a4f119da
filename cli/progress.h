#pragma once

#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>

namespace sigvet {

/// A line on stderr that says how far the work is; nothing where stderr can't rewrite a line. It is
/// gone when the object is. Belongs to one thread.
class ProgressLine {
 public:
  /// `what` is plural, as in "cases".
  ProgressLine(std::string what, std::size_t total);
  ProgressLine(const ProgressLine&) = delete;
  ProgressLine& operator=(const ProgressLine&) = delete;
  ~ProgressLine();

  /// `note` says what is being done just now.
  void Update(std::size_t done, std::string_view note = {});

 private:
  std::string what_;
  std::size_t total_;
  bool enabled_ = false;
  std::size_t width_ = 80;
  bool shown_ = false;
  std::chrono::steady_clock::time_point next_;
};

}  // namespace sigvet
