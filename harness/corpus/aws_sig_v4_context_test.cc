#include "harness/corpus/aws_sig_v4_context.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <vector>

namespace sigvet {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::StartsWith;

constexpr std::string_view kContext = R"({
    "credentials": {
        "access_key_id": "AKIDEXAMPLE",
        "secret_access_key": "SECRET",
        "token": "TOKEN"
    },
    "expiration_in_seconds": 60,
    "normalize": true,
    "region": "us-east-1",
    "service": "service",
    "sign_body": false,
    "timestamp": "2015-08-30T12:36:00Z",
    "omit_session_token": true
})";

/// `line:column: message (hint)` of each error.
std::vector<std::string> ErrorsOf(std::string_view text) {
  FileErrors errors("");
  const std::optional<AwsSigV4Context> context = ParseAwsSigV4Context(text, errors);
  EXPECT_EQ(context.has_value(), errors.size() == 0);
  std::vector<std::string> lines;
  for (const Error& error : errors.Take()) {
    const std::string line = ToString(error);
    lines.push_back(line.substr(line.starts_with(':') ? 1 : 0));
  }
  return lines;
}

std::vector<std::string> ErrorsReplacing(std::string_view old_text, std::string_view new_text) {
  std::string text(kContext);
  const std::size_t at = text.find(old_text);
  EXPECT_NE(at, text.npos) << old_text;
  return ErrorsOf(text.replace(at, old_text.size(), new_text));
}

TEST(AwsSigV4Context, TakesEveryKey) {
  FileErrors errors("context.json");
  const auto context = ParseAwsSigV4Context(kContext, errors);
  ASSERT_TRUE(context.has_value());
  EXPECT_EQ(context->access_key_id, "AKIDEXAMPLE");
  EXPECT_EQ(context->secret_access_key, "SECRET");
  EXPECT_EQ(context->token, "TOKEN");
  EXPECT_EQ(context->region, "us-east-1");
  EXPECT_EQ(context->service, "service");
  EXPECT_EQ(context->timestamp, "20150830T123600Z");
  EXPECT_EQ(context->expiration_s, 60);
  EXPECT_TRUE(context->normalize);
  EXPECT_FALSE(context->sign_body);
  EXPECT_TRUE(context->omit_session_token);
}

TEST(AwsSigV4Context, TwoKeysMayBeAbsent) {
  std::string text(kContext);
  text.replace(text.find(",\n        \"token\""), 26, "");
  text.replace(text.find(",\n    \"omit"), 33, "");
  FileErrors errors("context.json");
  const auto context = ParseAwsSigV4Context(text, errors);
  ASSERT_TRUE(context.has_value()) << text << ToString(errors.Take().at(0));
  EXPECT_EQ(context->token, std::nullopt);
  EXPECT_FALSE(context->omit_session_token);
}

TEST(AwsSigV4Context, RefusesWhatIsNoJsonObject) {
  for (const char* json : {"[]", "null", "1", "\"\""}) {
    EXPECT_THAT(ErrorsOf(json), ElementsAre("1:1: the context is no JSON object")) << json;
  }
  for (const char* json : {"", "{", "{\"a\": 1,}", "{} {}", "{\"a\": \"\xff\"}", "{'a': 1}"}) {
    EXPECT_THAT(ErrorsOf(json), ElementsAre(HasSubstr(": this is no JSON ("))) << json;
  }
  EXPECT_THAT(ErrorsOf("{\n  \"a\" 1\n}")[0], StartsWith("2:7: this is no JSON"));
  EXPECT_THAT(ErrorsOf("{\"a\": 1e999}"), ElementsAre("a value that can't be held"));
  EXPECT_THAT(ErrorsOf(std::string(100'000, '[')), ElementsAre(HasSubstr("this is no JSON")));
}

TEST(AwsSigV4Context, NamesEveryKeyThatIsMissing) {
  EXPECT_THAT(
      ErrorsOf("{}"),
      ElementsAre("missing key \"credentials\"", "missing key \"expiration_in_seconds\"",
                  "missing key \"region\"", "missing key \"service\"", "missing key \"timestamp\"",
                  "missing key \"normalize\"", "missing key \"sign_body\""));
  EXPECT_THAT(ErrorsReplacing("\"access_key_id\": \"AKIDEXAMPLE\",", ""),
              ElementsAre("missing key \"credentials.access_key_id\""));
}

TEST(AwsSigV4Context, RefusesUnknownAndRepeatedKeys) {
  EXPECT_THAT(ErrorsReplacing("\"token\"", "\"tokn\""),
              ElementsAre("5:9: unknown key \"credentials.tokn\" (did you mean \"token\"?)"));
  EXPECT_THAT(ErrorsReplacing("\"omit_session_token\"", "\"zzz\""),
              ElementsAre("13:5: unknown key \"zzz\""));
  EXPECT_THAT(ErrorsReplacing("\"service\"", "\"region\": \"x\", \"service\""),
              ElementsAre("10:5: repeated key \"region\""));
  EXPECT_THAT(ErrorsReplacing("\"token\"", "\"access_key_id\""),
              ElementsAre("5:9: repeated key \"access_key_id\""));
}

TEST(AwsSigV4Context, FindsTheKeyAndNotWhatLooksLikeIt) {
  EXPECT_THAT(
      ErrorsReplacing("\"SECRET\"", "\"zzz\", \"region\": \"zzz\", \"zzz\": [{\"zzz\": 1}]"),
      ElementsAre("4:37: unknown key \"credentials.region\"",
                  "4:54: unknown key \"credentials.zzz\""));
  EXPECT_THAT(ErrorsReplacing("\"SECRET\"", R"("x", "a\"\\": 1, "\u0061\"\\": 1)"),
              ElementsAre(StartsWith("4:47: repeated key ")));
}

TEST(AwsSigV4Context, RefusesValuesOfOtherTypes) {
  EXPECT_THAT(ErrorsReplacing("\"TOKEN\"", "null"),
              ElementsAre("5:9: \"credentials.token\" is not a string"));
  EXPECT_THAT(ErrorsReplacing("\"TOKEN\"", "\"\""),
              ElementsAre("5:9: \"credentials.token\" is empty"));
  EXPECT_THAT(ErrorsReplacing("\"us-east-1\"", "[]"),
              ElementsAre("9:5: \"region\" is not a string"));
  for (const char* number : {"60.0", "\"60\"", "18446744073709551615", "true"}) {
    EXPECT_THAT(ErrorsReplacing("60", number),
                ElementsAre("7:5: \"expiration_in_seconds\" is not a whole number"));
  }
  for (const char* boolean : {"\"true\"", "1", "null"}) {
    EXPECT_THAT(ErrorsReplacing("false", boolean),
                ElementsAre("11:5: \"sign_body\" is not true or false"));
  }
  std::string text(kContext);
  const std::size_t begin = text.find('{', 1);
  text.replace(begin, text.find('}') + 1 - begin, "\"AKIDEXAMPLE\"");
  EXPECT_THAT(ErrorsOf(text), ElementsAre("2:5: \"credentials\" is not an object"));
}

TEST(AwsSigV4Context, RefusesOtherTimestamps) {
  for (const std::string timestamp :
       {"20150830T123600Z", "2015-08-30 12:36:00Z", "2015-08-30T12:36:00", "2015-08-30T12:36:00.0Z",
        "2015-08-30T12:36:0xZ"}) {
    EXPECT_THAT(
        ErrorsReplacing("2015-08-30T12:36:00Z", timestamp),
        ElementsAre("12:5: \"" + timestamp + "\" is no timestamp (as in 2015-08-30T12:36:00Z)"));
  }
}

}  // namespace
}  // namespace sigvet
