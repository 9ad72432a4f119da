#include "harness/run/merge_findings.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace sigvet {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

using Finding = RunReport::Finding;
using Mistakes = std::vector<RunReport::Mistake>;

/// Mistakes of those ids, with values where one is "id=a,b".
Mistakes Made(const std::vector<std::string>& ids, std::vector<std::string> values = {}) {
  Mistakes mistakes;
  for (const std::string& id : ids) mistakes.push_back({id, "did " + id, "don't"});
  mistakes.front().values = std::move(values);
  return mistakes;
}

Finding Found(std::uint32_t subject, Mistakes mistakes, std::vector<std::uint32_t> results,
              std::vector<Mistakes> alternatives = {}) {
  return {.subject = subject,
          .operation = "sigv4-sign",
          .mistakes = std::move(mistakes),
          .alternatives = std::move(alternatives),
          .results = std::move(results)};
}

std::vector<std::string> IdsOf(const Mistakes& mistakes) {
  std::vector<std::string> ids;
  for (const RunReport::Mistake& mistake : mistakes) ids.push_back(mistake.id);
  return ids;
}

TEST(MergeFindings, TheSameMistakeOfASubjectIsOneFinding) {
  const std::vector<Finding> merged = MergeFindings(
      {Found(0, Made({"a"}), {7, 9}), Found(1, Made({"a"}), {8}), Found(0, Made({"a"}), {1, 3})});
  ASSERT_THAT(merged, SizeIs(2));
  EXPECT_EQ(merged[0].subject, 0U);
  EXPECT_THAT(merged[0].results, ElementsAre(1, 3, 7, 9));
  EXPECT_EQ(merged[1].subject, 1U);
  EXPECT_THAT(merged[1].results, ElementsAre(8));
}

TEST(MergeFindings, AnIdThatLooksLikeTwoIsOne) {
  const std::vector<Finding> merged =
      MergeFindings({Found(0, Made({"a", "b"}), {0}), Found(0, Made({"a;b"}), {1})});
  ASSERT_THAT(merged, SizeIs(2));
  EXPECT_THAT(IdsOf(merged[0].mistakes), ElementsAre("a;b"));
  EXPECT_THAT(IdsOf(merged[1].mistakes), ElementsAre("a", "b"));
}

TEST(MergeFindings, WhatExplainsMostComesFirst) {
  const std::vector<Finding> merged =
      MergeFindings({Found(0, Made({"a"}), {0}), Found(0, Made({"b"}), {1, 2, 3}),
                     Found(0, Made({"c"}), {4, 5}), Found(0, Made({"c"}), {6, 7})});
  ASSERT_THAT(merged, SizeIs(3));
  EXPECT_THAT(IdsOf(merged[0].mistakes), ElementsAre("c"));
  EXPECT_THAT(IdsOf(merged[1].mistakes), ElementsAre("b"));
  EXPECT_THAT(IdsOf(merged[2].mistakes), ElementsAre("a"));
}

TEST(MergeFindings, AnAlternativeThatAllShareIsTheirMistake) {
  // One shard could not tell a from b, the other found b alone, and more of it.
  const std::vector<Finding> merged =
      MergeFindings({Found(0, Made({"a"}), {0, 1}, {Made({"b"}), Made({"c"})}),
                     Found(0, Made({"b"}), {2, 3, 4}, {Made({"c"})})});
  ASSERT_THAT(merged, SizeIs(1));
  EXPECT_THAT(IdsOf(merged[0].mistakes), ElementsAre("b"));
  ASSERT_THAT(merged[0].alternatives, SizeIs(1));
  EXPECT_THAT(IdsOf(merged[0].alternatives[0]), ElementsAre("c"));
  EXPECT_THAT(merged[0].results, ElementsAre(0, 1, 2, 3, 4));
}

TEST(MergeFindings, OfAsManyTheFewestMistakesCount) {
  const std::vector<Finding> merged =
      MergeFindings({Found(0, Made({"a", "b"}), {0}, {Made({"c"})})});
  ASSERT_THAT(merged, SizeIs(1));
  EXPECT_THAT(IdsOf(merged[0].mistakes), ElementsAre("c"));
  ASSERT_THAT(merged[0].alternatives, SizeIs(1));
  EXPECT_THAT(IdsOf(merged[0].alternatives[0]), ElementsAre("a", "b"));
}

TEST(MergeFindings, WhatExplainsAnEarlyStageAloneStaysApart) {
  Finding early = Found(0, Made({"a"}), {0, 1, 2});
  early.only_stage = "canonical_request";
  const std::vector<Finding> merged = MergeFindings({early, Found(0, Made({"a"}), {3})});
  ASSERT_THAT(merged, SizeIs(2));
  EXPECT_EQ(merged[0].only_stage, "");
  EXPECT_EQ(merged[1].only_stage, "canonical_request");
}

TEST(MergeFindings, ValuesAreUnitedAndShowInTheSentence) {
  // Of the catalogue: the region that was used in place of the right one.
  const std::string id = "key-for-other-region";
  const std::vector<Finding> merged = MergeFindings(
      {Found(0, Made({id}, {"eu-west-1", "us-east-1"}), {0}),
       Found(0, Made({id}, {"ap-east-1", "us-east-1", "us-west-1", "us-west-2"}), {1})});
  ASSERT_THAT(merged, SizeIs(1));
  const RunReport::Mistake& mistake = merged[0].mistakes.front();
  EXPECT_THAT(mistake.values, ElementsAre("ap-east-1", "eu-west-1", "us-east-1", "us-west-1"));
  EXPECT_THAT(mistake.sentence, HasSubstr("ap-east-1, eu-west-1, us-east-1, ..."));
}

TEST(MergeFindings, NothingGivesNothing) { EXPECT_THAT(MergeFindings({}), IsEmpty()); }

}  // namespace
}  // namespace sigvet
