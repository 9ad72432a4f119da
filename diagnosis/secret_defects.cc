#include <memory>
#include <utility>

#include "base/ascii.h"
#include "base/bytes.h"
#include "diagnosis/defect.h"
#include "signing/percent_encoding.h"
#include "signing/ses_smtp_password.h"

namespace sigvet {
namespace {

using Text = std::string_view;

constexpr Text kSpace = " \t\r\n";

/// What became of a secret; empty where it is the same as before.
using ChangeSecret = Secret (*)(const DefectInput& input, Text secret);

/// Puts what `change` makes of the secret in its place.
template <ChangeSecret change>
void Change(const DefectInput& input, Derivation& derivation) {
  if (derivation.ladder.secret == nullptr) return;
  Secret changed = change(input, AsText(derivation.ladder.secret->Reveal()));
  if (changed.empty()) return;
  derivation.ladder.secret = std::make_shared<const Secret>(std::move(changed));
}

Secret Between(Text before, Text secret, Text after) {
  const Secret end(secret, AsBytes(after));
  return {before, end.Reveal()};
}

/// `secret` with each `from` replaced.
Secret Replaced(Text secret, char from, Text to) {
  if (secret.find(from) == Text::npos) return {};
  std::string text;
  text.reserve(secret.size() * std::max<std::size_t>(1, to.size()));
  for (const char c : secret) c == from ? text.append(to) : text.append(1, c);
  return TakeSecret(std::move(text));
}

Secret Newline(const DefectInput&, Text secret) { return Between("", secret, "\n"); }
Secret Crlf(const DefectInput&, Text secret) { return Between("", secret, "\r\n"); }
Secret CarriageReturn(const DefectInput&, Text secret) { return Between("", secret, "\r"); }
Secret Blank(const DefectInput&, Text secret) { return Between("", secret, " "); }
Secret LeadingBlank(const DefectInput&, Text secret) { return Between(" ", secret, ""); }
Secret InQuotes(const DefectInput&, Text secret) { return Between("\"", secret, "\""); }
Secret InApostrophes(const DefectInput&, Text secret) { return Between("'", secret, "'"); }
Secret ByteOrderMark(const DefectInput&, Text secret) {
  return Between("\xEF\xBB\xBF", secret, "");
}

Secret Trimmed(const DefectInput&, Text secret) {
  const std::size_t begin = secret.find_first_not_of(kSpace);
  if (begin == Text::npos) return {};
  const std::size_t end = secret.find_last_not_of(kSpace) + 1;
  return end - begin == secret.size() ? Secret() : Secret(secret.substr(begin, end - begin));
}

Secret PlusAsBlank(const DefectInput&, Text secret) { return Replaced(secret, '+', " "); }
Secret SlashEncoded(const DefectInput&, Text secret) { return Replaced(secret, '/', "%2F"); }
Secret SlashEscaped(const DefectInput&, Text secret) { return Replaced(secret, '/', "\\/"); }
Secret WithoutSlashes(const DefectInput&, Text secret) { return Replaced(secret, '/', ""); }

/// Nothing where slashes are all that is encoded: that is another defect.
Secret PercentEncoded(const DefectInput&, Text secret) {
  const Secret slashes = Replaced(secret, '/', "%2F");
  const Text other = slashes.empty() ? secret : AsText(slashes.Reveal());
  Secret encoded = TakeSecret(PercentEncode(secret, BareCharacters::kUnreserved));
  return AsText(encoded.Reveal()) == other ? Secret() : std::move(encoded);
}

Secret CutAtSlash(const DefectInput&, Text secret) {
  const std::size_t slash = secret.find('/');
  return slash == Text::npos ? Secret() : Secret(secret.substr(0, slash));
}

/// Nothing where it is white space: that is another defect.
Secret LastCharacterLost(const DefectInput&, Text secret) {
  if (secret.empty() || kSpace.find(secret.back()) != Text::npos) return {};
  const auto continues = [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80; };
  std::size_t size = secret.size() - 1;
  while (size > 0 && continues(secret[size])) --size;
  return Secret(secret.substr(0, size));
}

Secret LowerCase(const DefectInput&, Text secret) { return TakeSecret(ToLowerAscii(secret)); }

Secret AccessKeyId(const DefectInput& input, Text) { return Secret(input.given.access_key_id); }

Secret PasswordOfVersion4(const DefectInput& input, Text secret) {
  auto derived = DeriveSesSmtpPasswordV4(input.backend, Secret(secret), input.given.region);
  return derived ? std::move(derived->password) : Secret();
}

Secret PasswordOfVersion2(const DefectInput& input, Text secret) {
  auto derived = DeriveSesSmtpPasswordV2(input.backend, Secret(secret));
  return derived ? std::move(derived->password) : Secret();
}

Secret Base64Decoded(const DefectInput& input, Text secret) {
  std::optional<Bytes> bytes = input.backend.Base64Decode(secret);
  if (!bytes) return {};
  Secret decoded{ByteView(*bytes)};
  SecureWipe(bytes->data(), bytes->size());
  return decoded;
}

Secret Base64Encoded(const DefectInput& input, Text secret) {
  return TakeSecret(input.backend.Base64Encode(AsBytes(secret)));
}

Secret Base64WithNewline(const DefectInput& input, Text secret) {
  return TakeSecret(input.backend.Base64Encode(Between("", secret, "\n").Reveal()));
}

// The two differ by one character. Source: "Example of calculating a signature", Amazon S3 API
// Reference; "Signature Version 4 test suite".
Secret OfDocumentation(const DefectInput&, Text) {
  return Secret(Text("wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"));
}
Secret OfTestSuite(const DefectInput&, Text) {
  return Secret(Text("wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"));
}

void Empty(const DefectInput&, Derivation& derivation) {
  derivation.ladder.secret = std::make_shared<const Secret>();
}

constexpr Defect Row(Text id, Text sentence, Text remedy, decltype(Defect::change) change,
                     Text seen) {
  return {.id = id,
          .part = DerivationPart::kSecret,
          .sentence = sentence,
          .remedy = remedy,
          .change = change,
          .seen = seen,
          .blame = Blame::kSecret};
}

constexpr Defect kDefects[] = {
    Row("secret-newline", "the secret had a newline at its end",
        "strip the secret where it is read, or store it with echo -n or printf", Change<Newline>,
        "argoproj/argo-workflows#981, offen/docker-volume-backup#291"),
    Row("secret-crlf", "the secret had a Windows line end (CR LF) at its end",
        "strip the secret where it is read", Change<Crlf>, "openwpm/openwpm-crawler#41"),
    Row("secret-carriage-return", "the secret had a carriage return at its end",
        "strip the secret where it is read: its file has Windows line ends", Change<CarriageReturn>,
        "openwpm/openwpm-crawler#41"),
    Row("secret-blank", "the secret had a blank at its end", "strip the secret where it is read",
        Change<Blank>, "sandstorm-io/sandstorm#2734, RhinoSecurityLabs/pacu#137"),
    Row("secret-leading-blank", "the secret had a blank before it",
        "strip the secret where it is read", Change<LeadingBlank>, "RhinoSecurityLabs/pacu#137"),
    Row("secret-in-quotes", "the secret had quotation marks around it",
        "leave the quotation marks of the environment file away", Change<InQuotes>, "constructed"),
    Row("secret-in-apostrophes", "the secret had single quotation marks around it",
        "leave the quotation marks of the environment file away", Change<InApostrophes>,
        "constructed"),
    // Whose fault it is can't be told: that of who gave it, or of a program that strips it.
    {.id = "secret-white-space-here",
     .part = DerivationPart::kSecret,
     .sentence = "the white space around the secret given here was not used",
     .remedy = "give the secret without it; a program must take a secret as it is",
     .change = Change<Trimmed>,
     .seen = "constructed"},
    Row("secret-plus-as-blank", "each plus in the secret was read as a blank",
        "don't let the secret pass through the decoding of a form or URL", Change<PlusAsBlank>,
        "aws/aws-cli#6751, aws/aws-cli#602"),
    Row("secret-slash-encoded", "each slash in the secret was percent-encoded",
        "use the secret as it is, without any encoding", Change<SlashEncoded>,
        "aws/aws-sdk-js-v3#3629, cloudyr/aws.s3#423"),
    Row("secret-percent-encoded", "the secret was percent-encoded",
        "use the secret as it is, without any encoding", Change<PercentEncoded>, "constructed"),
    Row("secret-slash-escaped", "each slash in the secret had a backslash before it",
        "decode the JSON that the secret came from", Change<SlashEscaped>, "constructed"),
    Row("secret-without-slashes", "the slashes of the secret were left out",
        "keep every character of the secret", Change<WithoutSlashes>, "constructed"),
    Row("secret-cut-at-slash", "the secret was cut at its first slash",
        "don't take the secret for a part of a URL or path", Change<CutAtSlash>, "constructed"),
    Row("secret-last-character-lost", "the last character of the secret was missing",
        "copy the whole secret: IAM makes 40 characters", Change<LastCharacterLost>,
        "mhart/aws4#22"),
    Row("secret-lower-case", "the secret was turned into lower case",
        "keep the case of the secret's letters", Change<LowerCase>, "constructed"),
    Row("secret-byte-order-mark", "the secret had a byte order mark (EF BB BF) before it",
        "store the file of the secret as UTF-8 without a byte order mark", Change<ByteOrderMark>,
        "constructed"),
    Row("secret-is-access-key-id", "the access key id was used as the secret",
        "use the secret access key, the longer one of the two", Change<AccessKeyId>, "constructed"),
    Row("secret-is-password",
        "an SES SMTP password (version 4) of this region was used as the secret",
        "use the secret access key itself: SMTP passwords are good for SMTP alone, and are derived "
        "once",
        Change<PasswordOfVersion4>, "aws/aws-sdk-js#587, aws/aws-sdk-js#1443, aws/aws-sdk#467"),
    Row("secret-is-password-of-version-2",
        "an SES SMTP password of version 2 was used as the secret",
        "use the secret access key itself: SMTP passwords are good for SMTP alone, and are derived "
        "once",
        Change<PasswordOfVersion2>, "constructed"),
    Row("secret-base64-decoded", "the secret was decoded as base64 first",
        "use the secret's characters as they are: it only looks like base64", Change<Base64Decoded>,
        "constructed"),
    Row("secret-base64-encoded", "the secret was in base64",
        "decode what the store of secrets gives out", Change<Base64Encoded>,
        "openai/kubernetes-ec2-autoscaler#14"),
    Row("secret-base64-with-newline", "the secret was in base64, with a newline after it within",
        "decode what the store of secrets gives out, and make it with echo -n | base64",
        Change<Base64WithNewline>, "constructed"),
    Row("secret-of-documentation",
        "the secret was that of the examples in AWS's pages on S3, SES and IAM, with a second "
        "slash",
        "use the secret that was given; the example of the SigV4 test suite has a plus there",
        Change<OfDocumentation>, "AWS's own pages"),
    Row("secret-of-test-suite",
        "the secret was that of the SigV4 test suite's examples, with a plus",
        "use the secret that was given; the example in AWS's pages has a second slash there",
        Change<OfTestSuite>, "AWS's own pages"),
    Row("secret-empty", "the secret was empty", "refuse an empty secret: a variable was not set",
        Empty, "constructed"),
};

}  // namespace

std::span<const Defect> SecretDefects() { return kDefects; }

}  // namespace sigvet
