#include <algorithm>

#include "diagnosis/defect.h"
#include "diagnosis/scan_values.h"

namespace sigvet {
namespace {

using Encoding = OutputForm::Encoding;

constexpr std::string_view kBase64Remedy =
    "encode the 33 bytes of version and MAC in base64 once, in the standard alphabet";
constexpr std::string_view kHexRemedy = "write the MAC's bytes in hex once, in lower case";
constexpr std::string_view kAnyRemedy =
    "encode the bytes once: passwords in base64, keys and signatures in lower-case hex";
constexpr std::string_view kEndRemedy = "give the encoded text alone";

template <Encoding encoding>
void Encode(const DefectInput&, Derivation& derivation) {
  derivation.form.encoding = encoding;
}

/// Of passwords, or else of keys and signatures.
template <Encoding encoding>
void EncodePassword(const DefectInput& input, Derivation& derivation) {
  if (derivation.product == Product::kPassword) Encode<encoding>(input, derivation);
}
template <Encoding encoding>
void EncodeMac(const DefectInput& input, Derivation& derivation) {
  if (derivation.product != Product::kPassword) Encode<encoding>(input, derivation);
}

/// Nothing is derived at all.
void SecretItself(const DefectInput&, Derivation& derivation) {
  if (derivation.product != Product::kPassword) return;
  derivation.ladder.steps.clear();
  derivation.ladder.prefix.clear();
  derivation.form = {.encoding = Encoding::kNone};
}

void StripPadding(const DefectInput&, Derivation& derivation) {
  derivation.form.without_padding = true;
}

void Newline(const DefectInput&, Derivation& derivation) { derivation.form.after = "\n"; }

void WindowsNewline(const DefectInput&, Derivation& derivation) { derivation.form.after = "\r\n"; }

void PythonQuotes(const DefectInput&, Derivation& derivation) {
  derivation.form.before = "b'";
  derivation.form.after = "'";
}

void Quotes(const DefectInput&, Derivation& derivation) {
  derivation.form.before = "\"";
  derivation.form.after = "\"";
}

void Label(const DefectInput& input, Derivation& derivation) {
  const auto labels = DigestLabels();
  const auto label = std::ranges::find(labels, input.scanned);
  if (label != labels.end()) derivation.form.before = *label;
}

std::span<const std::string_view> LabelsOfHex(const DefectInput& input) {
  return input.given.version == 0 ? DigestLabels() : std::span<const std::string_view>();
}

constexpr Defect Row(std::string_view id, std::string_view sentence, std::string_view remedy,
                     decltype(Defect::change) change, std::string_view seen = "constructed",
                     DerivationPart part = DerivationPart::kEncoding) {
  return {.id = id,
          .part = part,
          .sentence = sentence,
          .remedy = remedy,
          .change = change,
          .seen = seen};
}

constexpr Defect kDefects[] = {
    Row("base64-url-safe", "the result was encoded in the URL-safe alphabet of base64",
        "use the standard alphabet, with + and /", EncodePassword<Encoding::kUrlSafeBase64>),
    Row("hex-for-base64", "the result was encoded in hex, not in base64", kBase64Remedy,
        EncodePassword<Encoding::kLowerHex>),
    Row("upper-hex-for-base64", "the result was encoded in hex in upper case, not in base64",
        kBase64Remedy, EncodePassword<Encoding::kUpperHex>),
    Row("base64-of-hex", "the result was base64 of the hex digits, not of the bytes", kAnyRemedy,
        Encode<Encoding::kBase64OfHex>),
    Row("base64-twice", "the result was encoded in base64 twice",
        "decode what a Kubernetes secret has under data:, or let the tool alone encode",
        EncodePassword<Encoding::kBase64Twice>, "secrets in Kubernetes, external-secrets"),
    Row("base64-signed-groups",
        "the encoder of base64 took bytes for signed characters: those above 0x7F set all bits "
        "before them in a group of three",
        "let the encoder read unsigned bytes", EncodePassword<Encoding::kSignedGroupBase64>),
    Row("base64-signed-pairs",
        "the encoder of base64 took bytes for signed characters: those above 0x7F set the bits of "
        "the letter that they begin in",
        "let the encoder read unsigned bytes", EncodePassword<Encoding::kSignedPairBase64>),
    Row("password-is-secret", "the password was the secret access key itself",
        "derive the password from the secret: SMTP takes no secret access keys", SecretItself,
        "knadh/listmonk#1053, jmhobbs/Swiftmailer-Transport--AWS-SES#29"),
    Row("hex-upper-case", "the result was written in hex digits in upper case", kHexRemedy,
        EncodeMac<Encoding::kUpperHex>),
    Row("base64-for-hex", "the result was encoded in base64, not in hex", kHexRemedy,
        EncodeMac<Encoding::kBase64>, "code of signature version 2"),
    Row("hex-twice", "the result was hex of the hex digits, not of the bytes", kHexRemedy,
        EncodeMac<Encoding::kHexOfHex>),
    Row("padding-stripped", "the padding (=) at the end of the base64 was stripped",
        "keep what the encoder writes: right passwords have no padding, others may", StripPadding,
        "constructed", DerivationPart::kPadding),
    Row("result-newline", "the result had a newline at its end", kEndRemedy, Newline,
        "Perl's encode_base64, Ruby's encode64, openssl enc -base64", DerivationPart::kEnd),
    Row("result-crlf", "the result had a Windows line end (CR LF) at its end", kEndRemedy,
        WindowsNewline, "constructed", DerivationPart::kEnd),
    Row("result-python-quotes", "the result was shown as Python shows bytes: b'...'",
        "decode the bytes before they are printed: .decode()", PythonQuotes,
        "print(base64.b64encode(...)) in Python 3", DerivationPart::kEnd),
    Row("result-in-quotes", "the result had quotation marks around it", kEndRemedy, Quotes,
        "constructed", DerivationPart::kEnd),
    {.id = "result-with-label",
     .part = DerivationPart::kEnd,
     .sentence = "the result had before it what openssl prints before its digits: {}",
     .remedy = "cut the label off, or ask for the digits alone with -r",
     .change = Label,
     .seen = "openssl dgst",
     .scan = LabelsOfHex},
};

}  // namespace

std::span<const Defect> EncodingDefects() { return kDefects; }

}  // namespace sigvet
