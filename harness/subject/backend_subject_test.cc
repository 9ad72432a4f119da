#include "harness/subject/backend_subject.h"

#include <gtest/gtest.h>

#include <string>

#include "backends/backend_registry.h"

namespace sigvet {
namespace {

Case MakeCase(std::string_view operation, std::vector<Value> inputs) {
  Case c;
  c.operation = FindOperation(operation);
  c.inputs = std::move(inputs);
  return c;
}

std::unique_ptr<Subject> AnyBackendSubject() {
  for (const BackendEntry& entry : AllBackends()) {
    if (BackendResult backend = MakeBackend(entry.id)) {
      return MakeBackendSubject(std::move(*backend));
    }
  }
  return nullptr;
}

/// A backend whose library is broken.
class BrokenBackend : public Backend {
 public:
  BackendInfo Info() const override { return {"broken 1.0", ""}; }
  Digest Sha256(ByteView) override { throw BackendError("SHA-256: provider gone"); }
  Digest HmacSha256(ByteView, ByteView) override { throw BackendError("HMAC: provider gone"); }
  std::optional<Bytes> Base64Decode(std::string_view) override { throw std::bad_alloc(); }

 private:
  void DoBase64Encode(ByteView, std::span<char>) override {
    throw BackendError("base64: provider gone");
  }
};

TEST(BackendSubject, AnswersEveryOperationThatHasInputs) {
  const std::unique_ptr<Subject> subject = AnyBackendSubject();
  ASSERT_NE(subject, nullptr);
  const auto last_stage = [&](std::string_view operation, std::vector<Value> inputs) {
    const Answer answer = subject->Evaluate(MakeCase(operation, std::move(inputs)));
    EXPECT_EQ(answer.kind, Answer::Kind::kOutput) << answer.detail;
    return answer.stages.empty() ? "" : answer.stages.back().value;
  };
  // FIPS 180-4, RFC 4231 case 2, RFC 4648; a public Rust sample; AWS General Reference.
  EXPECT_EQ(last_stage("sha256", {"abc"}),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(last_stage("hmac-sha256", {"Jefe", "what do ya want for nothing?"}),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
  EXPECT_EQ(last_stage("base64-encode", {"foob"}), "Zm9vYg==");
  EXPECT_EQ(last_stage("base64-decode", {"Zm9vYg=="}), "foob");
  EXPECT_EQ(last_stage("ses-smtp-password",
                       {std::int64_t{4}, "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", "us-east-1"}),
            "BLBM/9hSUELfq8Gw+rU1YcBjkOxGbhT2XG763xVLGWL9");
  EXPECT_EQ(last_stage("ses-smtp-password", {std::int64_t{2}, "some+secret+key", std::monostate{}}),
            "AnkqhOiWEcszZZzTMCQbOY1sPGoLFgMH9zhp4eNgSjo4");
  EXPECT_EQ(last_stage("sigv4-signing-key", {"wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", "20120215",
                                             "us-east-1", "iam"}),
            "f4780e2d9f65fa895f9c67b32ce1baf0b0d8a43505a000a1a9e090d414db404d");
}

TEST(BackendSubject, GivesEveryStageInOrder) {
  const Answer answer = AnyBackendSubject()->Evaluate(
      MakeCase("ses-smtp-password", {std::int64_t{4}, "secret", "us-east-1"}));
  std::string names;
  for (const StageValue& stage : answer.stages) names += std::string(stage.stage->name) + " ";
  EXPECT_EQ(names, "date_key region_key service_key terminal_key message_key password ");
}

TEST(BackendSubject, RefusesWhatTheDerivationRefuses) {
  const std::unique_ptr<Subject> subject = AnyBackendSubject();
  const Answer empty =
      subject->Evaluate(MakeCase("ses-smtp-password", {std::int64_t{4}, "", "us-east-1"}));
  EXPECT_EQ(empty.kind, Answer::Kind::kRefused);
  EXPECT_EQ(empty.detail, "the secret is empty");
  EXPECT_EQ(subject->Evaluate(MakeCase("base64-decode", {"Zm9v\n"})).kind, Answer::Kind::kRefused);
}

TEST(BackendSubject, ABrokenLibraryIsAnAnswerToo) {
  const auto subject = MakeBackendSubject(std::make_unique<BrokenBackend>());
  const Answer hash = subject->Evaluate(MakeCase("sha256", {"abc"}));
  EXPECT_EQ(hash.kind, Answer::Kind::kError);
  EXPECT_EQ(hash.detail, "SHA-256: provider gone");
  EXPECT_EQ(subject->Evaluate(MakeCase("base64-decode", {"Zm9v"})).detail, "out of memory");
}

/// A value of the type of `input`, whatever it may be.
Value AnyValue(const FieldSpec& input) {
  switch (input.type) {
    case ValueType::kInteger:
      return std::int64_t{4};
    case ValueType::kBoolean:
      return false;
    case ValueType::kHeaders:
      return std::vector<HttpHeader>();
    default:
      return "x";
  }
}

TEST(BackendSubject, EveryOperationIsKnown) {
  const auto subject = MakeBackendSubject(std::make_unique<BrokenBackend>());
  for (const OperationSpec& operation : AllOperations()) {
    std::vector<Value> inputs;
    for (const FieldSpec& input : operation.inputs) inputs.push_back(AnyValue(input));
    EXPECT_NE(subject->Evaluate(MakeCase(operation.name, std::move(inputs))).kind,
              Answer::Kind::kUnsupported)
        << operation.name;
  }
}

}  // namespace
}  // namespace sigvet
