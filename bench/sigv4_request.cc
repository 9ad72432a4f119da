// What it costs to sign a request besides hashing: SignSigv4 and SignSigv4Into with a key that is
// cached, and the SHA-256 of the body, the SHA-256 of the canonical request and the HMAC of the
// string to sign by themselves.

#include "signing/sigv4_request.h"

#include <benchmark/benchmark.h>

#include <string>
#include <string_view>
#include <utility>

#include "backends/builtin/builtin_backend.h"
#include "base/check.h"
#include "base/hex.h"
#include "signing/sigv4_timestamp.h"

namespace sigvet {
namespace {

/// A request, how it is signed, and the signature that it must get.
struct Workload {
  HttpRequest request;
  Sigv4Credentials credentials;
  Sigv4Settings settings;
  bool content_sha256_header;
  std::string_view signature;
};

/// "Signature Calculations for the Authorization Header: Transferring Payload in a Single Chunk",
/// Amazon S3 API Reference: GET Object.
Workload S3GetObject() {
  return {
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
  };
}

/// A call as SDKs make it: a body of 1 KiB, and seven headers with the one that is added. The
/// signature is that of botocore 1.29.27.
Workload DynamoDbPutItem() {
  std::string body = R"({"TableName":"orders","Item":{"id":{"S":"0001"},"note":{"S":")";
  constexpr std::string_view kEnd = R"("}}})";
  body.resize(1024 - kEnd.size(), 'x');
  body += kEnd;
  return {
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
  };
}

constexpr std::string_view kWrong = "the signature is wrong";

/// Signs one request after the other, each into a result of its own.
template <Workload (*kMake)()>
void SignWithCachedKey(benchmark::State& state) {
  const Workload workload = kMake();
  const auto backend = MakeBuiltinBackend().value();
  Sigv4KeyCache cache;
  while (state.KeepRunning()) {
    const auto out = SignSigv4(*backend, workload.request, workload.credentials, workload.settings,
                               workload.content_sha256_header, &cache);
    Check(out.ok() && out->signature == workload.signature, kWrong);
  }
}

/// The same into one result, whose room is taken again and again.
template <Workload (*kMake)()>
void SignIntoWithCachedKey(benchmark::State& state) {
  const Workload workload = kMake();
  const auto backend = MakeBuiltinBackend().value();
  Sigv4KeyCache cache;
  Sigv4SignedRequest out;
  while (state.KeepRunning()) {
    const auto error = SignSigv4Into(out, *backend, workload.request, workload.credentials,
                                     workload.settings, workload.content_sha256_header, &cache);
    Check(!error && out.signature == workload.signature, kWrong);
  }
}

template <Workload (*kMake)()>
void HashAlone(benchmark::State& state) {
  const Workload workload = kMake();
  const auto backend = MakeBuiltinBackend().value();
  Sigv4KeyCache cache;
  const Sigv4Settings& settings = workload.settings;
  const auto out = SignSigv4(*backend, workload.request, workload.credentials, settings,
                             workload.content_sha256_header, &cache);
  Check(out.ok() && out->signature == workload.signature, kWrong);
  const Sigv4Scope scope = {DateOfSigv4Timestamp(settings.timestamp), settings.region,
                            settings.service};
  const Digest& key = **cache.Find(*backend, workload.credentials.secret, scope);
  const Digest mac = backend->HmacSha256(key, AsBytes(out->string_to_sign));
  Check(ToHex(mac) == workload.signature, kWrong);
  while (state.KeepRunning()) {
    benchmark::DoNotOptimize(backend->Sha256(AsBytes(workload.request.body)));
    benchmark::DoNotOptimize(backend->Sha256(AsBytes(out->canonical_request)));
    Check(backend->HmacSha256(key, AsBytes(out->string_to_sign)) == mac, kWrong);
  }
}

BENCHMARK(SignWithCachedKey<DynamoDbPutItem>);
BENCHMARK(SignIntoWithCachedKey<DynamoDbPutItem>);
BENCHMARK(HashAlone<DynamoDbPutItem>);
BENCHMARK(SignWithCachedKey<S3GetObject>);
BENCHMARK(SignIntoWithCachedKey<S3GetObject>);
BENCHMARK(HashAlone<S3GetObject>);

}  // namespace
}  // namespace sigvet

BENCHMARK_MAIN();
