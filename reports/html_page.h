#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "reports/html_assets.h"

// The frame of every HTML report: one file that asks for nothing else, says all without its style
// and its script, and lets no other code run (a policy names the hashes of its own).

namespace sigvet {

/// A value of any bytes as HTML, for text and for attributes in double quotes: Visible(), and then
/// the markup escaped.
std::string HtmlValue(std::string_view value);

/// The same for a whole message, parts of which are Visible already: Printable().
std::string HtmlText(std::string_view message);

/// HTML of `text`, which must be printable UTF-8: only the markup is escaped.
std::string EscapeHtml(std::string_view text);

/// Part of a page, to which its navigation leads.
struct HtmlSection {
  std::string id;
  /// Printable text.
  std::string title;
  /// HTML.
  std::string body;
};

struct HtmlPageParts {
  /// Of the window: the answer in a few words. Printable text.
  std::string title;
  /// What this is a report of, as in "conformance". Printable text.
  std::string kind;
  /// HTML: the answer, before the navigation. It has the page's one <h1>.
  std::string answer;
  /// Those with an empty body are left out.
  std::vector<HtmlSection> sections;
  /// HTML of the page's end.
  std::string footer;
  /// Besides the style of all pages; may be null.
  const HtmlAsset* style = nullptr;
};

/// The whole page. What its script adds, it adds to elements of these classes: `filter` is an
/// empty box for the field that filters, `item` is what it hides or shows, `copy` a <pre> that can
/// be copied.
std::string HtmlPage(const HtmlPageParts& parts);

}  // namespace sigvet
