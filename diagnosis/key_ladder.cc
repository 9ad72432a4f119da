#include "diagnosis/key_ladder.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "base/bytes.h"
#include "base/hex.h"
#include "base/utf8.h"
#include "diagnosis/character_forms.h"
#include "diagnosis/other_macs.h"

namespace sigvet {
namespace {

Secret FromDigest(Wiped<Digest> digest) { return Secret(ByteView(*digest)); }

/// Empty where the function is not to be had.
Secret Mac(Backend& backend, MacFunction function, ByteView key, ByteView message) {
  Wiped<Digest> digest;
  switch (function) {
    case MacFunction::kHmacSha256:
      *digest = backend.HmacSha256(key, message);
      return FromDigest(std::move(digest));
    case MacFunction::kSha256OfBoth:
      *digest = backend.Sha256(Secret(AsText(key), message).Reveal());
      return FromDigest(std::move(digest));
    case MacFunction::kHmacSha1:
      return OtherHmac(OtherHash::kSha1, key, message);
    case MacFunction::kHmacSha512:
      return OtherHmac(OtherHash::kSha512, key, message);
    case MacFunction::kHmacMd5:
      return OtherHmac(OtherHash::kMd5, key, message);
    case MacFunction::kHmacSha3:
      return OtherHmac(OtherHash::kSha3, key, message);
  }
  return {};
}

/// What of `mac` the next step takes as its key.
Secret NextKey(Backend& backend, const KeyLadder& ladder, const Secret& mac) {
  const ByteView bytes = mac.Reveal();
  const std::string_view text = AsText(bytes);
  switch (ladder.key_form) {
    case KeyForm::kBytes:
      break;
    case KeyForm::kLowerHex:
      return TakeSecret(ToHex(bytes));
    case KeyForm::kUpperHex:
      return TakeSecret(ToUpperHex(bytes));
    case KeyForm::kBase64:
      return TakeSecret(backend.Base64Encode(bytes));
    case KeyForm::kUtf8:
      return TakeSecret(Latin1AsUtf8(text));
    case KeyForm::kLossyUtf8:
      return TakeSecret(LossyUtf8(text));
    case KeyForm::kLossyLowBytes:
      return TakeSecret(LossyLowBytes(text));
    case KeyForm::kCutAtNul:
      return Secret(text.substr(0, text.find('\0')));
    case KeyForm::kShellText:
      return TakeSecret(ShellText(text));
    case KeyForm::kLabelledHex:
      return TakeSecret(std::string(ladder.label) + ToHex(bytes));
  }
  return Secret(bytes);
}

Secret FirstKey(const KeyLadder& ladder) {
  Secret key(ladder.prefix, ladder.secret->Reveal());
  return ladder.key_is_utf16 ? TakeSecret(Utf16LittleEndian(AsText(key.Reveal()))) : std::move(key);
}

class Climber {
 public:
  Climber(Backend& backend, const KeyLadder& ladder, std::size_t step_count)
      : backend_(backend), ladder_(ladder), step_count_(step_count), key_(FirstKey(ladder)) {}

  /// To go on after `done` steps, which left `key`.
  Climber(Backend& backend, const KeyLadder& ladder, std::size_t done, Secret key)
      : backend_(backend),
        ladder_(ladder),
        step_count_(done + 1),
        done_(done),
        key_(std::move(key)) {}

  /// The MAC of the next step; empty where its function is not to be had.
  Secret Step(std::string_view text) {
    const std::string message =
        ladder_.messages_are_utf16 ? Utf16LittleEndian(text) : std::string(text);
    const bool is_first = done_ == 0;
    const bool is_last = ++done_ == step_count_;
    ByteView key = key_.Reveal();
    ByteView data = AsBytes(message);
    if (IsSwapped(is_first, is_last)) std::swap(key, data);
    Secret mac = is_last && ladder_.last_step_is_plain_hash ? FromDigest(PlainHash(data))
                                                            : Mac(backend_, ladder_.mac, key, data);
    key_ = NextKey(backend_, ladder_, mac);
    return mac;
  }

  /// The key of the next step.
  Secret TakeKey() { return std::move(key_); }

 private:
  bool IsSwapped(bool is_first, bool is_last) const {
    switch (ladder_.swapped) {
      case SwappedSteps::kNone:
        return false;
      case SwappedSteps::kEvery:
        return true;
      case SwappedSteps::kFirst:
        return is_first;
      case SwappedSteps::kLast:
        return is_last;
    }
    return false;
  }

  Wiped<Digest> PlainHash(ByteView message) {
    Wiped<Digest> digest;
    *digest = backend_.Sha256(message);
    return digest;
  }

  Backend& backend_;
  const KeyLadder& ladder_;
  std::size_t step_count_;
  std::size_t done_ = 0;
  Secret key_;
};

}  // namespace

KeyLadder::Step* KeyLadder::Find(StepName name) {
  const auto found = std::ranges::find(steps, name, &Step::name);
  return found == steps.end() ? nullptr : &*found;
}

void KeyLadder::LeaveOut(StepName name) {
  std::erase_if(steps, [name](const Step& step) { return step.name == name; });
}

bool KeyLadder::operator==(const KeyLadder& other) const {
  const auto others = [](const KeyLadder& ladder) {
    return std::tie(ladder.prefix, ladder.steps, ladder.mac, ladder.swapped, ladder.key_form,
                    ladder.label, ladder.last_step_is_plain_hash, ladder.key_is_utf16,
                    ladder.messages_are_utf16);
  };
  return others(*this) == others(other) &&
         (secret == other.secret || AsText(secret->Reveal()) == AsText(other.secret->Reveal()));
}

std::vector<Secret> Climb(Backend& backend, const KeyLadder& ladder,
                          const std::string* last_message) {
  std::vector<Secret> macs;
  Climber climber(backend, ladder, ladder.steps.size() + (last_message != nullptr ? 1 : 0));
  for (const KeyLadder::Step& step : ladder.steps) {
    macs.push_back(climber.Step(step.message));
    if (macs.back().empty()) return {};
  }
  if (last_message != nullptr) macs.push_back(climber.Step(*last_message));
  if (!macs.empty() && macs.back().empty()) macs.clear();
  return macs;
}

Secret ClimbToEnd(Backend& backend, const KeyLadder& ladder, const std::string* last_message) {
  if (ladder.steps.empty() && last_message == nullptr) return FirstKey(ladder);
  Secret mac;
  Climber climber(backend, ladder, ladder.steps.size() + (last_message != nullptr ? 1 : 0));
  for (const KeyLadder::Step& step : ladder.steps) {
    mac = climber.Step(step.message);
    if (mac.empty()) return {};
  }
  return last_message == nullptr ? std::move(mac) : climber.Step(*last_message);
}

std::optional<Secret> ClimbToKey(Backend& backend, const KeyLadder& ladder) {
  Climber climber(backend, ladder, ladder.steps.size() + 1);
  for (const KeyLadder::Step& step : ladder.steps) {
    if (climber.Step(step.message).empty()) return std::nullopt;
  }
  return climber.TakeKey();
}

Secret MacUnderKey(Backend& backend, const KeyLadder& ladder, ByteView key,
                   const std::string& message) {
  return Climber(backend, ladder, ladder.steps.size(), Secret(key)).Step(message);
}

std::string ShownKey(const KeyLadder& ladder, const Secret& mac) {
  const ByteView bytes = mac.Reveal();
  const std::string_view text = AsText(bytes);
  switch (ladder.key_form) {
    case KeyForm::kUpperHex:
      return ToUpperHex(bytes);
    case KeyForm::kLabelledHex:
      return std::string(ladder.label) + ToHex(bytes);
    case KeyForm::kLossyUtf8:
      return ToHex(AsBytes(LossyUtf8(text)));
    case KeyForm::kLossyLowBytes:
      return ToHex(AsBytes(LossyLowBytes(text)));
    case KeyForm::kShellText:
      return ToHex(AsBytes(ShellText(text)));
    default:
      return ToHex(bytes);
  }
}

bool IsPlain(const KeyLadder& ladder) {
  return ladder.mac == MacFunction::kHmacSha256 && ladder.swapped == SwappedSteps::kNone &&
         ladder.key_form == KeyForm::kBytes && !ladder.last_step_is_plain_hash &&
         !ladder.key_is_utf16 && !ladder.messages_are_utf16;
}

}  // namespace sigvet
