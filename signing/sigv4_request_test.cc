#include "signing/sigv4_request.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/hex.h"
#include "signing/test_backends.h"
#include "signing/test_requests.h"

namespace sigvet {
namespace {

using ::testing::ElementsAre;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

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
      SuiteCredentials(), settings, false);
  for (const auto& [id, backend] : TestBackends()) {
    const auto out = SignSigv4(*backend, request, SuiteCredentials(), settings);
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
      SuiteCredentials(), {"us-east-1", "iam", "20110909T233600Z"}, false);
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
                  S3Credentials(), S3Settings(), true);
}

struct Gap {
  const char* name;
  HttpRequest request;
  const char* signature;
};

// What AWS's test suite does not see; AWS CRT 0.16.8 and Python's hmac give the same.
TEST(SignSigv4, AgreesWithAwsCrt) {
  const std::vector<Gap> gaps = {
      {"double encoding", SuiteGet("/a%20b"),
       "08c33fd523b5dc18699a2c38863929f12203a282c033d442d45b59a096458aa6"},
      {"encoded slash", SuiteGet("/a%2Fb"),
       "1f6a184cf6814c4a68548c923194021e047ba5e48b0caba93a1c8936b11c5328"},
      {"marks in the path", SuiteGet("/a!b'(c)"),
       "10803c9b445ae7b35733f81f77abb7acb1b68e197333332027252aac9b97b243"},
      {"star in the path", SuiteGet("/a*b"),
       "20779c9a0621cdb1c7cf79bec2d2091fddd4694fc53c5465141d26e2244ff4bd"},
      {"reserved in the path", SuiteGet("/a:b=c@d"),
       "b32ade8b05b49f575dbc8a064e1116f6f2e476cd748871327dc1cf9fec8bac77"},
      {"prefix names", SuiteGet("/", "a-b=1&a=2"),
       "3195c10f6c70f9392a7764f6f83099349c32cf39a12222f775fca70b6227a5a4"},
      {"prefix names, dot", SuiteGet("/", "q.parser=x&q=y"),
       "d470797f73d718698db3209de32f6327af198c32a0405b34cdfe7f327daa1249"},
      {"value order", SuiteGet("/", "a=2&a=1"),
       "fa3a6381870a5302796b5025765861497c5c928c6d15ae3e04751034cd035815"},
      {"value order after encoding", SuiteGet("/", "a=%2F&a=-"),
       "b8ae7ad4fac8324ef7d7e6fe2180f4f945c343c407d96e18828368b617d2b48c"},
      {"byte order", SuiteGet("/", "a=%F0%9F%90%8E&a=%EF%BF%BD"),
       "5bffb0483176233763c398ef58a706f117db2d0a0484806f19937fde95b190fe"},
      {"letter case", SuiteGet("/", "a=b&A=c"),
       "3b5d7bcf97898d514e7dd3790ac906785bc170dd3f6393dfad6a06ba27472c2a"},
      {"no value", SuiteGet("/", "acl"),
       "06f239ec83cd47b28ade495a426887f0c088d2396a702f8cd8fda356f210797d"},
      {"slash and colon", SuiteGet("/", "q=a/b:c"),
       "841e3ce48eb7e812664bf72d1f54aa6378cfffa5a82cc71659ae4c880a15ce22"},
      {"= in a value", SuiteGet("/", "a=b=c"),
       "bd04800977503c61a562775203fd57986d4b5209699c101d60e6dd12e4d7d457"},
      {"brackets", SuiteGet("/", "p%5B1%5D=x&p%5B10%5D=y"),
       "a4edb1034aac550d5c7bb8fc7b9ff9cb8e0e751a924848519633068f1bb43ded"},
      {"star", SuiteGet("/", "q=*"),
       "45894a556261c0beb5bd487a1bba7db7facf607d67edf10eb3f34cb9466ac2e1"},
      {"percent", SuiteGet("/", "q=100%25"),
       "4fdddef099b83ac013793065363b00a85b771521855488987f68f366be08a9de"},
      {"prefix headers",
       SuiteGet("/", "", {{"X-Amz-Meta-Ab", "1"}, {"X-Amz-Meta-A", "2"}, {"X-Amz-Meta-A-B", "3"}}),
       "d4af874a9fc9fc18fb7759889453040b06105ec48672a12adf7f2433996ff1ee"},
      {"empty header", SuiteGet("/", "", {{"My-Header1", ""}}),
       "8691850dd38d072764229f10d3134e1a5b72c1fda6672468ed803a44e7de1f77"},
      {"tab", SuiteGet("/", "", {{"My-Header1", "a\tb"}}),
       "21023c79d9c4385e0a9edaf79bcb88564864b3eaada2561c6a3dc6b848e8b80b"},
      {"repeated header", SuiteGet("/", "", {{"My-Header1", "v2"}, {"My-Header1", "v1"}}),
       "e298c9ee3036f33ee15818d47c61de225845efd10686fec2669917b5f002ffea"},
      {"port",
       {"GET", "/", "", {{"Host", "example.amazonaws.com:8443"}}, ""},
       "6c603abd17f7fbcfc7898db27fd6c82700a814be690b4fdeb418d9bf88d6df2c"},
  };
  for (const auto& [id, backend] : TestBackends()) {
    Sigv4KeyCache cache;
    for (const Gap& gap : gaps) {
      const auto out =
          SignSigv4(*backend, gap.request, SuiteCredentials(), SuiteSettings(), false, &cache);
      ASSERT_TRUE(out.ok()) << id << ' ' << gap.name << ": " << ToString(out.error());
      EXPECT_EQ(out->signature, gap.signature) << id << ' ' << gap.name << '\n'
                                               << out->canonical_request;
    }
    const auto out = SignSigv4(*backend, SuiteGet(), SuiteCredentials("TOKEN/with+chars=="),
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
    return SignSigv4(*backend_, request, SuiteCredentials(std::move(session_token)), settings,
                     content_sha256_header);
  }

  std::unique_ptr<Backend> backend_ = MakeAnyBackend().value();
};

// AWS's test suite, get-vanilla: whether the caller or the signer sets a header makes no
// difference.
TEST_F(SignSigv4Test, AddsOnlyWhatIsMissing) {
  constexpr std::string_view kVanilla =
      "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31";
  const auto added = Sign(SuiteGet(), SuiteSettings());
  ASSERT_TRUE(added.ok());
  EXPECT_EQ(added->signature, kVanilla);
  EXPECT_THAT(added->added_headers, ElementsAre(HttpHeader{"X-Amz-Date", "20150830T123600Z"}));
  const auto set = Sign(SuiteGet("/", "", {{"x-amz-date", " 20150830T123600Z "}}), SuiteSettings());
  ASSERT_TRUE(set.ok());
  EXPECT_EQ(set->signature, kVanilla);
  EXPECT_THAT(set->added_headers, IsEmpty());
}

// AWS's test suite, get-vanilla-with-session-token.
TEST_F(SignSigv4Test, SignsTheSessionTokenOrAddsItAfter) {
  const std::string token = "6e86291e8372ff2a2260956d9b8aae1d763fbf315fa00fa31553b73ebf194267";
  const HttpHeader header = {"X-Amz-Security-Token", token};
  const HttpHeader date = {"X-Amz-Date", "20150830T123600Z"};
  const auto is_signed = Sign(SuiteGet(), SuiteSettings(), false, token);
  ASSERT_TRUE(is_signed.ok());
  EXPECT_EQ(is_signed->signature,
            "07ec1639c89043aa0e3e2de82b96708f198cceab042d4a97044c66dd9f74e7f8");
  EXPECT_THAT(is_signed->added_headers, ElementsAre(date, header));
  EXPECT_THAT(is_signed->authorization,
              HasSubstr("SignedHeaders=host;x-amz-date;x-amz-security-token,"));

  const auto set = Sign(SuiteGet("/", "", {header}), SuiteSettings(), false, token);
  ASSERT_TRUE(set.ok());
  EXPECT_EQ(set->signature, is_signed->signature);
  EXPECT_THAT(set->added_headers, ElementsAre(date));

  // Then the rest is get-vanilla.
  Sigv4Settings settings = SuiteSettings();
  settings.sign_session_token = false;
  const auto after = Sign(SuiteGet(), settings, false, token);
  ASSERT_TRUE(after.ok());
  EXPECT_EQ(after->signature, "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31");
  EXPECT_THAT(after->added_headers, ElementsAre(date, header));
  const auto set_after = Sign(SuiteGet("/", "", {header}), settings, false, token);
  ASSERT_TRUE(set_after.ok());
  EXPECT_EQ(set_after->signature, after->signature);
  EXPECT_THAT(set_after->added_headers, ElementsAre(date));
}

constexpr std::string_view kEmptyHash =
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

TEST_F(SignSigv4Test, TakesThePayloadHashFromWhereItIsSaid) {
  Sigv4Settings settings = SuiteSettings();
  const auto hashed = Sign(SuiteGet(), settings, true);
  ASSERT_TRUE(hashed.ok());
  EXPECT_THAT(hashed->canonical_request, EndsWith("\n" + std::string(kEmptyHash)));
  EXPECT_THAT(hashed->added_headers,
              ElementsAre(HttpHeader{"X-Amz-Date", "20150830T123600Z"},
                          HttpHeader{"X-Amz-Content-Sha256", std::string(kEmptyHash)}));
  EXPECT_THAT(hashed->canonical_request,
              HasSubstr("\nx-amz-content-sha256:" + std::string(kEmptyHash) + "\nx-amz-date:"));

  const auto of_header =
      Sign(SuiteGet("/", "", {{"x-amz-content-sha256", " UNSIGNED-PAYLOAD"}}), settings, true);
  ASSERT_TRUE(of_header.ok());
  EXPECT_THAT(of_header->canonical_request, EndsWith("\nUNSIGNED-PAYLOAD"));
  EXPECT_THAT(of_header->added_headers, ElementsAre(HttpHeader{"X-Amz-Date", "20150830T123600Z"}));

  settings.payload_hash = "STREAMING-AWS4-HMAC-SHA256-PAYLOAD";
  const auto given = Sign(SuiteGet(), settings, true);
  ASSERT_TRUE(given.ok());
  EXPECT_THAT(given->canonical_request, EndsWith("\nSTREAMING-AWS4-HMAC-SHA256-PAYLOAD"));
  EXPECT_THAT(given->canonical_request,
              HasSubstr("\nx-amz-content-sha256:STREAMING-AWS4-HMAC-SHA256-PAYLOAD\n"));
  const auto without_header = Sign(SuiteGet(), settings, false);
  ASSERT_TRUE(without_header.ok());
  EXPECT_THAT(without_header->canonical_request, Not(HasSubstr("x-amz-content-sha256")));
}

void ExpectSame(const Sigv4SignedRequest& out, const Sigv4SignedRequest& expected) {
  EXPECT_EQ(out.canonical_request, expected.canonical_request);
  EXPECT_EQ(out.string_to_sign, expected.string_to_sign);
  EXPECT_EQ(out.signature, expected.signature);
  EXPECT_EQ(out.added_headers, expected.added_headers);
  EXPECT_EQ(out.authorization, expected.authorization);
}

// Nothing of a request, nor of an error, is left for the next one.
TEST_F(SignSigv4Test, IntoAResultIsTheSameWhateverItHeld) {
  const Sigv4Credentials without_token = SuiteCredentials();
  const Sigv4Credentials with_token = SuiteCredentials("a-token");
  const HttpRequest small = SuiteGet();
  const HttpRequest with_date = SuiteGet("/", "", {{"X-Amz-Date", "20150830T123600Z"}});
  const HttpRequest large = SuiteGet("/" + std::string(500, 'p'), "a=" + std::string(500, 'q'),
                                     {{"Note", std::string(500, 'n')}});
  const HttpRequest bad = SuiteGet("/%");
  Sigv4SignedRequest out;
  for (const HttpRequest* request : {&small, &large, &bad, &with_date, &small, &bad, &large}) {
    for (const Sigv4Credentials* credentials : {&with_token, &without_token}) {
      for (const bool content_sha256_header : {true, false}) {
        const auto expected =
            SignSigv4(*backend_, *request, *credentials, SuiteSettings(), content_sha256_header);
        const auto error = SignSigv4Into(out, *backend_, *request, *credentials, SuiteSettings(),
                                         content_sha256_header);
        ASSERT_EQ(error.has_value(), request == &bad);
        ASSERT_EQ(expected.ok(), request != &bad);
        if (error) {
          EXPECT_EQ(*error, expected.error());
        } else {
          ExpectSame(out, *expected);
        }
      }
    }
  }
}

TEST_F(SignSigv4Test, IntoAResultTakesTheRoomThatItHas) {
  Sigv4KeyCache cache;
  Sigv4SignedRequest out;
  const auto sign_and_list_rooms = [&] {
    EXPECT_EQ(SignSigv4Into(out, *backend_, SuiteGet(), SuiteCredentials("a-token"),
                            SuiteSettings(), true, &cache),
              std::nullopt);
    std::vector<const void*> rooms = {out.canonical_request.data(), out.string_to_sign.data(),
                                      out.signature.data(), out.authorization.data(),
                                      out.added_headers.data()};
    for (const HttpHeader& header : out.added_headers) {
      rooms.insert(rooms.end(), {header.name.data(), header.value.data()});
    }
    return rooms;
  };
  const auto rooms = sign_and_list_rooms();
  EXPECT_EQ(rooms.size(), 5U + 2 * 3);
  EXPECT_EQ(sign_and_list_rooms(), rooms);
}

}  // namespace
}  // namespace sigvet
