#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/ascii.h"
#include "diagnosis/defect.h"
#include "diagnosis/fixed_values.h"
#include "diagnosis/request_parts.h"
#include "signing/canonical_headers.h"
#include "signing/percent_encoding.h"
#include "signing/sigv4_timestamp.h"

namespace sigvet {
namespace {

using std::chrono::sys_seconds;

constexpr DerivationPart kPart = DerivationPart::kTime;
constexpr std::size_t kDateDigits = 8;

struct Fields {
  std::string year;
  std::string month;
  std::string day;
  std::string hour;
  std::string minute;
  std::string second;
};

std::string Digits(std::int64_t value, std::size_t count) {
  std::string digits = std::to_string(value);
  return std::string(count - std::min(count, digits.size()), '0') + digits;
}

Fields FieldsOf(sys_seconds time) {
  const auto days = std::chrono::floor<std::chrono::days>(time);
  const std::chrono::year_month_day date(days);
  const std::chrono::hh_mm_ss clock(time - days);
  return {
      Digits(static_cast<int>(date.year()), 4),     Digits(static_cast<unsigned>(date.month()), 2),
      Digits(static_cast<unsigned>(date.day()), 2), Digits(clock.hours().count(), 2),
      Digits(clock.minutes().count(), 2),           Digits(clock.seconds().count(), 2)};
}

std::string TimestampOf(sys_seconds time) {
  const Fields at = FieldsOf(time);
  return at.year + at.month + at.day + "T" + at.hour + at.minute + at.second + "Z";
}

/// Writes another timestamp where the string to sign has that which was given.
void WriteTimestamp(const DefectInput& input, Derivation& derivation,
                    const std::string& timestamp) {
  const bool is_chain = derivation.product == Product::kChain;
  std::string& line = is_chain ? derivation.chain.timestamp : derivation.request.timestamp;
  if (line == input.given.timestamp) line = timestamp;
}

/// Writes another date where scope and ladder have that which was given.
void WriteDate(const DefectInput& input, Derivation& derivation, const std::string& date) {
  const std::string& given = input.given.date;
  const bool is_chain = derivation.product == Product::kChain;
  std::string& scope = is_chain ? derivation.chain.scope : derivation.request.scope;
  if (scope.starts_with(given + "/")) scope.replace(0, given.size(), date);
  KeyLadder::Step* const step = derivation.ladder.Find(KeyLadder::StepName::kDate);
  if (step != nullptr && step->message == given) step->message = date;
}

/// Writes another timestamp where X-Amz-Date has that which was given, among the headers or in the
/// query.
void WriteAmzDate(const DefectInput& input, Derivation& derivation, const std::string& timestamp) {
  const std::string& given = input.given.timestamp;
  if (given.empty()) return;
  if (HttpHeader* header = FindHeader(derivation.request, "x-amz-date")) {
    header->value = ReplaceAll(ReplaceAll(header->value, given, timestamp), ToLowerAscii(given),
                               ToLowerAscii(timestamp));
  }
  std::string& query = derivation.request.query;
  query = ReplaceAll(query, "X-Amz-Date=" + given,
                     "X-Amz-Date=" + PercentEncode(timestamp, BareCharacters::kUnreserved));
}

/// Writes another date where X-Amz-Credential of a query has that which was given.
void WriteCredentialDate(const DefectInput& input, Derivation& derivation,
                         const std::string& date) {
  constexpr std::string_view kCredential = "X-Amz-Credential";
  const auto credential = ParameterValue(derivation.request, kCredential);
  if (!credential) return;
  std::string changed = *credential;
  for (const std::string_view slash : {"%2F", "/", "%2f", "%252F"}) {
    const auto between = [slash](std::string_view text) {
      return std::string(slash).append(text).append(slash);
    };
    changed = ReplaceAll(changed, between(input.given.date), between(date));
  }
  SetParameter(derivation.request, kCredential, changed);
}

// From UTC, those with most people first; the others as they follow each other.
constexpr std::array<std::string_view, 39> kOffsets = {
    "+02:00", "+01:00", "-05:00", "-04:00", "-07:00", "-08:00", "-06:00", "+05:30",
    "+08:00", "+09:00", "+03:00", "-03:00", "+07:00", "-12:00", "-11:00", "-10:00",
    "-09:30", "-09:00", "-03:30", "-02:30", "-02:00", "-01:00", "+03:30", "+04:00",
    "+04:30", "+05:00", "+05:45", "+06:00", "+06:30", "+08:45", "+09:30", "+10:00",
    "+10:30", "+11:00", "+12:00", "+12:45", "+13:00", "+13:45", "+14:00"};

std::chrono::minutes OffsetOf(std::string_view text) {
  const auto digit = [&](std::size_t at) { return text[at] - '0'; };
  const int minutes = (digit(1) * 10 + digit(2)) * 60 + digit(4) * 10 + digit(5);
  return std::chrono::minutes(text[0] == '-' ? -minutes : minutes);
}

std::optional<std::string> LocalTimestamp(const DefectInput& input) {
  const auto time = ParseSigv4Timestamp(input.given.timestamp);
  if (!time) return std::nullopt;
  return TimestampOf(*time + OffsetOf(input.scanned));
}

void LocalStringToSign(const DefectInput& input, Derivation& derivation) {
  const auto timestamp = LocalTimestamp(input);
  if (!timestamp) return;
  WriteTimestamp(input, derivation, *timestamp);
  WriteDate(input, derivation, timestamp->substr(0, kDateDigits));
}

void Local(const DefectInput& input, Derivation& derivation) {
  const auto timestamp = LocalTimestamp(input);
  if (!timestamp) return;
  WriteAmzDate(input, derivation, *timestamp);
  WriteCredentialDate(input, derivation, timestamp->substr(0, kDateDigits));
  LocalStringToSign(input, derivation);
}

constexpr std::string_view kSeconds[] = {"-1", "+1", "-2", "+2", "-3",
                                         "+3", "-4", "+4", "-5", "+5"};

void OtherSecond(const DefectInput& input, Derivation& derivation) {
  const auto time = ParseSigv4Timestamp(input.given.timestamp);
  if (!time) return;
  const int count = input.scanned[1] - '0';
  const std::chrono::seconds seconds(input.scanned[0] == '-' ? -count : count);
  WriteTimestamp(input, derivation, TimestampOf(*time + seconds));
}

void TimeOfDateHeader(const DefectInput& input, Derivation& derivation) {
  const auto dates = HeaderValues(input.signed_request.request, "date");
  if (dates.empty()) return;
  const auto date = CanonicalHeaderValue({"Date", std::string(dates.front())});
  const auto timestamp = Sigv4TimestampOfHttpDate(date ? *date : "");
  if (timestamp) WriteTimestamp(input, derivation, *timestamp);
}

constexpr std::string_view kSince1970 = "seconds since 1970";
constexpr std::string_view kForms[] = {"YYYYMMDDThhmmss",
                                       "YYYYMMDDThhmmssUTC",
                                       "YYYYMMDDThhmmss+0000",
                                       "YYYYMMDDThhmmssGMT",
                                       "YYYYMMDDThhmmss.000Z",
                                       "YYYY-MM-DDThh:mm:ssZ",
                                       "YYYY-MM-DDThh:mm:ss.000Z",
                                       "YYYY-MM-DDThh:mm:ss+00:00",
                                       "YYYYMMDDhhmmss",
                                       "YYYYMMDD",
                                       "Www, DD Mmm YYYY hh:mm:ss GMT",
                                       kSince1970};

/// The time in one of kForms.
std::string InForm(std::string_view form, sys_seconds time) {
  constexpr std::string_view kDayNames = "SunMonTueWedThuFriSat";
  constexpr std::string_view kMonthNames = "JanFebMarAprMayJunJulAugSepOctNovDec";
  if (form == kSince1970) return std::to_string(time.time_since_epoch().count());
  const auto days = std::chrono::floor<std::chrono::days>(time);
  const Fields at = FieldsOf(time);
  const auto name = [](std::string_view names, unsigned number) {
    return std::string(names.substr(std::size_t{3} * number, 3));
  };
  const unsigned month = static_cast<unsigned>(std::chrono::year_month_day(days).month()) - 1;
  std::string text =
      ReplaceAll(form, "Www", name(kDayNames, std::chrono::weekday(days).c_encoding()));
  text = ReplaceAll(text, "Mmm", name(kMonthNames, month));
  text = ReplaceAll(ReplaceAll(text, "YYYY", at.year), "MM", at.month);
  text = ReplaceAll(ReplaceAll(text, "DD", at.day), "hh", at.hour);
  return ReplaceAll(ReplaceAll(text, "mm", at.minute), "ss", at.second);
}

void FormOfStringToSign(const DefectInput& input, Derivation& derivation) {
  const auto time = ParseSigv4Timestamp(input.given.timestamp);
  if (time) WriteTimestamp(input, derivation, InForm(input.scanned, *time));
}

void FormOfAll(const DefectInput& input, Derivation& derivation) {
  const auto time = ParseSigv4Timestamp(input.given.timestamp);
  if (!time) return;
  WriteAmzDate(input, derivation, InForm(input.scanned, *time));
  FormOfStringToSign(input, derivation);
}

constexpr const char* kUtcHint = "take the time in UTC: gmtime, utcnow, Date.toISOString";
constexpr const char* kOnceHint =
    "read the clock once, and take X-Amz-Date, the string to sign and all dates from that";
constexpr const char* kFormHint = "write YYYYMMDDThhmmssZ, as in 20150830T123600Z";
constexpr const char* kSeenLocal =
    "googleapis/google-auth-library-php#540; go-amz/amz#69; hubrick/vertx-s3-client#7; "
    "furaiev/amazon-cognito-identity-dart-2#195";
constexpr const char* kSeenForms = "brendanhay/amazonka#154; cloudyr/aws.signature#64";

constexpr Defect kDefects[] = {
    {"time-local", kPart, "the time was local, {} from UTC, and written with a Z", kUtcHint, Local,
     kSeenLocal, Blame::kCode, FixedValues<kOffsets>},
    {"time-local-in-string-to-sign", kPart,
     "the string to sign has local time, {} from UTC, and X-Amz-Date has not", kOnceHint,
     LocalStringToSign, kSeenLocal, Blame::kCode, FixedValues<kOffsets>},
    {"time-form", kPart, "the timestamp was written as {}", kFormHint, FormOfAll, kSeenForms,
     Blame::kCode, FixedValues<kForms>},
    {"time-form-in-string-to-sign", kPart,
     "the timestamp was written as {} in the string to sign, and as it should be in X-Amz-Date",
     kFormHint, FormOfStringToSign, kSeenForms, Blame::kCode, FixedValues<kForms>},
    {"time-of-date-header", kPart, "the string to sign has the time of Date, not of X-Amz-Date",
     "where both headers are there, X-Amz-Date counts", TimeOfDateHeader,
     "pplu/aws-sdk-perl#58; curl#11738"},
    {"time-read-twice", kPart, "the string to sign has a time {} s from that of X-Amz-Date",
     kOnceHint, OtherSecond, "pplu/aws-sdk-perl#58", Blame::kCode, FixedValues<kSeconds>},
};

}  // namespace

std::span<const Defect> TimeDefects() { return kDefects; }

}  // namespace sigvet
