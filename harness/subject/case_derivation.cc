#include "harness/subject/case_derivation.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "diagnosis/right_derivation.h"
#include "diagnosis/stage_lines.h"
#include "harness/subject/signed_case.h"
#include "signing/ses_smtp_password.h"
#include "signing/sigv4_signing_key.h"
#include "signing/sigv4_timestamp.h"

namespace sigvet {
namespace {

/// What a CaseDerivation is made of.
struct Parts {
  SignedRequest signed_request = {};
  DerivationInput given = {};
  Derivation right = {};
  std::unique_ptr<const Derivation> chunks = nullptr;
  std::string carrier = {};
  std::string signature = {};
};

std::shared_ptr<const Secret> SecretOf(const Case& c) {
  return std::make_shared<const Secret>(std::string_view(c.Text("secret")));
}

Result<Parts> ReadPassword(Backend& backend, const Case& c) {
  Parts parts;
  parts.given.secret = SecretOf(c);
  parts.given.version = c.Integer("version");
  // Those that every password of version 4 has.
  parts.given.date = "11111111";
  parts.given.service = "ses";
  if (parts.given.version == 2) {
    const auto stages = DeriveSesSmtpPasswordV2(backend, *parts.given.secret);
    if (!stages) return stages.error();
  } else {
    parts.given.region = c.Text("region");
    const auto stages = DeriveSesSmtpPasswordV4(backend, *parts.given.secret, parts.given.region);
    if (!stages) return stages.error();
  }
  parts.right = RightPassword(parts.given);
  return parts;
}

Result<Parts> ReadSigningKey(Backend& backend, const Case& c) {
  Parts parts;
  DerivationInput& given = parts.given;
  given.secret = SecretOf(c);
  given.date = c.Text("date");
  given.region = c.Text("region");
  given.service = c.Text("service");
  const auto key =
      DeriveSigv4SigningKey(backend, *given.secret, {given.date, given.region, given.service});
  if (!key) return key.error();
  parts.right = RightSigningKey(given);
  return parts;
}

/// Of a case that has a timestamp, which a signer took for one.
DerivationInput GivenOf(const Case& c) {
  DerivationInput given;
  given.secret = SecretOf(c);
  given.timestamp = c.Text("timestamp");
  given.date = DateOfSigv4Timestamp(given.timestamp);
  given.region = c.Text("region");
  given.service = c.Text("service");
  return given;
}

/// Fills in what the signature of a request claims, and the right derivation, from what a signer
/// gave.
std::optional<Error> ReadSignature(Backend& backend, const Case& c,
                                   const std::string& canonical_request, Parts& parts) {
  parts.given = GivenOf(c);
  parts.given.access_key_id = c.Text("access_key_id");
  parts.signed_request.path = PathOptionsOf(c);
  parts.signed_request.session_token_is_signed = c.Boolean("sign_session_token");

  // Its last two lines: the signed headers and the payload hash.
  const Lines lines = Split(canonical_request, '\n');
  Sigv4Claim& claim = parts.signed_request.claim;
  claim.access_key_id = parts.given.access_key_id;
  claim.date = parts.given.date;
  claim.region = parts.given.region;
  claim.service = parts.given.service;
  for (const std::string_view name : Split(lines[lines.size() - 2], ';')) {
    claim.signed_headers.emplace_back(name);
  }
  claim.signature = parts.signature;
  claim.timestamp = parts.given.timestamp;

  Result<Derivation> right = RightSignature(backend, parts.signed_request, parts.given);
  if (!right) return right.error();
  parts.right = *std::move(right);
  // A case can ask for another one than the request says.
  parts.right.request.payload_hash = lines.back();
  return std::nullopt;
}

/// Of a request that is signed by its headers.
Result<Parts> ReadHeaderForm(Backend& backend, const Case& c, const Sigv4SignedRequest& signer) {
  Parts parts;
  HttpRequest& request = parts.signed_request.request;
  request = RequestOf(c);
  request.headers.insert(request.headers.end(), signer.added_headers.begin(),
                         signer.added_headers.end());
  request.headers.push_back({"Authorization", signer.authorization});
  parts.carrier = signer.authorization;
  parts.signature = signer.signature;
  if (auto error = ReadSignature(backend, c, signer.canonical_request, parts)) return *error;
  return parts;
}

Result<Parts> ReadSign(Backend& backend, const Case& c) {
  const auto signer = SignCase(backend, c);
  if (!signer) return signer.error();
  return ReadHeaderForm(backend, c, *signer);
}

/// The query of `url` in the order in which a signer comes to have it: the case's own, then what
/// was added to it. The URL itself has it sorted, which would hide who does not sort.
std::string UnsortedQuery(const std::string& own_query, std::string_view url) {
  constexpr std::array<std::string_view, 7> kAdded = {
      "X-Amz-Algorithm", "X-Amz-Credential",    "X-Amz-Date",           "X-Amz-Expires",
      "X-Amz-Signature", "X-Amz-SignedHeaders", "X-Amz-Security-Token",
  };
  std::string query = own_query;
  for (const std::string_view parameter : Split(url.substr(url.find('?') + 1), '&')) {
    const std::string_view name = parameter.substr(0, parameter.find('='));
    if (std::ranges::find(kAdded, name) == kAdded.end()) continue;
    query.append(query.empty() ? "" : "&").append(parameter);
  }
  return query;
}

Result<Parts> ReadPresign(Backend& backend, const Case& c) {
  const auto presigned = PresignCase(backend, c);
  if (!presigned) return presigned.error();
  Parts parts;
  parts.signed_request.request = RequestOf(c);
  parts.signed_request.request.query = UnsortedQuery(c.Text("query"), presigned->url);
  parts.signed_request.claim.form = Sigv4Claim::Form::kQuery;
  parts.signed_request.claim.expires = std::to_string(c.Integer("expires_s"));
  parts.carrier = presigned->url;
  parts.signature = presigned->signature;
  if (auto error = ReadSignature(backend, c, presigned->canonical_request, parts)) return *error;
  return parts;
}

Result<Parts> ReadChunked(Backend& backend, const Case& c) {
  if (HasTooManyChunks(c)) return Error{"too many chunks"};
  const auto chunked = SignCaseInChunks(backend, c);
  if (!chunked) return chunked.error();
  Result<Parts> parts = ReadHeaderForm(backend, c, chunked->seed);
  if (!parts) return parts;
  parts->given.trailers = c.Headers("trailers");
  std::vector<Sigv4ChainedSignature> signatures = chunked->chunks;
  const std::optional<Sigv4ChainedSignature>& trailer = chunked->trailer;
  if (trailer) signatures.push_back(*trailer);
  parts->chunks = std::make_unique<const Derivation>(RightChain(parts->given, signatures));
  return parts;
}

Result<Parts> ReadTrailer(Backend& backend, const Case& c) {
  const auto link = SignTrailerCase(backend, c);
  if (!link) return link.error();
  Parts parts;
  parts.given = GivenOf(c);
  parts.given.trailers = c.Headers("trailers");
  parts.right = RightChain(parts.given, {&*link, 1});
  return parts;
}

Result<Parts> ReadEvent(Backend& backend, const Case& c) {
  const auto link = SignEventCase(backend, c);
  if (!link) return link.error();
  Parts parts;
  parts.given = GivenOf(c);
  parts.given.payload = c.Text("payload");
  parts.right = RightChain(parts.given, {&*link, 1});
  return parts;
}

Result<Parts> ReadPolicy(Backend& backend, const Case& c) {
  const auto policy = SignPolicyCase(backend, c);
  if (!policy) return policy.error();
  Parts parts;
  parts.given = GivenOf(c);
  parts.given.access_key_id = c.Text("access_key_id");
  parts.given.payload = c.Text("policy");
  parts.right = RightPolicy(backend, parts.given);
  return parts;
}

struct Reader {
  std::string_view operation;
  Result<Parts> (*read)(Backend& backend, const Case& c);
};

constexpr Reader kReaders[] = {
    {"ses-smtp-password", ReadPassword},
    {"sigv4-signing-key", ReadSigningKey},
    {"sigv4-sign", ReadSign},
    {"sigv4-presign", ReadPresign},
    {"sigv4-chunked", ReadChunked},
    {"sigv4-trailer", ReadTrailer},
    {"sigv4-event", ReadEvent},
    {"sigv4-post-policy", ReadPolicy},
};

const Reader* FindReader(const OperationSpec& operation) {
  const auto* const found = std::ranges::find(kReaders, operation.name, &Reader::operation);
  return found == std::end(kReaders) ? nullptr : found;
}

struct NamedStage {
  std::string_view name;
  Stage stage;
};

/// A signature stands in several of them. The keys are those of a password or a signing key.
constexpr NamedStage kStages[] = {
    {"date_key", {Stage::Kind::kKey, 0}},
    {"region_key", {Stage::Kind::kKey, 1}},
    {"service_key", {Stage::Kind::kKey, 2}},
    {"terminal_key", {Stage::Kind::kKey, 3}},
    {"message_key", {Stage::Kind::kKey, 4}},
    {"mac", {Stage::Kind::kKey, 0}},
    {"password", {Stage::Kind::kFinal}},
    {"signing_key", {Stage::Kind::kFinal}},
    {"canonical_request", {Stage::Kind::kCanonicalRequest}},
    {"string_to_sign", {Stage::Kind::kStringToSign}},
    {"signature", {Stage::Kind::kFinal}},
    {"seed_signature", {Stage::Kind::kFinal}},
    {"authorization", {Stage::Kind::kFinal}},
    {"url", {Stage::Kind::kFinal}},
    {"chunk_signatures", {Stage::Kind::kFinal}},
};

constexpr std::string_view kChunkSignatures = "chunk_signatures";

bool AreSame(const Derivation& a, const Derivation& b) {
  return a.ladder == b.ladder && a.form == b.form && a.request == b.request && a.chain == b.chain &&
         a.policy == b.policy;
}

bool HasCarrier(const FieldSpec& stage) {
  return stage.type == ValueType::kAuthorization || stage.type == ValueType::kUrl;
}

}  // namespace

bool IsDerivation(const OperationSpec& operation) { return FindReader(operation) != nullptr; }

Result<std::unique_ptr<CaseDerivation>> CaseDerivation::Create(Backend& backend, const Case& c) {
  const Reader* const reader = FindReader(*c.operation);
  if (reader == nullptr) {
    return Error{std::string(c.operation->name) + " is no derivation",
                 {},
                 "defects are known of passwords, signing keys and signatures"};
  }
  if (c.requirement == Requirement::kRefuse) return Error{"must be refused: " + c.refusal};
  Result<Parts> parts = reader->read(backend, c);
  if (!parts) return parts.error();
  std::unique_ptr<CaseDerivation> derivation(new CaseDerivation(c));
  derivation->signed_request_ = std::move(parts->signed_request);
  derivation->payload_hashes_ = HashPayload(backend, derivation->signed_request_.request);
  derivation->given_ = std::move(parts->given);
  derivation->right_ = std::move(parts->right);
  derivation->chunks_ = std::move(parts->chunks);
  derivation->carrier_ = std::move(parts->carrier);
  derivation->signature_ = std::move(parts->signature);
  derivation->input_ = std::make_unique<const DefectInput>(DefectInput{
      backend, derivation->signed_request_, derivation->payload_hashes_, derivation->given_});
  return derivation;
}

std::optional<CaseDerivation::Located> CaseDerivation::Find(const FieldSpec& stage) const {
  const auto* const found = std::ranges::find(kStages, stage.name, &NamedStage::name);
  if (found == std::end(kStages)) return std::nullopt;
  return Located{stage.name == kChunkSignatures ? chunks() : &right_, found->stage};
}

bool CaseDerivation::Has(DerivationPart part) const {
  return HasPart(right_.product, part) || (chunks_ && HasPart(chunks_->product, part));
}

Derivation CaseDerivation::Apply(const Explanation& explanation,
                                 const Derivation& derivation) const {
  Explanation of_product;
  for (const AppliedDefect& applied : explanation.defects) {
    if (HasPart(derivation.product, applied.defect->part)) of_product.defects.push_back(applied);
  }
  return WithDefects(input(), derivation, of_product);
}

bool CaseDerivation::IsChangedBy(const AppliedDefect& defect) const {
  const Explanation explanation = {{defect}};
  return !AreSame(Apply(explanation, right_), right_) ||
         (chunks_ && !AreSame(Apply(explanation, *chunks_), *chunks_));
}

std::vector<StageValue> CaseDerivation::StagesWith(const Explanation& explanation) const {
  Backend& backend = input_->backend;
  const Derivation wrong = Apply(explanation, right_);
  std::string final_value = ValueAt(backend, wrong, {});
  std::vector<StageValue> stages;
  for (const FieldSpec& stage : case_->operation->stages) {
    const std::optional<Located> located = Find(stage);
    if (!case_->Uses(stage) || !located) continue;
    if (located->derivation != &right_) {
      Derivation chunks = *chunks_;
      chunks.chain.prior_signature = final_value;
      stages.push_back({&stage, ValueAt(backend, Apply(explanation, chunks), located->stage)});
    } else if (HasCarrier(stage)) {
      std::string carrier = carrier_;
      // At its end, where a session token may follow.
      const std::size_t at = carrier.rfind(signature_);
      if (at != carrier.npos) carrier.replace(at, signature_.size(), final_value);
      stages.push_back({&stage, std::move(carrier)});
    } else if (located->stage == Stage{}) {
      stages.push_back({&stage, final_value});
    } else {
      stages.push_back({&stage, ValueAt(backend, wrong, located->stage)});
    }
  }
  return stages;
}

}  // namespace sigvet
