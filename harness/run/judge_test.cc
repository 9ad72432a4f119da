#include "harness/run/judge.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace sigvet {
namespace {

const OperationSpec& SesSmtp() { return *FindOperation("ses-smtp-password"); }

const FieldSpec* StageNamed(std::string_view name) {
  for (const FieldSpec& stage : SesSmtp().stages) {
    if (stage.name == name) return &stage;
  }
  return nullptr;
}

/// A version 4 case that knows three of its six stages.
Case MakeCase() {
  Case c;
  c.operation = &SesSmtp();
  c.inputs = {std::int64_t{4}, std::string("secret"), std::string("us-east-1")};
  c.expected = {{StageNamed("date_key"), "d"},
                {StageNamed("region_key"), "r"},
                {StageNamed("password"), "p"}};
  return c;
}

Answer Output(std::vector<StageValue> stages) {
  return {Answer::Kind::kOutput, std::move(stages), {}};
}

TEST(Judge, PassesWhereEveryKnownStageIsEqual) {
  const Judgement judgement = Judge(MakeCase(), Output({{StageNamed("date_key"), "d"},
                                                        {StageNamed("region_key"), "r"},
                                                        {StageNamed("service_key"), "unknown"},
                                                        {StageNamed("password"), "p"}}));
  EXPECT_EQ(judgement.verdict, Verdict::kPass);
  EXPECT_FALSE(judgement.failure.has_value());
}

TEST(Judge, PassesAnAnswerWithoutInnerStages) {
  EXPECT_EQ(Judge(MakeCase(), Output({{StageNamed("password"), "p"}})).verdict, Verdict::kPass);
}

TEST(Judge, NamesTheFirstStageThatDiffers) {
  const Judgement judgement = Judge(MakeCase(), Output({{StageNamed("date_key"), "d"},
                                                        {StageNamed("region_key"), "x"},
                                                        {StageNamed("password"), "y"}}));
  ASSERT_EQ(judgement.verdict, Verdict::kFail);
  EXPECT_EQ(judgement.failure->reason, "wrong region_key");
  EXPECT_EQ(judgement.failure->stage, "region_key");
  EXPECT_EQ(judgement.failure->stage_number, 2U);
  EXPECT_EQ(judgement.failure->stage_count, 6U);
  EXPECT_EQ(judgement.failure->expected, "r");
  EXPECT_EQ(judgement.failure->actual, "x");
}

TEST(Judge, FailsAnAnswerWithoutTheLastStage) {
  const Judgement judgement = Judge(MakeCase(), Output({{StageNamed("date_key"), "d"}}));
  ASSERT_EQ(judgement.verdict, Verdict::kFail);
  EXPECT_EQ(judgement.failure->reason, "missing password");
  EXPECT_EQ(judgement.failure->stage_number, 6U);
}

TEST(Judge, ARefusalIsRightOnlyWhereItIsAllowed) {
  const Answer refused{Answer::Kind::kRefused, {}, "no such region"};
  Case c = MakeCase();
  const Judgement judgement = Judge(c, refused);
  EXPECT_EQ(judgement.verdict, Verdict::kFail);
  EXPECT_EQ(judgement.failure->reason, "refused what must be computed: no such region");
  c.requirement = Requirement::kEither;
  EXPECT_EQ(Judge(c, refused).verdict, Verdict::kPass);
  EXPECT_EQ(Judge(c, Output({{StageNamed("password"), "p"}})).verdict, Verdict::kPass);
  EXPECT_EQ(Judge(c, Output({{StageNamed("password"), "x"}})).verdict, Verdict::kFail);
  c.requirement = Requirement::kRefuse;
  c.expected.clear();
  EXPECT_EQ(Judge(c, refused).verdict, Verdict::kPass);
}

TEST(Judge, FailsWhatComputesWhatMustBeRefused) {
  Case c = MakeCase();
  c.requirement = Requirement::kRefuse;
  c.refusal = "the secret is empty";
  c.expected.clear();
  const Judgement judgement = Judge(c, Output({{StageNamed("password"), "p"}}));
  ASSERT_EQ(judgement.verdict, Verdict::kFail);
  EXPECT_EQ(judgement.failure->reason, "computed what must be refused: the secret is empty");
  EXPECT_EQ(judgement.failure->actual, "p");
}

TEST(Judge, ComparesAuthorizationsAndUrlsByTheirMeaning) {
  const OperationSpec& sign = *FindOperation("sigv4-sign");
  const FieldSpec* authorization = &sign.stages.back();
  Case c;
  c.operation = &sign;
  c.expected = {{authorization, "A Credential=c, SignedHeaders=h, Signature=0"}};
  EXPECT_EQ(
      Judge(c, Output({{authorization, "A Signature=0,Credential=c,SignedHeaders=h"}})).verdict,
      Verdict::kPass);
  const Judgement judgement =
      Judge(c, Output({{authorization, "A Signature=1,Credential=c,SignedHeaders=h"}}));
  ASSERT_EQ(judgement.verdict, Verdict::kFail);
  EXPECT_EQ(judgement.failure->reason, "wrong authorization: field Signature");
  EXPECT_EQ(judgement.failure->actual, "A Signature=1,Credential=c,SignedHeaders=h");
  EXPECT_EQ(judgement.failure->expected_part, "Signature=0");
  EXPECT_EQ(judgement.failure->actual_part, "Signature=1");
  EXPECT_EQ(judgement.failure->stage_number, 5U);
  EXPECT_EQ(judgement.failure->stage_count, 5U);
}

TEST(Judge, SaysWhoseSignatureAContestedCaseGot) {
  const OperationSpec& event = *FindOperation("sigv4-event");
  const FieldSpec* text = &event.stages.front();
  const FieldSpec* signature = &event.stages.back();
  Case c;
  c.operation = &event;
  c.expected = {{text, "t"}, {signature, "00"}};
  c.provenance = std::make_shared<const Provenance>(
      Provenance{.kind = Provenance::Kind::kContested,
                 .observed = {{"00", {"one 1.0"}}, {"01", {"two 2.0", "three 3.0"}}}});
  const auto reason_of = [&](std::vector<StageValue> stages) {
    const Judgement judgement = Judge(c, Output(std::move(stages)));
    return judgement.failure ? judgement.failure->reason : "";
  };
  EXPECT_EQ(reason_of({{text, "t"}, {signature, "00"}}), "");
  EXPECT_EQ(reason_of({{text, "t"}, {signature, "01"}}),
            "wrong signature; the signature is that of two 2.0, three 3.0");
  EXPECT_EQ(reason_of({{text, "x"}, {signature, "01"}}),
            "wrong string_to_sign; the signature is that of two 2.0, three 3.0");
  EXPECT_EQ(reason_of({{text, "x"}, {signature, "02"}}),
            "wrong string_to_sign; nobody was observed to give its signature");
  EXPECT_EQ(reason_of({{text, "t"}}), "missing signature");
}

TEST(Judge, TellsAnErrorFromWhatIsUnsupported) {
  const Judgement error = Judge(MakeCase(), {Answer::Kind::kError, {}, "out of memory"});
  EXPECT_EQ(error.verdict, Verdict::kError);
  EXPECT_EQ(error.failure->reason, "out of memory");
  const Judgement skip = Judge(MakeCase(), {Answer::Kind::kUnsupported, {}, "version 4"});
  EXPECT_EQ(skip.verdict, Verdict::kSkip);
  EXPECT_EQ(skip.failure->reason, "unsupported: version 4");
}

}  // namespace
}  // namespace sigvet
