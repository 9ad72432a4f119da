#include "harness/port/placeholder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace sigvet {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(Placeholder, IsAWordInBraces) {
  EXPECT_THAT(PlaceholdersIn("{a}-{b_2}{C}"), ElementsAre("a", "b_2", "C"));
  EXPECT_THAT(PlaceholdersIn("{{a}}"), ElementsAre("a"));
}

TEST(Placeholder, IsNoOtherBrace) {
  for (const std::string_view argument :
       {"", "{", "}", "{}", "{a", "a}", "{ a }", "${a}", "{a-b}", "{a:1}", "{\xc3\xa4}"}) {
    EXPECT_THAT(PlaceholdersIn(argument), IsEmpty()) << argument;
    EXPECT_EQ(FillPlaceholders(argument, [](std::string_view) { return "x"; }), argument);
  }
}

TEST(Placeholder, IsFilledOnce) {
  const auto value_of = [](std::string_view name) -> std::string_view {
    return name == "a" ? "{b}" : "";
  };
  EXPECT_EQ(FillPlaceholders("<{a}{a}|{b}>", value_of), "<{b}{b}|>");
}

}  // namespace
}  // namespace sigvet
