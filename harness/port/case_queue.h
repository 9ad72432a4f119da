#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

namespace sigvet {

/// Which cases of a port are to be sent, and what was sent to the process that runs. Ids count from
/// 1 and are never used twice, so that an answer is never taken for that of another case.
class CaseQueue {
 public:
  enum class State : std::uint8_t {
    kPending,
    kAnswered,
    kBlamed,  ///< for a line that is no answer; its real one may still come
  };
  /// What was sent.
  struct Sent {
    std::size_t id = 0;
    std::size_t number = 0;
    State state = State::kPending;
  };

  /// Cases 0 to `count` - 1, in that order.
  explicit CaseQueue(std::size_t count);

  bool is_empty() const { return unsent_.empty(); }
  std::size_t pending() const { return pending_; }
  /// How many cases the process that runs was sent.
  std::size_t sent_to_process() const { return sent_.size(); }

  /// Takes the next case to be sent; only where there is one.
  Sent Send();
  /// What was sent to this process under that id.
  std::optional<Sent> Find(std::string_view id) const;
  /// The only one that is pending.
  std::optional<Sent> OnlyPending() const;
  /// `id` was sent to this process.
  void Mark(std::size_t id, State state);
  /// A fresh process: what was pending is to be sent again, before all others and in its order.
  void BeginAgain();
  /// Takes all numbers that are to be sent.
  std::deque<std::size_t> TakeAll();
  /// Puts back what TakeAll gave, or a part of it.
  void PutBack(std::deque<std::size_t> numbers) { unsent_ = std::move(numbers); }

 private:
  std::deque<std::size_t> unsent_;
  /// The last one has the id `last_id_`.
  std::vector<Sent> sent_;
  std::size_t pending_ = 0;
  std::size_t last_id_ = 0;
};

}  // namespace sigvet
