#include "reports/html_page.h"

#include "base/utf8.h"

namespace sigvet {
namespace {

/// A browser asks for an icon unless it has one.
constexpr std::string_view kIcon =
    "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E"
    "%3Crect width='16' height='16' rx='3' fill='%23224a6b'/%3E"
    "%3Cpath d='M4 8.5l3 3 5-7' fill='none' stroke='%23fff' stroke-width='2'/%3E%3C/svg%3E";

std::string Hash(const HtmlAsset& asset) {
  return std::string("'sha256-").append(asset.sha256).append("'");
}

std::string StyleElement(const HtmlAsset& asset) {
  return std::string("<style>").append(asset.text).append("</style>\n");
}

std::string Head(const HtmlPageParts& parts) {
  std::string style_hashes = Hash(kPageCss);
  if (parts.style != nullptr) style_hashes += " " + Hash(*parts.style);
  std::string head =
      "<head>\n<meta charset=\"utf-8\">\n"
      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src " +
      style_hashes + "; script-src " + Hash(kPageJs) +
      "; img-src data:; base-uri 'none'; form-action 'none'\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
      "<meta name=\"color-scheme\" content=\"light dark\">\n"
      "<meta name=\"referrer\" content=\"no-referrer\">\n";
  head += "<title>" + EscapeHtml(parts.title) + "</title>\n";
  head.append("<link rel=\"icon\" href=\"").append(kIcon).append("\">\n");
  head += StyleElement(kPageCss);
  if (parts.style != nullptr) head += StyleElement(*parts.style);
  return head + "</head>\n";
}

}  // namespace

std::string EscapeHtml(std::string_view text) {
  std::string html;
  html.reserve(text.size());
  for (const char c : text) {
    switch (c) {
      case '&':
        html += "&amp;";
        break;
      case '<':
        html += "&lt;";
        break;
      case '>':
        html += "&gt;";
        break;
      case '"':
        html += "&quot;";
        break;
      default:
        html += c;
    }
  }
  return html;
}

std::string HtmlValue(std::string_view value) { return EscapeHtml(Visible(value)); }

std::string HtmlText(std::string_view message) { return EscapeHtml(Printable(message)); }

std::string HtmlPage(const HtmlPageParts& parts) {
  std::string page = "<!DOCTYPE html>\n<html lang=\"en\">\n" + Head(parts) + "<body>\n";
  page += "<header>\n<p class=\"brand\"><strong>sigvet</strong> " + EscapeHtml(parts.kind) +
          " report</p>\n";
  page += parts.answer;
  std::string links;
  std::string sections;
  for (const HtmlSection& section : parts.sections) {
    if (section.body.empty()) continue;
    const std::string id = EscapeHtml(section.id);
    const std::string title = EscapeHtml(section.title);
    links.append("<li><a href=\"#").append(id).append("\">").append(title).append("</a></li>\n");
    sections.append("<section aria-labelledby=\"").append(id).append("\">\n<h2 id=\"").append(id);
    sections.append("\">").append(title).append("</h2>\n").append(section.body);
    sections.append("</section>\n");
  }
  page += "</header>\n";
  if (!links.empty()) {
    page += "<nav aria-label=\"Sections\">\n<ul>\n" + links + "</ul>\n</nav>\n";
  }
  page += "<div class=\"filter\"></div>\n<main>\n" + sections + "</main>\n";
  if (!parts.footer.empty()) page += "<footer>\n" + parts.footer + "</footer>\n";
  page.append("<script>").append(kPageJs.text).append("</script>\n</body>\n</html>\n");
  return page;
}

}  // namespace sigvet
