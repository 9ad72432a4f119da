#include "signing/sigv4_key_cache.h"

#include <algorithm>

namespace sigvet {

Result<const Digest*> Sigv4KeyCache::Find(Backend& backend, const Secret& secret,
                                          const Sigv4Scope& scope) {
  ++uses_;
  for (Entry& entry : entries_) {
    if (entry.date == scope.date && entry.region == scope.region &&
        entry.service == scope.service &&
        std::ranges::equal(entry.secret.Reveal(), secret.Reveal())) {
      entry.last_used = uses_;
      return &*entry.key;
    }
  }
  const auto derived = DeriveSigv4SigningKey(backend, secret, scope);
  if (!derived) return derived.error();

  const bool full = entries_.size() == kCapacity;
  Entry& entry =
      full ? *std::ranges::min_element(entries_, {}, &Entry::last_used) : entries_.emplace_back();
  entry.secret = Secret(secret.Reveal());
  entry.date = scope.date;
  entry.region = scope.region;
  entry.service = scope.service;
  *entry.key = (*derived)->signing_key();
  entry.last_used = uses_;
  return &*entry.key;
}

}  // namespace sigvet
