#include "harness/port/line_reader.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace sigvet {
namespace {

using Lines = std::vector<std::string>;

/// The lines that a reader finds in `pieces`.
Lines ReadAll(LineReader& reader, const std::vector<std::string>& pieces) {
  Lines lines;
  for (const std::string& piece : pieces) {
    reader.Feed(piece, [&](std::string_view line) {
      lines.emplace_back(line);
      return true;
    });
  }
  return lines;
}

TEST(LineReader, SplitsAtLineBreaks) {
  LineReader reader;
  EXPECT_EQ(ReadAll(reader, {"one\ntwo\r\n\nfour\n"}), (Lines{"one", "two", "", "four"}));
  EXPECT_EQ(reader.unfinished(), "");
}

TEST(LineReader, JoinsPieces) {
  LineReader reader;
  EXPECT_EQ(ReadAll(reader, {"o", "ne", "\ntw", "o\r", "\n", "thr"}), (Lines{"one", "two"}));
  EXPECT_EQ(reader.unfinished(), "thr");
  EXPECT_EQ(ReadAll(reader, {"ee\n"}), (Lines{"three"}));
}

TEST(LineReader, AnyCutGivesTheSameLines) {
  const std::string text("a\r\nbc\n\n\r\r\nd\0e\nf", 15);
  for (std::size_t cut = 0; cut <= text.size(); ++cut) {
    LineReader reader;
    EXPECT_EQ(ReadAll(reader, {text.substr(0, cut), text.substr(cut)}),
              (Lines{"a", "bc", "", "\r", std::string("d\0e", 3)}))
        << cut;
    EXPECT_EQ(reader.unfinished(), "f");
  }
}

TEST(LineReader, TheListenerMayHaveTheRestDropped) {
  LineReader reader;
  Lines lines;
  const auto take_one = [&](std::string_view line) {
    lines.emplace_back(line);
    return false;
  };
  EXPECT_TRUE(reader.Feed("one\ntwo\nthree", take_one));
  EXPECT_EQ(lines, Lines{"one"});
  EXPECT_EQ(reader.unfinished(), "");
}

TEST(LineReader, TakesTheLongestLine) {
  LineReader reader;
  const std::string longest(kMaxLineBytes, 'x');
  EXPECT_EQ(ReadAll(reader, {longest, "\r", "\n", longest + "\n"}), (Lines{longest, longest}));
}

TEST(LineReader, RefusesALongerLineAndAllThatFollows) {
  for (const std::string end : {"", "\n", "\r\n"}) {
    LineReader reader;
    Lines lines;
    const auto take = [&](std::string_view line) {
      lines.emplace_back(line);
      return true;
    };
    EXPECT_FALSE(reader.Feed("begin" + std::string(kMaxLineBytes - 4, 'x') + end, take));
    EXPECT_FALSE(reader.Feed("\nanother\n", take));
    EXPECT_EQ(lines, Lines{});
    EXPECT_TRUE(reader.unfinished().starts_with("beginxxx"));
    EXPECT_LT(reader.unfinished().size(), 10'000U);
  }
}

}  // namespace
}  // namespace sigvet
