#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <string_view>

#include "backends/backend_registry.h"
#include "harness/corpus/load_corpus.h"
#include "harness/subject/backend_subject.h"

namespace sigvet {
namespace {

constexpr std::string_view kEmptyHash =
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
/// What the cases of AWS's own test suite have in common.
constexpr std::string_view kSuiteRequest =
    "access_key_id: \"AKIDEXAMPLE\", secret: \"wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY\", "
    "region: \"us-east-1\", service: \"service\", timestamp: \"20150830T123600Z\", method: \"GET\"";
constexpr std::string_view kSuiteHost = "headers: [[\"Host\", \"example.amazonaws.com\"]]";
/// And those of the S3 documentation.
constexpr std::string_view kS3Request =
    "access_key_id: \"AKIAIOSFODNN7EXAMPLE\", secret: "
    "\"wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY\", "
    "region: \"us-east-1\", service: \"s3\", timestamp: \"20130524T000000Z\", "
    "uri_encode: \"single\", normalize: false";

std::unique_ptr<Backend> AnyBackend() {
  BackendResult backend = MakeAnyBackend();
  return backend ? std::move(backend).value() : nullptr;
}

/// The answer to a case of `operation` whose inputs are `inputs`, members of a mapping in YAML.
Answer Evaluate(std::string_view operation, const std::string& inputs) {
  const std::string text =
      "sigvet: 1\nsuite: \"t\"\nabout: \"A.\"\ncases:\n"
      "  - id: \"a\"\n    why: \"W.\"\n    operation: \"" +
      std::string(operation) + "\"\n    input: {" + inputs +
      "}\n    refuse: \"R.\"\n    provenance: {kind: \"derived\", source: \"S.\"}\n";
  const CorpusSource source = {"t.yaml", text};
  const LoadedCorpus loaded = LoadCorpus({&source, 1}, AnyBackend);
  if (loaded.corpus.cases.empty()) {
    ADD_FAILURE() << (loaded.errors.empty() ? "no case" : ToString(loaded.errors.front()));
    return {};
  }
  return MakeBackendSubject(AnyBackend())->Evaluate(loaded.corpus.cases.front());
}

std::string StageOf(const Answer& answer, std::string_view name) {
  for (const StageValue& stage : answer.stages) {
    if (stage.stage->name == name) return stage.value;
  }
  ADD_FAILURE() << "no stage " << name << "; " << answer.detail;
  return {};
}

std::string SuiteInputs(std::string_view rest) {
  return std::string(kSuiteRequest) + ", " + std::string(rest);
}

std::string SuiteSignature(std::string_view rest) {
  return StageOf(Evaluate("sigv4-sign", SuiteInputs(rest)), "signature");
}

// get-vanilla of AWS's test suite, with all its files.
TEST(Sigv4Evaluators, SignGivesEveryStage) {
  const Answer answer =
      Evaluate("sigv4-sign", SuiteInputs("path: \"/\", " + std::string(kSuiteHost)));
  ASSERT_EQ(answer.stages.size(), 5U);
  EXPECT_EQ(StageOf(answer, "canonical_request"),
            "GET\n/\n\nhost:example.amazonaws.com\nx-amz-date:20150830T123600Z\n\n"
            "host;x-amz-date\n" +
                std::string(kEmptyHash));
  EXPECT_EQ(StageOf(answer, "string_to_sign"),
            "AWS4-HMAC-SHA256\n20150830T123600Z\n20150830/us-east-1/service/aws4_request\n"
            "bb579772317eb040ac9ed261061d46c1f17a8133879d6129b6e1c25292927e63");
  EXPECT_EQ(StageOf(answer, "signature"),
            "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31");
  EXPECT_EQ(StageOf(answer, "added_headers"), "x-amz-date:20150830T123600Z");
  EXPECT_EQ(answer.stages.back().value,
            "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, "
            "SignedHeaders=host;x-amz-date, "
            "Signature=5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31");
}

// "GET Object" of the S3 documentation.
TEST(Sigv4Evaluators, SignPassesOnHowS3Signs) {
  const Answer answer = Evaluate(
      "sigv4-sign",
      std::string(kS3Request) +
          ", method: \"GET\", path: \"/test.txt\", content_sha256_header: true, "
          "headers: [[\"Host\", \"examplebucket.s3.amazonaws.com\"], [\"Range\", \"bytes=0-9\"]]");
  EXPECT_EQ(StageOf(answer, "signature"),
            "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41");
  EXPECT_EQ(StageOf(answer, "added_headers"),
            "x-amz-content-sha256:" + std::string(kEmptyHash) + "\nx-amz-date:20130524T000000Z");
}

// get-slashes-normalized and get-slash-unnormalized of the suite, and values that AWS CRT gave.
TEST(Sigv4Evaluators, SignPassesOnEachInput) {
  const std::string host(kSuiteHost);
  EXPECT_EQ(SuiteSignature("path: \"//example//\", " + host),
            "9a624bd73a37c9a373b5312afbebe7a714a789de108f0bdfe846570885f57e84");
  EXPECT_EQ(SuiteSignature("path: \"//\", normalize: false, " + host),
            "c88bcd3d312d75078c0cd961d6deae3f4c754924b01669efcfcb439fd5e5b76e");
  EXPECT_EQ(SuiteSignature("path: \"/a%20b\", " + host),
            "08c33fd523b5dc18699a2c38863929f12203a282c033d442d45b59a096458aa6");
  EXPECT_EQ(SuiteSignature("path: \"/\", query: \"acl\", " + host),
            "06f239ec83cd47b28ade495a426887f0c088d2396a702f8cd8fda356f210797d");
  const std::string token = "path: \"/\", session_token: \"TOKEN/with+chars==\", " + host;
  EXPECT_EQ(SuiteSignature(token),
            "72da297cedb60f3186d91d5bd1113d1155b497eeaee0826a9b3daee11f1035c5");
  // A token that is added after signing leaves the signature as it is without one.
  EXPECT_EQ(SuiteSignature(token + ", sign_session_token: false"),
            "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31");
}

// "Authenticating Requests: Using Query Parameters", S3.
TEST(Sigv4Evaluators, Presign) {
  const Answer answer =
      Evaluate("sigv4-presign", std::string(kS3Request) +
                                    ", method: \"GET\", path: \"/test.txt\", expires_s: 86400, "
                                    "payload_hash: \"UNSIGNED-PAYLOAD\", "
                                    "headers: [[\"Host\", \"examplebucket.s3.amazonaws.com\"]]");
  ASSERT_EQ(answer.stages.size(), 4U);
  EXPECT_EQ(StageOf(answer, "signature"),
            "aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404");
  EXPECT_EQ(answer.stages.back().stage->name, "url");
  EXPECT_TRUE(answer.stages.back().value.starts_with(
      "https://examplebucket.s3.amazonaws.com/test.txt?X-Amz-"));
}

std::string ChunkedInputs(std::string_view content_headers) {
  return std::string(kS3Request) +
         ", method: \"PUT\", path: \"/examplebucket/chunkObject.txt\", "
         "body: {repeat: \"a\", count: 66560}, headers: [[\"Host\", \"s3.amazonaws.com\"], "
         "[\"x-amz-storage-class\", \"REDUCED_REDUNDANCY\"], [\"Content-Encoding\", "
         "\"aws-chunked\"], [\"x-amz-decoded-content-length\", \"66560\"], " +
         std::string(content_headers) + "]";
}

// "Transferring Payload in Multiple Chunks", S3.
TEST(Sigv4Evaluators, Chunked) {
  const Answer answer = Evaluate(
      "sigv4-chunked", ChunkedInputs(R"(["Content-Length", "66824"])") + ", chunk_bytes: 65536");
  ASSERT_EQ(answer.stages.size(), 5U);
  EXPECT_EQ(StageOf(answer, "seed_signature"),
            "4f232c4386841ef735655705268965c44a0e4690baa4adea153f7db9fa80a0a9");
  EXPECT_EQ(answer.stages.back().value,
            "ad80c730a21e5b8d04586a2213dd63b9a0e99e0e2307b0ade35a65485a288648\n"
            "0055627c9e194cb4542bae2aa5492e3c1575bbb81b612b7d234b86a503ef5497\n"
            "b6c6ea8a5354eaf15b3cb7646744f4275b71ea724fed81ceb9323e279d449df9");
}

// "... Including Trailing Headers", S3.
TEST(Sigv4Evaluators, ChunkedWithTrailers) {
  const Answer answer =
      Evaluate("sigv4-chunked", ChunkedInputs(R"(["x-amz-trailer", "x-amz-checksum-crc32c"])") +
                                    ", chunk_bytes: 65536, "
                                    "trailers: [[\"x-amz-checksum-crc32c\", \"sOO8/Q==\"]]");
  EXPECT_EQ(StageOf(answer, "seed_signature"),
            "106e2a8a18243abcf37539882f36619c00e2dfc72633413f02d3b74544bfeb8e");
  EXPECT_EQ(answer.stages.back().value,
            "b474d8862b1487a5145d686f57f013e54db672cee1c953b3010fb58501ef5aa2\n"
            "1c1344b170168f8e65b41376b44b20fe354e373826ccbbe2c1d40a8cae51e5c7\n"
            "2ca2aba2005185cf7159c6277faf83795951dd77a3a99e6e65d5c9f85863f992\n"
            "d81f82fc3505edab99d459891051a732e8730629a2e4a59689829ca17fe2e435");
}

TEST(Sigv4Evaluators, ChunksHaveASizeAndALimit) {
  const auto with = [](std::string_view chunk_bytes) {
    return Evaluate("sigv4-chunked", ChunkedInputs(R"(["x-a", "b"])") +
                                         ", chunk_bytes: " + std::string(chunk_bytes));
  };
  EXPECT_EQ(with("0").kind, Answer::Kind::kRefused);
  EXPECT_EQ(with("-1").kind, Answer::Kind::kRefused);
  EXPECT_EQ(with("9223372036854775807").kind, Answer::Kind::kOutput);
  EXPECT_EQ(with("7").kind, Answer::Kind::kOutput);
  const Answer too_many = with("6");
  EXPECT_EQ(too_many.kind, Answer::Kind::kError);
  EXPECT_EQ(too_many.detail, "more than 10000 chunks");
}

// The same trailing header, signed by itself after the last chunk.
TEST(Sigv4Evaluators, Trailer) {
  const Answer answer =
      Evaluate("sigv4-trailer",
               "secret: \"wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY\", region: \"us-east-1\", "
               "service: \"s3\", timestamp: \"20130524T000000Z\", prior_signature: "
               "\"2ca2aba2005185cf7159c6277faf83795951dd77a3a99e6e65d5c9f85863f992\", "
               "trailers: [[\"x-amz-checksum-crc32c\", \"sOO8/Q==\"]]");
  ASSERT_EQ(answer.stages.size(), 2U);
  EXPECT_EQ(answer.stages.back().value,
            "d81f82fc3505edab99d459891051a732e8730629a2e4a59689829ca17fe2e435");
}

// The first message of aws-c-auth's test_event_signing.c.
TEST(Sigv4Evaluators, Event) {
  const Answer answer = Evaluate(
      "sigv4-event",
      "secret: \"secret\", region: \"us-east-1\", service: \"demo\", "
      "timestamp: \"19810116T063001Z\", prior_signature: "
      "\"e1d8e8c8815e60969f2a34765c9a15945ffc0badbaa4b7e3b163ea19131e949b\", payload: \"A\"");
  ASSERT_EQ(answer.stages.size(), 2U);
  EXPECT_EQ(answer.stages.back().value,
            "7aabf85b765e6a4d0d500b6e968657b14726fa3e1eb7e839302728ffd77629a5");
}

// The key and credential of the S3 documentation's example; the policy is its own base64.
TEST(Sigv4Evaluators, PostPolicy) {
  const Answer answer =
      Evaluate("sigv4-post-policy",
               "access_key_id: \"AKIAIOSFODNN7EXAMPLE\", secret: \"s\", region: \"us-east-1\", "
               "service: \"s3\", timestamp: \"20151229T000000Z\", policy: \"{}\"");
  ASSERT_EQ(answer.stages.size(), 3U);
  EXPECT_EQ(answer.stages[0].value, "AKIAIOSFODNN7EXAMPLE/20151229/us-east-1/s3/aws4_request");
  EXPECT_EQ(answer.stages[1].value, "e30=");
  EXPECT_EQ(answer.stages[2].value.size(), 64U);
}

TEST(Sigv4Evaluators, RefuseWhatCannotBeSigned) {
  const Answer no_host = Evaluate("sigv4-sign", SuiteInputs("path: \"/\", headers: []"));
  EXPECT_EQ(no_host.kind, Answer::Kind::kRefused);
  EXPECT_FALSE(no_host.detail.empty());
  const std::string presign = SuiteInputs("path: \"/\", " + std::string(kSuiteHost));
  EXPECT_EQ(Evaluate("sigv4-presign", presign + ", expires_s: 604800").kind, Answer::Kind::kOutput);
  EXPECT_EQ(Evaluate("sigv4-presign", presign + ", expires_s: 604801").kind,
            Answer::Kind::kRefused);
}

}  // namespace
}  // namespace sigvet
