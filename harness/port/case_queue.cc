#include "harness/port/case_queue.h"

#include <algorithm>
#include <charconv>
#include <numeric>
#include <system_error>

#include "base/check.h"

namespace sigvet {

CaseQueue::CaseQueue(std::size_t count) : unsent_(count) {
  std::iota(unsent_.begin(), unsent_.end(), std::size_t{0});
}

CaseQueue::Sent CaseQueue::Send() {
  Check(!unsent_.empty(), "a case is to be sent where there is none");
  sent_.push_back({++last_id_, unsent_.front()});
  unsent_.pop_front();
  ++pending_;
  return sent_.back();
}

std::optional<CaseQueue::Sent> CaseQueue::Find(std::string_view id) const {
  std::size_t number = 0;
  const char* const id_end = id.data() + id.size();
  const auto [end, error] = std::from_chars(id.data(), id_end, number);
  if (error != std::errc() || end != id_end || id.starts_with('0')) return std::nullopt;
  const std::size_t before_first = last_id_ - sent_.size();
  if (number <= before_first || number > last_id_) return std::nullopt;
  return sent_[number - before_first - 1];
}

std::optional<CaseQueue::Sent> CaseQueue::OnlyPending() const {
  if (pending_ != 1) return std::nullopt;
  return *std::ranges::find(sent_, State::kPending, &Sent::state);
}

void CaseQueue::Mark(std::size_t id, State state) {
  Sent& sent = sent_[id - (last_id_ - sent_.size()) - 1];
  if (sent.state == State::kPending) --pending_;
  if (state == State::kPending) ++pending_;
  sent.state = state;
}

void CaseQueue::BeginAgain() {
  for (auto sent = sent_.rbegin(); sent != sent_.rend(); ++sent) {
    if (sent->state == State::kPending) unsent_.push_front(sent->number);
  }
  sent_.clear();
  pending_ = 0;
}

std::deque<std::size_t> CaseQueue::TakeAll() { return std::exchange(unsent_, {}); }

}  // namespace sigvet
