#include "harness/subject/backend_subject.h"

#include <algorithm>
#include <initializer_list>
#include <new>
#include <utility>

#include "base/check.h"
#include "base/hex.h"
#include "harness/subject/evaluator.h"
#include "signing/ses_smtp_password.h"
#include "signing/sigv4_signing_key.h"

namespace sigvet {
namespace {

Answer EvaluateSha256(Backend& backend, const Case& c) {
  return Output(c, {ToHex(backend.Sha256(AsBytes(c.Text("message"))))});
}

Answer EvaluateHmac(Backend& backend, const Case& c) {
  return Output(c, {ToHex(backend.HmacSha256(AsBytes(c.Text("key")), AsBytes(c.Text("message"))))});
}

Answer EvaluateBase64Encode(Backend& backend, const Case& c) {
  return Output(c, {backend.Base64Encode(AsBytes(c.Text("bytes")))});
}

Answer EvaluateBase64Decode(Backend& backend, const Case& c) {
  const std::optional<Bytes> bytes = backend.Base64Decode(c.Text("text"));
  if (!bytes) return Refused("not base64");
  return Output(c, {std::string(AsText(*bytes))});
}

Answer EvaluateSesSmtpPasswordV2(Backend& backend, const Secret& secret, const Case& c) {
  const auto stages = DeriveSesSmtpPasswordV2(backend, secret);
  if (!stages) return Refused(stages.error().message);
  return Output(c, {ToHex(*stages->mac), std::string(AsText(stages->password.Reveal()))});
}

Answer EvaluateSesSmtpPassword(Backend& backend, const Case& c) {
  const Secret secret(c.Text("secret"));
  if (c.Integer("version") == 2) return EvaluateSesSmtpPasswordV2(backend, secret, c);
  const auto stages = DeriveSesSmtpPasswordV4(backend, secret, c.Text("region"));
  if (!stages) return Refused(stages.error().message);
  const SesSmtpPasswordV4::Keys& keys = *stages->keys;
  return Output(c, {ToHex(keys.date_key()), ToHex(keys.region_key()), ToHex(keys.service_key()),
                    ToHex(keys.terminal_key()), ToHex(keys.message_key()),
                    std::string(AsText(stages->password.Reveal()))});
}

Answer EvaluateSigv4SigningKey(Backend& backend, const Case& c) {
  const auto key = DeriveSigv4SigningKey(backend, Secret(c.Text("secret")),
                                         {c.Text("date"), c.Text("region"), c.Text("service")});
  if (!key) return Refused(key.error().message);
  return Output(c, {ToHex((*key)->date_key()), ToHex((*key)->region_key()),
                    ToHex((*key)->service_key()), ToHex((*key)->signing_key())});
}

constexpr Evaluator kEvaluators[] = {
    {"sha256", EvaluateSha256},
    {"hmac-sha256", EvaluateHmac},
    {"base64-encode", EvaluateBase64Encode},
    {"base64-decode", EvaluateBase64Decode},
    {"ses-smtp-password", EvaluateSesSmtpPassword},
    {"sigv4-signing-key", EvaluateSigv4SigningKey},
};

/// The evaluator of the operation of that name, or null.
const Evaluator* FindEvaluator(std::string_view operation) {
  for (const std::span<const Evaluator> evaluators :
       {std::span<const Evaluator>(kEvaluators), Sigv4Evaluators()}) {
    const auto found = std::ranges::find(evaluators, operation, &Evaluator::operation);
    if (found != evaluators.end()) return &*found;
  }
  return nullptr;
}

class BackendSubject : public Subject {
 public:
  explicit BackendSubject(std::unique_ptr<Backend> backend) : backend_(std::move(backend)) {}

  Answer Evaluate(const Case& c) override {
    const Evaluator* const evaluator = FindEvaluator(c.operation->name);
    if (evaluator == nullptr) {
      return {Answer::Kind::kUnsupported, {}, "backends have no such operation"};
    }
    try {
      return evaluator->evaluate(*backend_, c);
    } catch (const BackendError& error) {
      return {Answer::Kind::kError, {}, error.what()};
    } catch (const std::bad_alloc&) {
      return {Answer::Kind::kError, {}, "out of memory"};
    }
  }

 private:
  std::unique_ptr<Backend> backend_;
};

}  // namespace

Answer Refused(std::string why) { return {Answer::Kind::kRefused, {}, std::move(why)}; }

Answer Output(const Case& c, std::initializer_list<std::string> values) {
  Answer answer{Answer::Kind::kOutput, {}, {}};
  answer.stages.reserve(values.size());
  const auto* value = values.begin();
  for (const FieldSpec& stage : c.operation->stages) {
    if (!c.Uses(stage)) continue;
    Check(value != values.end(), "an operation has more stages than were computed");
    answer.stages.push_back({&stage, *value++});
  }
  Check(value == values.end(), "an operation has fewer stages than were computed");
  return answer;
}

std::unique_ptr<Subject> MakeBackendSubject(std::unique_ptr<Backend> backend) {
  return std::make_unique<BackendSubject>(std::move(backend));
}

}  // namespace sigvet
