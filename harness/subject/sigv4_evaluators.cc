#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "base/ascii.h"
#include "harness/subject/evaluator.h"
#include "signing/sigv4_post_policy.h"
#include "signing/sigv4_request.h"
#include "signing/sigv4_stream.h"

namespace sigvet {
namespace {

/// More of them would take minutes and fill the memory with their signatures.
constexpr std::size_t kMaxChunks = 10'000;

HttpRequest RequestOf(const Case& c) {
  return {c.Text("method"), c.Text("path"), c.Text("query"), c.Headers("headers"), c.Text("body")};
}

Sigv4Credentials CredentialsOf(const Case& c) {
  return {c.Text("access_key_id"), Secret(c.Text("secret")),
          std::string(c.OptionalText("session_token").value_or(""))};
}

/// All settings but the payload hash.
Sigv4Settings SettingsOf(const Case& c) {
  Sigv4Settings settings = {c.Text("region"), c.Text("service"), c.Text("timestamp")};
  settings.path.encoding =
      c.Text("uri_encode") == "single" ? UriEncoding::kSingle : UriEncoding::kDouble;
  settings.path.normalize = c.Boolean("normalize");
  settings.sign_session_token = c.Boolean("sign_session_token");
  return settings;
}

Sigv4Settings SettingsWithPayloadHash(const Case& c) {
  Sigv4Settings settings = SettingsOf(c);
  settings.payload_hash = c.OptionalText("payload_hash");
  return settings;
}

Sigv4ChainLink LinkOf(const Case& c) {
  return {c.Text("region"), c.Text("service"), c.Text("timestamp"), c.Text("prior_signature")};
}

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
  const auto signed_request =
      SignSigv4(backend, RequestOf(c), CredentialsOf(c), SettingsWithPayloadHash(c),
                c.Boolean("content_sha256_header"));
  if (!signed_request) return Refused(signed_request.error().message);
  return Output(c, {signed_request->canonical_request, signed_request->string_to_sign,
                    signed_request->signature, AddedHeaders(signed_request->added_headers),
                    signed_request->authorization});
}

Answer EvaluatePresign(Backend& backend, const Case& c) {
  const auto presigned = PresignSigv4(backend, RequestOf(c), CredentialsOf(c),
                                      SettingsWithPayloadHash(c), c.Integer("expires_s"));
  if (!presigned) return Refused(presigned.error().message);
  return Output(c, {presigned->canonical_request, presigned->string_to_sign, presigned->signature,
                    presigned->url});
}

Answer EvaluateChunked(Backend& backend, const Case& c) {
  const std::int64_t chunk_bytes = c.Integer("chunk_bytes");
  if (chunk_bytes < 1) return Refused("chunks of less than 1 byte");
  const auto size = static_cast<std::size_t>(chunk_bytes);
  if (c.Text("body").size() / size >= kMaxChunks) {
    return {Answer::Kind::kError, {}, "more than 10000 chunks"};
  }
  const auto chunked = SignSigv4Chunked(backend, RequestOf(c), CredentialsOf(c), SettingsOf(c),
                                        size, c.Headers("trailers"));
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
  return OutputLink(
      c, SignSigv4Trailer(backend, Secret(c.Text("secret")), LinkOf(c), c.Headers("trailers")));
}

Answer EvaluateEvent(Backend& backend, const Case& c) {
  return OutputLink(
      c, SignSigv4Event(backend, Secret(c.Text("secret")), LinkOf(c), AsBytes(c.Text("payload"))));
}

Answer EvaluatePostPolicy(Backend& backend, const Case& c) {
  const auto policy = SignSigv4PostPolicy(
      backend, Secret(c.Text("secret")),
      {c.Text("access_key_id"), c.Text("region"), c.Text("service"), c.Text("timestamp")},
      AsBytes(c.Text("policy")));
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
