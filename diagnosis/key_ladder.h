#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "backends/backend.h"
#include "base/secret.h"

namespace sigvet {

/// What makes a MAC of a key and a message.
enum class MacFunction : std::uint8_t {
  kHmacSha256,
  kHmacSha1,
  kHmacSha512,
  kHmacMd5,
  kHmacSha3,
  /// SHA-256 of the key and the message after it.
  kSha256OfBoth,
};

/// What of a MAC becomes the next step's key.
enum class KeyForm : std::uint8_t {
  kBytes,
  kLowerHex,
  kUpperHex,
  kBase64,
  /// Each byte taken for a character, and written in UTF-8.
  kUtf8,
  /// Decoded as UTF-8, so that what is none becomes U+FFFD, and written in UTF-8 again.
  kLossyUtf8,
  /// Decoded as UTF-8, and of each character the low eight bits.
  kLossyLowBytes,
  /// Up to its first NUL, as C strings are.
  kCutAtNul,
  /// Without NULs, and without line feeds at its end, as shells do in $(...).
  kShellText,
  /// The line that `openssl dgst` prints: `KeyLadder::label` and the hex digits.
  kLabelledHex,
};

/// Of which steps key and message change places.
enum class SwappedSteps : std::uint8_t { kNone, kEvery, kFirst, kLast };

/// The way from a secret to a MAC, step by step, in pieces, so that each can be done in another way
/// than it should. Each step's MAC is the key of the next.
struct KeyLadder {
  enum class StepName : std::uint8_t { kDate, kRegion, kService, kTerminal, kMessage };

  struct Step {
    StepName name;
    std::string message;

    bool operator==(const Step&) const = default;
  };

  /// Shared by the ladders of a search. Null only where no key is computed.
  std::shared_ptr<const Secret> secret;
  /// Before the secret in the first key: `AWS4`, or nothing in version 2 of a password.
  std::string prefix = {};
  std::vector<Step> steps = {};
  MacFunction mac = MacFunction::kHmacSha256;
  SwappedSteps swapped = SwappedSteps::kNone;
  KeyForm key_form = KeyForm::kBytes;
  /// Of KeyForm::kLabelledHex: as in `(stdin)= `.
  std::string_view label = {};
  /// The last step hashes its message, without a key.
  bool last_step_is_plain_hash = false;
  bool key_is_utf16 = false;
  bool messages_are_utf16 = false;

  /// The step of that name, or null where it was left out.
  Step* Find(StepName name);
  void LeaveOut(StepName name);

  /// Secrets are the same where their bytes are.
  bool operator==(const KeyLadder& other) const;
};

/// The MAC of each step, and after them, where `last_message` is not null, its MAC as a further
/// step's: the signature of a request. Empty where a MAC function is not to be had in this build
/// (anything but SHA-256 needs OpenSSL). Throws BackendError.
std::vector<Secret> Climb(Backend& backend, const KeyLadder& ladder,
                          const std::string* last_message = nullptr);

/// The last of Climb's alone; the first key itself where there is no step and no message.
Secret ClimbToEnd(Backend& backend, const KeyLadder& ladder,
                  const std::string* last_message = nullptr);

/// What the step of a further message takes as its key: with MacUnderKey, Climb's last MAC for many
/// messages. Nullopt where a MAC function is not to be had. Throws BackendError.
std::optional<Secret> ClimbToKey(Backend& backend, const KeyLadder& ladder);

/// The MAC of a message after all steps, with the key of ClimbToKey; empty as Climb's. Throws
/// BackendError.
Secret MacUnderKey(Backend& backend, const KeyLadder& ladder, ByteView key,
                   const std::string& message);

/// A step's MAC as a program shows it that has the ladder's key form: in hex of what is left of it
/// where the form loses bytes, in the form's own digits where it is hex, else in hex.
std::string ShownKey(const KeyLadder& ladder, const Secret& mac);

/// Whether the ladder differs from a right one in nothing but secret, prefix and messages: then a
/// backend's chains can climb it.
bool IsPlain(const KeyLadder& ladder);

}  // namespace sigvet
