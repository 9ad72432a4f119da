#include <charconv>
#include <chrono>
#include <optional>
#include <string>

#include "base/ascii.h"
#include "diagnosis/defect.h"
#include "diagnosis/scan_values.h"

// Mistakes in what a key is derived for: date, region and service.

namespace sigvet {
namespace {

using Name = KeyLadder::StepName;

constexpr std::string_view kScopeRemedy =
    "derive the key for date, region and service of the credential scope, in this order";
constexpr std::string_view kDateRemedy =
    "keep no key beyond its day: take the first eight digits of X-Amz-Date";
constexpr std::string_view kRegionRemedy =
    "give the name of the region alone, as in us-east-1: that of the endpoint that is called";
constexpr std::string_view kServiceRemedy =
    "use the service's signing name, which may differ from the host's: email.* is ses";

template <Name name>
void LeaveOut(const DefectInput&, Derivation& derivation) {
  derivation.ladder.LeaveOut(name);
}

/// Puts `text` in the place of the step's message.
void Put(Derivation& derivation, Name name, std::string_view text) {
  if (KeyLadder::Step* const step = derivation.ladder.Find(name)) step->message = text;
}

/// A credential scope that names other things than it should.
void PutScope(const DerivationInput& given, std::string& scope, const DerivationInput& other) {
  const std::string right = given.date + "/" + given.region + "/" + given.service;
  const std::size_t found = scope.find(right);
  if (found == std::string::npos) return;
  scope.replace(found, right.size(), other.date + "/" + other.region + "/" + other.service);
}

/// The steps and the scope, where there is one in the string to sign, for another date, region or
/// service; nothing where there is none, as then the steps alone are another defect.
void PutThroughout(const DefectInput& input, Derivation& derivation, Name name,
                   std::string DerivationInput::*field, std::string_view text) {
  if (derivation.product != Product::kSignature && derivation.product != Product::kChain) return;
  DerivationInput other = input.given;
  other.*field = text;
  PutScope(input.given, derivation.request.scope, other);
  PutScope(input.given, derivation.chain.scope, other);
  Put(derivation, name, text);
}

bool IsOfPassword(const DefectInput& input) { return input.given.version != 0; }

/// The day that is input.scanned days after the given one.
std::optional<std::string> OtherDate(const DefectInput& input) {
  const std::string_view text = input.given.date;
  unsigned number = 0;
  int days = 0;
  const auto read = [](std::string_view digits, auto& value) {
    const char* const end = digits.data() + digits.size();
    const auto result = std::from_chars(digits.data(), end, value);
    return result.ec == std::errc() && result.ptr == end;
  };
  if (text.size() != 8 || !read(text, number) || !read(input.scanned, days)) return std::nullopt;
  const std::chrono::year_month_day given(std::chrono::year(static_cast<int>(number / 10000)),
                                          std::chrono::month(number / 100 % 100),
                                          std::chrono::day(number % 100));
  if (!given.ok()) return std::nullopt;
  const std::chrono::year_month_day other(std::chrono::sys_days{given} + std::chrono::days(days));
  const int digits = static_cast<int>(other.year()) * 10000 +
                     static_cast<int>(static_cast<unsigned>(other.month())) * 100 +
                     static_cast<int>(static_cast<unsigned>(other.day()));
  return digits < 10000000 ? std::nullopt : std::optional(std::to_string(digits));
}

void KeyOfDay(const DefectInput& input, Derivation& derivation) {
  Put(derivation, Name::kDate, input.scanned);
}

void KeyOfOtherDay(const DefectInput& input, Derivation& derivation) {
  if (const auto date = OtherDate(input)) Put(derivation, Name::kDate, *date);
}

void ScopeOfOtherDay(const DefectInput& input, Derivation& derivation) {
  const auto date = OtherDate(input);
  if (date) PutThroughout(input, derivation, Name::kDate, &DerivationInput::date, *date);
}

void KeyFromTimestamp(const DefectInput& input, Derivation& derivation) {
  if (!input.given.timestamp.empty()) Put(derivation, Name::kDate, input.given.timestamp);
}

void DateWithHyphens(const DefectInput& input, Derivation& derivation) {
  std::string date = input.given.date;
  if (IsOfPassword(input) || date.size() != 8) return;
  date.insert(6, "-").insert(4, "-");
  Put(derivation, Name::kDate, date);
}

template <Name name>
void KeyForOther(const DefectInput& input, Derivation& derivation) {
  Put(derivation, name, input.scanned);
}

void ScopeForOtherRegion(const DefectInput& input, Derivation& derivation) {
  PutThroughout(input, derivation, Name::kRegion, &DerivationInput::region, input.scanned);
}

void ScopeForOtherService(const DefectInput& input, Derivation& derivation) {
  PutThroughout(input, derivation, Name::kService, &DerivationInput::service, input.scanned);
}

template <Name name>
void Empty(const DefectInput&, Derivation& derivation) {
  Put(derivation, name, "");
}

template <Name name>
void UpperCase(const DefectInput&, Derivation& derivation) {
  KeyLadder::Step* const step = derivation.ladder.Find(name);
  if (step == nullptr) return;
  for (char& c : step->message) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
}

void LowerCaseRegion(const DefectInput&, Derivation& derivation) {
  KeyLadder::Step* const step = derivation.ladder.Find(Name::kRegion);
  if (step != nullptr) step->message = ToLowerAscii(step->message);
}

void RegionWithNewline(const DefectInput&, Derivation& derivation) {
  if (KeyLadder::Step* const step = derivation.ladder.Find(Name::kRegion)) step->message += '\n';
}

void RegionWithZone(const DefectInput& input, Derivation& derivation) {
  KeyLadder::Step* const step = derivation.ladder.Find(Name::kRegion);
  if (step != nullptr) step->message.append(input.scanned);
}

/// That of the request, where there is one.
void ApiHostAsRegion(const DefectInput& input, Derivation& derivation) {
  const auto hosts = HeaderValues(input.signed_request.request, "host");
  const std::string label = IsOfPassword(input) ? "email" : input.given.service;
  const std::string host = label + "." + input.given.region + ".amazonaws.com";
  Put(derivation, Name::kRegion, hosts.empty() ? host : hosts.front());
}

void SmtpHostAsRegion(const DefectInput& input, Derivation& derivation) {
  if (!IsOfPassword(input)) return;
  Put(derivation, Name::kRegion, "email-smtp." + input.given.region + ".amazonaws.com");
}

using Values = std::span<const std::string_view>;

Values DaysOfPasswords(const DefectInput& input) {
  return input.given.version == 4 ? Days() : Values();
}
Values OtherDays(const DefectInput& input) {
  return IsOfPassword(input) ? Values() : DayDifferences();
}
Values OtherRegions(const DefectInput& input) {
  return input.given.version == 2 ? Values() : KnownRegions();
}
Values OtherServices(const DefectInput& input) {
  return input.given.version == 2 ? Values() : KnownServices();
}
/// Where the scope stands in what is signed.
Values ScopeDays(const DefectInput& input) {
  return input.given.timestamp.empty() ? Values() : OtherDays(input);
}
Values ScopeRegions(const DefectInput& input) {
  return input.given.timestamp.empty() ? Values() : OtherRegions(input);
}
Values ScopeServices(const DefectInput& input) {
  return input.given.timestamp.empty() ? Values() : OtherServices(input);
}
Values Zones(const DefectInput& input) {
  static constexpr std::string_view kLetters[] = {"a", "b", "c", "d", "e", "f"};
  return input.given.version == 2 ? Values() : Values(kLetters);
}

constexpr Defect kDefects[] = {
    {.id = "date-of-day",
     .part = DerivationPart::kDate,
     .sentence = "the first message was a day's date, {}, where passwords have 11111111",
     .remedy = "use 11111111 whatever the day is: a password belongs to no day",
     .change = KeyOfDay,
     .seen = "a public script",
     .scan = DaysOfPasswords},
    {.id = "date-left-out",
     .part = DerivationPart::kDate,
     .sentence = "the step of the date was left out",
     .remedy = kScopeRemedy,
     .change = LeaveOut<Name::kDate>,
     .seen = "constructed"},
    {.id = "key-from-timestamp",
     .part = DerivationPart::kDate,
     .sentence = "the key was derived over the whole timestamp, not the date",
     .remedy = "take the first eight digits of X-Amz-Date",
     .change = KeyFromTimestamp,
     .seen = "constructed"},
    {.id = "date-with-hyphens",
     .part = DerivationPart::kDate,
     .sentence = "the key was derived over the date with hyphens in it, as in 2015-08-30",
     .remedy = "write the date as eight digits, as in 20150830",
     .change = DateWithHyphens,
     .seen = "constructed"},
    {.id = "key-of-other-day",
     .part = DerivationPart::kDate,
     .sentence = "the key was derived for another day than the scope's: off by {} day(s)",
     .remedy = kDateRemedy,
     .change = KeyOfOtherDay,
     .seen = "tedder/requests-aws4auth#3, anomalizer/ngx_aws_auth#69",
     .scan = OtherDays},
    {.id = "scope-of-other-day",
     .part = DerivationPart::kDate,
     .sentence = "key and credential scope were those of another day than the timestamp's: off by "
                 "{} day(s)",
     .remedy = kDateRemedy,
     .change = ScopeOfOtherDay,
     .seen = "tedder/requests-aws4auth#7, anomalizer/ngx_aws_auth#70",
     .scan = ScopeDays},
    {.id = "region-left-out",
     .part = DerivationPart::kRegion,
     .sentence = "the step of the region was left out",
     .remedy = kScopeRemedy,
     .change = LeaveOut<Name::kRegion>,
     .seen = "hashicorp/terraform-provider-aws#11930, #10903, #11143"},
    {.id = "region-empty",
     .part = DerivationPart::kRegion,
     .sentence = "the region was empty",
     .remedy = "refuse an empty region: a variable was not set",
     .change = Empty<Name::kRegion>,
     .seen = "crossplane-contrib/provider-upjet-aws#717",
     .blame = Blame::kInput},
    {.id = "region-upper-case",
     .part = DerivationPart::kRegion,
     .sentence = "the region was in upper case",
     .remedy = "write the region in lower case, as in us-east-1",
     .change = UpperCase<Name::kRegion>,
     .seen = "constructed",
     .blame = Blame::kInput},
    {.id = "region-lower-case",
     .part = DerivationPart::kRegion,
     .sentence = "the region was turned into lower case",
     .remedy = "derive from the region as it is given: its letters are a part of the message",
     .change = LowerCaseRegion,
     .seen = "constructed"},
    {.id = "region-newline",
     .part = DerivationPart::kRegion,
     .sentence = "the region had a newline at its end",
     .remedy = "strip the region where it is read",
     .change = RegionWithNewline,
     .seen = "constructed",
     .blame = Blame::kInput},
    {.id = "region-is-smtp-host",
     .part = DerivationPart::kRegion,
     .sentence = "the name of the SMTP endpoint was used as the region",
     .remedy = kRegionRemedy,
     .change = SmtpHostAsRegion,
     .seen = "constructed",
     .blame = Blame::kInput},
    {.id = "region-is-api-host",
     .part = DerivationPart::kRegion,
     .sentence = "the name of the API's endpoint was used as the region",
     .remedy = kRegionRemedy,
     .change = ApiHostAsRegion,
     .seen = "constructed",
     .blame = Blame::kInput},
    {.id = "region-is-zone",
     .part = DerivationPart::kRegion,
     .sentence = "an availability zone was used as the region: the region with the letter {}",
     .remedy = kRegionRemedy,
     .change = RegionWithZone,
     .seen = "constructed",
     .blame = Blame::kInput,
     .scan = Zones},
    {.id = "key-for-other-region",
     .part = DerivationPart::kRegion,
     .sentence = "the key was derived for the region {}",
     .remedy = "derive it for the region of the endpoint, and let no region be built in",
     .change = KeyForOther<Name::kRegion>,
     .seen = "hashicorp/terraform-provider-aws#11930, bokysan/docker-postfix#201",
     .blame = Blame::kInput,
     .scan = OtherRegions},
    {.id = "scope-for-other-region",
     .part = DerivationPart::kRegion,
     .sentence = "key and credential scope were made for the region {}",
     .remedy = "sign for the region of the endpoint, and let no region be built in",
     .change = ScopeForOtherRegion,
     .seen = "aws/aws-sdk-java#1097, symfony/symfony#35468",
     .blame = Blame::kInput,
     .scan = ScopeRegions},
    {.id = "service-left-out",
     .part = DerivationPart::kService,
     .sentence = "the step of the service was left out",
     .remedy = kScopeRemedy,
     .change = LeaveOut<Name::kService>,
     .seen = "constructed"},
    {.id = "service-empty",
     .part = DerivationPart::kService,
     .sentence = "the service was empty",
     .remedy = kServiceRemedy,
     .change = Empty<Name::kService>,
     .seen = "constructed"},
    {.id = "service-upper-case",
     .part = DerivationPart::kService,
     .sentence = "the service was in upper case",
     .remedy = kServiceRemedy,
     .change = UpperCase<Name::kService>,
     .seen = "constructed"},
    {.id = "key-for-other-service",
     .part = DerivationPart::kService,
     .sentence = "the key was derived for the service {}",
     .remedy = kServiceRemedy,
     .change = KeyForOther<Name::kService>,
     .seen = "n8n-io/n8n#34270, cllunsford/aws-signing-proxy#25",
     .scan = OtherServices},
    {.id = "scope-for-other-service",
     .part = DerivationPart::kService,
     .sentence = "key and credential scope were made for the service {}",
     .remedy = kServiceRemedy,
     .change = ScopeForOtherService,
     .seen = "n8n-io/n8n#34270, agilord/aws_client#275, disneystreaming/smithy4s#1568",
     .scan = ScopeServices},
};

}  // namespace

std::span<const Defect> ScopeDefects() { return kDefects; }

}  // namespace sigvet
