#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace sigvet {

/// A subject: its id, what it is made of or why it is unavailable, and how it runs.
struct SubjectRow {
  std::string id;
  std::string what;
  std::string how = {};
  bool available = true;
};

/// Every backend: its library's version and kernel, or why it is unavailable.
std::vector<SubjectRow> BackendRows();

/// `text` and blanks up to `width`, at least two.
std::string Padded(std::string_view text, std::size_t width);

/// A line a row, in columns.
std::string RenderRows(const std::vector<SubjectRow>& rows);

}  // namespace sigvet
