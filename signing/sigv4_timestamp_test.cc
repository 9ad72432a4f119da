#include "signing/sigv4_timestamp.h"

#include <gtest/gtest.h>

namespace sigvet {
namespace {

TEST(Sigv4Timestamp, IsATimeThatExists) {
  for (const char* text : {"20150830T123600Z", "20000229T000000Z", "20240229T235959Z",
                           "99991231T235959Z", "19700101T000000Z"}) {
    EXPECT_TRUE(IsSigv4Timestamp(text)) << text;
  }
}

TEST(Sigv4Timestamp, IsNothingElse) {
  for (const char* text :
       {"", "20150830", "20150830T123600", "20150830T123600z", "20150830t123600Z",
        "20150830 123600Z", "2015-08-30T12:36:00Z", "20150830T123600.000Z", "20150830T123600+0000",
        "20150830T123600UTC", " 20150830T123600Z", "20150830T123600Z ", "2015083xT123600Z",
        "20150830T12360xZ", "20150830T1236-1Z",
        // No such day.
        "20150229T000000Z", "21000229T000000Z", "20150431T000000Z", "20150832T000000Z",
        "20150800T000000Z", "20150030T000000Z", "20151330T000000Z", "00000101T000000Z",
        // No such time.
        "20150830T240000Z", "20150830T126000Z", "20150830T123660Z"}) {
    EXPECT_FALSE(IsSigv4Timestamp(text)) << text;
  }
}

TEST(Sigv4Timestamp, GivesTheSeconds) {
  // By `date -u -d ... +%s`.
  EXPECT_EQ(ParseSigv4Timestamp("20150830T123600Z")->time_since_epoch().count(), 1440938160);
  EXPECT_EQ(ParseSigv4Timestamp("19700101T000001Z")->time_since_epoch().count(), 1);
  EXPECT_EQ(DateOfSigv4Timestamp("20150830T123600Z"), "20150830");
}

// RFC 9110 section 5.6.7.
TEST(Sigv4Timestamp, OfAnHttpDate) {
  EXPECT_EQ(Sigv4TimestampOfHttpDate("Sun, 06 Nov 1994 08:49:37 GMT"), "19941106T084937Z");
  EXPECT_EQ(Sigv4TimestampOfHttpDate("Fri, 24 May 2013 00:00:00 GMT"), "20130524T000000Z");
  for (const char* text : {"", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994",
                           "Sun, 06 Nov 1994 08:49:37 UTC", "Sun, 31 Feb 1994 08:49:37 GMT",
                           "Sun, 06 anF 1994 08:49:37 GMT", "Sun, 06 Nov 1994 24:00:00 GMT"}) {
    EXPECT_EQ(Sigv4TimestampOfHttpDate(text), std::nullopt) << text;
  }
}

}  // namespace
}  // namespace sigvet
