#include <string>

#include "diagnosis/test_defects.h"

namespace sigvet {
namespace {

using ::testing::ElementsAre;

void CheckOfTheText() {
  const std::string right = Canonical("/", "");
  ExpectDefect("line-ends-crlf", {}, ReplaceAll(right, "\n", "\r\n"));
  ExpectDefect("line-ends-backslash-n", {}, ReplaceAll(right, "\n", "\\n"));
  ExpectDefect("canonical-request-line-end", {}, right + "\n");
  ExpectDefect("empty-line-missing", {},
               ReplaceAll(right, "\n\n", "\n").replace(0, 6, "GET\n/\n\n"));
  // The hash of the right canonical request, by sha256sum.
  const std::string string_to_sign =
      "AWS4-HMAC-SHA256\n20150830T123600Z\n20150830/us-east-1/service/"
      "aws4_request\n0b8c4c857a3fc8e8d42ccb2a36016f2d63b3efa5fb393e33de0e64fefa349ce6\n";
  EXPECT_THAT(Found({}, {SearchTarget::Kind::kStringToSign, string_to_sign, nullptr}),
              ElementsAre("string-to-sign-line-end"));
  Covered().insert("string-to-sign-line-end");
}

void CheckOfTheStringToSign() {
  // The right canonical request's hash, and that of the same with CR LF, by sha256sum.
  const std::string hash = "0b8c4c857a3fc8e8d42ccb2a36016f2d63b3efa5fb393e33de0e64fefa349ce6";
  const std::string upper = "0B8C4C857A3FC8E8D42CCB2A36016F2D63B3EFA5FB393E33DE0E64FEFA349CE6";
  const std::string crlf = "7ef1527da27661c2f2ffd45f1470f0e9c55d677a7c50fb8c71eec6fcefbfd777";
  const std::string scope = "20150830/us-east-1/service/aws4_request";
  struct Row {
    const char* id;
    std::string timestamp;
    std::string scope;
    std::string hash;
  };
  const Row rows[] = {
      {"string-to-sign-date-alone", "20150830", scope, hash},
      {"string-to-sign-scope-end", "20150830T123600Z", "20150830/us-east-1/service", hash},
      {"string-to-sign-scope-begin", "20150830T123600Z", "AKIDEXAMPLE/" + scope, hash},
      {"string-to-sign-not-hashed", "20150830T123600Z", scope, Canonical("/", "")},
      {"string-to-sign-upper-case", "20150830T123600Z", scope, upper},
      {"canonical-request-crlf", "20150830T123600Z", scope, crlf},
  };
  for (const Row& row : rows) {
    const std::string text =
        "AWS4-HMAC-SHA256\n" + row.timestamp + "\n" + row.scope + "\n" + row.hash;
    EXPECT_THAT(Found({}, {SearchTarget::Kind::kStringToSign, text, nullptr}), ElementsAre(row.id));
    Covered().insert(row.id);
  }
}

void CheckOfTheSecret() {
  struct Row {
    const char* id;
    const char* signature;
  };
  // The request of test_defects.h without anything, signed under the changed secret by CPython's
  // hmac.
  constexpr Row kRows[] = {
      {"secret-newline", "7c05f3d1520c058165ac4448734b91e96a2534b7613a5a5402136e9fa13654a6"},
      {"secret-crlf", "6337ebbb8fb1bd780abcd2b3ae609edee301b1b3d78579e5354c68070a0eeedb"},
      {"secret-carriage-return",
       "ce2ac02c7d1d67be218c0e688c66304249f581860075df4f8efb361b9ea771fb"},
      {"secret-blank", "04dbdbb038f9eaec29cd470dee347eab8acc731b06791fb37a77821f2f7c3126"},
      {"secret-leading-blank", "151a7489acb0a4e5a485c4ee05871f2017e7d815d74d3857bbbdcc4ef8efdee7"},
      {"secret-white-space-here",
       "5f471b729902d5a8a5b7d18a9ef9db9be6c79bb1c66cb574dd99a259d4190f28"},
      {"secret-plus-as-blank", "cac23e7fcb12452502835328223554caf73ba1940192365ca392eb4f7491c634"},
      {"secret-slash-encoded", "eaa4eb47b30228ae470beacfc4d0a105a5e80b9f2dff22cfa2a06775da63bd3b"},
      {"secret-slash-escaped", "4db99898c1e340f9d77b7981b68fa0228b4318cd474e3c749391fe3f173d951c"},
      {"secret-in-quotes", "1d3003cfc15512496cf10a9bfa4d44e115ed231688b54b4e27cd3cc488ce9f59"},
  };
  for (const Row& row : kRows) {
    const std::string id = row.id;
    const Secret secret(std::string_view(
        id == "secret-white-space-here" ? "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY \n" : kSecret));
    EXPECT_THAT(Found({}, {SearchTarget::Kind::kSignature, row.signature, &secret}),
                ElementsAre(id));
    Covered().insert(id);
  }
  const Secret secret{std::string_view(kSecret)};
  EXPECT_THAT(Found({.target = "/?b=1&a=2"},
                    {SearchTarget::Kind::kSignature,
                     "2a81ae0c88aa7d4bcfc8eb7253f4a1e0c66435354a4e1e9309b736fa2b7ab28d", &secret}),
              ElementsAre("query-not-sorted", "secret-newline"));
}

void CheckOfTheSigningKey() {
  struct Row {
    const char* id;
    const char* signature;
  };
  // The request of test_defects.h without anything, by CPython's hmac.
  constexpr Row kRows[] = {
      {"key-without-prefix", "6267faff1f2f51191d95bb6052341c46ef1a13f7fde66a92db017f8419a2f604"},
      {"key-without-end", "ed7767de0137d0f3cc1007246a40b361ea4443343a1abc134749fa136314c92b"},
      {"key-region-and-service-swapped",
       "966c96d8bdaaa4a0df5b0c223bdb77935a51c1c7baccea9205f146da0787d260"},
      {"key-from-timestamp", "0029ffd08f5c20407ae381c3bf57ec3bca400cd20d561efff845f9edc9bb9848"},
      {"key-hex", "ec03473e2d4a24eda8f401c054cd351434c868931468ff70ea9499d6f19c9c3c"},
      {"key-is-secret", "2c0f5a4763d756bc726125b27fd9d4a0554d0437fcaa45a40c1603bbb89406fd"},
  };
  const Secret secret{std::string_view(kSecret)};
  for (const Row& row : kRows) {
    EXPECT_THAT(Found({}, {SearchTarget::Kind::kSignature, row.signature, &secret}),
                ElementsAre(row.id));
    Covered().insert(row.id);
  }
}

}  // namespace

void CheckOfTexts() {
  CheckOfTheText();
  CheckOfTheStringToSign();
}

void CheckOfSecretsAndKeys() {
  CheckOfTheSecret();
  CheckOfTheSigningKey();
}

}  // namespace sigvet
