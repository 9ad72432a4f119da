#include "reports/defects_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "diagnosis/defect.h"
#include "reports/test_text.h"

namespace sigvet {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

constexpr ConsoleStyle kWide = {.width = 160};

Corpus CorpusOf(std::size_t count) {
  Corpus corpus;
  for (std::size_t i = 0; i < count; ++i) {
    corpus.cases.emplace_back().id = "s/case-" + std::to_string(i);
  }
  return corpus;
}

TEST(DefectsText, TheListHasEveryDefectOnce) {
  const std::string text = RenderDefectList({.width = 1000});
  std::size_t count = 0;
  for (const std::span<const Defect> family : AllDefects()) {
    for (const Defect& defect : family) {
      ++count;
      EXPECT_EQ(CountOf(text, "\n  " + std::string(defect.id) + " "), 1U) << defect.id;
      const std::string_view sentence = defect.sentence.substr(0, defect.sentence.find('{'));
      EXPECT_THAT(text, HasSubstr("  " + std::string(sentence)));
    }
  }
  ASSERT_GT(count, 0U);
  EXPECT_THAT(text, StartsWith(std::to_string(count) + " defects that a wrong value shows"));
  EXPECT_THAT(text, Not(HasSubstr("{}")));
  for (const UnseenDefect& defect : UnseenDefects()) {
    EXPECT_EQ(CountOf(text, "\n  " + std::string(defect.id) + " "), 1U) << defect.id;
    EXPECT_THAT(text, HasSubstr(std::string(defect.sentence) + ": " + std::string(defect.why)));
  }
}

TEST(DefectsText, PartsHaveHeadings) {
  const std::string text = RenderDefectList({});
  EXPECT_THAT(text, HasSubstr("\n\npath (signatures)\n  "));
  EXPECT_THAT(text, HasSubstr("\n\nsecret (all)\n  secret-"));
  EXPECT_LT(text.find("\nquery ("), text.find("\nsecret (")) << "in the order of the derivation";
  EXPECT_THAT(RenderDefectList({.color = true}), HasSubstr("\n\x1b[1mpath\x1b[0m (signatures)\n"));
  EXPECT_EQ(WithoutColor(RenderDefectList({.color = true})), text);
}

TEST(DefectsText, QuietIsIdsAlone) {
  const std::vector<std::string> ids = Lines(RenderDefectList({.quiet = true}));
  std::size_t count = UnseenDefects().size();
  for (const std::span<const Defect> family : AllDefects()) count += family.size();
  EXPECT_EQ(ids.size(), count);
  EXPECT_THAT(ids, ::testing::Contains("secret-newline"));
}

TEST(DefectsText, TheListFitsAnyWidth) {
  for (const std::size_t width : {40U, 60U, 80U, 120U}) {
    ExpectFits(RenderDefectList({.width = width}), width);
  }
  EXPECT_THAT(RenderDefectList({.width = 40}), HasSubstr("\n  secret-newline\n      the secret"));
}

TEST(DefectsText, TheKillMatrix) {
  KillMatrix matrix;
  matrix.rows = {{"secret-newline", "", 40, {1, 2, 3}},
                 {"secret-crlf", "", 40, {7}},
                 {"no-such-defect", "", 1, {0}}};
  matrix.sole_detectors = {7};
  matrix.redundant = {4, 5};
  matrix.without_defects = {6, 8, 9};
  EXPECT_EQ(RenderKillMatrix(matrix, CorpusOf(10), kWide),
            "every one of 3 defects is detected by a case\n"
            "\n"
            "defect          cases  detected by\n"
            "secret-newline   3/40  s/case-1, s/case-2\n"
            "secret-crlf      1/40  s/case-7\n"
            "no-such-defect    1/1  s/case-0\n"
            "(cases that detect it / cases that have its part)\n"
            "\n"
            "1 case detects a defect that no other does: s/case-7\n"
            "\n"
            "2 cases detect nothing that others don't: s/case-4, s/case-5\n"
            "\n"
            "3 cases have no part that a defect is in\n");
  EXPECT_EQ(RenderKillMatrix(matrix, CorpusOf(10), {.quiet = true}),
            "every one of 3 defects is detected by a case\n");
}

TEST(DefectsText, ALineForADefectWhereItsCasesFit) {
  KillMatrix matrix;
  matrix.rows = {{"secret-newline", "", 40, {1, 2}}};
  Corpus corpus = CorpusOf(3);
  corpus.cases[1].id = "ses/of-22-columns-here";
  EXPECT_THAT(RenderKillMatrix(matrix, corpus, {.width = 55}),
              HasSubstr("\nsecret-newline   2/40  ses/of-22-columns-here, s/case-2\n"));
  EXPECT_THAT(RenderKillMatrix(matrix, corpus, {.width = 54}),
              HasSubstr("\nsecret-newline   2/40  ses/of-22-columns-here\n"));
}

TEST(DefectsText, WhatNoCaseDetectsComesFirst) {
  KillMatrix matrix;
  matrix.rows = {
      {"secret-newline", "", 40, {}}, {"secret-crlf", "", 0, {}}, {"secret-blank", "", 40, {0}}};
  const std::string text = RenderKillMatrix(matrix, CorpusOf(1), kWide);
  EXPECT_THAT(text, StartsWith("1 of 2 defects is detected by no case\n"
                               "NOT DETECTED secret-newline: the secret had a newline"));
  EXPECT_THAT(text, HasSubstr(" (in none of 40 cases)\n\ndefect          cases  detected by\n"));
  EXPECT_THAT(text, HasSubstr("\nsecret-newline   0/40\n"));
  EXPECT_THAT(text, HasSubstr("\n\n1 defect is in a part that no case has: secret-crlf\n"));
  EXPECT_THAT(RenderKillMatrix(matrix, CorpusOf(1), {.color = true}),
              HasSubstr("\x1b[31mNOT DETECTED\x1b[0m secret-newline"));
  EXPECT_EQ(CountOf(RenderKillMatrix(matrix, CorpusOf(1), {.quiet = true}), "NOT DETECTED"), 1U);
  for (KillMatrix::Row& row : matrix.rows) row.applicable = 0;
  EXPECT_THAT(RenderKillMatrix(matrix, CorpusOf(1), kWide),
              HasSubstr("\n\n3 defects are in a part that no case has: secret-newline, "));
}

TEST(DefectsText, AnEmptyKillMatrix) {
  EXPECT_EQ(RenderKillMatrix({}, {}, {}), "every one of 0 defects is detected by a case\n");
}

TEST(DefectsText, TheKillMatrixFitsAnyWidthAndShowsAnyBytes) {
  Corpus corpus = CorpusOf(30);
  corpus.cases[0].id = "s/\xff\x1b[31m" + std::string(100, 'x');
  KillMatrix matrix;
  matrix.rows = {{"secret-newline", "", 40, {0, 1, 2}}, {"\xfe\n", "\x1b", 4, {}}};
  for (std::uint32_t i = 0; i < 30; ++i) matrix.redundant.push_back(i);
  matrix.sole_detectors = matrix.redundant;
  for (const std::size_t width : {30U, 60U, 80U}) {
    const std::string text = RenderKillMatrix(matrix, corpus, {.width = width});
    ExpectFits(text, width);
    ExpectNoRawControls(text);
  }
  EXPECT_THAT(RenderKillMatrix(matrix, corpus, {}), HasSubstr(" and 20 more\n"));
  const std::string colored = RenderKillMatrix(matrix, corpus, {.color = true});
  EXPECT_EQ(WithoutColor(colored), RenderKillMatrix(matrix, corpus, {}));
}

TEST(DefectsText, BlindSpotsOfAnotherSuite) {
  KillMatrix ours;
  ours.rows = {{"secret-newline", "", 40, {1, 2}},
               {"secret-crlf", "", 40, {1}},
               {"secret-blank", "", 40, {}},
               {"secret-in-quotes", "", 40, {3}}};
  KillMatrix theirs;
  theirs.rows = {{"secret-newline", "", 38, {}}, {"secret-crlf", "", 38, {5}}};
  const std::string text = RenderBlindSpots(ours, theirs, "aws-sig-v4", kWide);
  EXPECT_THAT(text, StartsWith("aws-sig-v4 detects 1 of 3 defects that this corpus detects\n"
                               "\n"
                               "what aws-sig-v4 does not detect\n"
                               "defect            here  aws-sig-v4\n"
                               "secret-newline    2/40        0/38  the secret had a newline"));
  EXPECT_THAT(text, HasSubstr("\nsecret-in-quotes  1/40         0/0  the secret had"));
  EXPECT_THAT(text, Not(HasSubstr("secret-crlf")));
  EXPECT_THAT(text, Not(HasSubstr("secret-blank")));
  EXPECT_EQ(RenderBlindSpots(ours, ours, "itself", {}),
            "itself detects 3 of 3 defects that this corpus detects\n");
  for (const std::size_t width : {40U, 80U}) {
    ExpectFits(RenderBlindSpots(ours, theirs, "\xff\n", {.width = width}), width);
  }
}

}  // namespace
}  // namespace sigvet
