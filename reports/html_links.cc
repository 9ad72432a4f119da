#include "reports/html_links.h"

#include <algorithm>

namespace sigvet {

void HtmlLinks::Add(std::uint32_t suite, std::uint32_t subject, const std::string& id) {
  std::vector<std::string>& ids = cells_[suite * subjects_ + subject];
  // It is the last one as a rule.
  if (std::find(ids.rbegin(), ids.rend(), id) == ids.rend()) ids.push_back(id);
}

}  // namespace sigvet
