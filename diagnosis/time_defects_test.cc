#include <gtest/gtest.h>

#include <string>

#include "diagnosis/test_defects.h"

namespace sigvet {
namespace {

constexpr auto kCanonical = Stage::Kind::kCanonicalRequest;
constexpr auto kString = Stage::Kind::kStringToSign;
constexpr auto kFinal = Stage::Kind::kFinal;
// Of the request without anything, by sha256sum.
constexpr const char* kHash = "0b8c4c857a3fc8e8d42ccb2a36016f2d63b3efa5fb393e33de0e64fefa349ce6";

std::string StringOf(const std::string& timestamp, const std::string& date = "20150830") {
  return "AWS4-HMAC-SHA256\n" + timestamp + "\n" + date + "/us-east-1/service/aws4_request\n" +
         kHash;
}

TEST(TimeDefects, AreNamedByWhatComesOutOfThem) {
  const DefectCase c{Request()};
  DefectRows rows;
  // By CPython's hmac.
  const DefectRows::Row signatures[] = {
      {"time-local=+05:30", "fc7d9d4ecd8cb4afc488af3dd2c1db4461466381f659f2471899a82882a49467"},
      {"time-local=+14:00", "c7783650133406a8c0a7a5d4a0b435e84088cf3f084ad7f64455765df367ee78"},
      {"time-local-in-string-to-sign=-12:00",
       "121ee0871061ebd58bf01a1199121efa98ee79d960a9f94c3e588a4ec539df0f"},
      {"time-local-in-string-to-sign=+12:00",
       "9cdfbb4bdadf8c58d3f399468fd0783383cf893dbe0ed5f10fd7556b9b6e9475"},
  };
  rows.ExpectEach(c, kFinal, signatures);
  const DefectRows::Row strings[] = {
      {"time-local-in-string-to-sign=+12:45", StringOf("20150831T012100Z", "20150831")},
      {"time-read-twice=-1", StringOf("20150830T123559Z")},
      {"time-read-twice=+5", StringOf("20150830T123605Z")},
      {"time-form-in-string-to-sign=YYYYMMDDThhmmssUTC", StringOf("20150830T123600UTC")},
      {"time-form-in-string-to-sign=YYYY-MM-DDThh:mm:ss.000Z",
       StringOf("2015-08-30T12:36:00.000Z")},
      {"time-form-in-string-to-sign=Www, DD Mmm YYYY hh:mm:ss GMT",
       StringOf("Sun, 30 Aug 2015 12:36:00 GMT")},
      // By date --date=2015-08-30T12:36:00Z +%s.
      {"time-form-in-string-to-sign=seconds since 1970", StringOf("1440938160")},
  };
  rows.ExpectEach(c, kString, strings);
  rows.ExpectCanonical("time-form=YYYYMMDDThhmmss", {},
                       Canonical("/", "", "host:h\nx-amz-date:20150830T123600\n"));
  const DefectCase with_date(Request{.headers = "Date: Sun, 30 Aug 2015 12:35:58 GMT\n"});
  rows.Expect("time-of-date-header", with_date, kString, StringOf("20150830T123558Z"));
  rows.ExpectAllOf(TimeDefects());
}

TEST(TimeDefects, ChangeThePresignedQueryToo) {
  const auto query = [](const std::string& date, const std::string& timestamp) {
    return "X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=a%2F" + date +
           "%2Fr%2Fs%2Faws4_request&X-Amz-Date=" + timestamp +
           "&X-Amz-Expires=60&X-Amz-SignedHeaders=host";
  };
  const DefectCase c(ParsePresigned(query("20150830", "20150830T123600Z") +
                                    "&X-Amz-Signature=" + std::string(64, '0')));
  DefectRows rows;
  rows.Expect("time-local=+13:00", c, kCanonical,
              Canonical("/", query("20150831", "20150831T013600Z"), "host:h\n", "host"));
  rows.Expect("time-form=YYYY-MM-DDThh:mm:ssZ", c, kCanonical,
              Canonical("/", query("20150830", "2015-08-30T12%3A36%3A00Z"), "host:h\n", "host"));
}

}  // namespace
}  // namespace sigvet
