#include "diagnosis/hypothesis_batch.h"

#include <algorithm>
#include <optional>
#include <utility>

namespace sigvet {
namespace {

using Kind = Stage::Kind;

// How much is gathered before it is computed.
constexpr std::size_t kMostJobs = 1 << 14;
constexpr std::size_t kMostTextBytes = 1 << 22;

bool IsText(const Stage& stage) {
  return stage.kind == Kind::kCanonicalRequest || stage.kind == Kind::kStringToSign;
}

HypothesisBatch::Relevant RelevantFor(Product product, const Stage& stage) {
  if (IsText(stage)) return {.text = true};
  if (stage.kind == Kind::kKey) return {.ladder = true};
  return {.ladder = true, .text = HasMessage(product), .form = true};
}

LadderBatch::Goal GoalOf(Product product, const Stage& stage) {
  if (stage.kind == Kind::kKey) return {.step = stage.step, .has_message = HasMessage(product)};
  return {.has_message = HasMessage(product)};
}

}  // namespace

HypothesisBatch::HypothesisBatch(Backend& backend, const Derivation& right, const Stage& stage,
                                 std::span<const std::string_view> values)
    : backend_(backend),
      stage_(stage),
      relevant_(RelevantFor(right.product, stage)),
      first_only_(right.product == Product::kChain && stage.kind == Kind::kFinal),
      ladders_(backend, GoalOf(right.product, stage)),
      matcher_(backend, values, first_only_) {
  if (relevant_.ladder) ladders_.Add(right.ladder);
  if (relevant_.text) AddTextOf(right);
  if (!IsText(stage)) {
    // Keys are written in lower-case hex, whatever the form of the end is, or are text already.
    matcher_.AddForm(relevant_.form ? right.form : OutputForm{});
    text_form_ = matcher_.AddForm({.encoding = OutputForm::Encoding::kNone});
  }
  if (IsText(stage)) {
    for (std::uint32_t i = 0; i < values.size(); ++i) {
      if (!values[i].empty()) wanted_texts_.emplace(values[i], i);
    }
  }
}

std::uint32_t HypothesisBatch::AddTextOf(const Derivation& derivation) {
  texts_.push_back(stage_.kind == Kind::kCanonicalRequest ? derivation.request.CanonicalRequest()
                                                          : StringToSign(backend_, derivation));
  // Of a chain only the first link's text is seen here.
  if (!first_only_ && texts_.size() > 1 && texts_.back() == texts_.front()) {
    texts_.pop_back();
    return 0;
  }
  text_bytes_ += texts_.back().size();
  return static_cast<std::uint32_t>(texts_.size() - 1);
}

void HypothesisBatch::Add(const Derived& derived, Tag tag) {
  ++tried_;
  if (relevant_.form) {
    const std::optional<std::size_t> mac_size = ladders_.MacSize(derived.ladder);
    if (mac_size && matcher_.IsRuledOut(derived.form, *mac_size)) return;
  }
  jobs_.push_back({derived, tag});
}

bool HypothesisBatch::IsFull() const {
  return jobs_.size() >= kMostJobs || text_bytes_ >= kMostTextBytes;
}

void HypothesisBatch::Flush() {
  if (IsText(stage_)) {
    MatchTexts();
  } else {
    ladders_.Climb();
    if (relevant_.text) {
      MatchMessages();
    } else {
      MatchEnds();
    }
  }
  jobs_.clear();
  if (relevant_.ladder) ladders_.Truncate(std::min(kept_ladders_, ladders_.size()));
  texts_.resize(std::min(kept_texts_, texts_.size()));
  text_bytes_ = 0;
}

void HypothesisBatch::Keep() {
  kept_ladders_ = ladders_.size();
  kept_texts_ = texts_.size();
}

std::vector<HypothesisBatch::Hit> HypothesisBatch::TakeHits() { return std::exchange(hits_, {}); }

void HypothesisBatch::MatchTexts() {
  for (const Job& job : jobs_) {
    const auto [begin, end] = wanted_texts_.equal_range(texts_[job.derived.text]);
    for (auto found = begin; found != end; ++found) hits_.push_back({found->second, job.tag});
  }
}

void HypothesisBatch::MatchEnds() {
  for (const Job& job : jobs_) {
    const std::uint32_t ladder = job.derived.ladder;
    const ByteView end = ladders_.End(ladder);
    if (end.empty()) continue;
    const bool is_text = stage_.kind == Kind::kKey && !ladders_.IsPlain(ladder);
    Match(job.tag, is_text ? text_form_ : job.derived.form, end);
  }
}

void HypothesisBatch::MatchMessages() {
  std::ranges::sort(jobs_, {}, [](const Job& job) {
    return std::uint64_t{job.derived.text} << 32 | job.derived.ladder;
  });
  std::vector<std::uint32_t> ladders;
  for (auto begin = jobs_.begin(); begin != jobs_.end();) {
    const std::uint32_t text = begin->derived.text;
    const auto end = std::ranges::find_if(
        begin, jobs_.end(), [text](const Job& job) { return job.derived.text != text; });
    ladders.clear();
    for (auto job = begin; job != end; ++job) {
      if (ladders.empty() || ladders.back() != job->derived.ladder) {
        ladders.push_back(job->derived.ladder);
      }
    }
    ladders_.Authenticate(ladders, texts_[text], [&](std::uint32_t ladder, ByteView mac) {
      const auto same = std::ranges::equal_range(begin, end, ladder, {},
                                                 [](const Job& job) { return job.derived.ladder; });
      for (const Job& job : same) Match(job.tag, job.derived.form, mac);
    });
    begin = end;
  }
}

void HypothesisBatch::Match(const Tag& tag, std::uint32_t form, ByteView mac) {
  matched_.clear();
  matcher_.Match(form, mac, matched_);
  for (const std::uint32_t value : matched_) hits_.push_back({value, tag});
}

}  // namespace sigvet
