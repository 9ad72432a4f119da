#include "base/result.h"

#include <gtest/gtest.h>

#include <memory>

namespace sigvet {
namespace {

TEST(Result, HoldsAValue) {
  Result<int> result = 7;
  ASSERT_TRUE(result.ok());
  EXPECT_EQ(*result, 7);
}

TEST(Result, HoldsAnError) {
  const Result<int> result = Error{"no such region", {"a.yaml", 3, 9}, "did you mean this?"};
  ASSERT_FALSE(result.ok());
  EXPECT_EQ(result.error().message, "no such region");
}

TEST(Result, GivesAwayWhatCanOnlyBeMoved) {
  Result<std::unique_ptr<int>> result = std::make_unique<int>(5);
  const std::unique_ptr<int> value = std::move(result).value();
  EXPECT_EQ(*value, 5);
}

TEST(ResultDeathTest, TheValueOfAnErrorEndsTheProgram) {
  const Result<int> result = Error{"broken"};
  EXPECT_DEATH(static_cast<void>(result.value()), "internal error at .*result.h:.*holds an error");
}

TEST(Error, ShowsThePartsThatItHas) {
  EXPECT_EQ(ToString(Error{"broken"}), "broken");
  EXPECT_EQ(ToString(Error{"broken", {"a.yaml"}}), "a.yaml: broken");
  EXPECT_EQ(ToString(Error{"broken", {"a.yaml", 3}}), "a.yaml:3: broken");
  EXPECT_EQ(ToString(Error{"broken", {"a.yaml", 3, 9}, "mend it"}), "a.yaml:3:9: broken (mend it)");
}

}  // namespace
}  // namespace sigvet
