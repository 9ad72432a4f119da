#include "signing/service_rules.h"

#include <algorithm>
#include <array>

namespace sigvet {

bool HasS3Rules(std::string_view service) {
  constexpr std::array<std::string_view, 4> kServices = {"s3", "s3express", "s3-object-lambda",
                                                         "s3-outposts"};
  return std::ranges::find(kServices, service) != kServices.end();
}

CanonicalPathOptions PathRulesOf(std::string_view service) {
  if (!HasS3Rules(service)) return {};
  return {.encoding = UriEncoding::kSingle, .normalize = false};
}

}  // namespace sigvet
