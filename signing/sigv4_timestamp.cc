#include "signing/sigv4_timestamp.h"

#include <cstddef>
#include <string>

namespace sigvet {
namespace {

constexpr std::string_view kPattern = "dddddddd?dddddd?";

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

/// Of digits alone.
int Number(std::string_view digits) {
  int value = 0;
  for (const char digit : digits) value = value * 10 + (digit - '0');
  return value;
}

}  // namespace

std::optional<std::chrono::sys_seconds> ParseSigv4Timestamp(std::string_view text) {
  using namespace std::chrono;  // NOLINT(google-build-using-namespace)
  if (text.size() != kPattern.size() || text[8] != 'T' || text[15] != 'Z') return std::nullopt;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (kPattern[i] == 'd' && !IsDigit(text[i])) return std::nullopt;
  }
  const auto number = [text](std::size_t at, std::size_t digits) {
    return Number(text.substr(at, digits));
  };
  const year_month_day date = year(number(0, 4)) / number(4, 2) / number(6, 2);
  const int hour = number(9, 2);
  const int minute = number(11, 2);
  const int second = number(13, 2);
  if (!date.ok() || date.year() < year(1) || hour > 23 || minute > 59 || second > 59)
    return std::nullopt;
  return sys_days{date} + hours(hour) + minutes(minute) + seconds(second);
}

bool IsSigv4Timestamp(std::string_view text) { return ParseSigv4Timestamp(text).has_value(); }

std::optional<std::string> Sigv4TimestampOfHttpDate(std::string_view date) {
  constexpr std::string_view kForm = "aaa, dd aaa dddd dd:dd:dd GMT";
  constexpr std::string_view kMonths = "JanFebMarAprMayJunJulAugSepOctNovDec";
  if (date.size() != kForm.size()) return std::nullopt;
  for (std::size_t i = 0; i < date.size(); ++i) {
    const bool matches = kForm[i] == 'a'   ? true
                         : kForm[i] == 'd' ? IsDigit(date[i])
                                           : date[i] == kForm[i];
    if (!matches) return std::nullopt;
  }
  const std::size_t month = kMonths.find(date.substr(8, 3));
  if (month == kMonths.npos || month % 3 != 0) return std::nullopt;
  const std::string number = std::to_string(month / 3 + 1);
  std::string text(date.substr(12, 4));
  text.append(number.size() == 1 ? "0" : "").append(number).append(date.substr(5, 2)).append("T");
  for (const std::size_t i : {17U, 20U, 23U}) text.append(date.substr(i, 2));
  text += "Z";
  return IsSigv4Timestamp(text) ? std::optional(text) : std::nullopt;
}

}  // namespace sigvet
