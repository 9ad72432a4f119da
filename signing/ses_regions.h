#pragma once

#include <span>
#include <string_view>

namespace sigvet {

/// Regions that have an Amazon SES SMTP endpoint, as far as is known here (AWS General Reference,
/// "Amazon Simple Email Service endpoints and quotas"). New ones come: a region that is not among
/// them is not wrong for that.
std::span<const std::string_view> KnownSesRegions();

}  // namespace sigvet
