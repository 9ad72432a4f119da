#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "diagnosis/derivation.h"
#include "diagnosis/ladder_batch.h"
#include "diagnosis/value_matcher.h"

namespace sigvet {

/// Holds many derivations against the values of one stage that are looked for. A derivation is a
/// ladder, a text (the string to sign, or that of the stage) and an output form, each known by a
/// number: each ladder is climbed once, and a derivation then costs one MAC. Belongs to the
/// backend's thread.
class HypothesisBatch {
 public:
  struct Derived {
    std::uint32_t ladder = 0;
    std::uint32_t text = 0;
    std::uint32_t form = 0;
  };

  /// Whose derivation it is: one defect's or two defects', as the caller counts them.
  struct Tag {
    static constexpr std::uint32_t kNone = std::numeric_limits<std::uint32_t>::max();

    std::uint32_t first = 0;
    std::uint32_t second = kNone;

    auto operator<=>(const Tag&) const = default;
  };

  struct Hit {
    std::uint32_t value;
    Tag tag;

    auto operator<=>(const Hit&) const = default;
  };

  /// What of a derivation a stage's value depends on.
  struct Relevant {
    bool ladder = false;
    bool text = false;
    bool form = false;
  };

  /// The pieces of `right` have the number 0. `values` must outlive this object.
  HypothesisBatch(Backend& backend, const Derivation& right, const Stage& stage,
                  std::span<const std::string_view> values);

  /// Before values that are scanned for meet other defects.
  void ExpectScans() { ladders_.RememberDays(); }

  const Relevant& relevant() const { return relevant_; }

  // A piece's number, for relevant pieces alone; that of a text that is the right one is 0.
  std::uint32_t AddLadder(const KeyLadder& ladder) { return ladders_.Add(ladder); }
  std::uint32_t AddTextOf(const Derivation& derivation);
  std::uint32_t AddForm(const OutputForm& form) { return matcher_.AddForm(form); }

  /// Of a text that was added and not dropped.
  const std::string& text(std::uint32_t number) const { return texts_[number]; }
  /// Of a ladder likewise.
  bool IsPlain(std::uint32_t ladder) const { return ladders_.IsPlain(ladder); }

  /// Nothing more is done for what its form rules out. Throws BackendError.
  void Add(const Derived& derived, Tag tag);

  /// Whether it is time for Flush.
  bool IsFull() const;

  /// Holds what was added against the values. Ladders and texts since Keep are dropped. Throws
  /// BackendError.
  void Flush();

  /// What was added up to now is not dropped.
  void Keep();

  /// What may give a value, since the last time, in no order. To be held against it once more: it
  /// is hardly ever another's, but of a chain the first signature alone is compared.
  std::vector<Hit> TakeHits();

  std::size_t tried() const { return tried_; }
  std::size_t computed() const { return ladders_.computed(); }

 private:
  struct Job {
    Derived derived;
    Tag tag;
  };

  void MatchTexts();
  void MatchEnds();
  void MatchMessages();
  void Match(const Tag& tag, std::uint32_t form, ByteView mac);

  Backend& backend_;
  Stage stage_;
  Relevant relevant_;
  /// Of a chain the first signature alone is compared.
  bool first_only_;
  LadderBatch ladders_;
  ValueMatcher matcher_;
  /// Of keys that are text already.
  std::uint32_t text_form_ = 0;
  std::vector<std::string> texts_;
  std::unordered_multimap<std::string_view, std::uint32_t> wanted_texts_;
  std::size_t kept_ladders_ = 0;
  std::size_t kept_texts_ = 0;
  std::size_t text_bytes_ = 0;
  std::vector<Job> jobs_;
  std::vector<Hit> hits_;
  std::vector<std::uint32_t> matched_;
  std::size_t tried_ = 0;
};

}  // namespace sigvet
