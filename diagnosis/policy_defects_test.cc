#include <gtest/gtest.h>

#include <string>

#include "diagnosis/test_streams.h"

namespace sigvet {
namespace {

constexpr auto kFinal = Stage::Kind::kFinal;

// Signatures by CPython's hmac, json and base64.
TEST(PolicyDefects, AreNamedByTheSignature) {
  const DefectCase c = Policy(DocumentedPolicy());
  const DefectRows::Row of_documented[] = {
      {"policy-not-encoded", "00e98ae3199cdbfeba701f9efa66510f23f0295ab6d6f4d14202f8ef2d11956c"},
      {"policy-lf", "86aaafeda50e7b032f0fe24086079df198e4c3d0d308518251cf6653a9bf390d"},
      {"policy-json-compact", "575dd3d2fc9d6d4b8cbdde16972e411a143cc677587f02937aa4c69ffee1eba7"},
      {"policy-json-with-blanks",
       "5729ea05e89babe421fa2ee3a5a5847afcf2d1042a0a04479dbe50fb097b36ee"},
      {"policy-json-escaped-slashes",
       "53253b3afa1817f5229bd370b09d17eb29784657fbd2e39a5322c912b5049862"},
      {"policy-json-line-end", "ccf774823131692501cdfd0122c7ee787b1006439a97cdbe456a39bdb3f2e1c5"},
      {"policy-line-end", "d0c10e3dc6511929b66a1e3b94e6567c66427c07aa9a68cf96e857835b47b646"},
      {"policy-wrapped=76", "84b8ac47e436c2dfcd25a04652d17627e61a8e7a32014b87cecaf1da0095d374"},
      {"policy-wrapped=64", "9a48a923c6a92f1677ff85ffc9c3c082add99e69804ca64ec7a319d89326e8ce"},
      {"policy-wrapped=60", "25d7c63d3cb2b2fd95c7861a566793a07abe6c8c40bdcce005e0c59647fe5700"},
      {"policy-encoded-twice", "9cda0eb1b1ae198ebd32c362da1c952426e875f2d0da515c4130f2f6ccd80f4b"},
      {"policy-credential-slash",
       "77baec4df87c7c7fed617bbb58dfad4572be3bc3bc5a60b340b78753f254556d"},
  };
  DefectRows rows;
  rows.ExpectEach(c, kFinal, of_documented);
  const DefectCase other = Policy("{\"a\":\"?\?\?>>>\"}");
  rows.Expect("policy-url-safe", other, kFinal,
              "94d22837dddf8f8f92c9f86ee4c195520498dfe12e761bc77ab12bb0c7ae48be");
  rows.Expect("policy-without-padding", other, kFinal,
              "2b9f373f76b1b6da039fc4480c4b3fce46ba37ac93574f58576066ee741254c8");
  rows.Expect("policy-crlf", Policy("{\"a\": \"b/c\",\n\"d\": []}"), kFinal,
              "11aa884ff0c17506b5f5ebe08b94e2bdbebb5fdb96c0b0f869c678d824be1f0d");
  const std::string of_version_2 = "QyigO3Da7gYxPW1IXllc6C7gI74=";
  if (c.Find(kFinal, of_version_2).empty()) {
    GTEST_SKIP() << "HMAC-SHA-1 needs OpenSSL, which this build lacks";
  }
  rows.Expect("policy-signature-of-version-2", c, kFinal, of_version_2);
  rows.ExpectAllOf(PolicyDefects());
}

}  // namespace
}  // namespace sigvet
