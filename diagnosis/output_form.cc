#include "diagnosis/output_form.h"

#include <algorithm>

#include "base/hex.h"
#include "diagnosis/character_forms.h"

namespace sigvet {
namespace {

std::string TextOf(OutputForm::MacText form, std::string_view mac) {
  switch (form) {
    case OutputForm::MacText::kBytes:
    case OutputForm::MacText::kUtf8:
      break;
    case OutputForm::MacText::kLowerHex:
      return ToHex(AsBytes(mac));
    case OutputForm::MacText::kLossyLowBytes:
      return LossyLowBytes(mac);
    case OutputForm::MacText::kPythonBytes:
      return PythonBytes(mac);
  }
  return std::string(mac);
}

/// As an encoder does whose characters are signed: a byte above 0x7F, shifted into a group of
/// three, sets all bits above it.
std::string SignedBase64(std::string_view bytes) {
  constexpr std::string_view kAlphabet =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string text;
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    const std::size_t count = std::min<std::size_t>(3, bytes.size() - i);
    std::uint32_t group = 0;
    for (std::size_t k = 0; k < count; ++k) {
      const auto value = static_cast<std::uint32_t>(static_cast<signed char>(bytes[i + k]));
      group |= value << (16 - 8 * k);
    }
    for (std::size_t k = 0; k < 4; ++k) {
      text += k <= count ? kAlphabet[group >> (18 - 6 * k) & 0x3F] : '=';
    }
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
    case OutputForm::Encoding::kBase64OfHex:
      return backend.Base64Encode(AsBytes(ToHex(AsBytes(bytes))));
    case OutputForm::Encoding::kBase64Twice:
      return backend.Base64Encode(AsBytes(backend.Base64Encode(AsBytes(bytes))));
    case OutputForm::Encoding::kNone:
      return std::string(bytes);
    case OutputForm::Encoding::kSignedBase64:
      return SignedBase64(bytes);
  }
  return backend.Base64Encode(AsBytes(bytes));
}

}  // namespace

std::string Render(Backend& backend, const OutputForm& form, ByteView mac) {
  const std::string text = TextOf(form.mac_text, AsText(mac));
  std::string bytes = form.version_is_last ? text + form.version : form.version + text;
  if (form.mac_text == OutputForm::MacText::kUtf8) bytes = Latin1AsUtf8(bytes);
  std::string encoded = Encode(backend, form.encoding, bytes);
  if (form.without_padding) encoded.erase(encoded.find_last_not_of('=') + 1);
  return std::string(form.before).append(encoded).append(form.after);
}

}  // namespace sigvet
