#include "bench/bench_context.h"

#include <gmock/gmock.h>

#include <cstdlib>

#include "base/hex.h"

namespace sigvet {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

TEST(BenchContext, ReadsAnX86) {
  const CpuDescription cpu = ReadCpuInfo(
      "processor\t: 0\nvendor_id\t: GenuineIntel\nmodel name\t: Intel(R) Xeon(R) Processor\n"
      "flags\t\t: fpu vme sse4_1 sha_ni avx2 avx512f avx\nbogomips\t: 4600.00\n\n"
      "processor\t: 1\nmodel name\t: another\nflags\t\t: fpu vaes\n");
  EXPECT_EQ(cpu.model, "Intel(R) Xeon(R) Processor");
  EXPECT_THAT(cpu.features, ElementsAre("avx", "avx2", "avx512f", "sha_ni", "sse4_1"));
}

TEST(BenchContext, ReadsAnArm) {
  const CpuDescription cpu = ReadCpuInfo(
      "processor\t: 0\nBogoMIPS\t: 50.00\nFeatures\t: fp asimd evtstrm aes pmull sha1 sha2 crc32\n"
      "CPU implementer\t: 0x41\n");
  EXPECT_EQ(cpu.model, "");
  EXPECT_THAT(cpu.features, ElementsAre("asimd", "sha1", "sha2"));
}

TEST(BenchContext, ReadsNothingFromNothing) {
  EXPECT_THAT(ReadCpuInfo("").features, IsEmpty());
  EXPECT_THAT(ReadCpuInfo("flags").features, IsEmpty());
  EXPECT_THAT(ReadCpuInfo("flags:").features, IsEmpty());
  EXPECT_THAT(ReadCpuInfo(":::\n\n: \n").features, IsEmpty());
}

TEST(BenchContext, NoModelReachesATerminalAsItIs) {
  EXPECT_EQ(ReadCpuInfo("model name: a\x1b[31mb\n").model, "a\\x1b[31mb");
}

TEST(BenchContext, FindsMasks) {
  ASSERT_EQ(setenv("OPENSSL_ia32cap", "~0x20000000", 1), 0);
  ASSERT_EQ(setenv("BOTAN_CLEAR_CPUID", "avx2\x07", 1), 0);
  EXPECT_THAT(FeatureMasks(),
              ElementsAre("BOTAN_CLEAR_CPUID=avx2\\x07", "OPENSSL_ia32cap=~0x20000000"));
  ASSERT_EQ(setenv("OPENSSL_ia32cap", "", 1), 0);
  ASSERT_EQ(unsetenv("BOTAN_CLEAR_CPUID"), 0);
  EXPECT_THAT(FeatureMasks(), IsEmpty());
}

TEST(BenchContext, DescribesThisMachine) {
  const BenchContext context = DescribeThisMachine();
  EXPECT_THAT(context.date, ::testing::MatchesRegex("20..-..-..T..:..:..Z"));
  EXPECT_GE(context.cpus, 1U);
  EXPECT_FALSE(context.libraries.empty());
  EXPECT_TRUE(IsHexDigest(context.corpus_digest)) << context.corpus_digest;
  EXPECT_THAT(context.build, HasSubstr("++ "));
}

}  // namespace
}  // namespace sigvet
