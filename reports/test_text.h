#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace sigvet {

/// Expects `text` to be that of the file `name` in reports/testdata. With SIGVET_UPDATE_GOLDENS=1
/// in the environment it writes the file instead: read the change before you commit it.
void ExpectGolden(std::string_view name, std::string_view text);

std::vector<std::string> Lines(const std::string& text);

/// Expects that everything but commands, which are for copying, stays within the width.
void ExpectFits(const std::string& text, std::size_t width);

/// Expects that nothing is in `text` that a terminal would act on.
void ExpectNoRawControls(const std::string& text);

/// Expects that reports/check_html.py, another parser, finds nothing wrong with the pages.
void ExpectGoodHtml(const std::vector<std::string>& pages);

/// `text` without colours.
std::string WithoutColor(std::string text);

/// How often `needle` is in `text`.
std::size_t CountOf(std::string_view text, std::string_view needle);

}  // namespace sigvet
