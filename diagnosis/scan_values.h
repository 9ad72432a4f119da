#pragma once

#include <span>
#include <string_view>

// The values that defects are scanned for. All live as long as the program; thread-safe.

namespace sigvet {

/// Every AWS region that is known here, of all partitions, the busiest first (AWS General
/// Reference; botocore's endpoints.json). New ones come.
std::span<const std::string_view> KnownRegions();

/// What people take for a service's name: the signing names of services and the first labels of
/// their endpoints' hosts, as botocore's service models have them (`signingName`,
/// `endpointPrefix`), and what they call SES.
std::span<const std::string_view> KnownServices();

/// The days from 2006, when there was the first of AWS's services, to 2035, as in `20150830`, the
/// last first.
std::span<const std::string_view> Days();

/// How many days off, the near ones first: `-1`, `1`, `-2` and so on, up to ten years.
std::span<const std::string_view> DayDifferences();

/// What `openssl dgst` and its kin print before the hex digits, in several versions: `(stdin)= `.
std::span<const std::string_view> DigestLabels();

}  // namespace sigvet
