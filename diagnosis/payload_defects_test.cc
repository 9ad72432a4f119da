#include <gtest/gtest.h>

#include <string>

#include "diagnosis/test_defects.h"

namespace sigvet {
namespace {

// Each hash by sha256sum, those of other characters by Python's codecs and hashlib.
constexpr const char* kBody = "Welcome to Amazon S3.";
constexpr const char* kBodyHash =
    "44ce7dd67c959e0d3524ffac1771dfbba87d2b6b4b4e99e42034a8b803f8b072";
constexpr const char* kBodyUpperHash =
    "44CE7DD67C959E0D3524FFAC1771DFBBA87D2B6B4B4E99E42034A8B803F8B072";
constexpr const char* kBodyLineHash =
    "358143b2c6a40b75073348d8da5af7634d02fc4aafa3c0adeb6c242f76bda420";
constexpr const char* kWelcomeHash =
    "0e2226b5235f0ff94a276eb4d07a3bfea74b7e3b8b85e9efca6c18430f041bf8";
constexpr const char* kBytes =
    "a\xff"
    "b\xe9";
constexpr const char* kBytesHash =
    "8cee74f8c46e2fc42ab379b13bd4e56d41c9ce820ea4b346141ab1546a6a760c";
constexpr const char* kBytesUtf8Hash =
    "a494ac0cd93e21184d53652d8f2a2ccd0a5227c900b3f0da65795b6942009471";
constexpr const char* kBytesLatin1Hash =
    "5c813d2dc6c2b01821d6734afec3f5fd6784472e592522f0c24fb4f535c84d76";

std::string InLine(const std::string& hash) {
  return Canonical("/", "", std::string("host:h\n") + kDate, "host;x-amz-date", hash);
}

/// With `header` in X-Amz-Content-Sha256.
std::string InBoth(const std::string& header, const std::string& hash) {
  return Canonical("/", "", "host:h\nx-amz-content-sha256:" + header + "\n" + kDate,
                   "host;x-amz-content-sha256;x-amz-date", hash);
}

Request Stated(const std::string& value, const std::string& body) {
  return {.headers = "X-Amz-Content-Sha256: " + value + "\n",
          .signed_headers = "host;x-amz-content-sha256;x-amz-date",
          .body = body};
}

void ExpectOfTheLine(DefectRows& rows) {
  const Request with_body = {.body = kBody};
  rows.ExpectCanonical("payload-unsigned", with_body, InLine("UNSIGNED-PAYLOAD"));
  rows.ExpectCanonical("payload-hash-of-nothing", with_body, InLine(kEmptyHash));
  rows.ExpectCanonical("payload-hash-missing", with_body, InLine(""));
  rows.ExpectCanonical("payload-with-line-break", with_body, InLine(kBodyLineHash));
  for (const char* end : {"\n", "\r\n"}) {
    rows.ExpectCanonical("payload-without-line-break", {.body = std::string(kBody) + end},
                         InLine(kBodyHash));
  }
  rows.ExpectCanonical("payload-cut", {.headers = "Content-Length: 7\n", .body = kBody},
                       InLine(kWelcomeHash));
  rows.ExpectCanonical("payload-hash-upper-case", with_body, InLine(kBodyUpperHash));
  rows.ExpectCanonical("payload-as-utf8", {.body = kBytes}, InLine(kBytesUtf8Hash));
  rows.ExpectCanonical("payload-as-latin1", {.body = kBytes}, InLine(kBytesLatin1Hash));
  const Request unsigned_body = Stated("UNSIGNED-PAYLOAD", kBody);
  rows.ExpectCanonical("payload-empty-not-unsigned", unsigned_body,
                       InBoth("UNSIGNED-PAYLOAD", kEmptyHash));
  rows.ExpectCanonical("payload-hash-of-body", unsigned_body,
                       InBoth("UNSIGNED-PAYLOAD", kBodyHash));
  rows.ExpectCanonical("payload-sentinel=UNSIGNED PAYLOAD", unsigned_body,
                       InBoth("UNSIGNED-PAYLOAD", "UNSIGNED PAYLOAD"));
}

void ExpectOfTheHeaderToo(DefectRows& rows) {
  const auto expect = [&](const std::string& id, const Request& request, const std::string& hash) {
    rows.ExpectCanonical(id + "-and-header", request, InBoth(hash, hash));
  };
  const Request with_hash = Stated(kBodyHash, kBody);
  expect("payload-unsigned", with_hash, "UNSIGNED-PAYLOAD");
  expect("payload-hash-of-nothing", with_hash, kEmptyHash);
  expect("payload-hash-missing", with_hash, "");
  expect("payload-with-line-break", with_hash, kBodyLineHash);
  expect("payload-hash-upper-case", with_hash, kBodyUpperHash);
  expect("payload-without-line-break", Stated(kBodyLineHash, std::string(kBody) + "\n"), kBodyHash);
  const Request bytes = Stated(kBytesHash, kBytes);
  expect("payload-as-utf8", bytes, kBytesUtf8Hash);
  expect("payload-as-latin1", bytes, kBytesLatin1Hash);
  expect("payload-hash-of-body", Stated("UNSIGNED-PAYLOAD", kBody), kBodyHash);
  rows.ExpectCanonical("payload-sentinel-and-header=STREAMING-HMAC-SHA256-PAYLOAD",
                       Stated("STREAMING-AWS4-HMAC-SHA256-PAYLOAD", kBody),
                       InBoth("STREAMING-HMAC-SHA256-PAYLOAD", "STREAMING-HMAC-SHA256-PAYLOAD"));
}

TEST(PayloadDefects, AreNamedByTheCanonicalRequest) {
  DefectRows rows;
  ExpectOfTheLine(rows);
  ExpectOfTheHeaderToo(rows);
  rows.ExpectAllOf(PayloadDefects());
}

}  // namespace
}  // namespace sigvet
