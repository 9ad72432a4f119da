#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "backends/backend.h"
#include "base/bytes.h"
#include "base/secret.h"
#include "diagnosis/key_ladder.h"

namespace sigvet {

/// Climbs many ladders at once, step by step: the keys that have the same message at a step go to a
/// backend's chain together. First steps, which many ladders share, are remembered. Belongs to the
/// backend's thread.
class LadderBatch {
 public:
  /// What is wanted of each ladder.
  struct Goal {
    /// The MAC of that step, of ladders that are not plain as ShownKey has it; else that of the
    /// last.
    std::optional<std::size_t> step = {};
    /// A message follows: what is wanted is the key that it is authenticated under.
    bool has_message = false;
  };

  LadderBatch(Backend& backend, Goal goal);

  /// To remember so many first steps from now on that all days of a scan are among them.
  void RememberDays();

  /// Its number, from 0 on. The ladder is not climbed before Climb.
  std::uint32_t Add(const KeyLadder& ladder);
  std::size_t size() const { return ends_.size(); }

  /// Climbs all plain ladders that were added since the last time; the others are climbed when
  /// their ends are asked for. Throws BackendError.
  void Climb();

  /// Forgets all ladders but the first `size`.
  void Truncate(std::size_t size);

  /// Whether a chain climbs it: its end is then a key or a MAC of 32 bytes.
  bool IsPlain(std::uint32_t ladder) const { return ends_[ladder].special == kPlain; }

  /// The size of the MAC after the ladder, also before it is climbed; nullopt where that is not
  /// sure.
  std::optional<std::size_t> MacSize(std::uint32_t ladder) const;

  /// What is wanted; the key of a message of plain ladders alone. Empty where there is none.
  /// Throws BackendError.
  ByteView End(std::uint32_t ladder);

  /// Calls `visit` with each of `ladders`, climbed, and the MAC of `message` after it; not for
  /// those that have none. Throws BackendError.
  void Authenticate(std::span<const std::uint32_t> ladders, const std::string& message,
                    const std::function<void(std::uint32_t ladder, ByteView mac)>& visit);

  /// How many MACs were computed in all.
  std::size_t computed() const { return computed_; }

 private:
  static constexpr std::uint32_t kPlain = std::numeric_limits<std::uint32_t>::max();

  struct LadderEnd {
    Wiped<Digest> mac = {};
    /// In specials_.
    std::uint32_t special = kPlain;
  };

  /// A ladder that no chain climbs.
  struct Special {
    KeyLadder ladder;
    /// A MAC, or the key of a message.
    Secret end = {};
    bool is_climbed = false;
    bool is_available = false;
  };

  /// A plain ladder whose first step is done: the messages of the others, as numbers in messages_,
  /// stand in pending_messages_.
  struct Pending {
    std::uint32_t ladder;
    std::uint32_t begin;
    std::uint32_t count;
  };

  struct FirstStep {
    std::shared_ptr<const Secret> secret = nullptr;
    std::string prefix = {};
    std::string message = {};
    Wiped<Digest> mac = {};
  };

  void AddPlain(const KeyLadder& ladder);
  const Digest& FirstMac(const KeyLadder& ladder);
  std::uint32_t NumberOf(const std::string& message, std::size_t step);
  void ClimbStep(std::size_t step);
  void Replace(std::span<const std::uint32_t> ladders, const std::string& message);
  const Special& Climbed(std::uint32_t special);

  Backend& backend_;
  Goal goal_;
  std::vector<LadderEnd> ends_;
  std::vector<Special> specials_;
  std::vector<Pending> pending_;
  std::vector<std::uint32_t> pending_messages_;
  std::vector<std::string> messages_;
  std::unordered_map<std::string, std::uint32_t> message_numbers_;
  /// The message that was last at each step.
  std::vector<std::uint32_t> last_messages_;
  /// Each in the place that its hash says, in which it stays until another comes.
  std::vector<FirstStep> first_steps_;
  /// The first key that was needed last, and of what it was made.
  Secret first_key_;
  std::shared_ptr<const Secret> first_key_secret_;
  std::string first_key_prefix_;
  std::size_t computed_ = 0;
};

}  // namespace sigvet
