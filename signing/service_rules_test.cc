#include "signing/service_rules.h"

#include <gtest/gtest.h>

namespace sigvet {
namespace {

TEST(ServiceRules, OnlyS3AndItsKindsTakePathsAsTheyAre) {
  const CanonicalPathOptions s3 = {.encoding = UriEncoding::kSingle, .normalize = false};
  for (const char* service : {"s3", "s3express", "s3-object-lambda", "s3-outposts"}) {
    EXPECT_TRUE(HasS3Rules(service)) << service;
    EXPECT_EQ(PathRulesOf(service), s3) << service;
  }
  for (const char* service : {"iam", "execute-api", "s3tables", "S3", ""}) {
    EXPECT_FALSE(HasS3Rules(service)) << service;
    EXPECT_EQ(PathRulesOf(service), CanonicalPathOptions()) << service;
  }
}

}  // namespace
}  // namespace sigvet
