#pragma once

#include <chrono>
#include <cstddef>
#include <string>

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

  void Update(std::size_t done);

 private:
  std::string what_;
  std::size_t total_;
  bool enabled_;
  bool shown_ = false;
  std::chrono::steady_clock::time_point next_;
};

}  // namespace sigvet
