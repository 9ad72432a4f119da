#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <string>
#include <vector>

#include "diagnosis/other_macs.h"
#include "diagnosis/test_ladder.h"

namespace sigvet {
namespace {

const std::vector<std::span<const Defect>>& Families() {
  static const std::vector<std::span<const Defect>> families = {
      SecretDefects(), StepDefects(),    ScopeDefects(),
      MacDefects(),    VersionDefects(), EncodingDefects()};
  return families;
}

std::vector<LadderRow> AllRows() {
  std::vector<LadderRow> rows(SesRows().begin(), SesRows().end());
  rows.insert(rows.end(), ConstructedRows().begin(), ConstructedRows().end());
  return rows;
}

TEST(LadderDefectsTest, EachGivesWhatAnotherImplementationGives) {
  for (const LadderRow& row : ConstructedRows()) {
    if (NeedsOtherHash(row)) continue;
    SCOPED_TRACE(row.defects);
    const LadderCase c(row.given);
    EXPECT_NE(c.RightValue(), row.expected);
    EXPECT_EQ(c.ValueWith(row.defects), row.expected);
  }
}

TEST(LadderDefectsTest, EveryDefectHasARow) {
  std::set<std::string_view> with_row;
  for (const LadderRow& row : AllRows()) {
    for (const AppliedDefect& applied : ReadExplanation(row.defects).defects) {
      with_row.insert(applied.defect->id);
    }
  }
  for (const std::span<const Defect> family : Families()) {
    for (const Defect& defect : family) EXPECT_TRUE(with_row.contains(defect.id)) << defect.id;
  }
}

void ExpectToFind(const LadderRow& row) {
  if (NeedsOtherHash(row)) return;
  SCOPED_TRACE(row.defects);
  const LadderCase c(row.given);
  const SearchResult result = FindDefects(c.input(), c.right(), {{}, row.expected});
  EXPECT_THAT(result.explanations, ::testing::Contains(ReadExplanation(row.defects)));
}

TEST(LadderDefectsTest, PasswordsAreExplained) {
  for (const LadderRow& row : SesRows()) ExpectToFind(row);
}

TEST(LadderDefectsTest, KeysAndSignaturesAreExplained) {
  for (const LadderRow& row : ConstructedRows()) {
    if (row.label.starts_with("SIG-")) ExpectToFind(row);
  }
}

TEST(LadderDefectsTest, PairsAreExplained) {
  for (const LadderRow& row : ConstructedRows()) {
    if (row.defects.find(" + ") != std::string_view::npos) ExpectToFind(row);
  }
}

TEST(LadderDefectsTest, EveryDefectSaysWhatToDoAndWhereItWasSeen) {
  std::set<std::string_view> ids;
  for (const std::span<const Defect> family : Families()) {
    for (const Defect& defect : family) {
      SCOPED_TRACE(defect.id);
      EXPECT_TRUE(ids.insert(defect.id).second) << "twice";
      EXPECT_FALSE(defect.sentence.empty() || defect.remedy.empty() || defect.seen.empty());
      EXPECT_EQ(defect.scan != nullptr, defect.sentence.find("{}") != std::string_view::npos);
    }
  }
  for (const UnseenDefect& defect : UnseenDefects()) {
    SCOPED_TRACE(defect.id);
    EXPECT_TRUE(ids.insert(defect.id).second) << "twice";
    EXPECT_EQ(FindDefect(defect.id), nullptr);
    EXPECT_FALSE(defect.sentence.empty() || defect.why.empty() || defect.remedy.empty() ||
                 defect.seen.empty() || defect.products.empty());
  }
}

// Keys below 64 bytes are filled up with zeros (RFC 2104 section 2); base64 of 33 bytes has no
// padding (RFC 4648 section 4).
TEST(LadderDefectsTest, UnseenDefectsShowInNoOutput) {
  const std::string with_nul = std::string(kSlashSecret) + std::string(1, '\0');
  EXPECT_EQ(LadderCase({.version = 4, .secret = with_nul}).RightValue(),
            LadderCase(kPassword4).RightValue());
  const LadderCase c(kPassword4);
  EXPECT_EQ(c.ValueWith("padding-stripped"), c.RightValue());
}

TEST(LadderDefectsTest, WhatADerivationLacksChangesNothing) {
  const LadderCase v2(kPassword2);
  for (const std::string_view id :
       {"key-without-prefix", "prefix-twice", "version-2-steps", "scope-steps-left-out",
        "region-left-out", "service-empty", "key-without-end", "message-left-out", "key-hex",
        "hmac-swapped", "hmac-swapped-first", "macs-utf8", "version-2-for-4", "version-byte-2",
        "secret-is-password", "key-is-secret", "base64-for-hex", "secret-of-documentation"}) {
    EXPECT_EQ(v2.ValueWith(id), v2.RightValue()) << id;
  }
  const LadderCase key(kKey);
  for (const std::string_view id :
       {"key-from-timestamp", "scope-for-other-region=eu-west-1", "base64-url-safe",
        "password-is-secret", "prefix-in-version-2", "version-2-for-4", "secret-of-test-suite"}) {
    EXPECT_EQ(key.ValueWith(id), key.RightValue()) << id;
  }
}

// Without OpenSSL these mistakes can't be seen; with it they must.
TEST(LadderDefectsTest, OtherHashesAreAllThereOrNone) {
  const bool has_sha1 = !OtherHmac(OtherHash::kSha1, {}, {}).empty();
  for (const OtherHash hash : {OtherHash::kSha512, OtherHash::kMd5, OtherHash::kSha3}) {
    EXPECT_EQ(!OtherHmac(hash, {}, {}).empty(), has_sha1);
  }
}

}  // namespace
}  // namespace sigvet
