#include "base/secret.h"

#include <gtest/gtest.h>

#include <concepts>
#include <memory>
#include <new>
#include <ostream>

namespace sigvet {
namespace {

template <typename T>
concept Printable = requires(std::ostream& out, const T& value) { out << value; };

static_assert(!std::copyable<Secret> && std::movable<Secret>);
static_assert(!std::equality_comparable<Secret>);
static_assert(!Printable<Secret>);
static_assert(!std::convertible_to<Secret, std::string_view>);
static_assert(!std::copyable<Wiped<Digest>> && std::movable<Wiped<Digest>>);
static_assert(!std::equality_comparable<Wiped<Digest>>);

TEST(Secret, RevealsItsBytes) {
  const Secret secret(std::string_view("a\0b", 3));
  EXPECT_EQ(AsText(secret.Reveal()), std::string_view("a\0b", 3));
  EXPECT_EQ(secret.size(), 3U);
  EXPECT_TRUE(Secret().empty());
}

TEST(Secret, JoinsAPrefix) {
  EXPECT_EQ(AsText(Secret("AWS4", AsBytes("key")).Reveal()), "AWS4key");
}

TEST(Secret, AMoveLeavesNothingBehind) {
  Secret from("synthetic");
  const Secret to = std::move(from);
  EXPECT_EQ(AsText(to.Reveal()), "synthetic");
  EXPECT_TRUE(from.empty());  // NOLINT(bugprone-use-after-move): that is what is tested
}

TEST(SecureWipe, OverwritesWithZeros) {
  Bytes bytes(100, 0xaa);
  SecureWipe(bytes.data(), 60);
  EXPECT_EQ(bytes[0], 0);
  EXPECT_EQ(bytes[59], 0);
  EXPECT_EQ(bytes[60], 0xaa);
  SecureWipe(nullptr, 0);
}

TEST(Wiped, IsZeroAfterItsEnd) {
  alignas(Wiped<Digest>) std::array<std::uint8_t, sizeof(Wiped<Digest>)> storage;
  auto* digest = new (storage.data()) Wiped<Digest>();
  (*digest)->fill(0xaa);
  std::destroy_at(digest);
  for (const std::uint8_t byte : storage) EXPECT_EQ(byte, 0);
}

TEST(Wiped, AMoveLeavesNothingBehind) {
  Wiped<Digest> from;
  from->fill(0xaa);
  const Wiped<Digest> to = std::move(from);
  EXPECT_EQ(to->at(0), 0xaa);
  EXPECT_EQ(from->at(0), 0);  // NOLINT(bugprone-use-after-move): that is what is tested
}

}  // namespace
}  // namespace sigvet
