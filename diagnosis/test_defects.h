#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "backends/backend_registry.h"
#include "diagnosis/defect_search.h"
#include "diagnosis/right_derivation.h"
#include "signing/http_parser.h"
#include "signing/service_rules.h"

// What the tests of the request's defects share.

namespace sigvet {

inline constexpr const char* kDate = "x-amz-date:20150830T123600Z\n";
inline constexpr const char* kEmptyHash =
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
inline constexpr const char* kSecret = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";

/// What a row says of a request; the rest is the same in all.
struct Request {
  std::string target = "/";
  /// Whole lines, after Host and X-Amz-Date.
  std::string headers = {};
  std::string signed_headers = "host;x-amz-date";
  std::string body = {};
  std::string service = "service";
  std::string host = "h";
  std::string method = "GET";
  bool session_token_is_signed = true;
};

inline SignedRequest Parse(const Request& row) {
  auto request = ParseHttpRequest(
      row.method + " " + row.target + " HTTP/1.1\nHost: " + row.host +
      "\nX-Amz-Date: 20150830T123600Z\n" + row.headers +
      "Authorization: AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/" + row.service +
      "/aws4_request, SignedHeaders=" + row.signed_headers + ", Signature=" + std::string(64, '0') +
      "\n\n" + row.body);
  EXPECT_TRUE(request) << ToString(request.error());
  auto claim = ReadSigv4Claim(*request);
  EXPECT_TRUE(claim) << ToString(claim.error());
  return {*request, *claim, PathRulesOf(row.service), row.session_token_is_signed};
}

/// What is left when one presigns: the query in full, and headers after Host.
inline SignedRequest ParsePresigned(const std::string& query, const std::string& headers = {},
                                    const std::string& service = "service") {
  const auto request = ParseHttpRequest("GET /?" + query + " HTTP/1.1\nHost: h\n" + headers + "\n");
  EXPECT_TRUE(request) << ToString(request.error());
  const auto claim = ReadSigv4Claim(*request);
  EXPECT_TRUE(claim) << ToString(claim.error());
  return {*request, *claim, PathRulesOf(service), true};
}

/// `id`, or `id=value` of a defect that was scanned for; those of one explanation joined by ` + `.
inline std::string NameOf(const Explanation& explanation) {
  std::string name;
  for (const AppliedDefect& applied : explanation.defects) {
    name.append(name.empty() ? "" : " + ").append(applied.defect->id);
    if (!applied.value.empty()) name.append("=").append(applied.value);
  }
  return name;
}

/// A derivation and what its defects look at.
class DefectCase {
 public:
  explicit DefectCase(const Request& row) : DefectCase(Parse(row)) {}

  explicit DefectCase(SignedRequest signed_request, std::string_view secret = kSecret)
      : signed_request_(std::move(signed_request)) {
    const Sigv4Claim& claim = signed_request_.claim;
    given_ = {.secret = std::make_shared<const Secret>(secret),
              .access_key_id = claim.access_key_id,
              .date = claim.date,
              .timestamp = claim.timestamp,
              .region = claim.region,
              .service = claim.service};
    hashes_ = HashPayload(**backend_, signed_request_.request);
    auto right = RightSignature(**backend_, signed_request_, given_);
    EXPECT_TRUE(right) << ToString(right.error());
    right_ = *std::move(right);
  }

  DefectCase(DerivationInput given, Derivation right)
      : given_(std::move(given)), right_(std::move(right)) {
    hashes_ = HashPayload(**backend_, signed_request_.request);
  }

  SearchResult Search(const Stage& stage, std::string_view value,
                      SearchDepth depth = SearchDepth::kSingles) const {
    return FindDefects({**backend_, signed_request_, hashes_, given_}, right_, {stage, value},
                       depth);
  }

  /// The names of all explanations.
  std::vector<std::string> Find(Stage::Kind kind, std::string_view value,
                                SearchDepth depth = SearchDepth::kSingles) const {
    std::vector<std::string> names;
    for (const Explanation& explanation : Search({kind}, value, depth).explanations) {
      names.push_back(NameOf(explanation));
    }
    return names;
  }

  /// The same of many values at once.
  std::vector<std::vector<std::string>> FindEach(Stage::Kind kind,
                                                 std::span<const std::string_view> values) const {
    std::vector<std::vector<std::string>> names;
    for (const SearchResult& result :
         FindDefectsOfEach({**backend_, signed_request_, hashes_, given_}, right_, {kind}, values,
                           SearchDepth::kSingles)) {
      names.emplace_back();
      for (const Explanation& explanation : result.explanations) {
        names.back().push_back(NameOf(explanation));
      }
    }
    return names;
  }

  std::string Right(Stage::Kind kind) const { return ValueAt(**backend_, right_, {kind}); }
  const Derivation& right() const { return right_; }

 private:
  BackendResult backend_ = MakeAnyBackend();
  SignedRequest signed_request_;
  DerivationInput given_;
  PayloadHashes hashes_;
  Derivation right_;
};

/// The rows of one family's test.
class DefectRows {
 public:
  struct Row {
    /// As NameOf has it.
    std::string name;
    std::string value;
  };

  /// Each row's value has the defect of its name among its explanations.
  void ExpectEach(const DefectCase& c, Stage::Kind kind, std::span<const Row> rows) {
    std::vector<std::string_view> values;
    for (const Row& row : rows) {
      EXPECT_NE(c.Right(kind), row.value) << row.name;
      covered_.insert(row.name.substr(0, row.name.find('=')));
      values.emplace_back(row.value);
    }
    const auto found = c.FindEach(kind, values);
    ASSERT_EQ(found.size(), rows.size());
    for (std::size_t i = 0; i < rows.size(); ++i) {
      EXPECT_THAT(found[i], ::testing::Contains(rows[i].name)) << rows[i].value;
    }
  }

  void Expect(const std::string& name, const DefectCase& c, Stage::Kind kind,
              const std::string& value) {
    const Row row = {name, value};
    ExpectEach(c, kind, {&row, 1});
  }

  void ExpectCanonical(const std::string& name, const Request& row, const std::string& value) {
    Expect(name, DefectCase(row), Stage::Kind::kCanonicalRequest, value);
  }

  /// Each defect of the family has a row.
  void ExpectAllOf(std::span<const Defect> family) const {
    std::set<std::string> ids;
    for (const Defect& defect : family) ids.emplace(defect.id);
    EXPECT_EQ(ids, covered_);
  }

 private:
  std::set<std::string> covered_;
};

inline std::string Canonical(const std::string& path, const std::string& query,
                             const std::string& headers = std::string("host:h\n") + kDate,
                             const std::string& signed_headers = "host;x-amz-date",
                             const std::string& hash = kEmptyHash) {
  return "GET\n" + path + "\n" + query + "\n" + headers + "\n" + signed_headers + "\n" + hash;
}

}  // namespace sigvet
