#include <gtest/gtest.h>

#include <cctype>
#include <string>

#include "diagnosis/test_defects.h"

namespace sigvet {
namespace {

constexpr auto kCanonical = Stage::Kind::kCanonicalRequest;
constexpr auto kString = Stage::Kind::kStringToSign;
constexpr auto kFinal = Stage::Kind::kFinal;
constexpr const char* kTimestamp = "20150830T123600Z";
constexpr const char* kScope = "20150830/us-east-1/service/aws4_request";
// Of the request without anything, by sha256sum.
constexpr const char* kHash = "0b8c4c857a3fc8e8d42ccb2a36016f2d63b3efa5fb393e33de0e64fefa349ce6";

std::string StringOf(const std::string& timestamp, const std::string& scope,
                     const std::string& hash, const std::string& algorithm = "AWS4-HMAC-SHA256") {
  return algorithm + "\n" + timestamp + "\n" + scope + "\n" + hash;
}

TEST(MethodDefects, AreNamedByTheCanonicalRequest) {
  DefectRows rows;
  for (const char* method : {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}) {
    std::string id = std::string("method-") + method;
    for (char& c : id) c = static_cast<char>(std::tolower(c));
    const std::string sent = std::string(method) == "GET" ? "POST" : "GET";
    rows.ExpectCanonical(id, {.method = sent}, method + Canonical("/", "").substr(3));
  }
  rows.ExpectCanonical("method-lower-case", {}, "get" + Canonical("/", "").substr(3));
  rows.ExpectAllOf(MethodDefects());
}

/// A mistake in one of the texts, and the same in both: only its signature tells that apart from
/// the former.
struct TextRow {
  const char* canonical_name;
  const char* string_name;
  const char* both_name;
  std::string canonical_request;
  std::string string_to_sign;
  /// By CPython's hmac.
  const char* signature_of_both;
};

std::vector<TextRow> TextRows() {
  const std::string canonical = Canonical("/", "");
  const std::string string = StringOf(kTimestamp, kScope, kHash);
  const auto broken = [&](const char* line_break) {
    return std::pair(ReplaceAll(canonical, "\n", line_break), ReplaceAll(string, "\n", line_break));
  };
  const auto crlf = broken("\r\n");
  const auto cr = broken("\r");
  const auto backslash = broken("\\n");
  const auto twice = broken("\n\n");
  const auto tab = broken("\n\t");
  return {
      {"canonical-request-crlf", "string-to-sign-crlf", "line-ends-crlf", crlf.first, crlf.second,
       "6a778e917b51aa09992c214ccd5b1d8ab4478199836cac70abaa3c7c48f61856"},
      {"canonical-request-cr", "string-to-sign-cr", "line-ends-cr", cr.first, cr.second,
       "4b20e57481e787cbab8104d5294534d801b27947b770856a699d01966e5e6d14"},
      {"canonical-request-backslash-n", "string-to-sign-backslash-n", "line-ends-backslash-n",
       backslash.first, backslash.second,
       "8da31ed42b5d5df47cccd8f18d8a322dea4aac0e884b0bb68ed37e3314b82303"},
      {"canonical-request-line-ends-twice", "string-to-sign-line-ends-twice", "line-ends-twice",
       twice.first, twice.second,
       "17fb68abe362fd34bd1cbb2d2aa58e482921902cb8297544c7c1528f509b00a5"},
      {"canonical-request-indented=a tab", "string-to-sign-indented=a tab", "lines-indented=a tab",
       tab.first, tab.second, "e4e8374e362fbd6244b649054ef0f89f1d312bec1b29ab5df0f1fafc435ccb4f"},
      {"canonical-request-line-end", "string-to-sign-line-end", "both-texts-line-end",
       canonical + "\n", string + "\n",
       "bd26a8a5589e5af0efe643f32b378451cb0908cf3c65a0f65f38aaa7899c41e6"},
      {"canonical-request-line-begin", "string-to-sign-line-begin", "both-texts-line-begin",
       "\n" + canonical, "\n" + string,
       "f21840733e8dae93e88bfca1fdbe4aeccfa81831bf418ec6abd7bacc4db783f9"},
  };
}

TEST(TextDefects, AreNamedByTheTextsAndTheSignature) {
  const DefectCase c{Request()};
  DefectRows rows;
  std::vector<DefectRows::Row> canonical_requests = {
      {"canonical-request-indented=4 blanks", ReplaceAll(Canonical("/", ""), "\n", "\n    ")},
      {"empty-line-missing", "GET\n/\n\nhost:h\nx-amz-date:20150830T123600Z\nhost;x-amz-date\n" +
                                 std::string(kEmptyHash)}};
  std::vector<DefectRows::Row> strings;
  std::vector<DefectRows::Row> signatures;
  for (const TextRow& row : TextRows()) {
    canonical_requests.push_back({row.canonical_name, row.canonical_request});
    strings.push_back({row.string_name, row.string_to_sign});
    signatures.push_back({row.both_name, row.signature_of_both});
  }
  rows.ExpectEach(c, kCanonical, canonical_requests);
  rows.ExpectEach(c, kString, strings);
  rows.ExpectEach(c, kFinal, signatures);
  rows.ExpectAllOf(TextDefects());
}

TEST(StringToSignDefects, AreNamedByTheStringToSign) {
  const DefectCase c{Request()};
  ASSERT_EQ(c.Right(kString), StringOf(kTimestamp, kScope, kHash));
  DefectRows rows;
  const DefectRows::Row strings[] = {
      {"string-to-sign-date-alone", StringOf("20150830", kScope, kHash)},
      {"string-to-sign-scope-end", StringOf(kTimestamp, "20150830/us-east-1/service", kHash)},
      {"string-to-sign-scope-slash", StringOf(kTimestamp, kScope + std::string("/"), kHash)},
      {"string-to-sign-scope-begin",
       StringOf(kTimestamp, std::string("AKIDEXAMPLE/") + kScope, kHash)},
      {"string-to-sign-not-hashed", StringOf(kTimestamp, kScope, Canonical("/", ""))},
      {"string-to-sign-upper-case",
       StringOf(kTimestamp, kScope,
                "0B8C4C857A3FC8E8D42CCB2A36016F2D63B3EFA5FB393E33DE0E64FEFA349CE6")},
      {"string-to-sign-algorithm=AWS4-HMAC-SHA1",
       StringOf(kTimestamp, kScope, kHash, "AWS4-HMAC-SHA1")},
      {"string-to-sign-algorithm-missing", std::string(kTimestamp) + "\n" + kScope + "\n" + kHash},
  };
  rows.ExpectEach(c, kString, strings);
  rows.ExpectAllOf(StringToSignDefects());
}

}  // namespace
}  // namespace sigvet
