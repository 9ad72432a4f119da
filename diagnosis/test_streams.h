#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "diagnosis/test_defects.h"

// Published examples of signatures of chains and policies. Sources: "Transferring Payload in
// Multiple Chunks", "... Including Trailing Headers" and "Browser-Based Uploads Using POST", Amazon
// S3 API Reference; tests/test_event_signing.c of aws-c-auth.

namespace sigvet {

inline DerivationInput S3Given(const std::string& timestamp) {
  return {.secret = std::make_shared<const Secret>(
              std::string_view("wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY")),
          .access_key_id = "AKIAIOSFODNN7EXAMPLE",
          .date = timestamp.substr(0, 8),
          .timestamp = timestamp,
          .region = "us-east-1",
          .service = "s3"};
}

inline constexpr const char* kChunkSignatures =
    "ad80c730a21e5b8d04586a2213dd63b9a0e99e0e2307b0ade35a65485a288648\n"
    "0055627c9e194cb4542bae2aa5492e3c1575bbb81b612b7d234b86a503ef5497\n"
    "b6c6ea8a5354eaf15b3cb7646744f4275b71ea724fed81ceb9323e279d449df9";

/// The chunks of 65536, 1024 and 0 letters.
inline DefectCase Chunks() {
  const DerivationInput given = S3Given("20130524T000000Z");
  const std::string begin =
      "AWS4-HMAC-SHA256-PAYLOAD\n20130524T000000Z\n20130524/us-east-1/s3/aws4_request\n";
  // The request's signature, then those of the chunks; hashes by sha256sum.
  const std::vector<Sigv4ChainedSignature> links = {
      {begin + "4f232c4386841ef735655705268965c44a0e4690baa4adea153f7db9fa80a0a9\n" + kEmptyHash +
           "\nbf718b6f653bebc184e1479f1935b8da974d701b893afcf49e701f3e2f9f9c5a",
       ""},
      {begin + "ad80c730a21e5b8d04586a2213dd63b9a0e99e0e2307b0ade35a65485a288648\n" + kEmptyHash +
           "\n2edc986847e209b4016e141a6dc8716d3207350f416969382d431539bf292e4a",
       ""},
      {begin + "0055627c9e194cb4542bae2aa5492e3c1575bbb81b612b7d234b86a503ef5497\n" + kEmptyHash +
           "\n" + kEmptyHash,
       ""}};
  return {given, RightChain(given, links)};
}

/// The trailing header after the chunks of the other example, as somebody sends it.
inline DefectCase Trailer() {
  DerivationInput given = S3Given("20130524T000000Z");
  given.trailers = {{"X-Amz-Checksum-Crc32c", "sOO8/Q=="}};
  // The hash of "x-amz-checksum-crc32c:sOO8/Q==" and a line feed, by sha256sum.
  const Sigv4ChainedSignature link = {
      "AWS4-HMAC-SHA256-TRAILER\n20130524T000000Z\n20130524/us-east-1/s3/aws4_request\n"
      "2ca2aba2005185cf7159c6277faf83795951dd77a3a99e6e65d5c9f85863f992\n"
      "1e376db7e1a34a8ef1c4bcee131a2d60a1cb62503747488624e10995f448d774",
      ""};
  Derivation right = RightChain(given, {&link, 1});
  return {std::move(given), std::move(right)};
}

/// The event `A`.
inline DefectCase Event() {
  DerivationInput given = {.secret = std::make_shared<const Secret>(std::string_view("secret")),
                           .access_key_id = "access",
                           .date = "19810116",
                           .timestamp = "19810116T063001Z",
                           .region = "us-east-1",
                           .service = "demo",
                           .payload = "A"};
  // The hashes of the header :date and of the payload, by CPython's struct and hashlib.
  const Sigv4ChainedSignature link = {
      "AWS4-HMAC-SHA256-PAYLOAD\n19810116T063001Z\n19810116/us-east-1/demo/aws4_request\n"
      "e1d8e8c8815e60969f2a34765c9a15945ffc0badbaa4b7e3b163ea19131e949b\n"
      "123851deff245b66d3b8cd39528d365fdd91eea4c27d2c1c3fd070b708531a35\n"
      "559aead08264d5795d3909718cdd05abd49572e84fe55590eef31a88a08fdffd",
      ""};
  Derivation right = RightChain(given, {&link, 1});
  return {std::move(given), std::move(right)};
}

inline DefectCase Policy(const std::string& policy) {
  DerivationInput given = S3Given("20151229T000000Z");
  given.payload = policy;
  const BackendResult backend = MakeAnyBackend();
  Derivation right = RightPolicy(**backend, given);
  return {std::move(given), std::move(right)};
}

/// The policy of the documentation, whose lines end with CR LF.
inline std::string DocumentedPolicy() {
  return ReplaceAll(R"({ "expiration": "2015-12-30T12:00:00.000Z",
  "conditions": [
    {"bucket": "sigv4examplebucket"},
    ["starts-with", "$key", "user/user1/"],
    {"acl": "public-read"},
    {"success_action_redirect": "http://sigv4examplebucket.s3.amazonaws.com/successful_upload.html"},
    ["starts-with", "$Content-Type", "image/"],
    {"x-amz-meta-uuid": "14365123651274"},
    {"x-amz-server-side-encryption": "AES256"},
    ["starts-with", "$x-amz-meta-tag", ""],

    {"x-amz-credential": "AKIAIOSFODNN7EXAMPLE/20151229/us-east-1/s3/aws4_request"},
    {"x-amz-algorithm": "AWS4-HMAC-SHA256"},
    {"x-amz-date": "20151229T000000Z" }
  ]
})",
                    "\n", "\r\n");
}

}  // namespace sigvet
