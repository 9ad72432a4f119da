#include "signing/canonical_path.h"

#include <gtest/gtest.h>

namespace sigvet {
namespace {

constexpr CanonicalPathOptions kDouble = {UriEncoding::kDouble, true};
constexpr CanonicalPathOptions kDoubleAsIs = {UriEncoding::kDouble, false};
constexpr CanonicalPathOptions kSingle = {UriEncoding::kSingle, true};
constexpr CanonicalPathOptions kS3 = {UriEncoding::kSingle, false};

std::string Canonical(std::string_view path, const CanonicalPathOptions& options) {
  const Result<std::string> canonical = CanonicalPath(path, options);
  return canonical ? *canonical : "refused: " + canonical.error().message;
}

struct PathCase {
  std::string_view path;
  std::string_view expected;
};

// AWS's test suite: get-relative, get-slash, get-slashes and their like, normalized.
TEST(CanonicalPath, ResolvesDotsAndSlashes) {
  for (const PathCase& c : std::initializer_list<PathCase>{
           {"", "/"},
           {"/", "/"},
           {"//", "/"},
           {"///", "/"},
           {"/example/..", "/"},
           {"/example1/example2/../..", "/"},
           {"/./", "/"},
           {"/./example", "/example"},
           {"//example//", "/example/"},
           // As botocore and AWS CRT do.
           {"/a/b/..", "/a"},
           {"/a/b/../", "/a/"},
           {"/a/.", "/a"},
           {"/a/./", "/a/"},
           {"/a/b/", "/a/b/"},
           {"/..", "/"},
           {"/../../a", "/a"},
           {"/a/../../b", "/b"},
           {"/a//b", "/a/b"},
           // No dot segments.
           {"/.a", "/.a"},
           {"/a./..b", "/a./..b"},
           {"/...", "/..."},
       }) {
    EXPECT_EQ(Canonical(c.path, kDouble), c.expected) << c.path;
    EXPECT_EQ(Canonical(c.path, kSingle), c.expected) << c.path;
  }
}

// AWS's test suite: the same, unnormalized.
TEST(CanonicalPath, LeavesDotsAndSlashesToS3) {
  for (const char* path : {"/", "//", "/./", "/example/..", "/./example", "//example//", "/a//b",
                           "/example1/example2/../.."}) {
    EXPECT_EQ(Canonical(path, kS3), path);
    EXPECT_EQ(Canonical(path, kDoubleAsIs), path);
  }
  EXPECT_EQ(Canonical("", kS3), "/");
}

TEST(CanonicalPath, EncodesTwiceForMostServices) {
  for (const PathCase& c : std::initializer_list<PathCase>{
           {"/example space/", "/example%20space/"},  // suite: get-space
           {"/\xE1\x88\xB4", "/%E1%88%B4"},           // suite: get-utf8
           {"/-._~0123456789ABCabc", "/-._~0123456789ABCabc"},
           // AWS CRT 0.16.8 signs these so.
           {"/a%20b", "/a%2520b"},
           {"/a%2Fb", "/a%252Fb"},
           {"/a!b'(c)", "/a%21b%27%28c%29"},
           {"/a*b", "/a%2Ab"},
           {"/a:b=c@d", "/a%3Ab%3Dc%40d"},
       }) {
    EXPECT_EQ(Canonical(c.path, kDouble), c.expected);
    EXPECT_EQ(Canonical(c.path, kDoubleAsIs), c.expected);
  }
  // Dots count as such only where they stand bare.
  EXPECT_EQ(Canonical("/a/%2E%2E", kDouble), "/a/%252E%252E");
}

TEST(CanonicalPath, EncodesOnceForS3) {
  for (const PathCase& c : std::initializer_list<PathCase>{
           {"/test$file.text", "/test%24file.text"},  // S3 API Reference, PUT Object
           {"/test%24file.text", "/test%24file.text"},
           {"/a%20b", "/a%20b"},
           {"/a b", "/a%20b"},
           {"/%7euser/%c3%a9", "/~user/%C3%A9"},
           {"/a%2fb", "/a%2Fb"},
           {"/a+b", "/a%2Bb"},
           {"/100%25", "/100%25"},
       }) {
    EXPECT_EQ(Canonical(c.path, kS3), c.expected);
  }
  // Decoding makes no separators and no dot segments out of anything.
  EXPECT_EQ(Canonical("/a/b%2F..", kSingle), "/a/b%2F..");
  EXPECT_EQ(Canonical("/a/%2E%2E/b", kSingle), "/a/../b");
}

TEST(CanonicalPath, RefusesWhatIsNoPath) {
  for (const CanonicalPathOptions& options : {kDouble, kDoubleAsIs, kSingle, kS3}) {
    EXPECT_EQ(Canonical("a/b", options), "refused: the path \"a/b\" does not begin with a slash");
    EXPECT_EQ(Canonical("?a", options), "refused: the path \"?a\" does not begin with a slash");
    EXPECT_EQ(Canonical("/a%2", options),
              "refused: the path has a percent sign without two hex digits: \"%2\" at byte 3");
    EXPECT_EQ(Canonical("/%/..", options),
              "refused: the path has a percent sign without two hex digits: \"%/.\" at byte 2");
  }
}

}  // namespace
}  // namespace sigvet
