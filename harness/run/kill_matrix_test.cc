#include "harness/run/kill_matrix.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <numeric>

#include "diagnosis/defect.h"
#include "harness/corpus/aws_sig_v4_suite.h"
#include "harness/corpus/load_corpus.h"
#include "harness/subject/test_cases.h"

namespace sigvet {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

const KillMatrix::Row& RowOf(const KillMatrix& matrix, std::string_view defect) {
  const auto found = std::ranges::find(matrix.rows, defect, &KillMatrix::Row::defect);
  EXPECT_NE(found, matrix.rows.end()) << defect;
  return *found;
}

std::uint32_t IndexOf(std::string_view id) {
  return static_cast<std::uint32_t>(&BuiltInCase(id) - TestBuiltInCorpus().cases.data());
}

std::vector<std::uint32_t> AllCases(const Corpus& corpus) {
  std::vector<std::uint32_t> cases(corpus.cases.size());
  std::iota(cases.begin(), cases.end(), 0U);
  return cases;
}

const KillMatrix& BuiltInMatrix() {
  static const KillMatrix matrix =
      MakeKillMatrix(TestBuiltInCorpus(), AllCases(TestBuiltInCorpus()), 2);
  return matrix;
}

TEST(KillMatrix, SaysWhichCaseDetectsWhat) {
  const std::uint32_t password = IndexOf("ses/published/rust-sample");
  const std::uint32_t unsorted = IndexOf("sigv4/queries/names-unsorted");
  const std::uint32_t sorted = IndexOf("sigv4/published/iam-list-users");
  const std::uint32_t hash = IndexOf("primitives/sha256/abc");
  const KillMatrix matrix =
      MakeKillMatrix(TestBuiltInCorpus(), {unsorted, password, sorted, hash}, 3);
  std::size_t defects = 0;
  for (const std::span<const Defect> family : AllDefects()) defects += family.size();
  EXPECT_EQ(matrix.rows.size(), defects);

  const KillMatrix::Row& order = RowOf(matrix, "query-not-sorted");
  EXPECT_EQ(order.applicable, 2U);
  EXPECT_THAT(order.killed_by, ElementsAre(unsorted));
  const KillMatrix::Row& prefix = RowOf(matrix, "key-without-prefix");
  EXPECT_EQ(prefix.applicable, 3U);
  EXPECT_EQ(prefix.killed_by.size(), 3U);
  EXPECT_TRUE(std::ranges::is_sorted(prefix.killed_by));
  const KillMatrix::Row& version = RowOf(matrix, "version-byte-2");
  EXPECT_EQ(version.applicable, 1U);
  EXPECT_THAT(version.killed_by, ElementsAre(password));

  EXPECT_THAT(matrix.without_defects, ElementsAre(hash));
  EXPECT_THAT(matrix.sole_detectors, Contains(unsorted));
  EXPECT_THAT(matrix.sole_detectors, Contains(password));
  EXPECT_EQ(matrix.sole_detectors.size() + matrix.redundant.size(), 3U);
}

TEST(KillMatrix, AScannedDefectHasTheValueThatShows) {
  const KillMatrix& matrix = BuiltInMatrix();
  std::size_t scanned = 0;
  for (const KillMatrix::Row& row : matrix.rows) {
    const bool is_scanned = FindDefect(row.defect)->scan != nullptr;
    scanned += is_scanned ? 1 : 0;
    if (!row.killed_by.empty()) {
      EXPECT_EQ(row.value.empty(), !is_scanned) << row.defect;
    }
  }
  EXPECT_GT(scanned, 0U);
}

TEST(KillMatrix, DoesNotDependOnTheJobs) {
  const std::vector<std::uint32_t> cases = {IndexOf("sigv4/queries/names-unsorted"),
                                            IndexOf("ses/published/rust-sample"),
                                            IndexOf("sigv4/streams/one-chunk")};
  const KillMatrix one = MakeKillMatrix(TestBuiltInCorpus(), cases, 1);
  const KillMatrix many = MakeKillMatrix(TestBuiltInCorpus(), cases, 3);
  ASSERT_EQ(one.rows.size(), many.rows.size());
  for (std::size_t i = 0; i < one.rows.size(); ++i) {
    EXPECT_EQ(one.rows[i].killed_by, many.rows[i].killed_by);
    EXPECT_EQ(one.rows[i].value, many.rows[i].value);
  }
  EXPECT_EQ(one.sole_detectors, many.sole_detectors);
}

// A defect that is new needs a case that detects it. Contested cases count: some defects are what
// signers disagree on.
TEST(KillMatrix, TheBuiltInCorpusDetectsEveryDefect) {
  std::vector<std::string_view> undetected;
  std::vector<std::string_view> not_of_cases;
  for (const KillMatrix::Row& row : BuiltInMatrix().rows) {
    if (!row.killed_by.empty()) continue;
    (row.applicable > 0 ? undetected : not_of_cases).push_back(row.defect);
  }
  EXPECT_THAT(undetected, IsEmpty());
  EXPECT_THAT(not_of_cases, UnorderedElementsAre("headers-as-listed", "signed-headers-as-listed",
                                                 "header-content-type-signed-too",
                                                 "header-content-sha256-signed-too", "payload-cut",
                                                 "padding-stripped"));
}

/// What AWS's own suite can't see: each was run against its cases, and none failed.
constexpr std::string_view kBlindSpots[] = {
    "path-encoded-once",         "path-marks-bare",        "query-values-not-sorted",
    "query-sorted-without-case", "query-first-value-only", "query-last-value-only",
    "query-no-equals-sign",      "header-lines-sorted",    "key-cut-at-nul",
};

TEST(KillMatrix, TheBuiltInCorpusDetectsWhatTheSuiteOfAwsDoesNot) {
  for (const std::string_view defect : kBlindSpots) {
    EXPECT_FALSE(RowOf(BuiltInMatrix(), defect).killed_by.empty()) << defect;
  }
  const std::string folder = SIGVET_SOURCE_DIR "/../shared/suites/aws-sig-v4/v4";
  if (!std::filesystem::is_directory(folder)) {
    GTEST_SKIP() << "AWS's suite is not beside the project: ../shared/suites/aws-sig-v4/v4";
  }
  const std::vector<std::string> folders = {folder};
  const FoundFiles found = FindAwsSigV4Cases(folders);
  ASSERT_THAT(found.errors, IsEmpty());
  const LoadedCorpus loaded = LoadCorpus(found.sources, AnyTestBackend);
  ASSERT_THAT(loaded.errors, IsEmpty());
  const KillMatrix matrix = MakeKillMatrix(loaded.corpus, AllCases(loaded.corpus), 2);
  EXPECT_THAT(matrix.without_defects, IsEmpty());
  for (const std::string_view defect : kBlindSpots) {
    EXPECT_THAT(RowOf(matrix, defect).killed_by, IsEmpty()) << defect;
    EXPECT_GT(RowOf(matrix, defect).applicable, 50U) << defect;
  }
  EXPECT_FALSE(RowOf(matrix, "query-not-sorted").killed_by.empty());
  EXPECT_EQ(RowOf(matrix, "key-without-prefix").killed_by.size(), loaded.corpus.cases.size());
}

}  // namespace
}  // namespace sigvet
