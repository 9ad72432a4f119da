#include "diagnosis/output_form.h"

#include <algorithm>
#include <cstddef>

#include "base/hex.h"
#include "diagnosis/character_forms.h"

namespace sigvet {
namespace {

constexpr std::string_view kAlphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

std::string TextOf(Backend& backend, OutputForm::MacText form, std::string_view mac) {
  switch (form) {
    case OutputForm::MacText::kBytes:
    case OutputForm::MacText::kUtf8:
      break;
    case OutputForm::MacText::kLowerHex:
      return ToHex(AsBytes(mac));
    case OutputForm::MacText::kUpperHex:
      return ToUpperHex(AsBytes(mac));
    case OutputForm::MacText::kBase64:
      return backend.Base64Encode(AsBytes(mac));
    case OutputForm::MacText::kLossyLowBytes:
      return LossyLowBytes(mac);
    case OutputForm::MacText::kPythonBytes:
      return PythonBytes(mac);
    case OutputForm::MacText::kCutAtNul:
      return std::string(mac.substr(0, mac.find('\0')));
    case OutputForm::MacText::kShellText:
      return ShellText(mac);
  }
  return std::string(mac);
}

/// The letter of the low six bits.
char Letter(int bits) { return kAlphabet[static_cast<unsigned>(bits) & 0x3FU]; }

/// What an encoder of signed characters has for the byte: bits above the eighth are set where it is
/// above 0x7F. Zero after the end.
int SignedAt(std::string_view bytes, std::size_t i) {
  return i < bytes.size() ? static_cast<signed char>(bytes[i]) : 0;
}

/// With `in[0] << 16 | in[1] << 8 | in[2]`.
std::string LettersOfGroup(int a, int b, int c) {
  const int group = a * 0x10000 | b * 0x100 | c;
  return {Letter(group >> 18), Letter(group >> 12), Letter(group >> 6), Letter(group)};
}

/// With `in[0] << 4 | in[1] >> 4` and its like.
std::string LettersOfPairs(int a, int b, int c) {
  return {Letter(a >> 2), Letter(a * 16 | b >> 4), Letter(b * 4 | c >> 6), Letter(c)};
}

std::string SignedBase64(std::string_view bytes, std::string (*letters)(int a, int b, int c)) {
  std::string text;
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    const std::size_t count = std::min<std::size_t>(3, bytes.size() - i);
    std::string four = letters(SignedAt(bytes, i), SignedAt(bytes, i + 1), SignedAt(bytes, i + 2));
    text.append(four.replace(count + 1, std::string::npos, 3 - count, '='));
  }
  return text;
}

std::string Encode(Backend& backend, OutputForm::Encoding encoding, std::string_view bytes) {
  switch (encoding) {
    case OutputForm::Encoding::kBase64:
      break;
    case OutputForm::Encoding::kUrlSafeBase64: {
      std::string text = backend.Base64Encode(AsBytes(bytes));
      std::ranges::replace(text, '+', '-');
      std::ranges::replace(text, '/', '_');
      return text;
    }
    case OutputForm::Encoding::kLowerHex:
      return ToHex(AsBytes(bytes));
    case OutputForm::Encoding::kUpperHex:
      return ToUpperHex(AsBytes(bytes));
    case OutputForm::Encoding::kHexOfHex:
      return ToHex(AsBytes(ToHex(AsBytes(bytes))));
    case OutputForm::Encoding::kBase64OfHex:
      return backend.Base64Encode(AsBytes(ToHex(AsBytes(bytes))));
    case OutputForm::Encoding::kBase64Twice:
      return backend.Base64Encode(AsBytes(backend.Base64Encode(AsBytes(bytes))));
    case OutputForm::Encoding::kNone:
      return std::string(bytes);
    case OutputForm::Encoding::kSignedGroupBase64:
      return SignedBase64(bytes, LettersOfGroup);
    case OutputForm::Encoding::kSignedPairBase64:
      return SignedBase64(bytes, LettersOfPairs);
  }
  return backend.Base64Encode(AsBytes(bytes));
}

}  // namespace

std::string Render(Backend& backend, const OutputForm& form, ByteView mac) {
  const std::string text = TextOf(backend, form.mac_text, AsText(mac));
  std::string bytes = form.version_is_last ? text + form.version : form.version + text;
  if (form.mac_text == OutputForm::MacText::kUtf8) bytes = Latin1AsUtf8(bytes);
  std::string encoded = Encode(backend, form.encoding, bytes);
  if (form.without_padding) encoded.erase(encoded.find_last_not_of('=') + 1);
  return std::string(form.before).append(encoded).append(form.after);
}

}  // namespace sigvet
