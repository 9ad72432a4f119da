#include <gtest/gtest.h>

#include "backends/builtin/sha256_kernel_choice.h"

namespace sigvet {
namespace {

constexpr Sha256Kernel kKernels[] = {
    {"moon-dust", "a moon", [] { return false; }, CompressPortable, {}},
    {"sea-salt", "a sea", [] { return true; }, CompressPortable, {}},
    {"portable", "nothing", [] { return true; }, CompressPortable, {}},
};

TEST(KernelChoice, NoNameIsTheFirstThatRuns) {
  const auto kernel = ChooseSha256Kernel(kKernels, "");
  ASSERT_TRUE(kernel.ok());
  EXPECT_EQ((*kernel)->name, "sea-salt");
}

TEST(KernelChoice, ANameForcesAKernel) {
  const auto kernel = ChooseSha256Kernel(kKernels, "portable");
  ASSERT_TRUE(kernel.ok());
  EXPECT_EQ((*kernel)->name, "portable");
}

TEST(KernelChoice, SaysWhatTheMachineLacks) {
  const auto kernel = ChooseSha256Kernel(kKernels, "moon-dust");
  ASSERT_FALSE(kernel.ok());
  EXPECT_EQ(ToString(kernel.error()),
            "SIGVET_KERNEL: kernel \"moon-dust\" needs a moon, which this machine does not have "
            "(its best is sea-salt)");
}

TEST(KernelChoice, AnUnknownNameSaysWhatThereIs) {
  const auto near = ChooseSha256Kernel(kKernels, "sea_salt");
  ASSERT_FALSE(near.ok());
  EXPECT_EQ(ToString(near.error()),
            "SIGVET_KERNEL: unknown kernel \"sea_salt\" (did you mean \"sea-salt\"? this build has "
            "moon-dust, sea-salt, portable)");
  const auto far = ChooseSha256Kernel(kKernels, "x");
  ASSERT_FALSE(far.ok());
  EXPECT_EQ(far.error().hint, "this build has moon-dust, sea-salt, portable");
}

}  // namespace
}  // namespace sigvet
