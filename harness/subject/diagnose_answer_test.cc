#include "harness/subject/diagnose_answer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/hex.h"
#include "harness/subject/test_cases.h"

namespace sigvet {
namespace {

using ::testing::Contains;
using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

using Ids = std::vector<std::string>;

std::vector<Ids> IdsOf(const AnswerDiagnosis& diagnosis) {
  std::vector<Ids> all;
  for (const Explanation& explanation : diagnosis.explanations) {
    Ids& ids = all.emplace_back();
    for (const AppliedDefect& applied : explanation.defects) ids.emplace_back(applied.defect->id);
  }
  return all;
}

/// A case, and answers to it.
class DiagnoseAnswerTest : public ::testing::Test {
 protected:
  void Use(std::string_view id) {
    case_ = &BuiltInCase(id);
    derivation_ = DeriveTestCase(*backend_, *case_);
    answer_.clear();
  }

  void Answer(std::string_view stage, std::string value) {
    answer_.push_back({&StageNamed(*case_, stage), std::move(value)});
  }

  std::string Expected(std::string_view stage) const { return ValueOf(case_->expected, stage); }

  AnswerDiagnosis Diagnose(DiagnosisDepth depth = DiagnosisDepth::kAll,
                           std::span<const Explanation> known = {}) const {
    return DiagnoseAnswer(*derivation_, answer_, known, depth);
  }

  /// The canonical request of sigv4/queries/names-unsorted with the query of the request.
  std::string UnsortedRequest() const {
    return ReplaceAll(Expected("canonical_request"), "a=1&b=2&c=3", "c=3&a=1&b=2");
  }

  const std::unique_ptr<Backend> backend_ = AnyTestBackend();
  const Case* case_ = nullptr;
  std::unique_ptr<CaseDerivation> derivation_;
  std::vector<StageValue> answer_;
};

TEST_F(DiagnoseAnswerTest, ExplainsThePasswordThoughAKeyIsWrongToo) {
  Use("ses/published/rust-sample");
  const std::string secret = case_->Text("secret");
  const std::vector<std::string> messages = {"11111111", case_->Text("region"), "ses",
                                             "aws4_request", "SendRawEmail"};
  Answer("date_key", ToHex(AsBytes(TestChain(*backend_, secret, {messages[0]}))));
  Answer("password", TestPassword(*backend_, '\x04', TestChain(*backend_, secret, messages)));
  const AnswerDiagnosis diagnosis = Diagnose();
  ASSERT_NE(diagnosis.stage, nullptr);
  EXPECT_EQ(diagnosis.stage->name, "password");
  EXPECT_EQ(diagnosis.product, Product::kPassword);
  EXPECT_THAT(IdsOf(diagnosis), Contains(ElementsAre("key-without-prefix")));
  EXPECT_THAT(IdsOf(diagnosis), Each(SizeIs(1)));
  EXPECT_GT(diagnosis.effort.tried, 0U);
}

TEST_F(DiagnoseAnswerTest, ExplainsAKeyWhereThePasswordCannotBe) {
  Use("ses/published/rust-sample");
  const std::string first_key = "AWS4" + case_->Text("secret") + "\n";
  Answer("date_key", ToHex(AsBytes(TestChain(*backend_, first_key, {"11111111"}))));
  Answer("password", "nonsense");
  const AnswerDiagnosis diagnosis = Diagnose();
  ASSERT_NE(diagnosis.stage, nullptr);
  EXPECT_EQ(diagnosis.stage->name, "date_key");
  EXPECT_THAT(IdsOf(diagnosis), Contains(ElementsAre("secret-newline")));
}

TEST_F(DiagnoseAnswerTest, ReadsTheSignatureOutOfTheHeader) {
  Use("sigv4/queries/names-unsorted");
  const std::string signature =
      TestSignature(*backend_, *case_, "AWS4" + case_->Text("secret"),
                    TestStringToSign(*backend_, *case_, UnsortedRequest()));
  Answer("authorization", ReplaceAll(Expected("authorization"), Expected("signature"), signature));
  const AnswerDiagnosis diagnosis = Diagnose();
  ASSERT_NE(diagnosis.stage, nullptr);
  EXPECT_EQ(diagnosis.stage->name, "authorization");
  EXPECT_THAT(IdsOf(diagnosis), Contains(ElementsAre("query-not-sorted")));
}

TEST_F(DiagnoseAnswerTest, ReadsTheSignatureOutOfTheUrl) {
  Use("sigv4/published/iam-list-users-presigned");
  const std::string signature =
      TestSignature(*backend_, *case_, case_->Text("secret"), Expected("string_to_sign"));
  Answer("url", ReplaceAll(Expected("url"), Expected("signature"), signature));
  EXPECT_THAT(IdsOf(Diagnose()), Contains(ElementsAre("key-without-prefix")));
}

TEST_F(DiagnoseAnswerTest, WhatIsOnlyWrittenWronglyHasNoDefect) {
  Use("sigv4/queries/names-unsorted");
  Answer("signature", Expected("signature"));
  Answer("added_headers", "x-amz-date:none");
  Answer("authorization", "AWS4-HMAC-SHA256 Signature=" + std::string(64, '0'));
  EXPECT_THAT(Diagnose().explanations, IsEmpty());
  EXPECT_EQ(Diagnose().effort.tried, 0U);
  answer_ = case_->expected;
  EXPECT_EQ(Diagnose().effort.tried, 0U);
}

TEST_F(DiagnoseAnswerTest, GoesOnFromTheFirstWrongStage) {
  Use("sigv4/queries/names-unsorted");
  Answer("canonical_request", UnsortedRequest());
  Answer("signature", TestSignature(*backend_, *case_, case_->Text("secret"),
                                    TestStringToSign(*backend_, *case_, UnsortedRequest())));
  const AnswerDiagnosis diagnosis = Diagnose();
  ASSERT_NE(diagnosis.stage, nullptr);
  EXPECT_EQ(diagnosis.stage->name, "signature");
  EXPECT_THAT(IdsOf(diagnosis), Contains(ElementsAre("query-not-sorted", "key-without-prefix")));
  EXPECT_THAT(IdsOf(diagnosis), Each(SizeIs(2)));

  answer_.back().value = std::string(64, '0');
  const AnswerDiagnosis partly = Diagnose();
  ASSERT_NE(partly.stage, nullptr);
  EXPECT_EQ(partly.stage->name, "canonical_request");
  EXPECT_THAT(IdsOf(partly), Contains(ElementsAre("query-not-sorted")));
}

TEST_F(DiagnoseAnswerTest, TriesWhatIsKnownOfOtherAnswers) {
  Use("sigv4/queries/names-unsorted");
  Answer("signature", TestSignature(*backend_, *case_, case_->Text("secret"),
                                    TestStringToSign(*backend_, *case_, UnsortedRequest())));
  EXPECT_THAT(Diagnose(DiagnosisDepth::kLikely).explanations, IsEmpty());
  const Explanation wrong = {{{FindDefect("query-left-out")}, {FindDefect("key-without-prefix")}}};
  const Explanation right = {
      {{FindDefect("query-not-sorted")}, {FindDefect("key-without-prefix")}}};
  const std::vector<Explanation> known = {wrong, right};
  const AnswerDiagnosis diagnosis = Diagnose(DiagnosisDepth::kKnown, known);
  EXPECT_THAT(IdsOf(diagnosis), ElementsAre(ElementsAre("query-not-sorted", "key-without-prefix")));
  EXPECT_EQ(diagnosis.effort.tried, 2U);
  EXPECT_THAT(Diagnose(DiagnosisDepth::kKnown).explanations, IsEmpty());

  // A query of one parameter is as good sorted as not.
  Use("sigv4/published/iam-list-users");
  Answer("signature",
         TestSignature(*backend_, *case_, case_->Text("secret"), Expected("string_to_sign")));
  EXPECT_THAT(IdsOf(Diagnose(DiagnosisDepth::kKnown, known)), ElementsAre(SizeIs(2)));
  const std::vector<Explanation> with_single = {right, {{{FindDefect("key-without-prefix")}}}};
  EXPECT_THAT(IdsOf(Diagnose(DiagnosisDepth::kKnown, with_single)),
              ElementsAre(ElementsAre("key-without-prefix")));
  EXPECT_THAT(IdsOf(Diagnose(DiagnosisDepth::kLikely)),
              Contains(ElementsAre("key-without-prefix")));
}

/// The signatures of the chunks of sigv4/streams/one-chunk, under a key that begins with
/// `first_key`.
std::string OneChunk(Backend& backend, const Case& c, const std::string& first_key,
                     const std::string& seed_signature) {
  const auto hash = [&](std::string_view text) { return ToHex(backend.Sha256(AsBytes(text))); };
  const auto sign = [&](const std::string& prior, std::string_view chunk) {
    return TestSignature(backend, c, first_key,
                         "AWS4-HMAC-SHA256-PAYLOAD\n" + c.Text("timestamp") + "\n" +
                             c.Text("timestamp").substr(0, 8) + "/" + c.Text("region") + "/" +
                             c.Text("service") + "/aws4_request\n" + prior + "\n" + hash("") +
                             "\n" + hash(chunk));
  };
  const std::string first = sign(seed_signature, c.Text("body"));
  return first + "\n" + sign(first, "");
}

TEST_F(DiagnoseAnswerTest, ExplainsChunksThroughTheirSeed) {
  Use("sigv4/streams/one-chunk");
  const std::string right_key = "AWS4" + case_->Text("secret");
  ASSERT_EQ(OneChunk(*backend_, *case_, right_key, Expected("seed_signature")),
            Expected("chunk_signatures"));
  const std::string seed =
      TestSignature(*backend_, *case_, case_->Text("secret"), Expected("string_to_sign"));
  Answer("chunk_signatures", OneChunk(*backend_, *case_, case_->Text("secret"), seed));
  const AnswerDiagnosis alone = Diagnose();
  EXPECT_THAT(IdsOf(alone), Contains(ElementsAre("key-without-prefix")));
  EXPECT_EQ(alone.product, Product::kChain);

  Answer("seed_signature", seed);
  std::ranges::reverse(answer_);
  const AnswerDiagnosis with_seed = Diagnose();
  ASSERT_NE(with_seed.stage, nullptr);
  EXPECT_EQ(with_seed.stage->name, "seed_signature");
  EXPECT_THAT(IdsOf(with_seed), Contains(ElementsAre("key-without-prefix")));
}

// The seed is right, so that only the chunks can have been signed by another key.
TEST_F(DiagnoseAnswerTest, ExplainsChunksAfterARightSeed) {
  Use("sigv4/streams/one-chunk");
  Answer("seed_signature", Expected("seed_signature"));
  Answer("chunk_signatures",
         OneChunk(*backend_, *case_, case_->Text("secret"), Expected("seed_signature")));
  const AnswerDiagnosis diagnosis = Diagnose();
  ASSERT_NE(diagnosis.stage, nullptr);
  EXPECT_EQ(diagnosis.stage->name, "chunk_signatures");
  EXPECT_THAT(IdsOf(diagnosis), Contains(ElementsAre("key-without-prefix")));
}

TEST(ComparedValue, IsTheSignature) {
  const Case& sign = BuiltInCase("sigv4/queries/names-unsorted");
  const FieldSpec& authorization = StageNamed(sign, "authorization");
  EXPECT_EQ(ComparedValue(authorization, "A Signature=ab, SignedHeaders=host"), "ab");
  EXPECT_EQ(ComparedValue(authorization, "A SignedHeaders=host,Signature=ab"), "ab");
  EXPECT_EQ(ComparedValue(authorization, "AWS a:b"), "AWS a:b");
  const FieldSpec& url = StageNamed(BuiltInCase("sigv4/published/iam-list-users-presigned"), "url");
  EXPECT_EQ(ComparedValue(url, "https://h/?X-Amz-Signature=a%2Bb%3D&X-Amz-Date=1"), "a+b=");
  EXPECT_EQ(ComparedValue(url, "https://h/?X-Amz-Signature=a%"), "a%");
  EXPECT_EQ(ComparedValue(StageNamed(sign, "signature"), "Signature=ab"), "Signature=ab");
}

// A step that a known defect leaves out has no value either.
TEST_F(DiagnoseAnswerTest, AnEmptyValueIsExplainedByNothing) {
  Use("ses/published/rust-sample");
  Answer("message_key", "");
  Answer("password", TestPassword(*backend_, '\x04', std::string(32, 'x')));
  const std::vector<Explanation> known = {{{{FindDefect("password-is-secret")}}}};
  EXPECT_THAT(IdsOf(Diagnose(DiagnosisDepth::kAll, known)), IsEmpty());
}

TEST_F(DiagnoseAnswerTest, WhatIsKnownOfOtherProductsIsNotTried) {
  Use("sigv4/signing-keys/aws-derive-2012");
  Answer("signing_key", std::string(64, '0'));
  std::vector<Explanation> known;
  for (const std::span<const Defect> family : AllDefects()) {
    for (const Defect& defect : family) {
      if (defect.scan == nullptr) known.push_back({{{&defect}}});
    }
  }
  EXPECT_THAT(IdsOf(Diagnose(DiagnosisDepth::kKnown, known)), IsEmpty());
}

TEST_F(DiagnoseAnswerTest, SaysWhereTheSignatureIsWrongForAnotherReasonToo) {
  Use("sigv4/queries/names-unsorted");
  Answer("canonical_request", UnsortedRequest());
  Answer("signature", std::string(64, '0'));
  AnswerDiagnosis diagnosis = Diagnose();
  EXPECT_EQ(diagnosis.stage->name, "canonical_request");
  EXPECT_TRUE(diagnosis.is_partial);
  Use("sigv4/queries/names-unsorted");
  Answer("canonical_request", UnsortedRequest());
  diagnosis = Diagnose();
  EXPECT_THAT(IdsOf(diagnosis), Contains(ElementsAre("query-not-sorted")));
  EXPECT_FALSE(diagnosis.is_partial);
}

}  // namespace
}  // namespace sigvet
