#include "harness/corpus/shard_files.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <random>

namespace sigvet {
namespace {

using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<std::uint64_t> Loads(const std::vector<std::uint64_t>& sizes, std::uint32_t shards) {
  std::vector<std::uint64_t> loads(shards);
  const std::vector<std::uint32_t> shard_of = DealFiles(sizes, shards);
  EXPECT_EQ(shard_of.size(), sizes.size());
  for (std::size_t i = 0; i < sizes.size(); ++i) loads.at(shard_of[i]) += sizes[i];
  return loads;
}

TEST(DealFiles, TheLargestComesFirstAndGoesWhereLeastIs) {
  // 9 to the first, 7 and 5 to the others, then 4 to the third (5 < 7), 3 to the second.
  EXPECT_THAT(DealFiles(std::vector<std::uint64_t>{3, 9, 4, 7, 5}, 3), ElementsAre(1, 0, 2, 1, 2));
}

TEST(DealFiles, OfEqualOnesTheFirstGoesToTheFirst) {
  EXPECT_THAT(DealFiles(std::vector<std::uint64_t>{8, 8, 8, 8, 8}, 2), ElementsAre(0, 1, 0, 1, 0));
  EXPECT_THAT(DealFiles(std::vector<std::uint64_t>{0, 0, 0}, 2), ElementsAre(0, 0, 0));
}

TEST(DealFiles, OneShardTakesAllAndNoFilesAreFine) {
  EXPECT_THAT(DealFiles(std::vector<std::uint64_t>{1, 2, 3}, 1), Each(0));
  EXPECT_THAT(DealFiles({}, 4), IsEmpty());
}

TEST(DealFiles, NoShardHasMoreThanAFilesWorthAboveAnother) {
  std::mt19937_64 random(7);
  for (int round = 0; round < 50; ++round) {
    std::vector<std::uint64_t> sizes(1 + random() % 200);
    for (std::uint64_t& size : sizes) size = random() % 100'000;
    const std::vector<std::uint64_t> loads =
        Loads(sizes, static_cast<std::uint32_t>(1 + random() % 20));
    const auto [least, most] = std::ranges::minmax(loads);
    EXPECT_LE(most - least, std::ranges::max(sizes));
  }
}

TEST(SizeOf, IsThatOfTheTextOrFile) {
  EXPECT_EQ(SizeOf({"vectors/x.yaml", "12345"}), 5U);
  const std::filesystem::path path = std::filesystem::path(testing::TempDir()) / "size.yaml";
  std::ofstream(path, std::ios::binary) << "1234567";
  EXPECT_EQ(SizeOf({path.string(), {}}), 7U);
  EXPECT_EQ(SizeOf({path.string() + ".missing", {}}), 0U);
}

TEST(SizeOf, AnImportedCaseIsAsLargeAsItsFiles) {
  const std::filesystem::path folder = std::filesystem::path(testing::TempDir()) / "case";
  std::filesystem::create_directories(folder);
  std::ofstream(folder / "request.txt", std::ios::binary) << "GET";
  std::ofstream(folder / "context.json", std::ios::binary) << "{}";
  std::ofstream(folder / "other.txt", std::ios::binary) << "does not count";
  EXPECT_EQ(SizeOf({.name = (folder / "request.txt").string(), .format = CorpusFormat::kAwsSigV4}),
            5U);
}

}  // namespace
}  // namespace sigvet
