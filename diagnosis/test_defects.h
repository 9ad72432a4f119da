#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <string>
#include <vector>

#include "backends/backend_registry.h"
#include "diagnosis/defect_search.h"
#include "diagnosis/right_derivation.h"
#include "signing/http_parser.h"
#include "signing/service_rules.h"

// What the tests of the defects share.

namespace sigvet {

inline constexpr const char* kDate = "x-amz-date:20150830T123600Z\n";
inline constexpr const char* kEmptyHash =
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
inline constexpr const char* kSecret = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";

/// What a row says of a request; the rest is the same in all.
struct Request {
  std::string target = "/";
  /// Whole lines, after Host and X-Amz-Date.
  std::string headers = "";
  std::string signed_headers = "host;x-amz-date";
  std::string body = "";
  std::string service = "service";
  std::string host = "h";
  std::string method = "GET";
  std::string signature = std::string(64, '0');
};

inline SignedRequest Parse(const Request& row) {
  auto request = ParseHttpRequest(
      row.method + " " + row.target + " HTTP/1.1\nHost: " + row.host +
      "\nX-Amz-Date: 20150830T123600Z\n" + row.headers +
      "Authorization: AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/" + row.service +
      "/aws4_request, SignedHeaders=" + row.signed_headers + ", Signature=" + row.signature +
      "\n\n" + row.body);
  EXPECT_TRUE(request) << ToString(request.error());
  auto claim = ReadSigv4Claim(*request);
  EXPECT_TRUE(claim) << ToString(claim.error());
  return {*request, *claim, PathRulesOf(row.service), true};
}

/// The ids of the defects of the first explanation.
inline std::vector<std::string> Found(const Request& row, const SearchTarget& target) {
  const BackendResult backend = MakeAnyBackend();
  const SignedRequest signed_request = Parse(row);
  DerivationInput given;
  given.secret = std::make_shared<const Secret>(std::string_view(kSecret));
  given.access_key_id = signed_request.claim.access_key_id;
  given.date = signed_request.claim.date;
  given.timestamp = signed_request.claim.timestamp;
  given.region = signed_request.claim.region;
  given.service = signed_request.claim.service;
  const auto right = RightSignature(**backend, signed_request, given);
  EXPECT_TRUE(right) << ToString(right.error());
  const PayloadHashes hashes = HashPayload(**backend, signed_request.request);
  const SearchResult result =
      FindDefects({**backend, signed_request, hashes, given}, *right, target);
  EXPECT_GT(result.effort.tried, 50U);
  std::vector<std::string> ids;
  if (result.explanations.empty()) return ids;
  for (const AppliedDefect& applied : result.explanations.front().defects) {
    ids.emplace_back(applied.defect->id);
  }
  return ids;
}

/// The ids that the tables below cover.
inline std::set<std::string>& Covered() {
  static std::set<std::string> covered;
  return covered;
}

inline void ExpectDefect(const std::string& id, const Request& row,
                         const std::string& canonical_request) {
  Covered().insert(id);
  EXPECT_THAT(Found(row, {{Stage::Kind::kCanonicalRequest}, canonical_request}),
              ::testing::ElementsAre(id));
}

inline std::string Canonical(const std::string& path, const std::string& query,
                             const std::string& headers = std::string("host:h\n") + kDate,
                             const std::string& signed_headers = "host;x-amz-date",
                             const std::string& hash = kEmptyHash) {
  return "GET\n" + path + "\n" + query + "\n" + headers + "\n" + signed_headers + "\n" + hash;
}

/// The rows of defect_search_text_test.cc.
void CheckOfTexts();
void CheckOfSecretsAndKeys();

}  // namespace sigvet
