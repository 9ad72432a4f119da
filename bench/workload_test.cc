#include "bench/workload.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <filesystem>
#include <set>
#include <string>

#include "bench/contender.h"

namespace sigvet {
namespace {

using ::testing::MatchesRegex;
using ::testing::UnorderedElementsAreArray;

// SIGVET_BENCH_DIR is the folder of this file: every file of workloads/ must be in the list.
TEST(Workload, ListsEveryFile) {
  std::set<std::string> files;
  for (const auto& entry : std::filesystem::directory_iterator(SIGVET_BENCH_DIR "/workloads")) {
    if (entry.path().extension() == ".cc") files.insert(entry.path().stem().string());
  }
  std::set<std::string> families;
  for (const Workload& workload : AllWorkloads()) {
    std::string family = workload.id.substr(0, workload.id.find('/'));
    std::ranges::replace(family, '-', '_');
    families.insert(family);
  }
  EXPECT_THAT(families, UnorderedElementsAreArray(files));
}

TEST(Workload, IdsAreUniqueAndPlain) {
  std::set<std::string> ids;
  for (const Workload& workload : AllWorkloads()) {
    EXPECT_TRUE(ids.insert(workload.id).second) << workload.id;
    EXPECT_THAT(workload.id, MatchesRegex("[a-z0-9]+(-[a-z0-9]+)*(/[a-z0-9]+(-[a-z0-9]+)*)?"));
    EXPECT_FALSE(workload.title.empty()) << workload.id;
    EXPECT_FALSE(workload.item.empty()) << workload.id;
  }
}

class EveryWorkload : public ::testing::TestWithParam<const Workload*> {};

void ExpectRight(const Workload& workload, Backend* backend) {
  const Result<PreparedWork> work = workload.prepare(backend);
  ASSERT_TRUE(work.ok()) << ToString(work.error());
  EXPECT_EQ(work->left_out_because, "");
  EXPECT_TRUE(work->loop);
  EXPECT_GE(work->items, 1U);
}

TEST_P(EveryWorkload, GetsTheRightAnswerOfEveryContender) {
  const Workload& workload = *GetParam();
  if (!workload.on_backend) return ExpectRight(workload, nullptr);
  std::size_t asked = 0;
  for (const Contender& contender : AllContenders()) {
    const BackendResult made = contender.make();
    if (!made) continue;
    SCOPED_TRACE(contender.id);
    ExpectRight(workload, made.value().get());
    ++asked;
  }
  EXPECT_GE(asked, 1U);
}

std::vector<const Workload*> PointersToWorkloads() {
  std::vector<const Workload*> pointers;
  for (const Workload& workload : AllWorkloads()) pointers.push_back(&workload);
  return pointers;
}

std::string NameOf(const ::testing::TestParamInfo<const Workload*>& info) {
  std::string name = info.param->id;
  for (char& c : name) {
    if (c == '-' || c == '/') c = '_';
  }
  return name;
}

INSTANTIATE_TEST_SUITE_P(Workloads, EveryWorkload, ::testing::ValuesIn(PointersToWorkloads()),
                         NameOf);

/// A backend that gets the last bit of each value wrong.
class WrongBackend final : public Backend {
 public:
  explicit WrongBackend(Backend& right) : right_(right) {}

  BackendInfo Info() const override { return right_.Info(); }
  Digest Sha256(ByteView message) override { return Spoil(right_.Sha256(message)); }
  Digest HmacSha256(ByteView key, ByteView message) override {
    return Spoil(right_.HmacSha256(key, message));
  }
  std::optional<Bytes> Base64Decode(std::string_view text) override {
    return right_.Base64Decode(text);
  }

 private:
  void DoBase64Encode(ByteView bytes, std::span<char> text) override {
    right_.Base64Encode(bytes, text);
    if (!text.empty()) text.front() ^= 1;
  }

  static Digest Spoil(Digest digest) {
    digest.back() ^= 1;
    return digest;
  }

  Backend& right_;
};

TEST(Workload, EveryOneFindsAWrongBackendOut) {
  BackendResult right = AllContenders().front().make();
  if (!right) GTEST_SKIP() << right.error().message;
  WrongBackend wrong(**right);
  for (const Workload& workload : AllWorkloads()) {
    if (!workload.on_backend) continue;
    EXPECT_FALSE(workload.prepare(&wrong).ok()) << workload.id;
  }
}

}  // namespace
}  // namespace sigvet
