#include "diagnosis/stage_difference.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace sigvet {
namespace {

const std::string kRight =
    "GET\n/a%2520b\nacl=&q=a%20b\nhost:example.com:8443\nx-amz-date:20150830T123600Z\nx-note:a "
    "b\n\nhost;x-amz-date;x-note\n44ce7dd67c959e0d3524ffac1771dfbba87d2b6b4b4e99e42034a8b803f8b072";

/// `line: what | likely` where `from` in the canonical request is replaced.
std::string Difference(const std::string& from, const std::string& to) {
  std::string actual = kRight;
  const std::size_t found = actual.find(from);
  EXPECT_NE(found, std::string::npos) << from;
  actual.replace(found, from.size(), to);
  const auto difference = CompareCanonicalRequests(kRight, actual);
  if (!difference) return "equal";
  return std::to_string(difference->line) + ": " + difference->what + " | " + difference->likely;
}

TEST(StageDifference, EqualTextsHaveNone) {
  EXPECT_FALSE(CompareCanonicalRequests(kRight, kRight));
  EXPECT_FALSE(CompareStringsToSign("a\nb", "a\nb"));
  EXPECT_FALSE(CompareCanonicalRequests("", ""));
}

TEST(StageDifference, GivesTheLines) {
  const auto difference = CompareCanonicalRequests("GET\n/a\n\n", "GET\n/b\n\n");
  ASSERT_TRUE(difference);
  EXPECT_EQ(difference->line, 2U);
  EXPECT_EQ(difference->expected, "/a");
  EXPECT_EQ(difference->actual, "/b");
  const auto shorter = CompareCanonicalRequests("GET\n/a", "GET");
  ASSERT_TRUE(shorter);
  EXPECT_EQ(shorter->expected, "/a");
  EXPECT_EQ(shorter->actual, std::nullopt);
}

TEST(StageDifference, NamesMethodPathAndQuery) {
  EXPECT_EQ(Difference("GET", "get"), "1: the method | the method has another letter case");
  EXPECT_EQ(Difference("GET", "PUT"),
            "1: the method | the request was signed for another method than the one it was sent "
            "with");
  EXPECT_EQ(Difference("/a%2520b", "/a%20b"),
            "2: the path | the path was percent-encoded once less: every service but S3 wants it "
            "twice");
  EXPECT_EQ(Difference("/a%2520b", "/a%252520b"),
            "2: the path | the path was percent-encoded once more: S3 wants it once");
  EXPECT_EQ(Difference("/a%2520b", "https://example.com/a%2520b"),
            "2: the path | the whole URL stands where its path should");
  EXPECT_EQ(Difference("/a%2520b", "/a%2520b/"),
            "2: the path | a slash at the end was lost or added");
  EXPECT_EQ(Difference("acl=&q=a%20b", "q=a%20b&acl="),
            "3: the query | the parameters are not sorted by encoded name and then by encoded "
            "value");
  EXPECT_EQ(Difference("acl=&", "acl&"),
            "3: the query | a parameter without a value needs its = all the same: acl=");
  EXPECT_EQ(Difference("a%20b\nhost", "a+b\nhost"),
            "3: the query | a blank was written as +: it is %20");
  EXPECT_EQ(Difference("acl=&q=a%20b\nhost", "\nhost"), "3: the query | the query was not signed");
}

TEST(StageDifference, NamesHeaders) {
  EXPECT_EQ(Difference("host:example.com:8443", "host:example.com"),
            "4: the header host | the port was left out: sign the header Host as it is sent");
  EXPECT_EQ(Difference("host:example.com", "Host:example.com"),
            "4: the header host | the header's name is not in lower case");
  EXPECT_EQ(Difference("x-note:a b", "x-note:a  b"),
            "6: the header x-note | white space in the value was not trimmed, or runs of it not "
            "made one blank");
  EXPECT_EQ(Difference("x-note:a b", "x-note: a b"),
            "6: the header x-note | a blank was left after the colon");
  EXPECT_EQ(Difference("x-note:a b", "x-note:A b"),
            "6: the header x-note | the value has another letter case: only names are put into "
            "lower case");
  EXPECT_EQ(Difference("x-note:a b\n", ""),
            "6: the header x-note | the header x-note was not signed");
  EXPECT_EQ(Difference("host:example.com:8443\n", "accept:a\nhost:example.com:8443\n"),
            "4: the header host | the header accept was signed in addition: it is not among the "
            "signed headers, or not sent");
  EXPECT_EQ(Difference("x-note:a b\n", "x-note:a b\nzebra:z\n"),
            "7: the empty line after the headers | the header zebra was signed in addition: it is "
            "not among the signed headers, or not sent");
  EXPECT_EQ(Difference("x-amz-date:20150830T123600Z\nx-note:a b",
                       "x-note:a b\nx-amz-date:20150830T123600Z"),
            "5: the header x-amz-date | the headers are not sorted by their names");
}

TEST(StageDifference, NamesWhatComesAfterTheHeaders) {
  EXPECT_EQ(Difference("\n\nhost;", "\nhost;"),
            "7: the empty line after the headers | each header's line is ended, and then an empty "
            "line follows");
  EXPECT_EQ(Difference("\n\nhost;", "\n\n\nhost;"),
            "8: the signed headers | there is an empty line too many before it");
  EXPECT_EQ(Difference("host;x-amz-date;x-note", "x-note;host;x-amz-date"),
            "8: the signed headers | the names are not sorted");
  EXPECT_EQ(Difference("host;x-amz-date;x-note", "accept;host;x-amz-date"),
            "8: the signed headers | not among the signed headers: x-note; signed in addition: "
            "accept");
  EXPECT_EQ(Difference("44ce7dd6", "44CE7DD6"), "9: the payload hash | the hash is in upper case");
  EXPECT_EQ(Difference("44ce7dd67c959e0d3524ffac1771dfbba87d2b6b4b4e99e42034a8b803f8b072",
                       "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
            "9: the payload hash | e3b0c442... is the hash of an empty body: one side saw none");
  EXPECT_EQ(Difference("f8b072", "f8b072\n"),
            "10: a line too many | there is a line break at the end");
}

TEST(StageDifference, KnowsCarriageReturns) {
  EXPECT_EQ(Difference("GET\n", "GET\r\n"),
            "1: the method | the line ends in a carriage return: end lines by LF alone");
  EXPECT_EQ(
      Difference("a b\n\n", "a b\n\r\n"),
      "7: the empty line after the headers | the line ends in a carriage return: end lines by "
      "LF alone");
}

TEST(StageDifference, NamesWhatDiffersBesides) {
  const auto further = [](const std::string& expected, const std::string& actual) {
    return CompareCanonicalRequests(expected, actual)->further;
  };
  using Names = std::vector<std::string>;
  const std::string right = "GET\n/\na=1\nhost:h\nx-a:1\n\nhost;x-a\nhash";
  EXPECT_EQ(further(right, "GET\n/b\na=1\nhost:h\nx-a:1\n\nhost;x-a\nhash"), Names());
  EXPECT_EQ(further(right, "GET\n/b\na=2\nhost:h\nx-a:2\n\nhost;x-a\nhash"),
            Names({"the query", "the header x-a"}));
  EXPECT_EQ(further(right, "PUT\n/\na=1\nhost:h\n\nhost\nhsah"),
            Names({"the header x-a", "the signed headers", "the payload hash"}));
  EXPECT_EQ(further(right, "GET\n/\na=1\nx-a:1\nhost:h\n\nhost;x-a\nhash"), Names());
  EXPECT_EQ(further(right, "PUT"), Names());
  EXPECT_EQ(CompareStringsToSign("A\nt\ns\nh", "A\nu\nv\nh")->further,
            Names({"the credential scope"}));
}

TEST(StageDifference, GuessesInTheStringToSign) {
  const auto likely = [](const std::string& line, const std::string& actual) {
    std::string right = "AWS4-HMAC-SHA256\n20150830T123600Z\n20150830/r/s/aws4_request\nabc";
    return CompareStringsToSign(right,
                                std::string(right).replace(right.find(line), line.size(), actual))
        ->likely;
  };
  EXPECT_EQ(likely("abc", "ABC"), "the hash is in upper case");
  EXPECT_EQ(likely("abc", "abd"), "the canonical requests differ");
  EXPECT_EQ(likely("abc", "GET\n/\n"),
            "the canonical request itself stands where its SHA-256 should");
  EXPECT_EQ(likely("T123600Z", ""),
            "the date stands there without its time: it is the whole X-Amz-Date");
  EXPECT_EQ(likely("T123600Z", "T123601Z"), "another time was signed than X-Amz-Date says");
  EXPECT_EQ(likely("/aws4_request", ""), "aws4_request at its end was left out");
  EXPECT_EQ(likely("20150830/", "AKID/20150830/"),
            "the access key id stands before it: the scope begins with the date");
}

TEST(StageDifference, NamesTheLinesOfTheStringToSign) {
  const std::string right = "AWS4-HMAC-SHA256\n20150830T123600Z\nscope\nhash";
  const auto what = [&](const std::string& actual) {
    const auto difference = CompareStringsToSign(right, actual);
    return difference ? difference->what : "equal";
  };
  EXPECT_EQ(what("AWS4-HMAC-SHA1\n20150830T123600Z\nscope\nhash"), "the algorithm");
  EXPECT_EQ(what("AWS4-HMAC-SHA256\n20150830\nscope\nhash"), "the timestamp");
  EXPECT_EQ(what("AWS4-HMAC-SHA256\n20150830T123600Z\nscop\nhash"), "the credential scope");
  EXPECT_EQ(what("AWS4-HMAC-SHA256\n20150830T123600Z\nscope\nhsah"),
            "the hash of the canonical request");
  EXPECT_EQ(what("AWS4-HMAC-SHA256\n20150830T123600Z\nscope"), "the hash of the canonical request");
  EXPECT_EQ(what(right + "\n"), "a line too many");
}

}  // namespace
}  // namespace sigvet
