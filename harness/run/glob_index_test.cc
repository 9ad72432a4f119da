#include "harness/run/glob_index.h"

#include <gtest/gtest.h>

#include <random>
#include <string>

#include "harness/run/glob.h"

namespace sigvet {
namespace {

using Numbers = std::vector<std::size_t>;

TEST(GlobIndex, FindsPatternsInTheirOrder) {
  GlobIndex index;
  constexpr std::string_view kPatterns[] = {
      "ses/regions/us-?ast-1", "**", "ses", "sigv4", "s*/x", "ses/regions/us-east-1", "ses/r*"};
  for (std::size_t i = 0; i < std::size(kPatterns); ++i) index.Add(kPatterns[i], i);
  Numbers numbers = {99};
  index.Find("ses/regions/us-east-1", numbers);
  EXPECT_EQ(numbers, (Numbers{0, 1, 2, 5, 6}));
  index.Find("ses/x", numbers);
  EXPECT_EQ(numbers, (Numbers{1, 2, 4}));
  index.Find("", numbers);
  EXPECT_EQ(numbers, Numbers{1});
}

TEST(GlobIndex, FindsWhatMatchesOneByOne) {
  std::mt19937 random(5);
  const auto any = [&](std::string_view alphabet) {
    std::string text;
    for (std::size_t i = random() % 6; i > 0; --i) text += alphabet[random() % alphabet.size()];
    return text;
  };
  std::size_t found = 0;
  for (int round = 0; round < 300; ++round) {
    std::vector<std::string> patterns;
    for (int i = 0; i < 10; ++i) patterns.push_back(any("ab/*?"));
    GlobIndex index;
    for (std::size_t i = 0; i < patterns.size(); ++i) index.Add(patterns[i], i);
    const std::string id = any("ab/");
    Numbers expected;
    for (std::size_t i = 0; i < patterns.size(); ++i) {
      if (GlobMatches(patterns[i], id)) expected.push_back(i);
    }
    Numbers numbers;
    index.Find(id, numbers);
    EXPECT_EQ(numbers, expected) << id;
    found += numbers.size();
  }
  EXPECT_GT(found, 100U);
}

}  // namespace
}  // namespace sigvet
