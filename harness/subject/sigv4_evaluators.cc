#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "base/ascii.h"
#include "harness/subject/evaluator.h"
#include "harness/subject/signed_case.h"

namespace sigvet {
namespace {

std::string JoinLines(const std::vector<std::string>& lines) {
  std::string text;
  for (const std::string& line : lines) {
    if (&line != &lines.front()) text += '\n';
    text += line;
  }
  return text;
}

/// `name:value` of each, the name in lower case, sorted by name.
std::string AddedHeaders(const std::vector<HttpHeader>& headers) {
  std::vector<HttpHeader> sorted = headers;
  for (HttpHeader& header : sorted) header.name = ToLowerAscii(header.name);
  std::ranges::stable_sort(sorted, {}, &HttpHeader::name);
  std::vector<std::string> lines;
  lines.reserve(sorted.size());
  for (const HttpHeader& header : sorted) lines.push_back(header.name + ":" + header.value);
  return JoinLines(lines);
}

/// Those of the chunks and of the trailing headers.
std::string ChunkSignatures(const Sigv4ChunkedRequest& chunked) {
  std::vector<std::string> lines;
  lines.reserve(chunked.chunks.size() + 1);
  for (const Sigv4ChainedSignature& chunk : chunked.chunks) lines.push_back(chunk.signature);
  if (chunked.trailer) lines.push_back(chunked.trailer->signature);
  return JoinLines(lines);
}

Answer EvaluateSign(Backend& backend, const Case& c) {
  const auto signed_request = SignCase(backend, c);
  if (!signed_request) return Refused(signed_request.error().message);
  return Output(c, {signed_request->canonical_request, signed_request->string_to_sign,
                    signed_request->signature, AddedHeaders(signed_request->added_headers),
                    signed_request->authorization});
}

Answer EvaluatePresign(Backend& backend, const Case& c) {
  const auto presigned = PresignCase(backend, c);
  if (!presigned) return Refused(presigned.error().message);
  return Output(c, {presigned->canonical_request, presigned->string_to_sign, presigned->signature,
                    presigned->url});
}

Answer EvaluateChunked(Backend& backend, const Case& c) {
  if (HasTooManyChunks(c)) return {Answer::Kind::kError, {}, "more than 10000 chunks"};
  const auto chunked = SignCaseInChunks(backend, c);
  if (!chunked) return Refused(chunked.error().message);
  const Sigv4SignedRequest& seed = chunked->seed;
  return Output(c, {seed.canonical_request, seed.string_to_sign, seed.signature, seed.authorization,
                    ChunkSignatures(*chunked)});
}

Answer OutputLink(const Case& c, const Result<Sigv4ChainedSignature>& link) {
  if (!link) return Refused(link.error().message);
  return Output(c, {link->string_to_sign, link->signature});
}

Answer EvaluateTrailer(Backend& backend, const Case& c) {
  return OutputLink(c, SignTrailerCase(backend, c));
}

Answer EvaluateEvent(Backend& backend, const Case& c) {
  return OutputLink(c, SignEventCase(backend, c));
}

Answer EvaluatePostPolicy(Backend& backend, const Case& c) {
  const auto policy = SignPolicyCase(backend, c);
  if (!policy) return Refused(policy.error().message);
  return Output(c, {policy->credential, policy->string_to_sign, policy->signature});
}

constexpr Evaluator kEvaluators[] = {
    {"sigv4-sign", EvaluateSign},       {"sigv4-presign", EvaluatePresign},
    {"sigv4-chunked", EvaluateChunked}, {"sigv4-trailer", EvaluateTrailer},
    {"sigv4-event", EvaluateEvent},     {"sigv4-post-policy", EvaluatePostPolicy},
};

}  // namespace

std::span<const Evaluator> Sigv4Evaluators() { return kEvaluators; }

}  // namespace sigvet
