#include "diagnosis/defect.h"
#include "diagnosis/scan_values.h"

// Mistakes in the byte before the MAC of a password, and passwords of the other version.

namespace sigvet {
namespace {

using Name = KeyLadder::StepName;
using namespace std::string_view_literals;

constexpr std::string_view kByteRemedy =
    "put one byte before the MAC: 4 in version 4, and 2 in version 2";
constexpr std::string_view kVersion4Remedy =
    "derive a password of version 4: AWS has taken no other for new regions since 2021";
constexpr std::string_view kMacRemedy = "put the 32 bytes of the MAC after the version byte";
constexpr std::string_view kVersion4Line =
    "version 4: MACs of date, region, service, aws4_request and SendRawEmail, each under the one "
    "before";

constexpr std::string_view kEmpty;
constexpr std::string_view kByte0 = "\0"sv;
constexpr std::string_view kByte1 = "\1";
constexpr std::string_view kByte2 = "\2";
constexpr std::string_view kByte3 = "\3";
constexpr std::string_view kByte4 = "\4";
constexpr std::string_view kDigit2 = "2";
constexpr std::string_view kDigit4 = "4";
constexpr std::string_view kText2 = "0x02";
constexpr std::string_view kText4 = "0x04";
constexpr std::string_view kEscape2 = "\\x02";
constexpr std::string_view kEscape4 = "\\x04";
constexpr std::string_view kNul2 = "\0x2"sv;
constexpr std::string_view kNul4 = "\0x4"sv;
constexpr std::string_view kEcho2 = "-en \\x02\n";
constexpr std::string_view kEcho4 = "-en \\x04\n";

template <const std::string_view& text>
void Write(const DefectInput&, Derivation& derivation) {
  derivation.form.version = text;
}

void BigEndian(const DefectInput&, Derivation& derivation) {
  derivation.form.version.insert(0, 3, '\0');
}

void LittleEndian(const DefectInput&, Derivation& derivation) {
  derivation.form.version.append(3, '\0');
}

void AtTheEnd(const DefectInput&, Derivation& derivation) {
  derivation.form.version_is_last = true;
}

void LeaveScopeOut(KeyLadder& ladder) {
  std::erase_if(ladder.steps, [](const auto& step) { return step.name != Name::kMessage; });
}

void Version2(const DefectInput& input, Derivation& derivation) {
  if (input.given.version != 4) return;
  LeaveScopeOut(derivation.ladder);
  derivation.ladder.prefix.clear();
  derivation.form.version = kByte2;
}

void Version2WithPrefix(const DefectInput& input, Derivation& derivation) {
  if (input.given.version != 4) return;
  LeaveScopeOut(derivation.ladder);
  derivation.form.version = kByte2;
}

/// Which region that was is not known, as version 2 has none.
void Version4(const DefectInput& input, Derivation& derivation) {
  KeyLadder& ladder = derivation.ladder;
  if (input.given.version != 2 || ladder.steps.size() != 1) return;
  ladder.prefix = "AWS4";
  const KeyLadder::Step message = ladder.steps.front();
  ladder.steps = {{Name::kDate, "11111111"},
                  {Name::kRegion, std::string(input.scanned)},
                  {Name::kService, "ses"},
                  {Name::kTerminal, "aws4_request"},
                  message};
  derivation.form.version = kByte4;
}

std::span<const std::string_view> RegionsOfVersion4(const DefectInput& input) {
  return input.given.version == 2 ? KnownRegions() : std::span<const std::string_view>();
}

/// One alone: another defect may have written the MAC already.
template <OutputForm::MacText text>
void WriteMac(const DefectInput&, Derivation& derivation) {
  if (derivation.form.mac_text == OutputForm::MacText::kBytes) derivation.form.mac_text = text;
}

constexpr Defect Version(std::string_view id, std::string_view sentence,
                         decltype(Defect::change) change, std::string_view seen = "constructed") {
  return {.id = id,
          .part = DerivationPart::kVersion,
          .sentence = sentence,
          .remedy = kByteRemedy,
          .change = change,
          .seen = seen};
}

constexpr Defect MacText(std::string_view id, std::string_view sentence,
                         decltype(Defect::change) change, std::string_view seen = "constructed") {
  return {.id = id,
          .part = DerivationPart::kMacText,
          .sentence = sentence,
          .remedy = kMacRemedy,
          .change = change,
          .seen = seen};
}

constexpr Defect kDefects[] = {
    {.id = "version-2-for-4",
     .part = DerivationPart::kVersion,
     .sentence = "the password is one of version 2, where version 4 is asked for",
     .remedy = kVersion4Remedy,
     .change = Version2,
     .seen = "npm aws-smtp-credentials 1.0.0, binxio/cfn-secret-provider#42",
     .line = kVersion4Line},
    {.id = "version-2-with-prefix",
     .part = DerivationPart::kVersion,
     .sentence = "the password is one of version 2, with AWS4 before the secret, where version 4 "
                 "is asked for",
     .remedy = kVersion4Remedy,
     .change = Version2WithPrefix,
     .seen = "constructed",
     .line = kVersion4Line},
    {.id = "version-4-for-2",
     .part = DerivationPart::kVersion,
     .sentence = "the password is one of version 4 for the region {}, where version 2 is asked for",
     .remedy = "derive a password of version 2: one MAC, of SendRawEmail under the secret",
     .change = Version4,
     .seen = "constructed",
     .scan = RegionsOfVersion4,
     .line = "version 2: MAC = HMAC-SHA-256(secret, \"SendRawEmail\")"},
    Version("version-missing", "the byte of the version was missing before the MAC", Write<kEmpty>),
    Version("version-byte-2", "the version byte was 2", Write<kByte2>, "a public script"),
    Version("version-byte-4", "the version byte was 4", Write<kByte4>,
            "comments on gists that ask for the version byte 4 alone"),
    Version("version-byte-3", "the version byte was 3", Write<kByte3>),
    Version("version-byte-1", "the version byte was 1", Write<kByte1>),
    Version("version-byte-0", "the version byte was 0", Write<kByte0>),
    Version("version-digit-2", "the version was the digit 2 (0x32), not the byte 2", Write<kDigit2>,
            "scripts for Python 3 with an argument"),
    Version("version-digit-4", "the version was the digit 4 (0x34), not the byte 4", Write<kDigit4>,
            "scripts for Python 3 with an argument"),
    Version("version-text-0x02", "the version was the four characters 0x02, not one byte",
            Write<kText2>, "scripts for Python 3 with an argument"),
    Version("version-text-0x04", "the version was the four characters 0x04, not one byte",
            Write<kText4>, "scripts for Python 3 with an argument"),
    Version("version-escape-x02", "the version was the four characters \\x02, not one byte",
            Write<kEscape2>, "echo without -e, and single quotes in PHP"),
    Version("version-escape-x04", "the version was the four characters \\x04, not one byte",
            Write<kEscape4>, "echo without -e, and single quotes in PHP"),
    Version("version-nul-x2", "the version was written '\\0x2', which is three bytes: NUL, x and 2",
            Write<kNul2>, "a gist for Python: techsolx/904675202105a3e34900d357e9239b24"),
    Version("version-nul-x4", "the version was written '\\0x4', which is three bytes: NUL, x and 4",
            Write<kNul4>),
    Version("version-dash-echo-x02",
            "sh is dash, whose echo -en \"\\x02\" prints all of `-en \\x02` and a newline",
            Write<kEcho2>, "scripts for bash that sh runs on Debian"),
    Version("version-dash-echo-x04",
            "sh is dash, whose echo -en \"\\x04\" prints all of `-en \\x04` and a newline",
            Write<kEcho4>),
    Version("version-big-endian", "the version was an integer of four bytes, the high ones first",
            BigEndian),
    Version("version-little-endian", "the version was an integer of four bytes, the low one first",
            LittleEndian),
    Version("version-last", "the version byte came after the MAC, not before it", AtTheEnd),
    MacText("mac-hex", "the MAC after the version byte was in hex digits, not in bytes",
            WriteMac<OutputForm::MacText::kLowerHex>, "hexdigest() in Python and Ruby"),
    MacText("mac-upper-hex",
            "the MAC after the version byte was in hex digits in upper case, not in bytes",
            WriteMac<OutputForm::MacText::kUpperHex>),
    MacText("mac-base64", "the MAC after the version byte was in base64, not in bytes",
            WriteMac<OutputForm::MacText::kBase64>),
    MacText("mac-utf8",
            "version and MAC became characters, and these were written in UTF-8: every byte above "
            "0x7F turned into two",
            WriteMac<OutputForm::MacText::kUtf8>,
            "Buffer.from(text) without \"latin1\" in Node, format() in Python 3"),
    MacText("mac-lossy-low-bytes",
            "the MAC was read as UTF-8 and written with eight bits a character: bytes above 0x7F "
            "turned into 0xFD",
            WriteMac<OutputForm::MacText::kLossyLowBytes>, "digest(\"utf8\") in Node"),
    MacText("mac-python-bytes", "the MAC was written as Python shows bytes: b'...'",
            WriteMac<OutputForm::MacText::kPythonBytes>,
            "\"{0}{1}\".format() of a script for Python 2 under Python 3"),
    MacText("mac-cut-at-nul", "the MAC ended at its first NUL byte",
            WriteMac<OutputForm::MacText::kCutAtNul>),
    MacText("mac-shell-text", "the MAC lost its NUL bytes, and newlines at its end, in $(...)",
            WriteMac<OutputForm::MacText::kShellText>, "ports to bash"),
};

}  // namespace

std::span<const Defect> VersionDefects() { return kDefects; }

}  // namespace sigvet
