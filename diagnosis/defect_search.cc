#include "diagnosis/defect_search.h"

#include <charconv>
#include <set>
#include <string>
#include <utility>

#include "base/bytes.h"
#include "base/hex.h"
#include "signing/canonical_headers.h"

namespace sigvet {
namespace {

/// All of a derivation, so that two that differ nowhere have the same.
std::string Fingerprint(const Sigv4Derivation& derivation) {
  return derivation.CanonicalRequest() + std::string(derivation.line_break) +
         derivation.StringToSign("") + derivation.path +
         (derivation.is_hash_upper_case ? "u" : "") +
         (derivation.is_canonical_request_inlined ? "i" : "");
}

/// A defect, and what the derivation or the key is with it.
struct Candidate {
  const Defect* defect;
  Sigv4Derivation derivation;
  /// Of a defect of the secret or the key alone; else empty.
  Secret key;
};

class Search {
 public:
  Search(Backend& backend, const DefectInput& input, const SearchTarget& target)
      : backend_(backend), input_(input), target_(target) {}

  std::optional<FoundDefects> Run(const Sigv4Derivation& right, SearchEffort& effort) {
    if (target_.kind == SearchTarget::Kind::kSignature) key_ = DeriveKey(*target_.secret);
    AddCandidates(right, effort.tried);
    for (const Candidate& candidate : candidates_) {
      if (Gives(candidate.derivation, KeyOf(candidate))) {
        return FoundDefects{{candidate.defect}, candidate.derivation};
      }
    }
    const std::size_t pairs = candidates_.size() * candidates_.size() / 2;
    effort.pairs_were_tried = pairs * right.CanonicalRequest().size() <= kMostPairBytes;
    if (!effort.pairs_were_tried) return std::nullopt;
    for (auto second = candidates_.begin(); second != candidates_.end(); ++second) {
      for (auto first = candidates_.begin(); first != second; ++first) {
        if (first->defect->part == second->defect->part) continue;
        if (auto found = Together(*first, *second)) return found;
      }
    }
    return std::nullopt;
  }

 private:
  /// Empty where there is none.
  Secret DeriveKey(const Secret& secret) {
    const Sigv4Claim& claim = input_.signed_request.claim;
    auto key = DeriveSigv4SigningKey(backend_, secret, {claim.date, claim.region, claim.service});
    return key ? Secret(ByteView((*key)->signing_key())) : Secret();
  }

  const Secret& KeyOf(const Candidate& candidate) const {
    return candidate.key.empty() ? key_ : candidate.key;
  }

  /// Each defect that changes something, the first of those that change the same.
  void AddCandidates(const Sigv4Derivation& right, std::size_t& tried) {
    std::set<std::string> seen = {Fingerprint(right)};
    for (const std::span<const Defect> family : AllDefects()) {
      for (const Defect& defect : family) {
        if (defect.change == nullptr) {
          AddSecretCandidate(defect, right, tried);
          continue;
        }
        ++tried;
        Candidate candidate = {&defect, right, Secret()};
        defect.change(input_, candidate.derivation);
        if (!seen.insert(Fingerprint(candidate.derivation)).second) continue;
        candidates_.push_back(std::move(candidate));
      }
    }
  }

  void AddSecretCandidate(const Defect& defect, const Sigv4Derivation& right, std::size_t& tried) {
    if (target_.kind != SearchTarget::Kind::kSignature) return;
    ++tried;
    const std::string_view given = AsText(target_.secret->Reveal());
    Secret key;
    if (defect.derive_key != nullptr) {
      key = defect.derive_key(backend_, given, input_.signed_request.claim);
    } else {
      const Secret secret = defect.change_secret(given);
      if (!secret.empty()) key = DeriveKey(secret);
    }
    if (!key.empty()) candidates_.push_back({&defect, right, std::move(key)});
  }

  std::optional<FoundDefects> Together(const Candidate& first, const Candidate& second) {
    Sigv4Derivation derivation = first.derivation;
    if (second.defect->change != nullptr) second.defect->change(input_, derivation);
    // Defects of a secret or key stand after all others in the list.
    if (!Gives(derivation, KeyOf(second))) return std::nullopt;
    return FoundDefects{{first.defect, second.defect}, std::move(derivation)};
  }

  bool Gives(const Sigv4Derivation& derivation, const Secret& key) {
    switch (target_.kind) {
      case SearchTarget::Kind::kSignature:
        return !key.empty() &&
               ToHex(backend_.HmacSha256(
                   key.Reveal(), AsBytes(derivation.StringToSign(backend_)))) == target_.value;
      case SearchTarget::Kind::kCanonicalRequest:
        return derivation.CanonicalRequest() == target_.value;
      case SearchTarget::Kind::kStringToSign:
        return derivation.StringToSign(backend_) == target_.value;
    }
    return false;
  }

  Backend& backend_;
  const DefectInput& input_;
  const SearchTarget& target_;
  /// Of the secret itself.
  Secret key_;
  std::vector<Candidate> candidates_;
};

/// How many bytes Content-Length says, where that is fewer than there are.
std::optional<std::size_t> ShorterLength(const HttpRequest& request) {
  const auto values = HeaderValues(request, "content-length");
  if (values.empty()) return std::nullopt;
  const auto text = CanonicalHeaderValue({"Content-Length", std::string(values.front())});
  if (!text) return std::nullopt;
  std::size_t length = 0;
  const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), length);
  const bool is_number = error == std::errc() && end == text->data() + text->size();
  return is_number && length < request.body.size() ? std::optional(length) : std::nullopt;
}

}  // namespace

PayloadHashes HashPayload(Backend& backend, const HttpRequest& request) {
  const std::string_view body = request.body;
  PayloadHashes hashes;
  hashes.body = HexSha256(backend, body);
  hashes.empty = HexSha256(backend, "");
  hashes.with_line_break = HexSha256(backend, request.body + "\n");
  if (body.ends_with('\n')) {
    const std::size_t end = body.ends_with("\r\n") ? 2 : 1;
    hashes.without_line_break = HexSha256(backend, body.substr(0, body.size() - end));
  }
  if (const auto length = ShorterLength(request)) {
    hashes.cut = HexSha256(backend, body.substr(0, *length));
  }
  return hashes;
}

std::optional<FoundDefects> FindDefects(Backend& backend, const DefectInput& input,
                                        const Sigv4Derivation& right, const SearchTarget& target,
                                        SearchEffort& effort) {
  effort = {};
  return Search(backend, input, target).Run(right, effort);
}

}  // namespace sigvet
