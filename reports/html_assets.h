#pragma once

#include <string_view>

namespace sigvet {

/// A file of reports/html/, which stands in the program.
struct HtmlAsset {
  std::string_view text;
  /// Of `text`, in base64: by it a page's policy allows it.
  std::string_view sha256;
};

extern const HtmlAsset kBenchCss;
extern const HtmlAsset kPageCss;
extern const HtmlAsset kPageJs;
extern const HtmlAsset kRunCss;

}  // namespace sigvet
