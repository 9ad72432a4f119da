// How long it takes to find out that no defect explains a wrong value, which is the longest that a
// search takes: hypotheses and MACs a second on one core, the built-in backend on its best kernel.

#include "diagnosis/defect_search.h"

#include <benchmark/benchmark.h>

#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "backends/builtin/builtin_backend.h"
#include "base/check.h"
#include "diagnosis/right_derivation.h"
#include "signing/http_parser.h"
#include "signing/service_rules.h"
#include "signing/sigv4_claim.h"

namespace sigvet {
namespace {

constexpr std::string_view kSecret = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";

/// A derivation and a wrong value, of the right form, that nothing explains.
struct Workload {
  SignedRequest signed_request;
  DerivationInput given;
  Derivation right;
  PayloadHashes hashes;
  std::string value;
};

Workload Password(Backend&) {
  Workload workload;
  workload.given = {.secret = std::make_shared<const Secret>(kSecret),
                    .access_key_id = "AKIAIOSFODNN7EXAMPLE",
                    .version = 4,
                    .date = "11111111",
                    .region = "us-east-1",
                    .service = "ses"};
  workload.right = RightPassword(workload.given);
  workload.value = "B" + std::string(43, 'A');
  return workload;
}

Workload SignedBy(Backend& backend, const std::string& text) {
  Workload workload;
  const auto request = ParseHttpRequest(text);
  Check(request.ok(), "the request can't be read");
  const auto claim = ReadSigv4Claim(*request);
  Check(claim.ok(), "the request's signature can't be read");
  workload.signed_request = {*request, *claim, PathRulesOf(claim->service), true};
  workload.given = {.secret = std::make_shared<const Secret>(kSecret),
                    .access_key_id = claim->access_key_id,
                    .date = claim->date,
                    .timestamp = claim->timestamp,
                    .region = claim->region,
                    .service = claim->service};
  workload.right = *RightSignature(backend, workload.signed_request, workload.given);
  workload.hashes = HashPayload(backend, workload.signed_request.request);
  workload.value = claim->signature;
  return workload;
}

std::string Authorization(std::string_view scope, std::string_view signed_headers) {
  return "Authorization: AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/" + std::string(scope) +
         "/aws4_request, SignedHeaders=" + std::string(signed_headers) +
         ", Signature=" + std::string(64, '0') + "\r\n\r\n";
}

/// A call as SDKs make it, with a body of 1 KiB.
Workload RequestWithBody(Backend& backend) {
  return SignedBy(backend,
                  "POST / HTTP/1.1\r\nHost: dynamodb.us-east-1.amazonaws.com\r\n"
                  "Content-Type: application/x-amz-json-1.0\r\nContent-Length: 1024\r\n"
                  "X-Amz-Date: 20150830T123600Z\r\nX-Amz-Target: DynamoDB_20120810.PutItem\r\n" +
                      Authorization("20150830/us-east-1/dynamodb",
                                    "content-length;content-type;host;x-amz-date;x-amz-target") +
                      std::string(1024, 'x'));
}

/// A presigned URL with a session token as long as they are, and a key with something to encode.
Workload LongRequest(Backend& backend) {
  return SignedBy(backend,
                  "GET /a%20folder//%C3%A9t%C3%A9/file(1).txt?response-content-type=text%2Fplain&"
                  "X-Amz-Algorithm=AWS4-HMAC-SHA256&"
                  "X-Amz-Credential=AKIDEXAMPLE%2F20150830%2Feu-west-1%2Fs3%2Faws4_request&"
                  "X-Amz-Date=20150830T123600Z&X-Amz-Expires=3600&X-Amz-SignedHeaders=host&"
                  "X-Amz-Security-Token=" +
                      std::string(1000, 'x') + "%2F&X-Amz-Signature=" + std::string(64, '0') +
                      " HTTP/1.1\r\nHost: bucket.s3.eu-west-1.amazonaws.com\r\n\r\n");
}

template <Workload (*kMake)(Backend&), SearchDepth kDepth>
void FindNothing(benchmark::State& state) {
  const auto backend = MakeBuiltinBackend().value();
  const Workload workload = kMake(*backend);
  const DefectInput input = {*backend, workload.signed_request, workload.hashes, workload.given};
  SearchEffort effort;
  while (state.KeepRunning()) {
    const SearchResult result = FindDefects(input, workload.right, {{}, workload.value}, kDepth);
    Check(result.explanations.empty(), "there is an explanation");
    effort = result.effort;
  }
  Check(kDepth == SearchDepth::kSingles || effort.pairs_were_tried, "pairs were not tried");
  const auto rate = [&](std::size_t count) {
    return benchmark::Counter(static_cast<double>(count),
                              benchmark::Counter::kIsIterationInvariantRate);
  };
  state.counters["tried"] = static_cast<double>(effort.tried);
  state.counters["hypotheses"] = rate(effort.tried);
  state.counters["macs"] = rate(effort.computed);
}

constexpr SearchDepth kSingles = SearchDepth::kSingles;
constexpr SearchDepth kPairs = SearchDepth::kPairs;

BENCHMARK(FindNothing<Password, kSingles>)->Unit(benchmark::kMillisecond);
BENCHMARK(FindNothing<Password, kPairs>)->Unit(benchmark::kMillisecond);
BENCHMARK(FindNothing<RequestWithBody, kSingles>)->Unit(benchmark::kMillisecond);
BENCHMARK(FindNothing<RequestWithBody, kPairs>)->Unit(benchmark::kMillisecond);
BENCHMARK(FindNothing<LongRequest, kSingles>)->Unit(benchmark::kMillisecond);
BENCHMARK(FindNothing<LongRequest, kPairs>)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace sigvet

BENCHMARK_MAIN();
