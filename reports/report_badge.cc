#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>

#include "harness/run/verdicts.h"
#include "reports/report.h"

namespace sigvet {
namespace {

constexpr std::string_view kLabel = "sigvet";
constexpr std::size_t kHeight = 20;
constexpr std::size_t kFontSize = 11;
constexpr std::size_t kPadding = 6;

// White text on each has a contrast of 5 to 1 or more.
constexpr std::string_view kLabelColor = "#444";
constexpr std::string_view kGreen = "#2a7a2e";
constexpr std::string_view kRed = "#b3261e";
constexpr std::string_view kGray = "#6b6b6b";

struct Message {
  std::string text;
  std::string_view color;
};

/// Only of characters that have a width below.
Message MessageOf(const RunReport& report) {
  const RunReport::Totals& totals = report.totals;
  const std::size_t ran = std::size_t{totals.passed} + totals.failed;
  if (report.context.interrupted) return {"interrupted", totals.failed > 0 ? kRed : kGray};
  if (!IsConformant(report)) {
    return {std::to_string(totals.failed) + " failed of " + std::to_string(ran), kRed};
  }
  if (totals.passed == 0) return {"nothing ran", kGray};
  return {std::to_string(totals.passed) + " passed", kGreen};
}

/// In thousandths of the font's size: the wider of DejaVu Sans and Verdana, by the widths that the
/// fonts give. Other fonts of the list are narrower.
std::size_t WidthOf(char c) {
  // From a to z.
  static constexpr std::size_t kLetters[] = {613, 635, 550, 635, 615, 352, 635, 634, 278,
                                             344, 592, 278, 974, 634, 612, 635, 635, 427,
                                             521, 394, 634, 592, 818, 592, 592, 525};
  if (c >= 'a' && c <= 'z') return kLetters[c - 'a'];
  return c == ' ' ? 352 : 636;
}

/// In pixels, rounded up.
std::size_t WidthOf(std::string_view text) {
  std::size_t width = 0;
  for (const char c : text) width += WidthOf(c);
  return (width * kFontSize + 999) / 1000;
}

std::string Text(std::size_t x, std::string_view text) {
  return "<text x=\"" + std::to_string(x) + "\" y=\"14\" textLength=\"" +
         std::to_string(WidthOf(text)) + "\">" + std::string(text) + "</text>\n";
}

}  // namespace

std::string RenderBadge(const RunReport& report) {
  const Message message = MessageOf(report);
  const std::size_t left = WidthOf(kLabel) + 2 * kPadding;
  const std::size_t width = left + WidthOf(message.text) + 2 * kPadding;
  const std::string name = std::string(kLabel) + ": " + message.text;
  const std::string split = std::to_string(left);
  std::string svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"" + std::to_string(width) +
                    "\" height=\"" + std::to_string(kHeight) + "\" viewBox=\"0 0 " +
                    std::to_string(width) + " " + std::to_string(kHeight) +
                    "\" role=\"img\" aria-label=\"" + name + "\">\n<title>" + name + "</title>\n";
  svg.append("<path fill=\"").append(kLabelColor);
  svg += "\" d=\"M3 0H" + split + "V20H3a3 3 0 0 1-3-3V3a3 3 0 0 1 3-3z\"/>\n";
  svg.append("<path fill=\"").append(message.color);
  svg += "\" d=\"M" + split + " 0H" + std::to_string(width - 3) +
         "a3 3 0 0 1 3 3v14a3 3 0 0 1-3 3H" + split + "z\"/>\n";
  svg +=
      "<g fill=\"#fff\" font-family=\"Verdana,DejaVu Sans,Geneva,Arial,sans-serif\" font-size=\"" +
      std::to_string(kFontSize) + "\">\n";
  svg += Text(kPadding, kLabel) + Text(left + kPadding, message.text);
  return svg + "</g>\n</svg>\n";
}

}  // namespace sigvet
