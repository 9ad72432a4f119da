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

constexpr Defect kDefects[] = {
    {.id = "secret-newline",
     .part = SignaturePart::kSecret,
     .sentence = "the secret had a newline at its end when the request was signed",
     .remedy = "strip the secret where it is read, or store it with echo -n or printf",
     .change_secret = [](std::string_view secret) { return WithEnd(secret, "\n"); }},
    {.id = "secret-crlf",
     .part = SignaturePart::kSecret,
     .sentence = "the secret had a Windows line end (CR LF) at its end when the request was signed",
     .remedy = "strip the secret where it is read",
     .change_secret = [](std::string_view secret) { return WithEnd(secret, "\r\n"); }},
    {.id = "secret-carriage-return",
     .part = SignaturePart::kSecret,
     .sentence = "the secret had a carriage return at its end when the request was signed",
     .remedy = "strip the secret where it is read: its file has Windows line ends",
     .change_secret = [](std::string_view secret) { return WithEnd(secret, "\r"); }},
    {.id = "secret-blank",
     .part = SignaturePart::kSecret,
     .sentence = "the secret had a blank at its end when the request was signed",
     .remedy = "strip the secret where it is read",
     .change_secret = [](std::string_view secret) { return WithEnd(secret, " "); }},
    {.id = "secret-leading-blank",
     .part = SignaturePart::kSecret,
     .sentence = "the secret had a blank before it when the request was signed",
     .remedy = "strip the secret where it is read",
     .change_secret = [](std::string_view secret) { return Secret(" ", AsBytes(secret)); }},
    {.id = "secret-white-space-here",
     .part = SignaturePart::kSecret,
     .sentence = "the request is right; the secret given here has white space around it",
     .remedy = "give the secret without it",
     .change_secret = Trimmed},
    {.id = "secret-plus-as-blank",
     .part = SignaturePart::kSecret,
     .sentence = "each plus in the secret was read as a blank when the request was signed",
     .remedy = "don't let the secret pass through the decoding of a form or URL",
     .change_secret = [](std::string_view secret) { return Replaced(secret, '+', " "); }},
    {.id = "secret-slash-encoded",
     .part = SignaturePart::kSecret,
     .sentence = "each slash in the secret was percent-encoded when the request was signed",
     .remedy = "sign with the secret as it is, without any encoding",
     .change_secret = [](std::string_view secret) { return Replaced(secret, '/', "%2F"); }},
    {.id = "secret-slash-escaped",
     .part = SignaturePart::kSecret,
     .sentence = "each slash in the secret had a backslash before it when the request was signed",
     .remedy = "decode the JSON that the secret came from",
     .change_secret = [](std::string_view secret) { return Replaced(secret, '/', "\\/"); }},
    {.id = "secret-in-quotes",
     .part = SignaturePart::kSecret,
     .sentence = "the secret had quotation marks around it when the request was signed",
     .remedy = "leave the quotation marks of the environment file away",
     .change_secret =
         [](std::string_view secret) {
           const Secret end = WithEnd(secret, "\"");
           return Secret("\"", end.Reveal());
         }},
};

}  // namespace

std::span<const Defect> SecretDefects() { return kDefects; }

}  // namespace sigvet
