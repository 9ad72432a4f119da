#include "signing/sigv4_request.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>

#include "base/hex.h"
#include "signing/test_backends.h"

namespace sigvet {
namespace {

using ::testing::ElementsAre;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

// AWS's pages use two example secrets that differ in one character.
constexpr std::string_view kSlashSecret = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
constexpr std::string_view kPlusSecret = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";

Sigv4Credentials PlusCredentials(std::string session_token = {}) {
  return {"AKIDEXAMPLE", Secret(kPlusSecret), std::move(session_token)};
}

Sigv4Credentials SlashCredentials() { return {"AKIAIOSFODNN7EXAMPLE", Secret(kSlashSecret)}; }

Sigv4Settings SuiteSettings() { return {"us-east-1", "service", "20150830T123600Z"}; }

Sigv4Settings S3Settings() {
  return {"us-east-1", "s3", "20130524T000000Z", {UriEncoding::kSingle, false}};
}

/// A request as in AWS's test suite.
HttpRequest Get(std::string path = "/", std::string query = "",
                std::vector<HttpHeader> more_headers = {}) {
  HttpRequest request = {
      "GET", std::move(path), std::move(query), {{"Host", "example.amazonaws.com"}}, ""};
  for (HttpHeader& header : more_headers) request.headers.push_back(std::move(header));
  return request;
}

struct Published {
  const char* name;
  HttpRequest request;
  const char* canonical_hash;
  const char* signature;
};

void ExpectPublished(const std::vector<Published>& published, const Sigv4Credentials& credentials,
                     const Sigv4Settings& settings, bool content_sha256_header) {
  for (const auto& [id, backend] : TestBackends()) {
    Sigv4KeyCache cache;
    for (const Published& p : published) {
      for (Sigv4KeyCache* used : {static_cast<Sigv4KeyCache*>(nullptr), &cache}) {
        const auto out =
            SignSigv4(*backend, p.request, credentials, settings, content_sha256_header, used);
        ASSERT_TRUE(out.ok()) << id << ' ' << p.name << ": " << ToString(out.error());
        EXPECT_EQ(ToHex(backend->Sha256(AsBytes(out->canonical_request))), p.canonical_hash)
            << id << ' ' << p.name << '\n'
            << out->canonical_request;
        EXPECT_THAT(out->string_to_sign, EndsWith(std::string("\n") + p.canonical_hash));
        EXPECT_EQ(out->signature, p.signature) << id << ' ' << p.name;
        EXPECT_THAT(out->authorization, EndsWith(std::string(", Signature=") + p.signature));
      }
    }
  }
}

// "Create a signed AWS API request", AWS IAM User Guide.
TEST(SignSigv4, GivesTheIamExample) {
  const HttpRequest request = {
      "GET",
      "/",
      "Action=ListUsers&Version=2010-05-08",
      {{"Host", "iam.amazonaws.com"},
       {"Content-Type", "application/x-www-form-urlencoded; charset=utf-8"}},
      ""};
  const Sigv4Settings settings = {"us-east-1", "iam", "20150830T123600Z"};
  ExpectPublished(
      {{"ListUsers", request, "f536975d06c0309214f805bb90ccff089219ecd68b2577efef23edd43b7e1a59",
        "5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7"}},
      PlusCredentials(), settings, false);
  for (const auto& [id, backend] : TestBackends()) {
    const auto out = SignSigv4(*backend, request, PlusCredentials(), settings);
    ASSERT_TRUE(out.ok());
    EXPECT_EQ(out->string_to_sign,
              "AWS4-HMAC-SHA256\n20150830T123600Z\n20150830/us-east-1/iam/aws4_request\n"
              "f536975d06c0309214f805bb90ccff089219ecd68b2577efef23edd43b7e1a59");
    EXPECT_EQ(out->authorization,
              "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/iam/aws4_request, "
              "SignedHeaders=content-type;host;x-amz-date, "
              "Signature=5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7");
    EXPECT_THAT(out->added_headers, ElementsAre(HttpHeader{"X-Amz-Date", "20150830T123600Z"}));
  }
}

// AWS General Reference, before 2015.
TEST(SignSigv4, GivesTheOlderIamExample) {
  const HttpRequest request = {
      "POST",
      "/",
      "",
      {{"host", "iam.amazonaws.com"},
       {"content-type", "application/x-www-form-urlencoded; charset=utf-8"},
       {"x-amz-date", "20110909T233600Z"}},
      "Action=ListUsers&Version=2010-05-08"};
  ExpectPublished(
      {{"ListUsers", request, "3511de7e95d28ecd39e9513b642aee07e54f4941150d8df8bf94b328ef7e55e2",
        "ced6826de92d2bdeed8f846f0bf508e8559e98e4b0199114b84c54174deb456c"}},
      PlusCredentials(), {"us-east-1", "iam", "20110909T233600Z"}, false);
}

// "Signature Calculations for the Authorization Header: Transferring Payload in a Single Chunk",
// Amazon S3 API Reference.
TEST(SignSigv4, GivesTheS3Examples) {
  const HttpHeader host = {"Host", "examplebucket.s3.amazonaws.com"};
  ExpectPublished({{"GET Object",
                    {"GET", "/test.txt", "", {host, {"Range", "bytes=0-9"}}, ""},
                    "7344ae5b7ee6c3e7e6b0fe0640412a37625d1fbfff95c48bbb2dc43964946972",
                    "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41"},
                   {"PUT Object",
                    {"PUT",
                     "/test$file.text",
                     "",
                     {host,
                      {"Date", "Fri, 24 May 2013 00:00:00 GMT"},
                      {"x-amz-storage-class", "REDUCED_REDUNDANCY"}},
                     "Welcome to Amazon S3."},
                    "9e0e90d9c76de8fa5b200d8c849cd5b8dc7a3be3951ddb7f6a76b4158342019d",
                    "98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd"},
                   {"GET Bucket Lifecycle",
                    {"GET", "/", "lifecycle", {host}, ""},
                    "9766c798316ff2757b517bc739a67f6213b4ab36dd5da2f94eaebf79c77395ca",
                    "fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543"},
                   {"List Objects",
                    {"GET", "", "max-keys=2&prefix=J", {host}, ""},
                    "df57d21db20da04d7fa30298dd4488ba3a2b47ca3a489c74750e0f1e7df1b9b7",
                    "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7"}},
                  SlashCredentials(), S3Settings(), true);
}

struct Gap {
  const char* name;
  HttpRequest request;
  const char* signature;
};

// What AWS's test suite does not see; AWS CRT 0.16.8 and Python's hmac give the same.
TEST(SignSigv4, AgreesWithAwsCrt) {
  const std::vector<Gap> gaps = {
      {"double encoding", Get("/a%20b"),
       "08c33fd523b5dc18699a2c38863929f12203a282c033d442d45b59a096458aa6"},
      {"encoded slash", Get("/a%2Fb"),
       "1f6a184cf6814c4a68548c923194021e047ba5e48b0caba93a1c8936b11c5328"},
      {"marks in the path", Get("/a!b'(c)"),
       "10803c9b445ae7b35733f81f77abb7acb1b68e197333332027252aac9b97b243"},
      {"star in the path", Get("/a*b"),
       "20779c9a0621cdb1c7cf79bec2d2091fddd4694fc53c5465141d26e2244ff4bd"},
      {"reserved in the path", Get("/a:b=c@d"),
       "b32ade8b05b49f575dbc8a064e1116f6f2e476cd748871327dc1cf9fec8bac77"},
      {"prefix names", Get("/", "a-b=1&a=2"),
       "3195c10f6c70f9392a7764f6f83099349c32cf39a12222f775fca70b6227a5a4"},
      {"prefix names, dot", Get("/", "q.parser=x&q=y"),
       "d470797f73d718698db3209de32f6327af198c32a0405b34cdfe7f327daa1249"},
      {"value order", Get("/", "a=2&a=1"),
       "fa3a6381870a5302796b5025765861497c5c928c6d15ae3e04751034cd035815"},
      {"value order after encoding", Get("/", "a=%2F&a=-"),
       "b8ae7ad4fac8324ef7d7e6fe2180f4f945c343c407d96e18828368b617d2b48c"},
      {"byte order", Get("/", "a=%F0%9F%90%8E&a=%EF%BF%BD"),
       "5bffb0483176233763c398ef58a706f117db2d0a0484806f19937fde95b190fe"},
      {"letter case", Get("/", "a=b&A=c"),
       "3b5d7bcf97898d514e7dd3790ac906785bc170dd3f6393dfad6a06ba27472c2a"},
      {"no value", Get("/", "acl"),
       "06f239ec83cd47b28ade495a426887f0c088d2396a702f8cd8fda356f210797d"},
      {"slash and colon", Get("/", "q=a/b:c"),
       "841e3ce48eb7e812664bf72d1f54aa6378cfffa5a82cc71659ae4c880a15ce22"},
      {"= in a value", Get("/", "a=b=c"),
       "bd04800977503c61a562775203fd57986d4b5209699c101d60e6dd12e4d7d457"},
      {"brackets", Get("/", "p%5B1%5D=x&p%5B10%5D=y"),
       "a4edb1034aac550d5c7bb8fc7b9ff9cb8e0e751a924848519633068f1bb43ded"},
      {"star", Get("/", "q=*"), "45894a556261c0beb5bd487a1bba7db7facf607d67edf10eb3f34cb9466ac2e1"},
      {"percent", Get("/", "q=100%25"),
       "4fdddef099b83ac013793065363b00a85b771521855488987f68f366be08a9de"},
      {"prefix headers",
       Get("/", "", {{"X-Amz-Meta-Ab", "1"}, {"X-Amz-Meta-A", "2"}, {"X-Amz-Meta-A-B", "3"}}),
       "d4af874a9fc9fc18fb7759889453040b06105ec48672a12adf7f2433996ff1ee"},
      {"empty header", Get("/", "", {{"My-Header1", ""}}),
       "8691850dd38d072764229f10d3134e1a5b72c1fda6672468ed803a44e7de1f77"},
      {"tab", Get("/", "", {{"My-Header1", "a\tb"}}),
       "21023c79d9c4385e0a9edaf79bcb88564864b3eaada2561c6a3dc6b848e8b80b"},
      {"repeated header", Get("/", "", {{"My-Header1", "v2"}, {"My-Header1", "v1"}}),
       "e298c9ee3036f33ee15818d47c61de225845efd10686fec2669917b5f002ffea"},
      {"port",
       {"GET", "/", "", {{"Host", "example.amazonaws.com:8443"}}, ""},
       "6c603abd17f7fbcfc7898db27fd6c82700a814be690b4fdeb418d9bf88d6df2c"},
  };
  for (const auto& [id, backend] : TestBackends()) {
    Sigv4KeyCache cache;
    for (const Gap& gap : gaps) {
      const auto out =
          SignSigv4(*backend, gap.request, PlusCredentials(), SuiteSettings(), false, &cache);
      ASSERT_TRUE(out.ok()) << id << ' ' << gap.name << ": " << ToString(out.error());
      EXPECT_EQ(out->signature, gap.signature) << id << ' ' << gap.name << '\n'
                                               << out->canonical_request;
    }
    const auto out = SignSigv4(*backend, Get(), PlusCredentials("TOKEN/with+chars=="),
                               SuiteSettings(), false, &cache);
    ASSERT_TRUE(out.ok());
    EXPECT_EQ(out->signature, "72da297cedb60f3186d91d5bd1113d1155b497eeaee0826a9b3daee11f1035c5");
  }
}

class SignSigv4Test : public ::testing::Test {
 protected:
  Result<Sigv4SignedRequest> Sign(const HttpRequest& request, const Sigv4Settings& settings,
                                  bool content_sha256_header = false,
                                  std::string session_token = {}) {
    return SignSigv4(*backend_, request, PlusCredentials(std::move(session_token)), settings,
                     content_sha256_header);
  }

  std::unique_ptr<Backend> backend_ = MakeAnyBackend().value();
};

// AWS's test suite, get-vanilla: whether the caller or the signer sets a header makes no
// difference.
TEST_F(SignSigv4Test, AddsOnlyWhatIsMissing) {
  constexpr std::string_view kVanilla =
      "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31";
  const auto added = Sign(Get(), SuiteSettings());
  ASSERT_TRUE(added.ok());
  EXPECT_EQ(added->signature, kVanilla);
  EXPECT_THAT(added->added_headers, ElementsAre(HttpHeader{"X-Amz-Date", "20150830T123600Z"}));
  const auto set = Sign(Get("/", "", {{"x-amz-date", " 20150830T123600Z "}}), SuiteSettings());
  ASSERT_TRUE(set.ok());
  EXPECT_EQ(set->signature, kVanilla);
  EXPECT_THAT(set->added_headers, IsEmpty());
}

// AWS's test suite, get-vanilla-with-session-token.
TEST_F(SignSigv4Test, SignsTheSessionTokenOrAddsItAfter) {
  const std::string token = "6e86291e8372ff2a2260956d9b8aae1d763fbf315fa00fa31553b73ebf194267";
  const HttpHeader header = {"X-Amz-Security-Token", token};
  const HttpHeader date = {"X-Amz-Date", "20150830T123600Z"};
  const auto is_signed = Sign(Get(), SuiteSettings(), false, token);
  ASSERT_TRUE(is_signed.ok());
  EXPECT_EQ(is_signed->signature,
            "07ec1639c89043aa0e3e2de82b96708f198cceab042d4a97044c66dd9f74e7f8");
  EXPECT_THAT(is_signed->added_headers, ElementsAre(date, header));
  EXPECT_THAT(is_signed->authorization,
              HasSubstr("SignedHeaders=host;x-amz-date;x-amz-security-token,"));

  const auto set = Sign(Get("/", "", {header}), SuiteSettings(), false, token);
  ASSERT_TRUE(set.ok());
  EXPECT_EQ(set->signature, is_signed->signature);
  EXPECT_THAT(set->added_headers, ElementsAre(date));

  // Then the rest is get-vanilla.
  Sigv4Settings settings = SuiteSettings();
  settings.sign_session_token = false;
  const auto after = Sign(Get(), settings, false, token);
  ASSERT_TRUE(after.ok());
  EXPECT_EQ(after->signature, "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31");
  EXPECT_THAT(after->added_headers, ElementsAre(date, header));
  const auto set_after = Sign(Get("/", "", {header}), settings, false, token);
  ASSERT_TRUE(set_after.ok());
  EXPECT_EQ(set_after->signature, after->signature);
  EXPECT_THAT(set_after->added_headers, ElementsAre(date));
}

constexpr std::string_view kEmptyHash =
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

TEST_F(SignSigv4Test, TakesThePayloadHashFromWhereItIsSaid) {
  Sigv4Settings settings = SuiteSettings();
  const auto hashed = Sign(Get(), settings, true);
  ASSERT_TRUE(hashed.ok());
  EXPECT_THAT(hashed->canonical_request, EndsWith("\n" + std::string(kEmptyHash)));
  EXPECT_THAT(hashed->added_headers,
              ElementsAre(HttpHeader{"X-Amz-Date", "20150830T123600Z"},
                          HttpHeader{"X-Amz-Content-Sha256", std::string(kEmptyHash)}));
  EXPECT_THAT(hashed->canonical_request,
              HasSubstr("\nx-amz-content-sha256:" + std::string(kEmptyHash) + "\nx-amz-date:"));

  const auto of_header =
      Sign(Get("/", "", {{"x-amz-content-sha256", " UNSIGNED-PAYLOAD"}}), settings, true);
  ASSERT_TRUE(of_header.ok());
  EXPECT_THAT(of_header->canonical_request, EndsWith("\nUNSIGNED-PAYLOAD"));
  EXPECT_THAT(of_header->added_headers, ElementsAre(HttpHeader{"X-Amz-Date", "20150830T123600Z"}));

  settings.payload_hash = "STREAMING-AWS4-HMAC-SHA256-PAYLOAD";
  const auto given = Sign(Get(), settings, true);
  ASSERT_TRUE(given.ok());
  EXPECT_THAT(given->canonical_request, EndsWith("\nSTREAMING-AWS4-HMAC-SHA256-PAYLOAD"));
  EXPECT_THAT(given->canonical_request,
              HasSubstr("\nx-amz-content-sha256:STREAMING-AWS4-HMAC-SHA256-PAYLOAD\n"));
  const auto without_header = Sign(Get(), settings, false);
  ASSERT_TRUE(without_header.ok());
  EXPECT_THAT(without_header->canonical_request, Not(HasSubstr("x-amz-content-sha256")));
}

TEST_F(SignSigv4Test, RefusesSettingsThatCannotBeSigned) {
  const auto refusal = [&](const std::function<void(Sigv4Credentials&, Sigv4Settings&)>& change) {
    Sigv4Credentials credentials = PlusCredentials();
    Sigv4Settings settings = SuiteSettings();
    change(credentials, settings);
    const auto out = SignSigv4(*backend_, Get(), credentials, settings);
    return out ? "" : ToString(out.error());
  };
  EXPECT_EQ(refusal([](auto&, auto& s) { s.timestamp = "20150830T246060Z"; }),
            "the timestamp \"20150830T246060Z\" is no time (UTC, as in 20150830T123600Z)");
  EXPECT_EQ(refusal([](auto&, auto& s) { s.timestamp = ""; }),
            "the timestamp \"\" is no time (UTC, as in 20150830T123600Z)");
  EXPECT_EQ(refusal([](auto& c, auto&) { c.access_key_id = ""; }), "the access key id is empty");
  EXPECT_EQ(refusal([](auto& c, auto&) { c.access_key_id = "a\nb"; }),
            "the access key id has a control character");
  EXPECT_EQ(refusal([](auto& c, auto&) { c.secret = Secret(); }), "the secret is empty");
  EXPECT_EQ(refusal([](auto& c, auto&) { c.session_token = "a\r"; }),
            "the session token has a control character");
  EXPECT_EQ(refusal([](auto&, auto& s) { s.region = ""; }),
            "the region is empty (as in us-east-1)");
  EXPECT_EQ(refusal([](auto&, auto& s) { s.region = "us\neast"; }),
            "the region has a control character");
  EXPECT_EQ(refusal([](auto&, auto& s) { s.service = ""; }), "the service is empty (as in s3)");
  EXPECT_EQ(refusal([](auto&, auto& s) { s.service = "s3\x7F"; }),
            "the service has a control character");
  EXPECT_EQ(refusal([](auto&, auto& s) { s.payload_hash = ""; }), "the payload hash is empty");
  EXPECT_EQ(refusal([](auto&, auto& s) { s.payload_hash = "a\nb"; }),
            "the payload hash \"a\\nb\" can't be signed "
            "(64 hex digits, or a word such as UNSIGNED-PAYLOAD)");
  EXPECT_EQ(refusal([](auto&, auto&) {}), "");
}

TEST_F(SignSigv4Test, RefusesRequestsThatCannotBeSigned) {
  const auto refusal = [&](const HttpRequest& request) {
    const auto out = Sign(request, SuiteSettings());
    return out ? "" : ToString(out.error());
  };
  HttpRequest no_host = Get();
  no_host.headers.clear();
  EXPECT_EQ(refusal(no_host), "there is no Host header (the host is a part of what is signed)");
  EXPECT_EQ(refusal({"GET", "/", "", {{"Host", " \t"}}, ""}),
            "the header Host is empty (the host is a part of what is signed)");
  EXPECT_EQ(refusal(Get("/", "", {{"HOST", "example.amazonaws.com"}})),
            "the header Host is given twice");
  EXPECT_EQ(refusal(Get("/", "", {{"authorization", "x"}})),
            "there is an Authorization header already (sign the request without it)");
  EXPECT_EQ(refusal(Get("/", "", {{"a b", "x"}})),
            "the header name \"a b\" is no token "
            "(letters, digits and !#$%&'*+-.^_`|~ may stand in a name)");
  EXPECT_EQ(refusal(Get("/", "", {{"A", "x\r\nHost: y"}})),
            "the header A has a line break in its value "
            "(a value goes on in the next line only where that begins with a blank)");
  EXPECT_EQ(refusal(Get("/", "", {{"A", "x\x01"}})),
            "the header A has a control character in its value: \\x01");
  EXPECT_EQ(refusal(Get("a")), "the path \"a\" does not begin with a slash");
  EXPECT_EQ(refusal(Get("/%")),
            "the path has a percent sign without two hex digits: \"%\" at byte 2 "
            "(a percent sign itself is %25)");
  EXPECT_EQ(refusal(Get("/", "a=%f")),
            "the query has a percent sign without two hex digits: \"%f\" at byte 3 "
            "(a percent sign itself is %25)");
  HttpRequest no_method = Get();
  no_method.method = "";
  EXPECT_EQ(refusal(no_method), "the method \"\" is no token (as in GET)");
  EXPECT_EQ(refusal(Get()), "");
}

TEST_F(SignSigv4Test, RefusesHeadersThatSayOtherwise) {
  const auto refusal = [&](std::vector<HttpHeader> headers, std::string session_token = {},
                           std::optional<std::string> payload_hash = {}) {
    Sigv4Settings settings = SuiteSettings();
    settings.payload_hash = std::move(payload_hash);
    const auto out =
        Sign(Get("/", "", std::move(headers)), settings, true, std::move(session_token));
    return out ? "" : ToString(out.error());
  };
  EXPECT_EQ(refusal({{"X-Amz-Date", "20150830T123601Z"}}),
            "the header X-Amz-Date says \"20150830T123601Z\", the timestamp is 20150830T123600Z "
            "(leave the header out: it is added)");
  EXPECT_EQ(refusal({{"X-Amz-Date", "20150830T123600Z"}, {"x-amz-date", "20150830T123600Z"}}),
            "the header X-Amz-Date is given twice");
  EXPECT_EQ(refusal({{"X-Amz-Security-Token", "other"}}, "token"),
            "the header X-Amz-Security-Token is not the session token of the credentials "
            "(leave the header out: it is added)");
  EXPECT_EQ(refusal({{"X-Amz-Security-Token", "other"}}), "");
  EXPECT_EQ(refusal({{"X-Amz-Security-Token", "a"}, {"X-Amz-Security-Token", "a"}}),
            "the header X-Amz-Security-Token is given twice");
  EXPECT_EQ(refusal({{"X-Amz-Content-Sha256", "UNSIGNED-PAYLOAD"}}, "", std::string(kEmptyHash)),
            "the header X-Amz-Content-Sha256 says \"UNSIGNED-PAYLOAD\", the payload hash is \"" +
                std::string(kEmptyHash) + "\" (give one of them alone)");
  EXPECT_EQ(refusal({{"X-Amz-Content-Sha256", "UNSIGNED-PAYLOAD "}}, "", "UNSIGNED-PAYLOAD"), "");
  EXPECT_EQ(refusal({{"X-Amz-Content-Sha256", ""}}), "the payload hash is empty");
  EXPECT_EQ(refusal({{"X-Amz-Content-Sha256", "a\nb"}}),
            "the header X-Amz-Content-Sha256 has a line break in its value "
            "(a value goes on in the next line only where that begins with a blank)");
  EXPECT_EQ(refusal({{"X-Amz-Date", "20150830T123600Z\n"}}),
            "the header X-Amz-Date has a line break in its value "
            "(a value goes on in the next line only where that begins with a blank)");
}

}  // namespace
}  // namespace sigvet
