#include "diagnosis/ladder_batch.h"

#include <algorithm>
#include <functional>
#include <span>
#include <string_view>
#include <utility>

namespace sigvet {
namespace {

/// How many keys go to a chain at once: enough for any kernel's lanes.
constexpr std::size_t kKeysAtOnce = 512;

constexpr std::size_t kFirstSteps = std::size_t{1} << 8;
constexpr std::size_t kFirstStepsOfDays = std::size_t{1} << 14;

/// To prepare a chain for fewer costs more than it saves.
constexpr std::size_t kFewestKeysOfAChain = 4;

std::size_t MacBytes(MacFunction mac) {
  switch (mac) {
    case MacFunction::kHmacSha1:
      return 20;
    case MacFunction::kHmacSha512:
      return 64;
    case MacFunction::kHmacMd5:
      return 16;
    case MacFunction::kHmacSha256:
    case MacFunction::kHmacSha3:
    case MacFunction::kSha256OfBoth:
      break;
  }
  return kDigestBytes;
}

/// Digests that are wiped when they go; never grows.
class DigestBuffer {
 public:
  explicit DigestBuffer(std::size_t size) : digests_(size) {}
  ~DigestBuffer() { SecureWipe(digests_.data(), digests_.size() * sizeof(Digest)); }
  DigestBuffer(const DigestBuffer&) = delete;
  DigestBuffer& operator=(const DigestBuffer&) = delete;

  std::span<Digest> First(std::size_t count) { return std::span(digests_).first(count); }

 private:
  std::vector<Digest> digests_;
};

}  // namespace

LadderBatch::LadderBatch(Backend& backend, Goal goal)
    : backend_(backend), goal_(goal), first_steps_(kFirstSteps) {}

void LadderBatch::RememberDays() { first_steps_.resize(kFirstStepsOfDays); }

std::uint32_t LadderBatch::Add(const KeyLadder& ladder) {
  const auto number = static_cast<std::uint32_t>(ends_.size());
  if (sigvet::IsPlain(ladder) && !ladder.steps.empty() &&
      goal_.step.value_or(0) < ladder.steps.size()) {
    AddPlain(ladder);
  } else {
    ends_.emplace_back().special = static_cast<std::uint32_t>(specials_.size());
    specials_.push_back({ladder});
  }
  return number;
}

void LadderBatch::AddPlain(const KeyLadder& ladder) {
  Pending pending = {static_cast<std::uint32_t>(ends_.size()),
                     static_cast<std::uint32_t>(pending_messages_.size()), 0};
  *ends_.emplace_back().mac = FirstMac(ladder);
  const std::size_t step_count = goal_.step ? *goal_.step + 1 : ladder.steps.size();
  for (std::size_t step = 1; step < step_count; ++step) {
    pending_messages_.push_back(NumberOf(ladder.steps[step].message, step));
    ++pending.count;
  }
  pending_.push_back(pending);
}

std::uint32_t LadderBatch::NumberOf(const std::string& message, std::size_t step) {
  if (last_messages_.size() <= step) last_messages_.resize(step + 1);
  std::uint32_t& last = last_messages_[step];
  if (last < messages_.size() && messages_[last] == message) return last;
  const auto [found, is_new] =
      message_numbers_.try_emplace(message, static_cast<std::uint32_t>(messages_.size()));
  if (is_new) messages_.push_back(message);
  last = found->second;
  return last;
}

const Digest& LadderBatch::FirstMac(const KeyLadder& ladder) {
  const std::string& message = ladder.steps.front().message;
  const std::size_t hash =
      std::hash<std::string>()(message) + std::hash<const void*>()(ladder.secret.get()) / 16;
  FirstStep& first = first_steps_[hash % first_steps_.size()];
  if (first.secret == ladder.secret && first.message == message && first.prefix == ladder.prefix) {
    return *first.mac;
  }
  if (first_key_secret_ != ladder.secret || first_key_prefix_ != ladder.prefix) {
    first_key_ = Secret(ladder.prefix, ladder.secret->Reveal());
    first_key_secret_ = ladder.secret;
    first_key_prefix_ = ladder.prefix;
  }
  *first.mac = backend_.HmacSha256(first_key_.Reveal(), AsBytes(message));
  first.secret = ladder.secret;
  first.prefix = ladder.prefix;
  first.message = message;
  ++computed_;
  return *first.mac;
}

void LadderBatch::Climb() {
  std::size_t step_count = 0;
  for (const Pending& pending : pending_) {
    step_count = std::max<std::size_t>(step_count, pending.count);
  }
  for (std::size_t step = 0; step < step_count; ++step) ClimbStep(step);
  pending_.clear();
  pending_messages_.clear();
  messages_.clear();
  message_numbers_.clear();
}

void LadderBatch::ClimbStep(std::size_t step) {
  // Sorted by message, by counting.
  std::vector<std::size_t> ends(messages_.size() + 1);
  const auto message_of = [&](const Pending& p) { return pending_messages_[p.begin + step]; };
  for (const Pending& pending : pending_) {
    if (step < pending.count) ++ends[message_of(pending) + 1];
  }
  for (std::size_t i = 1; i < ends.size(); ++i) ends[i] += ends[i - 1];
  std::vector<std::uint32_t> ladders(ends.back());
  for (const Pending& pending : pending_) {
    if (step < pending.count) ladders[ends[message_of(pending)]++] = pending.ladder;
  }
  std::size_t begin = 0;
  for (std::size_t i = 0; i < messages_.size(); ++i) {
    Replace(std::span(ladders).subspan(begin, ends[i] - begin), messages_[i]);
    begin = ends[i];
  }
}

/// Puts the MAC of `message` in the place of each key.
void LadderBatch::Replace(std::span<const std::uint32_t> ladders, const std::string& message) {
  computed_ += ladders.size();
  if (ladders.size() < kFewestKeysOfAChain) {
    for (const std::uint32_t ladder : ladders) {
      Digest& mac = *ends_[ladder].mac;
      mac = backend_.HmacSha256(mac, AsBytes(message));
    }
    return;
  }
  const ByteView messages[] = {AsBytes(message)};
  const auto chain = backend_.PrepareChain(messages);
  const std::size_t at_once = std::min(ladders.size(), kKeysAtOnce);
  DigestBuffer macs(at_once);
  std::vector<ByteView> keys;
  keys.reserve(at_once);
  for (std::size_t done = 0; done < ladders.size(); done += at_once) {
    const auto now = ladders.subspan(done, std::min(at_once, ladders.size() - done));
    keys.clear();
    for (const std::uint32_t ladder : now) keys.emplace_back(*ends_[ladder].mac);
    const std::span<Digest> out = macs.First(now.size());
    chain->DeriveMany(keys, out);
    for (std::size_t k = 0; k < now.size(); ++k) *ends_[now[k]].mac = out[k];
  }
}

const LadderBatch::Special& LadderBatch::Climbed(std::uint32_t number) {
  Special& special = specials_[number];
  if (special.is_climbed) return special;
  special.is_climbed = true;
  const KeyLadder& ladder = special.ladder;
  computed_ += ladder.steps.size();
  if (goal_.step) {
    if (*goal_.step >= ladder.steps.size()) return special;
    const std::string message;
    std::vector<Secret> macs =
        sigvet::Climb(backend_, ladder, goal_.has_message ? &message : nullptr);
    if (*goal_.step < macs.size()) special.end = TakeSecret(ShownKey(ladder, macs[*goal_.step]));
    special.is_available = !special.end.empty();
  } else if (goal_.has_message) {
    std::optional<Secret> key = ClimbToKey(backend_, ladder);
    special.is_available = key.has_value();
    if (key) special.end = *std::move(key);
  } else {
    special.end = ClimbToEnd(backend_, ladder);
    special.is_available = !special.end.empty();
  }
  return special;
}

void LadderBatch::Truncate(std::size_t size) {
  std::size_t special_count = specials_.size();
  for (std::size_t i = size; i < ends_.size(); ++i) {
    if (ends_[i].special == kPlain) continue;
    special_count = ends_[i].special;
    break;
  }
  specials_.erase(specials_.begin() + static_cast<std::ptrdiff_t>(special_count), specials_.end());
  ends_.resize(size);
}

std::optional<std::size_t> LadderBatch::MacSize(std::uint32_t ladder) const {
  if (IsPlain(ladder)) return kDigestBytes;
  const KeyLadder& special = specials_[ends_[ladder].special].ladder;
  if (special.steps.empty() && !goal_.has_message) return std::nullopt;
  if (special.last_step_is_plain_hash) return kDigestBytes;
  return MacBytes(special.mac);
}

ByteView LadderBatch::End(std::uint32_t ladder) {
  const LadderEnd& end = ends_[ladder];
  return end.special == kPlain ? ByteView(*end.mac) : Climbed(end.special).end.Reveal();
}

void LadderBatch::Authenticate(
    std::span<const std::uint32_t> ladders, const std::string& message,
    const std::function<void(std::uint32_t ladder, ByteView mac)>& visit) {
  computed_ += ladders.size();
  std::vector<std::uint32_t> plain;
  for (const std::uint32_t ladder : ladders) {
    if (IsPlain(ladder)) {
      plain.push_back(ladder);
      continue;
    }
    const Special& special = Climbed(ends_[ladder].special);
    if (!special.is_available) continue;
    const Secret mac = MacUnderKey(backend_, special.ladder, special.end.Reveal(), message);
    if (!mac.empty()) visit(ladder, mac.Reveal());
  }
  if (plain.size() < kFewestKeysOfAChain) {
    for (const std::uint32_t ladder : plain) {
      visit(ladder, backend_.HmacSha256(*ends_[ladder].mac, AsBytes(message)));
    }
    return;
  }
  const ByteView messages[] = {AsBytes(message)};
  const auto chain = backend_.PrepareChain(messages);
  std::vector<ByteView> keys;
  keys.reserve(plain.size());
  for (const std::uint32_t ladder : plain) keys.emplace_back(*ends_[ladder].mac);
  std::vector<Digest> macs(plain.size());
  chain->DeriveMany(keys, macs);
  for (std::size_t k = 0; k < plain.size(); ++k) visit(plain[k], macs[k]);
}

}  // namespace sigvet
