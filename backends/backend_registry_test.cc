#include "backends/backend_registry.h"

#include <gmock/gmock.h>

#include <filesystem>
#include <string>
#include <vector>

namespace sigvet {
namespace {

using ::testing::HasSubstr;
using ::testing::UnorderedElementsAreArray;

BackendResult MakeUnavailable() { return Error{.message = "unavailable, because of the moon"}; }

constexpr BackendEntry kEntries[] = {
    {"moon", &MakeUnavailable, ""},
    {"missing", nullptr, "Missing 3 was not found"},
};

// SIGVET_BACKENDS_DIR is the folder of this file: every folder in it must be in the registry.
TEST(BackendRegistry, ListsEveryFolder) {
  std::vector<std::string> folders;
  for (const auto& entry : std::filesystem::directory_iterator(SIGVET_BACKENDS_DIR)) {
    if (entry.is_directory()) folders.push_back(entry.path().filename().string());
  }
  std::vector<std::string> ids;
  for (const BackendEntry& entry : AllBackends()) ids.emplace_back(entry.id);
  EXPECT_THAT(ids, UnorderedElementsAreArray(folders));
}

TEST(BackendRegistry, SaysWhyABackendIsLeftOut) {
  for (const BackendEntry& entry : AllBackends()) {
    EXPECT_EQ(entry.make == nullptr, !entry.left_out_because.empty()) << entry.id;
  }
}

TEST(BackendRegistry, MakesEveryBackendOfThisBuild) {
  for (const BackendEntry& entry : AllBackends()) {
    const BackendResult made = MakeBackend(entry.id);
    if (made.ok()) {
      EXPECT_NE(entry.make, nullptr);
      EXPECT_NE(made.value(), nullptr);
    } else {
      EXPECT_THAT(made.error().message, HasSubstr(std::string(entry.left_out_because)));
    }
  }
}

TEST(BackendRegistry, UnknownIdSuggestsTheNearest) {
  const BackendResult made = MakeBackend("opensll");
  ASSERT_FALSE(made.ok());
  EXPECT_EQ(made.error().message, "unknown backend \"opensll\"");
  EXPECT_EQ(made.error().hint, "did you mean \"openssl\"?");
}

TEST(BackendRegistry, UnknownIdThatIsNearNothingSuggestsNothing) {
  const BackendResult made = MakeBackend("sun-and-stars");
  ASSERT_FALSE(made.ok());
  EXPECT_EQ(made.error().message, "unknown backend \"sun-and-stars\"");
  EXPECT_EQ(made.error().hint, "");
}

TEST(BackendRegistry, IdsCountLetterCase) { EXPECT_FALSE(MakeBackend("OpenSSL").ok()); }

TEST(BackendRegistry, LeftOutSaysWhy) {
  const BackendResult made = MakeBackend(kEntries, "missing");
  ASSERT_FALSE(made.ok());
  EXPECT_EQ(made.error().message,
            "backend \"missing\" is not in this build: Missing 3 was not found");
}

TEST(BackendRegistry, UnavailableSaysWhy) {
  const BackendResult made = MakeBackend(kEntries, "moon");
  ASSERT_FALSE(made.ok());
  EXPECT_EQ(made.error().message, "backend \"moon\" is unavailable, because of the moon");
}

}  // namespace
}  // namespace sigvet
