#include "bench/contender.h"

#include <gmock/gmock.h>

#include <set>
#include <string>

#include "backends/backend_registry.h"
#include "backends/builtin/sha256_kernel.h"

namespace sigvet {
namespace {

using ::testing::Contains;
using ::testing::IsSupersetOf;
using ::testing::Not;

std::vector<std::string> Ids() {
  std::vector<std::string> ids;
  for (const Contender& contender : AllContenders()) ids.push_back(contender.id);
  return ids;
}

TEST(Contender, EveryBackendOfThisBuildWithItsForms) {
  for (const BackendEntry& entry : AllBackends()) {
    const std::string id(entry.id);
    if (entry.make == nullptr) {
      EXPECT_THAT(Ids(), Not(Contains(id)));
      EXPECT_THAT(Ids(), Not(Contains(id + "-naive")));
      continue;
    }
    EXPECT_THAT(Ids(), Contains(id));
    if (id == "openssl" || id == "botan" || id == "cryptopp") {
      EXPECT_THAT(Ids(), Contains(id + "-naive"));
    }
    if (id == "openssl") {
      EXPECT_THAT(Ids(), Contains("openssl-transform"));
    }
  }
}

TEST(Contender, EveryKernelOfThisMachine) {
  if (!FindContender("builtin").ok()) GTEST_SKIP() << "the built-in backend is switched off";
  for (const Sha256Kernel& kernel : Sha256Kernels()) {
    const std::string id = "builtin-" + std::string(kernel.name);
    const auto found = FindContender(id);
    EXPECT_EQ(found.ok(), kernel.supported()) << id;
    if (found.ok()) continue;
    EXPECT_EQ(found.error().message,
              id + " needs " + std::string(kernel.needs) + ", which this machine does not have");
  }
}

TEST(Contender, IdsAreUniqueAndThoseOfABackendStandTogether) {
  const std::vector<std::string> ids = Ids();
  EXPECT_EQ(std::set<std::string>(ids.begin(), ids.end()).size(), ids.size());
  std::vector<std::string> backends;
  for (const Contender& contender : AllContenders()) {
    EXPECT_TRUE(contender.id.starts_with(contender.backend));
    EXPECT_FALSE(contender.description.empty());
    if (backends.empty() || backends.back() != contender.backend) {
      EXPECT_EQ(contender.id, contender.backend) << "the best form comes first";
      backends.push_back(contender.backend);
    }
  }
  EXPECT_EQ(std::set<std::string>(backends.begin(), backends.end()).size(), backends.size());
}

TEST(Contender, EveryOneOfAnAvailableBackendCanBeMade) {
  for (const Contender& contender : AllContenders()) {
    EXPECT_EQ(contender.make().ok(), MakeBackend(contender.backend).ok()) << contender.id;
  }
}

TEST(Contender, BestAndNaiveFormsAreTheDefault) {
  std::vector<std::string> ids;
  for (const Contender* const contender : DefaultContenders()) ids.push_back(contender->id);
  EXPECT_THAT(Ids(), IsSupersetOf(ids));
  EXPECT_THAT(ids, Not(Contains("openssl-transform")));
  EXPECT_THAT(ids, Not(Contains("builtin-portable")));
  if (FindContender("openssl").ok()) {
    EXPECT_THAT(ids, IsSupersetOf({"openssl", "openssl-naive"}));
  }
}

TEST(Contender, SuggestsWhatMayHaveBeenMeant) {
  if (!FindContender("builtin").ok()) GTEST_SKIP() << "the built-in backend is switched off";
  const auto found = FindContender("builtin-portabel");
  ASSERT_FALSE(found.ok());
  EXPECT_EQ(found.error().message, "unknown backend or form \"builtin-portabel\"");
  EXPECT_EQ(found.error().hint, "did you mean \"builtin-portable\"?");
}

}  // namespace
}  // namespace sigvet
