#include "harness/run/group_explanations.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace sigvet {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

void ChangeNothing(const DefectInput&, Derivation&) {}

std::span<const std::string_view> NoValues(const DefectInput&) { return {}; }

constexpr Defect kPath = {"path", DerivationPart::kPath, "the path", "mend the path",
                          ChangeNothing};
constexpr Defect kQuery = {"query", DerivationPart::kQuery, "the query", "mend the query",
                           ChangeNothing};
constexpr Defect kRegion = {.id = "region",
                            .part = DerivationPart::kRegion,
                            .sentence = "the region was {}",
                            .remedy = "mend the region",
                            .change = ChangeNothing,
                            .scan = NoValues};

Explanation Single(const Defect& defect, std::string value = {}) {
  return {{{&defect, std::move(value)}}};
}

const Explanation kBoth = {{{&kPath}, {&kQuery}}};

using Explanations = std::vector<std::vector<Explanation>>;

TEST(GroupExplanations, ThatWhichExplainsMostComesFirst) {
  const auto groups = GroupExplanations(Explanations{{Single(kQuery)},
                                                     {Single(kPath)},
                                                     {},
                                                     {kBoth},
                                                     {Single(kPath)},
                                                     {Single(kQuery)},
                                                     {Single(kPath)}});
  ASSERT_EQ(groups.size(), 3U);
  EXPECT_EQ(groups[0].explanation, Single(kPath));
  EXPECT_THAT(groups[0].members, ElementsAre(1, 4, 6));
  EXPECT_EQ(groups[1].explanation, Single(kQuery));
  EXPECT_THAT(groups[1].members, ElementsAre(0, 5));
  EXPECT_EQ(groups[2].explanation, kBoth);
  EXPECT_THAT(groups[2].members, ElementsAre(3));
  for (const ExplainedGroup& group : groups) EXPECT_THAT(group.alternatives, IsEmpty());
}

// Each member counts once, under what explains more than it.
TEST(GroupExplanations, AlternativesExplainAllMembers) {
  const auto groups = GroupExplanations(Explanations{
      {Single(kPath), Single(kQuery)}, {Single(kQuery)}, {Single(kPath), Single(kQuery)}});
  ASSERT_EQ(groups.size(), 1U);
  EXPECT_EQ(groups[0].explanation, Single(kQuery));
  EXPECT_THAT(groups[0].members, ElementsAre(0, 1, 2));
  EXPECT_THAT(groups[0].alternatives, IsEmpty());

  const auto as_many = GroupExplanations(
      Explanations{{Single(kPath), Single(kQuery)}, {Single(kPath), Single(kQuery)}});
  ASSERT_EQ(as_many.size(), 1U);
  EXPECT_EQ(as_many[0].explanation, Single(kPath));
  EXPECT_THAT(as_many[0].alternatives, ElementsAre(Single(kQuery)));
}

TEST(GroupExplanations, OneValueIsKeptWhereItExplainsAll) {
  const auto groups = GroupExplanations(
      Explanations{{Single(kRegion, "a")}, {Single(kRegion, "a")}, {Single(kPath)}});
  ASSERT_EQ(groups.size(), 2U);
  EXPECT_EQ(groups[0].explanation, Single(kRegion, "a"));
  EXPECT_THAT(groups[0].values, ElementsAre(ElementsAre("a")));
  EXPECT_THAT(groups[0].alternatives, IsEmpty());
  EXPECT_THAT(groups[1].values, ElementsAre(ElementsAre("")));
}

TEST(GroupExplanations, ValuesThatDifferAreOneDefect) {
  const auto groups = GroupExplanations(Explanations{{Single(kRegion, "a"), Single(kPath)},
                                                     {Single(kRegion, "b"), Single(kPath)},
                                                     {Single(kRegion, "a")}});
  ASSERT_EQ(groups.size(), 1U);
  EXPECT_THAT(groups[0].members, ElementsAre(0, 1, 2));
  EXPECT_THAT(groups[0].values, ElementsAre(ElementsAre("a", "b")));
  EXPECT_EQ(groups[0].explanation, Single(kRegion, "a"));
}

TEST(GroupExplanations, AlternativesMayHaveAnyValueToo) {
  const auto groups = GroupExplanations(
      Explanations{{Single(kPath), Single(kRegion, "a")}, {Single(kPath), Single(kRegion, "b")}});
  ASSERT_EQ(groups.size(), 1U);
  EXPECT_EQ(groups[0].explanation, Single(kPath));
  EXPECT_THAT(groups[0].alternatives, ElementsAre(Single(kRegion, "a")));
}

TEST(GroupExplanations, NothingIsNoGroup) {
  EXPECT_THAT(GroupExplanations({}), IsEmpty());
  EXPECT_THAT(GroupExplanations(Explanations(3)), IsEmpty());
}

}  // namespace
}  // namespace sigvet
