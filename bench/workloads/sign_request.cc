// A whole SigV4 signature with a signing key that is cached, into a result whose room is taken
// again; and its hashing alone, which no signer can do without: the SHA-256 of the body, the
// SHA-256 of the canonical request and the HMAC of the string to sign.

#include <memory>
#include <string>
#include <utility>

#include "base/hex.h"
#include "bench/workloads/workloads.h"
#include "signing/sigv4_request.h"
#include "signing/sigv4_timestamp.h"

namespace sigvet {
namespace {

/// A request, how it is signed, and the signature that it must get.
struct Signing {
  HttpRequest request;
  Sigv4Credentials credentials;
  Sigv4Settings settings;
  bool content_sha256_header;
  std::string_view signature;

  Sigv4KeyCache cache = {};
  Sigv4SignedRequest out = {};

  /// What is wrong with the signature, or with the request.
  std::optional<Error> Sign(Backend& backend) {
    if (auto error = SignSigv4Into(out, backend, request, credentials, settings,
                                   content_sha256_header, &cache)) {
      return error;
    }
    if (out.signature == signature) return std::nullopt;
    return Error{"the signature is " + out.signature + ", not " + std::string(signature)};
  }
};

/// "Signature Calculations for the Authorization Header: Transferring Payload in a Single Chunk",
/// Amazon S3 API Reference: GET Object.
std::unique_ptr<Signing> S3GetObject() {
  return std::make_unique<Signing>(Signing{
      .request = {"GET",
                  "/test.txt",
                  "",
                  {{"Host", "examplebucket.s3.amazonaws.com"}, {"Range", "bytes=0-9"}},
                  ""},
      .credentials = {"AKIAIOSFODNN7EXAMPLE",
                      Secret(std::string_view("wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"))},
      .settings = {"us-east-1", "s3", "20130524T000000Z", {UriEncoding::kSingle, false}},
      .content_sha256_header = true,
      .signature = "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41",
  });
}

/// A call as SDKs make it: a body of 1 KiB, and seven headers with the one that is added. The
/// signature is that of botocore 1.29.27.
std::unique_ptr<Signing> DynamoDbPutItem() {
  std::string body = R"({"TableName":"orders","Item":{"id":{"S":"0001"},"note":{"S":")";
  constexpr std::string_view kEnd = R"("}}})";
  body.resize(1024 - kEnd.size(), 'x');
  body += kEnd;
  return std::make_unique<Signing>(Signing{
      .request = {"POST",
                  "/",
                  "",
                  {{"Host", "dynamodb.us-east-1.amazonaws.com"},
                   {"Content-Type", "application/x-amz-json-1.0"},
                   {"Content-Length", "1024"},
                   {"X-Amz-Target", "DynamoDB_20120810.PutItem"},
                   {"Accept-Encoding", "identity"},
                   {"Amz-Sdk-Invocation-Id", "5ec4d0a7-4c8c-4d1f-9a3b-0d9b8e7c6f5a"}},
                  std::move(body)},
      .credentials = {"AKIDEXAMPLE",
                      Secret(std::string_view("wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"))},
      .settings = {"us-east-1", "dynamodb", "20150830T123600Z"},
      .content_sha256_header = false,
      .signature = "355a8599052e8de7932ee607fa6afa6d6116b1ee46923160db67cd39f945e8ac",
  });
}

using MakeSigning = std::unique_ptr<Signing> (*)();

Result<PreparedWork> PrepareSigning(Backend* backend, MakeSigning make) {
  const std::shared_ptr<Signing> signing = make();
  if (auto error = signing->Sign(*backend)) return *std::move(error);
  return PreparedWork{.loop = [backend, signing](benchmark::State& state) {
    for (auto _ : state) {
      if (signing->Sign(*backend)) return state.SkipWithError("another signature than before");
    }
  }};
}

Result<PreparedWork> PrepareHashing(Backend* backend, MakeSigning make) {
  const std::shared_ptr<Signing> signing = make();
  if (auto error = signing->Sign(*backend)) return *std::move(error);
  const Sigv4Settings& settings = signing->settings;
  const Sigv4Scope scope = {DateOfSigv4Timestamp(settings.timestamp), settings.region,
                            settings.service};
  const auto found = signing->cache.Find(*backend, signing->credentials.secret, scope);
  if (!found) return found.error();
  const Digest key = **found;
  const Digest mac = backend->HmacSha256(key, AsBytes(signing->out.string_to_sign));
  if (ToHex(mac) != signing->signature) return Error{"the hashing is not that of the signature"};
  return PreparedWork{.loop = [backend, signing, key](benchmark::State& state) {
    for (auto _ : state) {
      benchmark::DoNotOptimize(backend->Sha256(AsBytes(signing->request.body)));
      benchmark::DoNotOptimize(backend->Sha256(AsBytes(signing->out.canonical_request)));
      benchmark::DoNotOptimize(backend->HmacSha256(key, AsBytes(signing->out.string_to_sign)));
    }
  }};
}

}  // namespace

std::vector<Workload> SignRequest() {
  const struct {
    std::string id;
    std::string title;
    MakeSigning make;
  } requests[] = {{"post", "a POST with 7 headers and a body of 1 KiB", &DynamoDbPutItem},
                  {"get", "a GET with 4 headers", &S3GetObject}};
  std::vector<Workload> workloads;
  for (const auto& request : requests) {
    const MakeSigning make = request.make;
    workloads.push_back(
        {.id = "sign-request/" + request.id,
         .title = "SigV4 signature of " + request.title + ", the signing key cached",
         .item = "request",
         .prepare = [make](Backend* backend) { return PrepareSigning(backend, make); }});
    workloads.push_back(
        {.id = "sign-request/" + request.id + "-hashing",
         .title = "the hashing alone of the signature of " + request.title,
         .item = "request",
         .is_use = false,
         .prepare = [make](Backend* backend) { return PrepareHashing(backend, make); }});
  }
  return workloads;
}

}  // namespace sigvet
