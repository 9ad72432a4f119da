#include "signing/sigv4_stream.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <vector>

#include "backends/backend_registry.h"

namespace sigvet {
namespace {

using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::SizeIs;
using ::testing::StartsWith;

constexpr std::string_view kSecret = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
constexpr std::string_view kTimestamp = "20130524T000000Z";
constexpr std::size_t kBodyBytes = 66560;
constexpr std::size_t kChunkBytes = 65536;

std::vector<std::unique_ptr<Backend>> AvailableBackends() {
  std::vector<std::unique_ptr<Backend>> backends;
  for (const BackendEntry& entry : AllBackends()) {
    BackendResult backend = MakeBackend(entry.id);
    if (backend) backends.push_back(std::move(*backend));
  }
  EXPECT_FALSE(backends.empty());
  return backends;
}

std::unique_ptr<Backend> AnyBackend() { return MakeBackend(AllBackends().back().id).value(); }

// The example of the S3 API Reference's pages on chunks and on trailing headers.
HttpRequest ExampleRequest() {
  return {"PUT",
          "/examplebucket/chunkObject.txt",
          "",
          {{"Host", "s3.amazonaws.com"},
           {"x-amz-storage-class", "REDUCED_REDUNDANCY"},
           {"Content-Encoding", "aws-chunked"},
           {"x-amz-decoded-content-length", "66560"}},
          std::string(kBodyBytes, 'a')};
}

Sigv4Credentials ExampleCredentials() { return {"AKIAIOSFODNN7EXAMPLE", Secret(kSecret)}; }

Sigv4Settings ExampleSettings() {
  return {.region = "us-east-1",
          .service = "s3",
          .timestamp = std::string(kTimestamp),
          .path = {.encoding = UriEncoding::kSingle, .normalize = false}};
}

const std::vector<HttpHeader> kCrc32c = {{"x-amz-checksum-crc32c", "sOO8/Q=="}};

std::vector<std::string> Signatures(const Sigv4ChunkedRequest& chunked) {
  std::vector<std::string> signatures;
  for (const Sigv4ChainedSignature& chunk : chunked.chunks) signatures.push_back(chunk.signature);
  return signatures;
}

// "Signature Calculations for the Authorization Header: Transferring Payload in Multiple Chunks".
TEST(Sigv4Chunked, GivesThePublishedSignatures) {
  for (const auto& backend : AvailableBackends()) {
    HttpRequest request = ExampleRequest();
    request.headers.push_back({"Content-Length", "66824"});
    const auto chunked = SignSigv4Chunked(*backend, request, ExampleCredentials(),
                                          ExampleSettings(), kChunkBytes, {});
    ASSERT_TRUE(chunked.ok()) << ToString(chunked.error());
    EXPECT_THAT(chunked->seed.string_to_sign,
                EndsWith("\ncee3fed04b70f867d036f722359b0b1f2f0e5dc0efadbc082b76c4c60e316455"));
    EXPECT_EQ(chunked->seed.signature,
              "4f232c4386841ef735655705268965c44a0e4690baa4adea153f7db9fa80a0a9");
    EXPECT_THAT(
        Signatures(*chunked),
        testing::ElementsAre("ad80c730a21e5b8d04586a2213dd63b9a0e99e0e2307b0ade35a65485a288648",
                             "0055627c9e194cb4542bae2aa5492e3c1575bbb81b612b7d234b86a503ef5497",
                             "b6c6ea8a5354eaf15b3cb7646744f4275b71ea724fed81ceb9323e279d449df9"));
    EXPECT_FALSE(chunked->trailer.has_value());
    // The hash of the first chunk as the page shows its string to sign.
    EXPECT_EQ(chunked->chunks[0].string_to_sign,
              "AWS4-HMAC-SHA256-PAYLOAD\n20130524T000000Z\n20130524/us-east-1/s3/aws4_request\n"
              "4f232c4386841ef735655705268965c44a0e4690baa4adea153f7db9fa80a0a9\n"
              "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855\n"
              "bf718b6f653bebc184e1479f1935b8da974d701b893afcf49e701f3e2f9f9c5a");
  }
}

TEST(Sigv4Chunked, GivesThePublishedBody) {
  const auto chunked = SignSigv4Chunked(*AnyBackend(), ExampleRequest(), ExampleCredentials(),
                                        ExampleSettings(), kChunkBytes, {});
  ASSERT_TRUE(chunked.ok()) << ToString(chunked.error());
  ASSERT_THAT(chunked->chunks, SizeIs(3));
  const std::string line = ";chunk-signature=";
  const std::string expected = "10000" + line + chunked->chunks[0].signature + "\r\n" +
                               std::string(65536, 'a') + "\r\n" + "400" + line +
                               chunked->chunks[1].signature + "\r\n" + std::string(1024, 'a') +
                               "\r\n" + "0" + line + chunked->chunks[2].signature + "\r\n\r\n";
  EXPECT_TRUE(chunked->body == expected);
  EXPECT_EQ(chunked->body.size(), 66824U);
}

// "Signature Calculations for the Authorization Header: Including Trailing Headers".
TEST(Sigv4Chunked, GivesThePublishedTrailer) {
  HttpRequest request = ExampleRequest();
  request.headers.push_back({"x-amz-trailer", "x-amz-checksum-crc32c"});
  for (const auto& backend : AvailableBackends()) {
    const auto chunked = SignSigv4Chunked(*backend, request, ExampleCredentials(),
                                          ExampleSettings(), kChunkBytes, kCrc32c);
    ASSERT_TRUE(chunked.ok()) << ToString(chunked.error());
    EXPECT_THAT(chunked->seed.string_to_sign,
                EndsWith("\n44d48b8c2f70eae815a0198cc73d7a546a73a93359c070abbaa5e6c7de112559"));
    EXPECT_EQ(chunked->seed.signature,
              "106e2a8a18243abcf37539882f36619c00e2dfc72633413f02d3b74544bfeb8e");
    EXPECT_THAT(
        Signatures(*chunked),
        testing::ElementsAre("b474d8862b1487a5145d686f57f013e54db672cee1c953b3010fb58501ef5aa2",
                             "1c1344b170168f8e65b41376b44b20fe354e373826ccbbe2c1d40a8cae51e5c7",
                             "2ca2aba2005185cf7159c6277faf83795951dd77a3a99e6e65d5c9f85863f992"));
    ASSERT_TRUE(chunked->trailer.has_value());
    EXPECT_EQ(chunked->trailer->signature,
              "d81f82fc3505edab99d459891051a732e8730629a2e4a59689829ca17fe2e435");
    EXPECT_THAT(chunked->body,
                EndsWith("\r\n0;chunk-signature="
                         "2ca2aba2005185cf7159c6277faf83795951dd77a3a99e6e65d5c9f85863f992\r\n"
                         "x-amz-checksum-crc32c:sOO8/Q==\r\n"
                         "x-amz-trailer-signature:"
                         "d81f82fc3505edab99d459891051a732e8730629a2e4a59689829ca17fe2e435\r\n"
                         "\r\n"));
  }
}

// AWS SDK for Java 2.55.12 sends 10536 bytes for 10240 in one chunk and a CRC32 trailer.
TEST(Sigv4Chunked, TheBodyHasTheLengthThatAnSdkSends) {
  HttpRequest request = {
      "PUT", "/k", "", {{"Host", "a"}, {"Content-Length", "10536"}}, std::string(10240, 'x')};
  const std::vector<HttpHeader> crc32 = {{"x-amz-checksum-crc32", "9+yNBQ=="}};
  const auto chunked = SignSigv4Chunked(*AnyBackend(), request, ExampleCredentials(),
                                        ExampleSettings(), 131072, crc32);
  ASSERT_TRUE(chunked.ok()) << ToString(chunked.error());
  EXPECT_EQ(chunked->body.size(), 10536U);
}

TEST(Sigv4Chunked, EveryBodyEndsInOneEmptyChunk) {
  HttpRequest request = {"PUT", "/k", "", {{"Host", "a"}}, ""};
  const auto sizes = [&](std::size_t body_bytes, std::size_t chunk_bytes) {
    request.body.assign(body_bytes, 'x');
    const auto chunked = SignSigv4Chunked(*AnyBackend(), request, ExampleCredentials(),
                                          ExampleSettings(), chunk_bytes, {});
    EXPECT_TRUE(chunked.ok());
    std::string heads;
    for (std::size_t i = 0; chunked && i < chunked->body.size();) {
      const std::size_t size = std::stoul(chunked->body.substr(i), nullptr, 16);
      heads += std::to_string(size) + " ";
      i = chunked->body.find("\r\n", i) + 2 + size + 2;
    }
    return heads;
  };
  EXPECT_EQ(sizes(0, 8192), "0 ");
  EXPECT_EQ(sizes(1, 8192), "1 0 ");
  EXPECT_EQ(sizes(8192, 8192), "8192 0 ");
  EXPECT_EQ(sizes(8193, 8192), "8192 1 0 ");
  EXPECT_EQ(sizes(3, 1), "1 1 1 0 ");
  EXPECT_EQ(sizes(3, SIZE_MAX), "3 0 ");
}

TEST(Sigv4Chunked, AddsTheHeadersOfTheSeed) {
  Sigv4Credentials credentials = ExampleCredentials();
  credentials.session_token = "TOKEN";
  const auto chunked = SignSigv4Chunked(*AnyBackend(), ExampleRequest(), credentials,
                                        ExampleSettings(), kChunkBytes, kCrc32c);
  ASSERT_TRUE(chunked.ok()) << ToString(chunked.error());
  const std::string& canonical = chunked->seed.canonical_request;
  EXPECT_THAT(canonical,
              HasSubstr("\nx-amz-content-sha256:STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER\n"));
  EXPECT_THAT(canonical, HasSubstr("\nx-amz-security-token:TOKEN\n"));
  EXPECT_THAT(canonical, EndsWith("\nSTREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER"));
}

std::string ErrorOf(const HttpRequest& request, const Sigv4Settings& settings,
                    std::size_t chunk_bytes, const std::vector<HttpHeader>& trailers) {
  const auto chunked = SignSigv4Chunked(*AnyBackend(), request, ExampleCredentials(), settings,
                                        chunk_bytes, trailers);
  return chunked ? "signed" : ToString(chunked.error());
}

TEST(Sigv4Chunked, RefusesWhatIsNotTrue) {
  const auto with = [](std::string name, std::string value) {
    HttpRequest request = ExampleRequest();
    request.headers.pop_back();
    request.headers.push_back({std::move(name), std::move(value)});
    return request;
  };
  const Sigv4Settings settings = ExampleSettings();
  EXPECT_EQ(ErrorOf(with("content-length", " 66824 "), settings, kChunkBytes, {}), "signed");
  EXPECT_EQ(ErrorOf(with("content-length", "66560"), settings, kChunkBytes, {}),
            "the header Content-Length is not the length of what is sent (that has 66824 bytes)");
  EXPECT_EQ(ErrorOf(with("Content-Length", "66824"), settings, kChunkBytes, kCrc32c),
            "the header Content-Length is not the length of what is sent (that has 66946 bytes)");
  EXPECT_EQ(ErrorOf(with("X-Amz-Decoded-Content-Length", "66824"), settings, kChunkBytes, {}),
            "the header X-Amz-Decoded-Content-Length is not the length of the body without what is "
            "around its chunks (that has 66560 bytes)");
  EXPECT_NE(ErrorOf(with("X-Amz-Content-Sha256", "UNSIGNED-PAYLOAD"), settings, kChunkBytes, {}),
            "signed");
  Sigv4Settings other_hash = settings;
  other_hash.payload_hash = "UNSIGNED-PAYLOAD";
  EXPECT_EQ(ErrorOf(ExampleRequest(), other_hash, kChunkBytes, {}),
            "the payload hash of chunks is not free (it is STREAMING-AWS4-HMAC-SHA256-PAYLOAD)");
  other_hash.payload_hash = "STREAMING-AWS4-HMAC-SHA256-PAYLOAD";
  EXPECT_EQ(ErrorOf(ExampleRequest(), other_hash, kChunkBytes, {}), "signed");
  EXPECT_EQ(ErrorOf(ExampleRequest(), other_hash, kChunkBytes, kCrc32c),
            "the payload hash of chunks is not free (it is "
            "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER)");
}

TEST(Sigv4Chunked, RefusesBadChunksAndTrailers) {
  const Sigv4Settings settings = ExampleSettings();
  EXPECT_EQ(ErrorOf(ExampleRequest(), settings, 0, {}),
            "chunks of 0 bytes (an empty chunk ends the body)");
  HttpRequest request = {"PUT", "/k", "", {{"Host", "a"}}, std::string(99'999, 'x')};
  EXPECT_EQ(ErrorOf(request, settings, 1, {}), "signed");
  request.body += 'x';
  EXPECT_EQ(ErrorOf(request, settings, 1, {}),
            "over 100000 chunks (make them larger: S3 wants 8 KiB at the least)");
  EXPECT_NE(ErrorOf(ExampleRequest(), settings, kChunkBytes, {{"a b", "c"}}), "signed");
  EXPECT_NE(ErrorOf(ExampleRequest(), settings, kChunkBytes, {{"a", "b\nc"}}), "signed");
  request.headers.clear();
  EXPECT_NE(ErrorOf(request, settings, kChunkBytes, {}), "signed");
}

std::string TrailerSignature(Backend& backend, std::string_view prior,
                             const std::vector<HttpHeader>& trailers) {
  const auto link =
      SignSigv4Trailer(backend, Secret(kSecret), {"us-east-1", "s3", kTimestamp, prior}, trailers);
  return link ? link->signature : ToString(link.error());
}

constexpr std::string_view kLastChunk =
    "b6c6ea8a5354eaf15b3cb7646744f4275b71ea724fed81ceb9323e279d449df9";

// aws-c-auth, tests/test_chunked_signing.c, and minio-go's own test.
TEST(Sigv4Trailer, GivesThePublishedSignatures) {
  for (const auto& backend : AvailableBackends()) {
    EXPECT_EQ(TrailerSignature(*backend, kLastChunk,
                               {{"first", "1st"}, {"second", "2nd"}, {"third", "3rd"}}),
              "df5735bd9f3295cd9386572292562fefc93ba94e80a0a1ddcbd652c4e0a75e6c");
    EXPECT_EQ(TrailerSignature(*backend,
                               "e05ab64fe1dfdbf0b5870abbaabdb063c371d4e96f2767e6934d90529c5ae850",
                               {{"x-amz-checksum-crc32c", "wdBDMA=="}}),
              "41e14ac611e27a8bb3d66c3bad6856f209297767d5dd4fc87d8fa9e422e03faf");
  }
}

// The same as above, given as a caller might.
TEST(Sigv4Trailer, SignsTheCanonicalForm) {
  EXPECT_EQ(TrailerSignature(*AnyBackend(), kLastChunk,
                             {{"THIRD", "3rd "}, {"First", " 1st"}, {"second", "\t2nd"}}),
            "df5735bd9f3295cd9386572292562fefc93ba94e80a0a1ddcbd652c4e0a75e6c");
  const auto link = SignSigv4Trailer(*AnyBackend(), Secret(kSecret),
                                     {"us-east-1", "s3", kTimestamp, kLastChunk}, kCrc32c);
  ASSERT_TRUE(link.ok());
  EXPECT_THAT(link->string_to_sign, StartsWith("AWS4-HMAC-SHA256-TRAILER\n20130524T000000Z\n"
                                               "20130524/us-east-1/s3/aws4_request\n" +
                                               std::string(kLastChunk) + "\n"));
}

// aws-c-auth, tests/test_event_signing.c: the events "A", "B", "C" and the empty one that ends.
TEST(Sigv4Event, GivesThePublishedChain) {
  struct Event {
    std::string_view payload;
    std::string_view timestamp;
    std::string_view signature;
  };
  constexpr Event kEvents[] = {
      {"A", "19810116T063001Z", "7aabf85b765e6a4d0d500b6e968657b14726fa3e1eb7e839302728ffd77629a5"},
      {"B", "19810116T063002Z", "f72aa9642f571d24a6e1ae42f10f073ad9448d8a028b6bcd82da081335adda02"},
      {"C", "19810116T063003Z", "632af120435b57ec241d8bfbb12e496dfd5e2730a1a02ac0ab6eaa230ae02e9a"},
      {"", "19810116T063004Z", "c6f679ddb3af68f5e82f0cf6761244cb2338cf11e7d01a24130aea1b7c17e53e"}};
  for (const auto& backend : AvailableBackends()) {
    std::string prior = "e1d8e8c8815e60969f2a34765c9a15945ffc0badbaa4b7e3b163ea19131e949b";
    for (const Event& event : kEvents) {
      const auto link =
          SignSigv4Event(*backend, Secret("secret"), {"us-east-1", "demo", event.timestamp, prior},
                         AsBytes(event.payload));
      ASSERT_TRUE(link.ok()) << ToString(link.error());
      EXPECT_EQ(link->signature, event.signature) << event.payload;
      prior = event.signature;
    }
  }
}

// The request that opens that stream.
TEST(Sigv4Event, GivesThePublishedSignatureOfTheRequest) {
  const HttpRequest request = {"POST",
                               "/streaming",
                               "",
                               {{"Host", "demo.us-east-1.amazonaws.com"},
                                {"content-encoding", "application/vnd.amazon.eventstream"},
                                {"x-amz-content-sha256", "STREAMING-AWS4-HMAC-SHA256-EVENTS"}},
                               ""};
  const Sigv4Settings settings = {
      .region = "us-east-1", .service = "demo", .timestamp = "19810116T063000Z"};
  const auto signed_request =
      SignSigv4(*AnyBackend(), request, {"access", Secret("secret")}, settings);
  ASSERT_TRUE(signed_request.ok()) << ToString(signed_request.error());
  EXPECT_EQ(signed_request->signature,
            "e1d8e8c8815e60969f2a34765c9a15945ffc0badbaa4b7e3b163ea19131e949b")
      << signed_request->canonical_request;
}

TEST(Sigv4Chain, RefusesWhatCannotBeSigned) {
  const std::unique_ptr<Backend> backend = AnyBackend();
  const auto refusal = [&](std::string_view secret, const Sigv4ChainLink& link) {
    const auto event = SignSigv4Event(*backend, Secret(secret), link, {});
    const auto trailer = SignSigv4Trailer(*backend, Secret(secret), link, kCrc32c);
    EXPECT_EQ(event.ok(), trailer.ok());
    if (event || trailer) return std::string();
    EXPECT_EQ(event.error(), trailer.error());
    return event.error().message;
  };
  EXPECT_EQ(refusal("x", {"r", "s3", kTimestamp, kLastChunk}), "");
  EXPECT_EQ(refusal("", {"r", "s3", kTimestamp, kLastChunk}), "the secret is empty");
  EXPECT_EQ(refusal("x", {"", "s3", kTimestamp, kLastChunk}), "the region is empty");
  EXPECT_EQ(refusal("x", {"r", "", kTimestamp, kLastChunk}), "the service is empty");
  EXPECT_EQ(refusal("x", {"r\nq", "s3", kTimestamp, kLastChunk}),
            "the region has a blank or a control character");
  EXPECT_EQ(refusal("x", {"r", "s/3", kTimestamp, kLastChunk}), "the service has a slash");
  EXPECT_EQ(refusal("x", {"r", "s3", "20130524", kLastChunk}), "the timestamp is no time in UTC");
  const std::string upper = "B" + std::string(kLastChunk.substr(1));
  for (const std::string& prior : {std::string(), upper, std::string(kLastChunk) + "0",
                                   std::string(63, '0'), std::string(63, '0') + "g"}) {
    EXPECT_EQ(refusal("x", {"r", "s3", kTimestamp, prior}), "the prior signature is no signature");
  }
  EXPECT_EQ(TrailerSignature(*backend, kLastChunk, {}), "there are no trailing headers");
  EXPECT_THAT(TrailerSignature(*backend, kLastChunk, {{"a\n", "b"}}), HasSubstr("token"));
}

}  // namespace
}  // namespace sigvet
