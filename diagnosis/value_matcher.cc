#include "diagnosis/value_matcher.h"

#include <algorithm>
#include <cstring>
#include <optional>
#include <utility>

#include "base/hex.h"
#include "base/utf8.h"

namespace sigvet {
namespace {

using Encoding = OutputForm::Encoding;
using MacText = OutputForm::MacText;

std::uint64_t FirstBytes(ByteView mac) {
  std::uint64_t first = 0;
  if (!mac.empty()) std::memcpy(&first, mac.data(), std::min(mac.size(), sizeof first));
  return first;
}

/// Whether each text is that of one MAC, which MacBehind finds.
bool IsInvertible(const OutputForm& form) {
  return form.mac_text == MacText::kBytes && !form.without_padding &&
         (form.encoding == Encoding::kBase64 || form.encoding == Encoding::kLowerHex);
}

/// What was encoded where `value` is of the form; nullopt where it can't be. The form's encoding
/// must be base64 or lower-case hex, with its padding.
std::optional<Bytes> Decode(Backend& backend, const OutputForm& form, std::string_view value) {
  std::string_view text = value;
  if (!text.starts_with(form.before)) return std::nullopt;
  text.remove_prefix(form.before.size());
  if (!text.ends_with(form.after)) return std::nullopt;
  text.remove_suffix(form.after.size());
  return form.encoding == Encoding::kLowerHex ? FromHex(text) : backend.Base64Decode(text);
}

/// The MAC of which `value` is made; nullopt where it is of none. `form` must be invertible.
std::optional<Bytes> MacBehind(Backend& backend, const OutputForm& form, std::string_view value) {
  std::optional<Bytes> bytes = Decode(backend, form, value);
  if (!bytes || bytes->size() < form.version.size()) return std::nullopt;
  const auto version_size = static_cast<std::ptrdiff_t>(form.version.size());
  const auto begin = form.version_is_last ? bytes->end() - version_size : bytes->begin();
  bytes->erase(begin, begin + version_size);
  if (bytes->empty() || Render(backend, form, *bytes) != value) return std::nullopt;
  return bytes;
}

/// Whether the alphabet of what was encoded rules out that `value` is of the form.
bool HasWrongAlphabet(Backend& backend, const OutputForm& form, std::string_view value) {
  const bool can_decode = !form.without_padding && (form.encoding == Encoding::kBase64 ||
                                                    form.encoding == Encoding::kLowerHex);
  if (!can_decode) return false;
  if (form.mac_text != MacText::kUtf8 && form.mac_text != MacText::kPythonBytes) return false;
  const std::optional<Bytes> bytes = Decode(backend, form, value);
  if (!bytes) return true;
  std::string_view text = AsText(*bytes);
  if (form.mac_text == MacText::kUtf8) return !IsUtf8(text);
  if (form.version_is_last) return false;
  if (!text.starts_with(form.version)) return true;
  text.remove_prefix(form.version.size());
  // Python writes ASCII alone.
  return std::ranges::any_of(text, [](char c) { return c < ' ' || c > '~'; });
}

/// What the texts of a form have in common, of all MACs of one size.
struct CommonForm {
  std::size_t size = 0;
  std::string begin = {};
};

bool HasConstantSize(MacText text) {
  return text == MacText::kBytes || text == MacText::kLowerHex || text == MacText::kUpperHex ||
         text == MacText::kBase64;
}

/// Nullopt where the length of a text depends on the MAC.
std::optional<CommonForm> CommonOf(Backend& backend, const OutputForm& form, std::size_t mac_size) {
  if (!HasConstantSize(form.mac_text)) return std::nullopt;
  // Each bit is once clear and once set: what these two have in common, all have.
  std::string clear = Render(backend, form, Bytes(mac_size, 0x00));
  const std::string set = Render(backend, form, Bytes(mac_size, 0xFF));
  if (clear.size() != set.size()) return std::nullopt;
  const auto end = std::ranges::mismatch(clear, set).in1;
  return CommonForm{clear.size(), std::string(clear.begin(), end)};
}

}  // namespace

ValueMatcher::ValueMatcher(Backend& backend, std::span<const std::string_view> values,
                           bool begins_only)
    : backend_(backend), values_(values), begins_only_(begins_only) {}

std::uint32_t ValueMatcher::AddForm(const OutputForm& form) {
  const auto found = std::ranges::find(forms_, form, &Form::form);
  if (found != forms_.end()) return static_cast<std::uint32_t>(found - forms_.begin());
  Form& added = forms_.emplace_back(form);
  added.is_inverted = !begins_only_ && IsInvertible(form);
  if (added.is_inverted) Invert(added);
  return static_cast<std::uint32_t>(forms_.size() - 1);
}

void ValueMatcher::Invert(Form& form) {
  for (std::uint32_t i = 0; i < values_.size(); ++i) {
    if (values_[i].empty()) continue;
    const auto mac = MacBehind(backend_, form.form, values_[i]);
    if (!mac) continue;
    form.macs.emplace(FirstBytes(*mac), i);
    form.mac_sizes.insert(mac->size());
  }
}

const ValueMatcher::Texts& ValueMatcher::TextsOf(Form& form, std::size_t mac_size) {
  const auto [place, is_new] = form.texts.try_emplace(mac_size);
  if (!is_new) return place->second;
  const std::optional<CommonForm> common = CommonOf(backend_, form.form, mac_size);
  for (std::uint32_t i = 0; i < values_.size(); ++i) {
    if (values_[i].empty()) continue;
    std::string_view value = values_[i];
    if (begins_only_ && common) value = value.substr(0, common->size);
    const bool fits = !common || (value.size() == common->size && value.starts_with(common->begin));
    if (fits && !HasWrongAlphabet(backend_, form.form, value)) place->second.emplace(value, i);
  }
  return place->second;
}

bool ValueMatcher::IsRuledOut(std::uint32_t number, std::size_t mac_size) {
  Form& form = forms_[number];
  return form.is_inverted ? !form.mac_sizes.contains(mac_size) : TextsOf(form, mac_size).empty();
}

void ValueMatcher::Match(std::uint32_t number, ByteView mac, std::vector<std::uint32_t>& hits) {
  Form& form = forms_[number];
  if (form.is_inverted) {
    const auto [begin, end] = form.macs.equal_range(FirstBytes(mac));
    for (auto found = begin; found != end; ++found) hits.push_back(found->second);
    return;
  }
  const Texts& texts = TextsOf(form, mac.size());
  if (texts.empty()) return;
  const std::string text = Render(backend_, form.form, mac);
  const auto [begin, end] = texts.equal_range(text);
  for (auto found = begin; found != end; ++found) hits.push_back(found->second);
}

}  // namespace sigvet
