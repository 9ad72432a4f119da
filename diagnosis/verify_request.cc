#include "diagnosis/verify_request.h"

#include <algorithm>
#include <memory>
#include <string_view>
#include <utility>

#include "diagnosis/defect_search.h"
#include "diagnosis/right_derivation.h"
#include "diagnosis/service_errors.h"
#include "signing/sigv4_signing_key.h"
#include "signing/sigv4_string_to_sign.h"

namespace sigvet {
namespace {

using Kind = Stage::Kind;

/// Another program's text as a file holds it, without what editors and shells add: a line break at
/// the end, and carriage returns where every line has one. What a line break at the end of the text
/// itself does is seen by its signature.
std::string WithoutFileEnds(std::string_view text) {
  if (text.ends_with('\n')) text.remove_suffix(1);
  std::string plain(text);
  const auto line_feeds = std::ranges::count(plain, '\n');
  std::string without = ReplaceAll(plain, "\r\n", "\n");
  if (static_cast<std::ptrdiff_t>(plain.size() - without.size()) != line_feeds) return plain;
  if (without.ends_with('\r')) without.pop_back();
  return without;
}

std::vector<Remark> AsRemarks(const Explanation& explanation) {
  std::vector<Remark> remarks;
  remarks.reserve(explanation.defects.size());
  for (const AppliedDefect& applied : explanation.defects) {
    remarks.push_back({std::string(applied.defect->id), SentenceOf(applied),
                       std::string(applied.defect->remedy)});
  }
  return remarks;
}

/// Defects that together give what was looked for, and the request's derivation with them.
struct FoundDefects {
  Explanation explanation;
  Sigv4Derivation request;
};

/// A text and where it is from.
struct Text {
  std::string value;
  Source source;
};

/// What should have been signed, and what was.
struct Sides {
  Text expected;
  Text actual;
};

/// `secret` may be null.
DerivationInput InputOf(const Sigv4Claim& claim, const Secret* secret) {
  DerivationInput given;
  if (secret != nullptr) given.secret = std::make_shared<const Secret>(secret->Reveal());
  given.access_key_id = claim.access_key_id;
  given.date = claim.date;
  given.timestamp = claim.timestamp;
  given.region = claim.region;
  given.service = claim.service;
  return given;
}

class Verifier {
 public:
  Verifier(Backend& backend, const SignedRequest& signed_request, const Evidence& evidence)
      : backend_(backend), signed_request_(signed_request), evidence_(evidence) {}

  Result<VerifyReport> Run() {
    given_ = InputOf(signed_request_.claim, evidence_.secret);
    Result<Derivation> right = RightSignature(backend_, signed_request_, given_);
    if (!right) return right.error();
    right_ = std::move(*right);
    report_.claim = signed_request_.claim;
    report_.canonical_request = right_.request.CanonicalRequest();
    report_.string_to_sign = right_.request.StringToSign(backend_);
    report_.payload_hash = right_.request.payload_hash;
    // Where the request states no hash, the derivation has the body's.
    const std::string body_hash = StatedPayloadHash(signed_request_).empty()
                                      ? right_.request.payload_hash
                                      : HexSha256(backend_, signed_request_.request.body);
    report_.problems = CheckSignedRequest(signed_request_, body_hash);
    if (evidence_.secret != nullptr) {
      const Sigv4Claim& claim = signed_request_.claim;
      auto key = DeriveSigv4SigningKey(backend_, *evidence_.secret,
                                       {claim.date, claim.region, claim.service});
      if (!key) return key.error();
      report_.signature = Sigv4Signature(backend_, (*key)->signing_key(), report_.string_to_sign);
      CheckSignerTexts((*key)->signing_key());
    }
    CompareSignerTexts();
    Explain();
    ReadReply();
    CompareCanonical();
    CompareStringToSign();
    return std::move(report_);
  }

 private:
  std::optional<FoundDefects> Find(Kind kind, std::string_view value) {
    if (!hashes_.has_value()) hashes_ = HashPayload(backend_, signed_request_.request);
    const DefectInput input = {backend_, signed_request_, *hashes_, given_};
    const SearchResult result = FindDefects(input, right_, {{kind}, value});
    report_.tried = std::max(report_.tried, result.effort.tried);
    report_.pairs_were_tried = report_.pairs_were_tried && result.effort.pairs_were_tried;
    if (result.explanations.empty()) return std::nullopt;
    const Explanation& first = result.explanations.front();
    return FoundDefects{first, WithDefects(input, right_, first).request};
  }

  std::optional<std::string> SignerText(const std::optional<std::string>& text) const {
    if (!text) return std::nullopt;
    return WithoutFileEnds(*text);
  }

  /// Whether the signer's texts, as they are in their files or without what files add, lead to the
  /// request's signature.
  void CheckSignerTexts(const Digest& signing_key) {
    const auto gives = [&](const std::string& string_to_sign) {
      return Sigv4Signature(backend_, signing_key, string_to_sign) ==
             signed_request_.claim.signature;
    };
    if (const auto& text = evidence_.canonical_request) {
      const auto string_to_sign = [&](const std::string& canonical_request) {
        return right_.request.StringToSign(HexSha256(backend_, canonical_request));
      };
      report_.signer_text_gives_signature =
          gives(string_to_sign(*text)) || gives(string_to_sign(WithoutFileEnds(*text)));
    }
    if (const auto& text = evidence_.string_to_sign) {
      report_.signer_string_gives_signature = gives(*text) || gives(WithoutFileEnds(*text));
    }
  }

  void CompareSignerTexts() {
    if (const auto text = SignerText(evidence_.canonical_request)) {
      report_.signer_text_is_right = *text == report_.canonical_request;
    }
    if (const auto text = SignerText(evidence_.string_to_sign)) {
      report_.signer_string_is_right = *text == report_.string_to_sign;
    }
  }

  void Explain() {
    if (report_.signature_matches()) return;
    if (report_.has_signature()) {
      found_ = Find(Kind::kFinal, signed_request_.claim.signature);
      is_proved_ = found_.has_value();
    }
    const auto canonical_request = SignerText(evidence_.canonical_request);
    if (!found_ && canonical_request && *canonical_request != report_.canonical_request) {
      found_ = Find(Kind::kCanonicalRequest, *canonical_request);
    }
    const auto string_to_sign = SignerText(evidence_.string_to_sign);
    if (!found_ && string_to_sign && *string_to_sign != report_.string_to_sign) {
      found_ = Find(Kind::kStringToSign, *string_to_sign);
    }
    if (found_) report_.explanation = AsRemarks(found_->explanation);
    report_.signature_is_explained = is_proved_;
  }

  void ReadReply() {
    if (!evidence_.reply.has_value()) return;
    const std::string& provided = evidence_.reply->signature_provided;
    report_.has_reply = true;
    report_.reply_is_of_another_request =
        !provided.empty() && provided != signed_request_.claim.signature;
    if (report_.reply_is_of_another_request) return;
    reply_ = *evidence_.reply;
    const ServerReply& reply = reply_;
    report_.reply_code = reply.code;
    report_.server_remark = ExplainReply(reply);
    report_.reply_is_not_about_signature = IsNotAboutSignature(reply);
    report_.reply_is_unknown = report_.server_remark && report_.server_remark->id == "unknown";
    std::optional<FoundDefects> found;
    if (!reply.canonical_request.empty()) {
      if (reply.canonical_request != report_.canonical_request) {
        found = Find(Kind::kCanonicalRequest, reply.canonical_request);
      }
    } else if (!reply.string_to_sign.empty() && reply.string_to_sign != report_.string_to_sign) {
      found = Find(Kind::kStringToSign, reply.string_to_sign);
    }
    if (found) report_.server_explanation = AsRemarks(found->explanation);
    const auto same = [](const std::string& told, const std::string& here) {
      return told.empty() || told == here;
    };
    report_.service_agrees = !report_.server_remark &&
                             !(reply.canonical_request.empty() && reply.string_to_sign.empty()) &&
                             same(reply.canonical_request, report_.canonical_request) &&
                             same(reply.string_to_sign, report_.string_to_sign);
    report_.service_has_another_secret = report_.service_agrees && report_.signature_matches();
  }

  /// What should have been signed, and what was as far as that is known: from the defects that
  /// explain the signature, else what the signer says, else, beside a service's text, what the
  /// rules say.
  std::optional<Sides> SidesOf(const std::string& rules, const std::string& server,
                               const std::optional<std::string>& signer,
                               const std::string& found) const {
    Text expected = server.empty() ? Text{rules, Source::kRules} : Text{server, Source::kServer};
    if (is_proved_) return Sides{std::move(expected), {found, Source::kDefect}};
    if (signer.has_value()) return Sides{std::move(expected), {*signer, Source::kSigner}};
    if (found_.has_value()) return Sides{std::move(expected), {found, Source::kDefect}};
    if (!server.empty()) return Sides{std::move(expected), {rules, Source::kRules}};
    return std::nullopt;
  }

  void CompareCanonical() {
    const std::optional<Sides> sides =
        SidesOf(report_.canonical_request, reply_.canonical_request,
                SignerText(evidence_.canonical_request),
                found_.has_value() ? found_->request.CanonicalRequest() : std::string());
    if (!sides.has_value()) return;
    auto difference = CompareCanonicalRequests(sides->expected.value, sides->actual.value);
    if (!difference.has_value()) return;
    report_.canonical_request_finding = {std::move(*difference), sides->expected.source,
                                         sides->actual.source};
  }

  void CompareStringToSign() {
    const std::optional<Sides> sides =
        SidesOf(report_.string_to_sign, reply_.string_to_sign, SignerText(evidence_.string_to_sign),
                found_.has_value() ? found_->request.StringToSign(backend_) : std::string());
    if (!sides.has_value()) return;
    auto difference = CompareStringsToSign(sides->expected.value, sides->actual.value);
    if (!difference.has_value()) return;
    constexpr std::size_t kHashLine = 4;
    const bool is_consequence = report_.canonical_request_finding.has_value();
    if (difference->line == kHashLine && is_consequence) return;
    report_.string_to_sign_finding = {std::move(*difference), sides->expected.source,
                                      sides->actual.source};
  }

  Backend& backend_;
  const SignedRequest& signed_request_;
  const Evidence& evidence_;
  VerifyReport report_;
  DerivationInput given_;
  Derivation right_;
  /// Once they are needed: a valid request does without.
  std::optional<PayloadHashes> hashes_;
  /// Empty where there is none.
  ServerReply reply_;
  /// What the signer did, and whether the signature shows it.
  std::optional<FoundDefects> found_;
  bool is_proved_ = false;
};

}  // namespace

Result<VerifyReport> VerifyRequest(Backend& backend, const SignedRequest& signed_request,
                                   const Evidence& evidence) {
  return Verifier(backend, signed_request, evidence).Run();
}

}  // namespace sigvet
