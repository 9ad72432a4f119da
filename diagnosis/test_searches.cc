#include "diagnosis/test_searches.h"

#include <utility>

#include "base/check.h"
#include "diagnosis/right_derivation.h"
#include "signing/http_parser.h"
#include "signing/service_rules.h"
#include "signing/sigv4_claim.h"
#include "signing/sigv4_stream.h"

namespace sigvet {

Searched::Searched(Backend& backend, std::string_view secret) : backend_(&backend) {
  given_.secret = std::make_shared<const Secret>(secret);
  given_.access_key_id = "AKIAIOSFODNN7EXAMPLE";
}

Searched Searched::Password(Backend& backend, std::int64_t version, std::string_view secret,
                            std::string_view region) {
  Searched searched(backend, secret);
  searched.given_.version = version;
  searched.given_.date = "11111111";
  searched.given_.region = region;
  searched.given_.service = "ses";
  searched.right_ = RightPassword(searched.given_);
  return searched;
}

Searched Searched::SigningKey(Backend& backend, std::string_view secret, std::string_view region,
                              std::string_view service) {
  Searched searched(backend, secret);
  searched.given_.date = "20150830";
  searched.given_.region = region;
  searched.given_.service = service;
  searched.right_ = RightSigningKey(searched.given_);
  return searched;
}

Searched Searched::Request(Backend& backend, std::string_view secret, const std::string& text) {
  Searched searched(backend, secret);
  const auto request = ParseHttpRequest(text);
  Check(request.ok(), "the request can't be read");
  const auto claim = ReadSigv4Claim(*request);
  Check(claim.ok(), "the request's signature can't be read");
  searched.signed_request_ = {*request, *claim, PathRulesOf(claim->service), true};
  DerivationInput& given = searched.given_;
  given.access_key_id = claim->access_key_id;
  given.date = claim->date;
  given.timestamp = claim->timestamp;
  given.region = claim->region;
  given.service = claim->service;
  searched.hashes_ = HashPayload(backend, *request);
  auto right = RightSignature(backend, searched.signed_request_, given);
  Check(right.ok(), "the request can't be signed");
  searched.right_ = *std::move(right);
  return searched;
}

Searched Searched::Chunks(Backend& backend, std::string_view secret) {
  Searched searched(backend, secret);
  DerivationInput& given = searched.given_;
  given.timestamp = "20130524T000000Z";
  given.date = "20130524";
  given.region = "us-east-1";
  given.service = "s3";
  const HttpRequest request = {"PUT", "/chunks", "", {{"Host", "h"}}, std::string(20, 'a')};
  const Sigv4Credentials credentials = {given.access_key_id, Secret(secret)};
  const Sigv4Settings settings = {
      given.region, given.service, given.timestamp, {UriEncoding::kSingle, false}};
  const auto chunked = SignSigv4Chunked(backend, request, credentials, settings, 8, {});
  Check(chunked.ok(), "the chunks can't be signed");
  searched.right_ = RightChain(given, chunked->chunks);
  searched.hashes_ = HashPayload(backend, request);
  return searched;
}

Searched Searched::Policy(Backend& backend, std::string_view secret) {
  Searched searched(backend, secret);
  DerivationInput& given = searched.given_;
  given.timestamp = "20151229T000000Z";
  given.date = "20151229";
  given.region = "us-east-1";
  given.service = "s3";
  given.payload =
      "{ \"expiration\": \"2015-12-30T12:00:00.000Z\",\r\n  \"conditions\": [ {\"bucket\": "
      "\"b\"}, {\"x-amz-credential\": \"" +
      given.access_key_id + "/20151229/us-east-1/s3/aws4_request\"} ]\r\n}";
  searched.hashes_ = HashPayload(backend, {});
  searched.right_ = RightPolicy(backend, given);
  return searched;
}

std::string RequestWithEverything(std::string_view service) {
  return "POST /a%20b//~c(d)/?z=1&b=%2F&b=x+y&A=%7E&a-b&a=2 HTTP/1.1\r\n"
         "Host: Example.com:8443\r\nX-Amz-Date: 20150830T123600Z\r\n"
         "My-Header: Two\r\nMy-Header: One  and  more \r\nA: 1\r\nA-B: 2\r\n"
         "Content-Length: 7\r\nAuthorization: AWS4-HMAC-SHA256 "
         "Credential=AKIDEXAMPLE/20150830/us-east-1/" +
         std::string(service) +
         "/aws4_request, SignedHeaders=a;a-b;content-length;host;my-header;x-amz-date, "
         "Signature=" +
         std::string(64, '0') + "\r\n\r\nsome\r\n";
}

std::string NamesOf(const Explanation& explanation) {
  std::string names;
  for (const AppliedDefect& applied : explanation.defects) {
    names.append(names.empty() ? "" : " + ").append(applied.defect->id);
    if (!applied.value.empty()) names.append("=").append(applied.value);
  }
  return names;
}

}  // namespace sigvet
