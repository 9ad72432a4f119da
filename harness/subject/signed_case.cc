#include "harness/subject/signed_case.h"

#include <cstddef>
#include <cstdint>
#include <string>

namespace sigvet {
namespace {

constexpr std::size_t kMaxChunks = 10'000;

Sigv4Credentials CredentialsOf(const Case& c) {
  return {c.Text("access_key_id"), Secret(c.Text("secret")),
          std::string(c.OptionalText("session_token").value_or(""))};
}

/// All settings but the payload hash.
Sigv4Settings SettingsOf(const Case& c) {
  Sigv4Settings settings = {c.Text("region"), c.Text("service"), c.Text("timestamp")};
  settings.path = PathOptionsOf(c);
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

}  // namespace

HttpRequest RequestOf(const Case& c) {
  return {c.Text("method"), c.Text("path"), c.Text("query"), c.Headers("headers"), c.Text("body")};
}

CanonicalPathOptions PathOptionsOf(const Case& c) {
  return {c.Text("uri_encode") == "single" ? UriEncoding::kSingle : UriEncoding::kDouble,
          c.Boolean("normalize")};
}

Result<Sigv4SignedRequest> SignCase(Backend& backend, const Case& c) {
  return SignSigv4(backend, RequestOf(c), CredentialsOf(c), SettingsWithPayloadHash(c),
                   c.Boolean("content_sha256_header"));
}

Result<Sigv4PresignedUrl> PresignCase(Backend& backend, const Case& c) {
  return PresignSigv4(backend, RequestOf(c), CredentialsOf(c), SettingsWithPayloadHash(c),
                      c.Integer("expires_s"));
}

bool HasTooManyChunks(const Case& c) {
  const std::int64_t chunk_bytes = c.Integer("chunk_bytes");
  return chunk_bytes > 0 &&
         c.Text("body").size() / static_cast<std::size_t>(chunk_bytes) >= kMaxChunks;
}

Result<Sigv4ChunkedRequest> SignCaseInChunks(Backend& backend, const Case& c) {
  const std::int64_t chunk_bytes = c.Integer("chunk_bytes");
  if (chunk_bytes < 1) return Error{"chunks of less than 1 byte"};
  return SignSigv4Chunked(backend, RequestOf(c), CredentialsOf(c), SettingsOf(c),
                          static_cast<std::size_t>(chunk_bytes), c.Headers("trailers"));
}

Result<Sigv4ChainedSignature> SignTrailerCase(Backend& backend, const Case& c) {
  return SignSigv4Trailer(backend, Secret(c.Text("secret")), LinkOf(c), c.Headers("trailers"));
}

Result<Sigv4ChainedSignature> SignEventCase(Backend& backend, const Case& c) {
  return SignSigv4Event(backend, Secret(c.Text("secret")), LinkOf(c), AsBytes(c.Text("payload")));
}

Result<Sigv4PostPolicy> SignPolicyCase(Backend& backend, const Case& c) {
  return SignSigv4PostPolicy(
      backend, Secret(c.Text("secret")),
      {c.Text("access_key_id"), c.Text("region"), c.Text("service"), c.Text("timestamp")},
      AsBytes(c.Text("policy")));
}

}  // namespace sigvet
