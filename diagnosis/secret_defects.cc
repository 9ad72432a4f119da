#include <memory>
#include <utility>

#include "base/bytes.h"
#include "diagnosis/defect.h"

namespace sigvet {
namespace {

constexpr std::string_view kSpace = " \t\r\n";

Secret WithEnd(std::string_view secret, std::string_view end) { return {secret, AsBytes(end)}; }

Secret Trimmed(std::string_view secret) {
  const std::size_t begin = secret.find_first_not_of(kSpace);
  if (begin == secret.npos) return {};
  const std::size_t end = secret.find_last_not_of(kSpace) + 1;
  return end - begin == secret.size() ? Secret() : Secret(secret.substr(begin, end - begin));
}

/// `secret` with each `from` replaced.
Secret Replaced(std::string_view secret, char from, std::string_view to) {
  const std::size_t found = secret.find(from);
  if (found == secret.npos) return {};
  const Secret rest = Replaced(secret.substr(found + 1), from, to);
  const ByteView tail = rest.empty() ? AsBytes(secret.substr(found + 1)) : rest.Reveal();
  const Secret end(to, tail);
  return {secret.substr(0, found), end.Reveal()};
}

Secret SecretNewline(std::string_view secret) { return WithEnd(secret, "\n"); }
Secret SecretCrlf(std::string_view secret) { return WithEnd(secret, "\r\n"); }
Secret SecretCarriageReturn(std::string_view secret) { return WithEnd(secret, "\r"); }
Secret SecretBlank(std::string_view secret) { return WithEnd(secret, " "); }
Secret SecretLeadingBlank(std::string_view secret) { return Secret(" ", AsBytes(secret)); }
Secret SecretPlusAsBlank(std::string_view secret) { return Replaced(secret, '+', " "); }
Secret SecretSlashEncoded(std::string_view secret) { return Replaced(secret, '/', "%2F"); }
Secret SecretSlashEscaped(std::string_view secret) { return Replaced(secret, '/', "\\/"); }
Secret SecretInQuotes(std::string_view secret) {
  const Secret end = WithEnd(secret, "\"");
  return Secret("\"", end.Reveal());
}

/// Puts what `change` makes of the secret in its place; nothing where that is empty.
template <Secret (*change)(std::string_view)>
void Change(const DefectInput&, Derivation& derivation) {
  Secret changed = change(AsText(derivation.ladder.secret->Reveal()));
  if (changed.empty()) return;
  derivation.ladder.secret = std::make_shared<const Secret>(std::move(changed));
}

constexpr Defect kDefects[] = {
    {.id = "secret-newline",
     .part = DerivationPart::kSecret,
     .sentence = "the secret had a newline at its end when the request was signed",
     .remedy = "strip the secret where it is read, or store it with echo -n or printf",
     .change = Change<SecretNewline>,
     .blame = Blame::kSecret},
    {.id = "secret-crlf",
     .part = DerivationPart::kSecret,
     .sentence = "the secret had a Windows line end (CR LF) at its end when the request was signed",
     .remedy = "strip the secret where it is read",
     .change = Change<SecretCrlf>,
     .blame = Blame::kSecret},
    {.id = "secret-carriage-return",
     .part = DerivationPart::kSecret,
     .sentence = "the secret had a carriage return at its end when the request was signed",
     .remedy = "strip the secret where it is read: its file has Windows line ends",
     .change = Change<SecretCarriageReturn>,
     .blame = Blame::kSecret},
    {.id = "secret-blank",
     .part = DerivationPart::kSecret,
     .sentence = "the secret had a blank at its end when the request was signed",
     .remedy = "strip the secret where it is read",
     .change = Change<SecretBlank>,
     .blame = Blame::kSecret},
    {.id = "secret-leading-blank",
     .part = DerivationPart::kSecret,
     .sentence = "the secret had a blank before it when the request was signed",
     .remedy = "strip the secret where it is read",
     .change = Change<SecretLeadingBlank>,
     .blame = Blame::kSecret},
    {.id = "secret-white-space-here",
     .part = DerivationPart::kSecret,
     .sentence = "the request is right; the secret given here has white space around it",
     .remedy = "give the secret without it",
     .change = Change<Trimmed>,
     .blame = Blame::kSecret},
    {.id = "secret-plus-as-blank",
     .part = DerivationPart::kSecret,
     .sentence = "each plus in the secret was read as a blank when the request was signed",
     .remedy = "don't let the secret pass through the decoding of a form or URL",
     .change = Change<SecretPlusAsBlank>,
     .blame = Blame::kSecret},
    {.id = "secret-slash-encoded",
     .part = DerivationPart::kSecret,
     .sentence = "each slash in the secret was percent-encoded when the request was signed",
     .remedy = "sign with the secret as it is, without any encoding",
     .change = Change<SecretSlashEncoded>,
     .blame = Blame::kSecret},
    {.id = "secret-slash-escaped",
     .part = DerivationPart::kSecret,
     .sentence = "each slash in the secret had a backslash before it when the request was signed",
     .remedy = "decode the JSON that the secret came from",
     .change = Change<SecretSlashEscaped>,
     .blame = Blame::kSecret},
    {.id = "secret-in-quotes",
     .part = DerivationPart::kSecret,
     .sentence = "the secret had quotation marks around it when the request was signed",
     .remedy = "leave the quotation marks of the environment file away",
     .change = Change<SecretInQuotes>,
     .blame = Blame::kSecret},
};

}  // namespace

std::span<const Defect> SecretDefects() { return kDefects; }

}  // namespace sigvet
