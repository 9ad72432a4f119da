#include "harness/subject/defect_subject.h"

#include <gtest/gtest.h>

#include "harness/subject/test_cases.h"

namespace sigvet {
namespace {

Answer AnswerWith(std::string_view defect, std::string_view case_id, std::string value = {}) {
  return MakeDefectSubject(AnyTestBackend(), {FindDefect(defect), std::move(value)})
      ->Evaluate(BuiltInCase(case_id));
}

TEST(DefectSubject, MakesItsMistakeAndNoOther) {
  const Case& c = BuiltInCase("sigv4/queries/names-unsorted");
  const std::unique_ptr<Backend> backend = AnyTestBackend();
  const std::string canonical_request =
      ReplaceAll(ValueOf(c.expected, "canonical_request"), "a=1&b=2&c=3", "c=3&a=1&b=2");
  const std::string string_to_sign = TestStringToSign(*backend, c, canonical_request);
  const std::string signature =
      TestSignature(*backend, c, "AWS4" + c.Text("secret"), string_to_sign);

  const Answer answer = AnswerWith("query-not-sorted", c.id);
  ASSERT_EQ(answer.kind, Answer::Kind::kOutput);
  ASSERT_EQ(answer.stages.size(), 4U);
  EXPECT_EQ(ValueOf(answer.stages, "canonical_request"), canonical_request);
  EXPECT_EQ(ValueOf(answer.stages, "string_to_sign"), string_to_sign);
  EXPECT_EQ(ValueOf(answer.stages, "signature"), signature);
  EXPECT_EQ(ValueOf(answer.stages, "authorization"),
            ReplaceAll(ValueOf(c.expected, "authorization"), ValueOf(c.expected, "signature"),
                       signature));
}

// A chunk follows the wrong signature of its seed.
TEST(DefectSubject, GoesOnToTheChunks) {
  const Case& c = BuiltInCase("sigv4/streams/one-chunk");
  const std::unique_ptr<Backend> backend = AnyTestBackend();
  const Answer answer = AnswerWith("method-get", c.id);
  ASSERT_EQ(answer.kind, Answer::Kind::kOutput);
  const std::string seed = ValueOf(answer.stages, "seed_signature");
  EXPECT_NE(seed, ValueOf(c.expected, "seed_signature"));
  const auto sign = [&](const std::string& prior) {
    return TestSignature(*backend, c, "AWS4" + c.Text("secret"),
                         "AWS4-HMAC-SHA256-PAYLOAD\n" + c.Text("timestamp") + "\n" +
                             c.Text("timestamp").substr(0, 8) + "/" + c.Text("region") + "/" +
                             c.Text("service") + "/aws4_request\n" + prior + "\n" +
                             HexSha256(*backend, "") + "\n" + HexSha256(*backend, c.Text("body")));
  };
  EXPECT_EQ(ValueOf(answer.stages, "chunk_signatures").substr(0, 64), sign(seed));
}

TEST(DefectSubject, DoesNotDoWhatTheDefectIsNoPartOf) {
  EXPECT_EQ(AnswerWith("query-not-sorted", "ses/published/rust-sample").kind,
            Answer::Kind::kUnsupported);
  const Answer hash = AnswerWith("key-without-prefix", "primitives/sha256/empty");
  EXPECT_EQ(hash.kind, Answer::Kind::kUnsupported);
  EXPECT_EQ(hash.detail, "key-without-prefix is no defect of sha256");
}

TEST(DefectSubject, RefusesAsItShould) {
  for (const Case& c : TestBuiltInCorpus().cases) {
    if (c.requirement != Requirement::kRefuse || !IsDerivation(*c.operation)) continue;
    EXPECT_EQ(AnswerWith("key-without-prefix", c.id).kind, Answer::Kind::kRefused) << c.id;
  }
}

}  // namespace
}  // namespace sigvet
