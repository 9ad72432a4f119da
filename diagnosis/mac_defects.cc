#include <algorithm>

#include "diagnosis/defect.h"
#include "diagnosis/scan_values.h"

namespace sigvet {
namespace {

constexpr std::string_view kArgumentsRemedy =
    "the key is the MAC before it, the message the text: libraries differ in which comes first";
constexpr std::string_view kFunctionRemedy = "use HMAC with SHA-256 in every step";
constexpr std::string_view kKeyRemedy =
    "hand on the 32 bytes of each MAC as they are, in a type for bytes";

/// How many MACs are made one after the other.
std::size_t MacCount(const Derivation& derivation) {
  return derivation.ladder.steps.size() + (HasMessage(derivation.product) ? 1 : 0);
}

/// With one MAC alone, the last one is swapped.
template <SwappedSteps steps>
void Swap(const DefectInput&, Derivation& derivation) {
  if (steps == SwappedSteps::kLast || MacCount(derivation) > 1) derivation.ladder.swapped = steps;
}

void HashLast(const DefectInput&, Derivation& derivation) {
  derivation.ladder.last_step_is_plain_hash = true;
}

template <MacFunction function>
void Use(const DefectInput&, Derivation& derivation) {
  derivation.ladder.mac = function;
}

template <KeyForm form>
void HandOn(const DefectInput&, Derivation& derivation) {
  derivation.ladder.key_form = form;
}

/// Passwords and signing keys are the last MAC, which fares as those before it; a signature is
/// written in hex. With one MAC alone, the last one is the defect.
template <KeyForm form, OutputForm::MacText text>
void HandOnAndOut(const DefectInput&, Derivation& derivation) {
  if (HasMessage(derivation.product) || MacCount(derivation) < 2) return;
  derivation.ladder.key_form = form;
  derivation.form.mac_text = text;
}

void WithLabel(const DefectInput& input, Derivation& derivation) {
  const auto labels = DigestLabels();
  const auto label = std::ranges::find(labels, input.scanned);
  if (label == labels.end()) return;
  derivation.ladder.key_form = KeyForm::kLabelledHex;
  derivation.ladder.label = *label;
}

std::span<const std::string_view> Labels(const DefectInput&) { return DigestLabels(); }

constexpr Defect kDefects[] = {
    {.id = "hmac-swapped-last",
     .part = DerivationPart::kArguments,
     .sentence = "key and message of the last HMAC changed places",
     .remedy = kArgumentsRemedy,
     .change = Swap<SwappedSteps::kLast>,
     .seen = "ports from Python to crypto-js"},
    {.id = "hmac-swapped",
     .part = DerivationPart::kArguments,
     .sentence = "key and message of every HMAC changed places",
     .remedy = kArgumentsRemedy,
     .change = Swap<SwappedSteps::kEvery>,
     .seen = "FineUploader/server-examples#69, ports from Python to crypto-js"},
    {.id = "hmac-swapped-first",
     .part = DerivationPart::kArguments,
     .sentence = "key and message of the first HMAC changed places",
     .remedy = kArgumentsRemedy,
     .change = Swap<SwappedSteps::kFirst>,
     .seen = "constructed"},
    {.id = "last-step-hashed",
     .part = DerivationPart::kArguments,
     .sentence = "the last step was SHA-256 of its message, without a key",
     .remedy = kFunctionRemedy,
     .change = HashLast,
     .seen = "constructed"},
    {.id = "hmac-sha1",
     .part = DerivationPart::kMac,
     .sentence = "the steps used HMAC with SHA-1",
     .remedy = kFunctionRemedy,
     .change = Use<MacFunction::kHmacSha1>,
     .seen = "FineUploader/fine-uploader#1893"},
    {.id = "hmac-sha512",
     .part = DerivationPart::kMac,
     .sentence = "the steps used HMAC with SHA-512",
     .remedy = kFunctionRemedy,
     .change = Use<MacFunction::kHmacSha512>,
     .seen = "constructed"},
    {.id = "hmac-md5",
     .part = DerivationPart::kMac,
     .sentence = "the steps used HMAC with MD5",
     .remedy = kFunctionRemedy,
     .change = Use<MacFunction::kHmacMd5>,
     .seen = "constructed"},
    {.id = "hmac-sha3",
     .part = DerivationPart::kMac,
     .sentence = "the steps used HMAC with SHA3-256, which is another function than SHA-256",
     .remedy = kFunctionRemedy,
     .change = Use<MacFunction::kHmacSha3>,
     .seen = "constructed"},
    {.id = "sha256-without-hmac",
     .part = DerivationPart::kMac,
     .sentence = "the steps used SHA-256 of the key and the message after it, not HMAC",
     .remedy = kFunctionRemedy,
     .change = Use<MacFunction::kSha256OfBoth>,
     .seen = "constructed"},
    {.id = "key-hex",
     .part = DerivationPart::kKeyForm,
     .sentence = "the keys of the steps were used as hex digits, not as bytes",
     .remedy = "ask for each MAC in bytes, as with raw_output in PHP; only a signature is written "
               "in hex",
     .change = HandOn<KeyForm::kLowerHex>,
     .seen = "hash_hmac in PHP without its last argument"},
    {.id = "key-upper-hex",
     .part = DerivationPart::kKeyForm,
     .sentence = "the keys of the steps were used as hex digits in upper case, not as bytes",
     .remedy = kKeyRemedy,
     .change = HandOn<KeyForm::kUpperHex>,
     .seen = "constructed"},
    {.id = "key-base64",
     .part = DerivationPart::kKeyForm,
     .sentence = "the keys of the steps were used as base64, not as bytes",
     .remedy = kKeyRemedy,
     .change = HandOn<KeyForm::kBase64>,
     .seen = "constructed"},
    {.id = "key-utf8",
     .part = DerivationPart::kKeyForm,
     .sentence = "the bytes of each MAC became characters, and these a key in UTF-8: every byte "
                 "above 0x7F turned into two",
     .remedy = kKeyRemedy,
     .change = HandOn<KeyForm::kUtf8>,
     .seen = "digest(\"binary\") or \"latin1\" in Node"},
    {.id = "macs-utf8",
     .part = DerivationPart::kKeyForm,
     .sentence = "the bytes of each MAC, the last one too, became characters, and these were "
                 "written in UTF-8: every byte above 0x7F turned into two",
     .remedy = kKeyRemedy,
     .change = HandOnAndOut<KeyForm::kUtf8, OutputForm::MacText::kUtf8>,
     .seen = "digest(\"binary\") or \"latin1\" in Node"},
    {.id = "key-lossy-utf8",
     .part = DerivationPart::kKeyForm,
     .sentence = "each MAC was read as UTF-8 and used as a key in UTF-8: bytes above 0x7F turned "
                 "into U+FFFD",
     .remedy = kKeyRemedy,
     .change = HandOn<KeyForm::kLossyUtf8>,
     .seen = "digest(\"utf8\") in Node"},
    {.id = "key-lossy-low-bytes",
     .part = DerivationPart::kKeyForm,
     .sentence = "each MAC was read as UTF-8 and used as a key with eight bits a character: bytes "
                 "above 0x7F turned into 0xFD",
     .remedy = kKeyRemedy,
     .change = HandOn<KeyForm::kLossyLowBytes>,
     .seen = "digest(\"utf8\") and charCodeAt() in Node"},
    {.id = "macs-lossy-low-bytes",
     .part = DerivationPart::kKeyForm,
     .sentence = "each MAC, the last one too, was read as UTF-8 and written with eight bits a "
                 "character: bytes above 0x7F turned into 0xFD",
     .remedy = kKeyRemedy,
     .change = HandOnAndOut<KeyForm::kLossyLowBytes, OutputForm::MacText::kLossyLowBytes>,
     .seen = "digest(\"utf8\") and charCodeAt() in Node"},
    {.id = "key-with-label",
     .part = DerivationPart::kKeyForm,
     .sentence = "the keys of the steps were hex digits with what openssl prints before them: {}",
     .remedy = "cut the label off and hand the key on in hex with -macopt hexkey:",
     .change = WithLabel,
     .seen = "comments on shell ports: the sed was missing",
     .scan = Labels},
    {.id = "key-cut-at-nul",
     .part = DerivationPart::kKeyForm,
     .sentence = "a key of the steps ended at its first NUL byte",
     .remedy = "hand the key on with its length, 32, and not as a C string",
     .change = HandOn<KeyForm::kCutAtNul>,
     .seen = "constructed"},
    {.id = "key-shell-text",
     .part = DerivationPart::kKeyForm,
     .sentence = "a key of the steps lost its NUL bytes, and newlines at its end, in $(...)",
     .remedy = "keep keys in hex in the shell, and hand them on with -macopt hexkey:",
     .change = HandOn<KeyForm::kShellText>,
     .seen = "ports to bash"},
};

}  // namespace

std::span<const Defect> MacDefects() { return kDefects; }

}  // namespace sigvet
