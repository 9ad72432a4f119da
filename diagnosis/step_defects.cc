#include <algorithm>
#include <array>
#include <utility>

#include "diagnosis/defect.h"

namespace sigvet {
namespace {

using Name = KeyLadder::StepName;

constexpr std::string_view kPrefix = "AWS4";

constexpr std::string_view kPrefixRemedy = "begin with AWS4 and the secret after it as the key";
constexpr std::string_view kStepsRemedy =
    "AWS4 + secret is the key for the date, and each MAC the key for the next of region, service "
    "and aws4_request";
constexpr std::string_view kMessageRemedy =
    "the message of the password's last MAC is SendRawEmail, without anything around it";
constexpr std::string_view kUtf16Remedy = "take the bytes of the text in UTF-8";

bool HasRightPrefix(const Derivation& derivation) { return derivation.ladder.prefix == kPrefix; }

void WithoutPrefix(const DefectInput&, Derivation& derivation) { derivation.ladder.prefix.clear(); }

void PrefixInLowerCase(const DefectInput&, Derivation& derivation) {
  if (HasRightPrefix(derivation)) derivation.ladder.prefix = "aws4";
}

void PrefixTwice(const DefectInput&, Derivation& derivation) {
  if (HasRightPrefix(derivation)) derivation.ladder.prefix = "AWS4AWS4";
}

void PrefixOfVersion4(const DefectInput& input, Derivation& derivation) {
  if (input.given.version == 2) derivation.ladder.prefix = kPrefix;
}

void Utf16Key(const DefectInput&, Derivation& derivation) { derivation.ladder.key_is_utf16 = true; }

void Utf16Throughout(const DefectInput&, Derivation& derivation) {
  derivation.ladder.key_is_utf16 = true;
  derivation.ladder.messages_are_utf16 = true;
}

/// Unless there is no other.
template <Name name>
void LeaveOut(const DefectInput&, Derivation& derivation) {
  if (derivation.ladder.steps.size() > 1) derivation.ladder.LeaveOut(name);
}

template <Name name>
void Misspell(const DefectInput& input, Derivation& derivation) {
  if (KeyLadder::Step* const step = derivation.ladder.Find(name)) step->message = input.scanned;
}

template <Name name>
void AddNewline(const DefectInput&, Derivation& derivation) {
  if (KeyLadder::Step* const step = derivation.ladder.Find(name)) step->message += '\n';
}

std::span<const std::string_view> OtherTerminals(const DefectInput&) {
  static constexpr std::array<std::string_view, 4> kTexts = {"AWS4_REQUEST", "aws4-request",
                                                             "aws4request", "aws_request"};
  return kTexts;
}

std::span<const std::string_view> OtherMessages(const DefectInput&) {
  static constexpr std::array<std::string_view, 7> kTexts = {
      "SendEmail",    "sendRawEmail",     "SendRawMail", "sendrawemail",
      "SENDRAWEMAIL", "ses:SendRawEmail", "SendRawEMail"};
  return kTexts;
}

void SwapRegionAndService(const DefectInput&, Derivation& derivation) {
  KeyLadder::Step* const region = derivation.ladder.Find(Name::kRegion);
  KeyLadder::Step* const service = derivation.ladder.Find(Name::kService);
  if (region != nullptr && service != nullptr) std::swap(*region, *service);
}

void LeaveScopeOut(const DefectInput&, Derivation& derivation) {
  if (derivation.product != Product::kPassword) return;
  std::erase_if(derivation.ladder.steps,
                [](const auto& step) { return step.name != Name::kMessage; });
}

void StepsOfVersion2(const DefectInput& input, Derivation& derivation) {
  if (input.given.version != 4) return;
  LeaveScopeOut(input, derivation);
  derivation.ladder.prefix.clear();
}

void PrefixedSecretAsKey(const DefectInput&, Derivation& derivation) {
  if (derivation.product != Product::kPassword) derivation.ladder.steps.clear();
}

void SecretAsKey(const DefectInput&, Derivation& derivation) {
  if (derivation.product == Product::kPassword) return;
  derivation.ladder.steps.clear();
  derivation.ladder.prefix.clear();
}

constexpr Defect kDefects[] = {
    {.id = "key-without-prefix",
     .part = DerivationPart::kPrefix,
     .sentence = "the first key was the secret without AWS4 before it",
     .remedy = kPrefixRemedy,
     .change = WithoutPrefix,
     .seen = "a published date key"},
    {.id = "prefix-lower-case",
     .part = DerivationPart::kPrefix,
     .sentence = "the first key began with aws4 in lower case",
     .remedy = kPrefixRemedy,
     .change = PrefixInLowerCase,
     .seen = "constructed"},
    {.id = "prefix-twice",
     .part = DerivationPart::kPrefix,
     .sentence = "the first key had AWS4 twice before the secret",
     .remedy =
         "put AWS4 before the secret in one place: a library that does it takes the bare secret",
     .change = PrefixTwice,
     .seen = "constructed"},
    {.id = "prefix-in-version-2",
     .part = DerivationPart::kPrefix,
     .sentence = "the key of a version 2 password had AWS4 before the secret",
     .remedy = "in version 2 the secret alone is the key",
     .change = PrefixOfVersion4,
     .seen = "constructed",
     .line = "version 2: MAC = HMAC-SHA-256(secret, \"SendRawEmail\")"},
    {.id = "key-utf-16",
     .part = DerivationPart::kCharacters,
     .sentence = "the first key was in UTF-16, two bytes a character",
     .remedy = kUtf16Remedy,
     .change = Utf16Key,
     .seen = "NVARCHAR in T-SQL, Encoding.Unicode in .NET"},
    {.id = "texts-utf-16",
     .part = DerivationPart::kCharacters,
     .sentence = "the first key and all messages were in UTF-16, two bytes a character",
     .remedy = kUtf16Remedy,
     .change = Utf16Throughout,
     .seen = "HASHBYTES of NVARCHAR in T-SQL",
     .line = "each step: key = HMAC-SHA-256(key, message)"},
    {.id = "key-without-end",
     .part = DerivationPart::kTerminal,
     .sentence = "the step aws4_request was left out",
     .remedy = kStepsRemedy,
     .change = LeaveOut<Name::kTerminal>,
     .seen = "constructed"},
    {.id = "end-misspelt",
     .part = DerivationPart::kTerminal,
     .sentence = "the message of the step aws4_request was misspelt: {}",
     .remedy = "write aws4_request, in lower case and with an underscore",
     .change = Misspell<Name::kTerminal>,
     .seen = "constructed",
     .scan = OtherTerminals},
    {.id = "end-newline",
     .part = DerivationPart::kTerminal,
     .sentence = "the message of the step aws4_request had a newline after it",
     .remedy = "use printf, or echo -n: echo alone adds a newline",
     .change = AddNewline<Name::kTerminal>,
     .seen = "constructed"},
    {.id = "message-left-out",
     .part = DerivationPart::kMessage,
     .sentence = "the last step, SendRawEmail, was left out: the password has a signing key in it",
     .remedy = "make one more MAC, of SendRawEmail under the key of aws4_request",
     .change = LeaveOut<Name::kMessage>,
     .seen = "constructed"},
    {.id = "message-misspelt",
     .part = DerivationPart::kMessage,
     .sentence = "the last message was {}, not SendRawEmail",
     .remedy = kMessageRemedy,
     .change = Misspell<Name::kMessage>,
     .seen = "constructed",
     .scan = OtherMessages},
    {.id = "message-newline",
     .part = DerivationPart::kMessage,
     .sentence = "the last message had a newline after SendRawEmail",
     .remedy = "use printf, or echo -n: echo alone adds a newline",
     .change = AddNewline<Name::kMessage>,
     .seen = "xmeblog.blogspot.com, 2011"},
    {.id = "key-region-and-service-swapped",
     .part = DerivationPart::kSteps,
     .sentence = "the steps of region and service changed places",
     .remedy = kStepsRemedy,
     .change = SwapRegionAndService,
     .seen = "constructed",
     .line = "region_key = HMAC-SHA-256(date_key, region)"},
    {.id = "version-2-steps",
     .part = DerivationPart::kSteps,
     .sentence = "the MAC was made as in version 2: of SendRawEmail under the secret, in one step",
     .remedy = "a new version byte is not enough: version 4 has a step each for date, region, "
               "service, aws4_request and SendRawEmail",
     .change = StepsOfVersion2,
     .seen = "comments on gists that ask for the version byte 4 alone"},
    {.id = "scope-steps-left-out",
     .part = DerivationPart::kSteps,
     .sentence = "the MAC was made in one step, of SendRawEmail under AWS4 and the secret",
     .remedy = "version 4 has a step each for date, region, service, aws4_request and SendRawEmail",
     .change = LeaveScopeOut,
     .seen = "constructed"},
    {.id = "key-is-secret",
     .part = DerivationPart::kSteps,
     .sentence = "the secret itself was the signing key",
     .remedy = kStepsRemedy,
     .change = SecretAsKey,
     .seen = "constructed"},
    {.id = "key-is-prefixed-secret",
     .part = DerivationPart::kSteps,
     .sentence = "AWS4 and the secret were the signing key, without any step",
     .remedy = kStepsRemedy,
     .change = PrefixedSecretAsKey,
     .seen = "constructed"},
};

}  // namespace

std::span<const Defect> StepDefects() { return kDefects; }

}  // namespace sigvet
