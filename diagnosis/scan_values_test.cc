#include "diagnosis/scan_values.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>

#include "signing/ses_regions.h"

namespace sigvet {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;

void ExpectNoneTwice(std::span<const std::string_view> values) {
  const std::set<std::string_view> different(values.begin(), values.end());
  EXPECT_EQ(different.size(), values.size());
  EXPECT_FALSE(different.contains("")) << "an empty value is a defect of its own";
}

TEST(ScanValuesTest, NothingIsThereTwice) {
  ExpectNoneTwice(KnownRegions());
  ExpectNoneTwice(KnownServices());
  ExpectNoneTwice(Days());
  ExpectNoneTwice(DayDifferences());
  ExpectNoneTwice(DigestLabels());
}

TEST(ScanValuesTest, RegionsHoldThoseOfSes) {
  for (const std::string_view region : KnownSesRegions()) {
    EXPECT_THAT(KnownRegions(), Contains(region));
  }
  EXPECT_THAT(KnownRegions(), Contains("cn-north-1"));
}

TEST(ScanValuesTest, ServicesHoldWhatPeopleConfuse) {
  // endpointPrefix and signingName of botocore's service models.
  for (const std::string_view name :
       {"email", "ses", "execute-api", "participant.connect", "mobiletargeting", "pinpoint",
        "bedrock-runtime", "bedrock", "streams.dynamodb", "dynamodb", "monitoring", "es"}) {
    EXPECT_THAT(KnownServices(), Contains(name));
  }
  EXPECT_THAT(KnownServices(), ::testing::SizeIs(::testing::Ge(400U)));
}

// 30 years with 7 leap days: 2008 to 2032.
TEST(ScanValuesTest, DaysAreAllThatThereAre) {
  EXPECT_EQ(Days().size(), 30U * 365 + 7);
  EXPECT_EQ(Days().front(), "20351231");
  EXPECT_EQ(Days().back(), "20060101");
  EXPECT_TRUE(std::ranges::is_sorted(Days(), std::greater()));
  for (const std::string_view day : {"20080229", "20240229", "20150830", "20200101"}) {
    EXPECT_THAT(Days(), Contains(day));
  }
  EXPECT_THAT(Days(), ::testing::Not(Contains("20230229")));
}

TEST(ScanValuesTest, NearDaysComeFirst) {
  EXPECT_THAT(DayDifferences().first(4), ElementsAre("-1", "1", "-2", "2"));
  EXPECT_EQ(DayDifferences().back(), "3652");
}

}  // namespace
}  // namespace sigvet
