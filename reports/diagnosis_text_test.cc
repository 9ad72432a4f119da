#include "reports/diagnosis_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "reports/test_text.h"

namespace sigvet {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

constexpr ConsoleStyle kWide = {.width = 160};

void NoChange(const DefectInput&, Derivation&) {}

constexpr Defect kVersion = {.id = "version-two",
                             .part = DerivationPart::kVersion,
                             .sentence = "the version byte is 2",
                             .remedy = "put the byte 0x04 before the MAC",
                             .change = NoChange,
                             .seen = "example/project#12"};
constexpr Defect kAlphabet = {.id = "url-safe",
                              .part = DerivationPart::kEncoding,
                              .sentence = "the alphabet is that of URLs",
                              .remedy = "use that of RFC 4648 section 4",
                              .change = NoChange,
                              .seen = "constructed"};
constexpr Defect kNewline = {.id = "newline",
                             .part = DerivationPart::kSecret,
                             .sentence = "the secret had a newline at its end",
                             .remedy = "strip the secret",
                             .change = NoChange,
                             .blame = Blame::kSecret};
constexpr Defect kRegion = {.id = "other-region",
                            .part = DerivationPart::kRegion,
                            .sentence = "the region was {}",
                            .remedy = "give the region of the endpoint",
                            .change = NoChange,
                            .blame = Blame::kInput,
                            .line = "region_key = its line"};

Explanation Of(std::vector<AppliedDefect> defects) { return {std::move(defects)}; }

DiagnosisReport Explained(std::vector<Explanation> explanations) {
  return {.stage = "password",
          .product = Product::kPassword,
          .explanations = std::move(explanations),
          .effort = {1234, 56, true}};
}

std::string FirstLine(const DiagnosisReport& report) {
  const std::string text = RenderDiagnosis(report, {.width = 1000});
  return text.substr(0, text.find('\n'));
}

TEST(DiagnosisText, ARightValueAndWhatItDoesNotShow) {
  DiagnosisReport report = {.stage = "password", .is_right = true};
  EXPECT_THAT(RenderDiagnosis(report, kWide), StartsWith("the password is right\n"));
  EXPECT_EQ(RenderDiagnosis(report, {.quiet = true}), "the password is right\n");
  ASSERT_FALSE(UnseenDefects().empty());
  for (const Product product : {Product::kPassword, Product::kSignature}) {
    report.product = product;
    const std::string text = RenderDiagnosis(report, {.width = 1000});
    for (const UnseenDefect& defect : UnseenDefects()) {
      const bool is_of_it = std::ranges::count(defect.products, product) != 0;
      EXPECT_EQ(text.find("  - " + std::string(defect.sentence) + "\n") != text.npos, is_of_it)
          << defect.id;
    }
  }
}

TEST(DiagnosisText, StagesByTheirNames) {
  EXPECT_EQ(FirstLine({.stage = "canonical_request", .is_right = true}),
            "the canonical request is right");
  EXPECT_EQ(FirstLine({.stage = "chunk_signatures", .is_right = true}),
            "the chunk signatures are right");
}

TEST(DiagnosisText, OneMistake) {
  EXPECT_EQ(RenderDiagnosis(Explained({Of({{&kVersion}})}), kWide),
            "wrong password, and the mistake is known: the version byte is 2\n"
            "\n"
            "  defect    version-two\n"
            "  algorithm password = Base64(version byte + MAC)\n"
            "  do        put the byte 0x04 before the MAC\n"
            "  seen      example/project#12\n"
            "\n"
            "This is certain: with that mistake exactly this value comes out.\n");
  EXPECT_EQ(RenderDiagnosis(Explained({Of({{&kVersion}})}), {.quiet = true}),
            "wrong password, and the mistake is known: the version byte is 2\n");
}

TEST(DiagnosisText, WhatIsConstructedWasSeenNowhere) {
  const std::string text = RenderDiagnosis(Explained({Of({{&kAlphabet}})}), kWide);
  EXPECT_THAT(text, HasSubstr("  defect    url-safe\n"));
  EXPECT_THAT(text, Not(HasSubstr("seen")));
}

TEST(DiagnosisText, WrongInputsAreNoMistakeOfTheProgram) {
  EXPECT_EQ(FirstLine(Explained({Of({{&kNewline}})})),
            "wrong secret: the program is right; the secret had a newline at its end");
  const DiagnosisReport region = Explained({Of({{&kRegion, "eu-west-1"}})});
  EXPECT_EQ(FirstLine(region), "wrong input: the program is right; the region was eu-west-1");
  EXPECT_THAT(RenderDiagnosis(region, kWide), HasSubstr("  algorithm region_key = its line\n"));
  EXPECT_EQ(FirstLine(Explained({Of({{&kNewline}, {&kRegion, "x"}})})),
            "wrong inputs: the program is right; the secret had a newline at its end, and the "
            "region was x");
  EXPECT_THAT(FirstLine(Explained({Of({{&kNewline}}), Of({{&kVersion}})})),
              StartsWith("wrong password, and the mistake is known: the secret had"))
      << "it may be the program";
}

TEST(DiagnosisText, TwoMistakesTogether) {
  EXPECT_EQ(RenderDiagnosis(Explained({Of({{&kVersion}, {&kAlphabet}})}), kWide),
            "wrong password, and the reason is known, two mistakes together: the version byte is "
            "2, and the alphabet is that of URLs\n"
            "\n"
            "  mistake   the version byte is 2\n"
            "  defect    version-two\n"
            "  algorithm password = Base64(version byte + MAC)\n"
            "  do        put the byte 0x04 before the MAC\n"
            "  seen      example/project#12\n"
            "  mistake   the alphabet is that of URLs\n"
            "  defect    url-safe\n"
            "  algorithm password = Base64(version byte + MAC)\n"
            "  do        use that of RFC 4648 section 4\n"
            "\n"
            "Neither alone gives this value; with both exactly this value comes out.\n");
}

TEST(DiagnosisText, SeveralExplanations) {
  DiagnosisReport report = Explained({Of({{&kVersion}}), Of({{&kAlphabet}})});
  EXPECT_EQ(FirstLine(report),
            "wrong password, and the mistake is known: the version byte is 2; or: the alphabet is "
            "that of URLs");
  const std::string text = RenderDiagnosis(report, kWide);
  EXPECT_THAT(text, HasSubstr("\n\n  mistake   the version byte is 2\n"));
  EXPECT_THAT(text, HasSubstr("\n\nor\n  mistake   the alphabet is that of URLs\n"));
  EXPECT_THAT(text, HasSubstr("\n\nEach of these 2 gives exactly this value"));
  report.explanations.push_back(Of({{&kRegion, "x"}}));
  EXPECT_EQ(FirstLine(report),
            "wrong password, and the mistake is known: the version byte is 2; or one of 2 other "
            "mistakes, below");
  EXPECT_EQ(CountOf(RenderDiagnosis(report, kWide), "\nor\n"), 2U);
}

TEST(DiagnosisText, NotExplained) {
  DiagnosisReport report = Explained({});
  std::string text = RenderDiagnosis(report, {.width = 1000});
  EXPECT_THAT(text, StartsWith("not explained: none of 1234 derivations gives this password\n\n"
                               "Every mistake that is known here was tried, alone and in pairs."));
  EXPECT_THAT(text, Not(HasSubstr("form")));
  report.structure = {"43 characters, where a right one has 44", "\xff"};
  report.effort.pairs_were_tried = false;
  text = RenderDiagnosis(report, {.width = 1000});
  EXPECT_THAT(text, HasSubstr("\nwhat its form says\n"
                              "  - 43 characters, where a right one has 44\n"
                              "  - \\xff\n"));
  EXPECT_THAT(text, HasSubstr("alone; not in pairs, since"));
  EXPECT_EQ(RenderDiagnosis(report, {.quiet = true}),
            "not explained: none of 1234 derivations gives this password\n");
}

TEST(DiagnosisText, AnyWidthAnyBytesAndColors) {
  const DiagnosisReport report = Explained(
      {Of({{&kVersion}, {&kRegion, "\xff\x1b[31m\n" + std::string(100, 'x')}}), Of({{&kNewline}})});
  for (const std::size_t width : {30U, 60U, 80U, 200U}) {
    const std::string text = RenderDiagnosis(report, {.width = width});
    ExpectFits(text, width);
    ExpectNoRawControls(text);
  }
  for (const DiagnosisReport& one : {report, Explained({}), Explained({Of({{&kNewline}})})}) {
    for (const std::size_t width : {5U, 80U}) {
      const std::string plain = RenderDiagnosis(one, {.width = width});
      EXPECT_EQ(WithoutColor(RenderDiagnosis(one, {.color = true, .width = width})), plain);
      EXPECT_THAT(plain, Not(HasSubstr("\x1b")));
    }
  }
  EXPECT_THAT(RenderDiagnosis(report, {.color = true}),
              StartsWith("\x1b[31mwrong password\x1b[0m, and"));
  EXPECT_THAT(RenderDiagnosis({.stage = "password", .is_right = true}, {.color = true}),
              StartsWith("\x1b[32mthe password\x1b[0m is right\n"));
}

}  // namespace
}  // namespace sigvet
