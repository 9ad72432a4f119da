#include "cli/options.h"

#include <gtest/gtest.h>

namespace sigvet {
namespace {

TEST(ShellQuoted, QuotesOnlyWhatNeedsIt) {
  EXPECT_EQ(ShellQuoted("ses/regions/us-east-1"), "ses/regions/us-east-1");
  EXPECT_EQ(ShellQuoted("ses/*"), "'ses/*'");
  EXPECT_EQ(ShellQuoted("it's"), "'it'\\''s'");
  EXPECT_EQ(ShellQuoted(""), "''");
}

TEST(RepeatOptions, NamesTheOptionForEachValue) {
  EXPECT_EQ(RepeatOptions("--corpus", {}), "");
  EXPECT_EQ(RepeatOptions("--corpus", {"a.yaml", "b c"}), "--corpus a.yaml --corpus 'b c'");
}

}  // namespace
}  // namespace sigvet
