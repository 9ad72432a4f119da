#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace sigvet {

/// The time that `text` says, which must be `YYYYMMDDTHHMMSSZ` in UTC and a time that exists: no
/// year 0, no 30th of February, no hour 24, no leap second. Else nullopt.
/// Source: "Elements of an AWS API request signature", AWS IAM User Guide.
std::optional<std::chrono::sys_seconds> ParseSigv4Timestamp(std::string_view text);

/// Whether ParseSigv4Timestamp can read `text`.
bool IsSigv4Timestamp(std::string_view text);

/// The timestamp of an HTTP date in its usual form, as in `Sun, 30 Aug 2015 12:36:00 GMT`; whether
/// its day of the week is right is not checked. Else nullopt.
/// Source: RFC 9110 section 5.6.7.
std::optional<std::string> Sigv4TimestampOfHttpDate(std::string_view date);

/// The date of a timestamp, `YYYYMMDD`, as scopes have it; a view of `timestamp`, which must be
/// one.
inline std::string_view DateOfSigv4Timestamp(std::string_view timestamp) {
  return timestamp.substr(0, 8);
}

}  // namespace sigvet
