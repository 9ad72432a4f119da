#include "harness/corpus/parse_inputs.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "harness/corpus/parse_test_helper.h"
#include "harness/corpus/value_parser.h"

namespace sigvet {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

ParsedInputs Parse(std::string_view operation, std::string_view text,
                   const std::vector<GivenInput>& given = {}) {
  return ParseInputs("in.yaml", text, *FindOperation(operation), given, *MakeTestBackend());
}

std::vector<std::string> ErrorsOf(std::string_view operation, std::string_view text,
                                  const std::vector<GivenInput>& given = {}) {
  return Lines(Parse(operation, text, given).errors);
}

TEST(ParseInputs, ReadsEachTypeOfInput) {
  const ParsedInputs parsed = Parse("sigv4-presign",
                                    "access_key_id: \"AKID\"\n"
                                    "secret: {hex: \"00ff\"}\n"
                                    "region: \"us-east-1\"\n"
                                    "service: \"s3\"\n"
                                    "timestamp: \"20150830T123600Z\"\n"
                                    "expires_s: 60\n"
                                    "method: \"GET\"\n"
                                    "path: \"/\"\n"
                                    "headers:\n"
                                    "  - [\"Host\", \"example.com\"]\n"
                                    "  - [\"X-A\", {base64: \"AP8=\"}]\n"
                                    "normalize: false\n");
  ASSERT_THAT(Lines(parsed.errors), IsEmpty());
  EXPECT_EQ(parsed.c.Text("secret"), std::string("\0\xff", 2));
  EXPECT_EQ(parsed.c.Integer("expires_s"), 60);
  EXPECT_FALSE(parsed.c.Boolean("normalize"));
  EXPECT_EQ(parsed.c.Text("query"), "");
  EXPECT_EQ(parsed.c.OptionalText("session_token"), std::nullopt);
  EXPECT_THAT(
      parsed.c.Headers("headers"),
      ElementsAre(HttpHeader{"Host", "example.com"}, HttpHeader{"X-A", std::string("\0\xff", 2)}));
  EXPECT_THAT(parsed.c.expected, IsEmpty());
}

TEST(ParseInputs, NamesEveryErrorWithItsPlace) {
  EXPECT_THAT(ErrorsOf("sigv4-signing-key", "secret: plain\nregoin: \"us-east-1\"\ndate: [1]\n"),
              ElementsAre("in.yaml:1:1: missing key \"service\"",
                          "in.yaml:1:9: unquoted string: write \"plain\"",
                          "in.yaml:2:1: unknown key \"regoin\" (did you mean \"region\"?)",
                          "in.yaml:3:7: expected a string or one of {hex: ...}, {base64: ...} and "
                          "{repeat: ..., count: N}, found a list"));
}

TEST(ParseInputs, WhatIsNoMappingIsOneError) {
  EXPECT_THAT(ErrorsOf("sigv4-signing-key", "- a\n"),
              ElementsAre("in.yaml:1:1: the top level is no mapping (an input in each line, "
                          "as in region: \"us-east-1\")"));
  EXPECT_EQ(ErrorsOf("sigv4-signing-key", "").size(), 1U);
  EXPECT_EQ(ErrorsOf("sigv4-signing-key", "secret: \"a\n").size(), 1U);
  EXPECT_EQ(ErrorsOf("sigv4-signing-key", "secret: \"\xff\"\n").size(), 1U);
}

TEST(ParseInputs, TakesWhatIsGivenBesideTheText) {
  const ParsedInputs parsed =
      Parse("sigv4-signing-key", "region: \"us-east-1\"\nservice: \"iam\"\n",
            {{.name = "date", .value = "20150830", .from = "--date"}, {.name = "secret"}});
  ASSERT_THAT(Lines(parsed.errors), IsEmpty());
  EXPECT_EQ(parsed.c.Text("date"), "20150830");
  EXPECT_EQ(parsed.c.inputs[0], Value());
}

TEST(ParseInputs, NothingIsGivenTwice) {
  const std::string all = "date: \"20150830\"\nregion: \"r\"\nservice: \"s\"\nsecret: \"x\"\n";
  EXPECT_THAT(
      ErrorsOf("sigv4-signing-key", all, {{.name = "date", .value = "20150831", .from = "--date"}}),
      ElementsAre("in.yaml:1:1: \"date\" is given by --date too (leave one of them out)"));
  const ParsedInputs parsed = Parse("sigv4-signing-key", all, {{"secret", "default"}});
  ASSERT_THAT(Lines(parsed.errors), IsEmpty());
  EXPECT_EQ(parsed.c.Text("secret"), "x") << "a default gives way to the text";
}

TEST(ParseInputs, NothingIsGivenThatTheOperationDoesNotHave) {
  EXPECT_THAT(ErrorsOf("sigv4-sign", "a: 1\n", {{"date", "20150830", "--date"}}).front(),
              "--date: sigv4-sign has no such input (known: access_key_id, secret, session_token, "
              "region, service, timestamp, method, path, query, headers, body, payload_hash, "
              "uri_encode, normalize, content_sha256_header, sign_session_token)");
}

TEST(ParseInputs, KnowsWhatBelongsToAVersion) {
  const GivenInput version = {.name = "version", .value = std::int64_t{2}};
  EXPECT_THAT(ErrorsOf("ses-smtp-password", "secret: \"x\"\n", {version}), IsEmpty());
  EXPECT_THAT(ErrorsOf("ses-smtp-password", "secret: \"x\"\nregion: \"r\"\n", {version}),
              ElementsAre("in.yaml:2:1: \"region\" belongs to version 4, this case is of version "
                          "2"));
  EXPECT_THAT(ErrorsOf("ses-smtp-password", "secret: \"x\"\n",
                       {version, {"region", "us-east-1", "--region"}}),
              ElementsAre("--region belongs to version 4, this case is of version 2"));
  EXPECT_THAT(ErrorsOf("ses-smtp-password", "secret: \"x\"\nversion: 4\nregion: \"r\"\n",
                       {{"version", std::int64_t{4}, "--version"}}),
              ElementsAre("in.yaml:2:1: \"version\" is given by --version too (leave one of them "
                          "out)"));
}

TEST(ParseInputs, NeedsNoText) {
  const std::vector<GivenInput> given = {{"secret", "x", "stdin"},
                                         {"version", std::int64_t{4}, {}},
                                         {"region", "us-east-1", "--region"}};
  const ParsedInputs parsed =
      ParseInputs(*FindOperation("ses-smtp-password"), given, *MakeTestBackend());
  ASSERT_THAT(Lines(parsed.errors), IsEmpty());
  EXPECT_EQ(parsed.c.Integer("version"), 4);
  EXPECT_EQ(parsed.c.Text("secret"), "x");
}

TEST(ParseInputs, HasLimits) {
  EXPECT_THAT(ErrorsOf("sha256", std::string(kMaxInputsBytes + 1, ' ')),
              ElementsAre("in.yaml: longer than 16 MiB"));
  std::string headers = "prior_signature: \"" + std::string(64, '0') +
                        "\"\nsecret: \"x\"\nregion: \"r\"\nservice: \"s\"\n"
                        "timestamp: \"20150830T123600Z\"\ntrailers:\n";
  for (std::size_t i = 0; i < kMaxCaseHeaders + 50; ++i) headers += "  - [\"a\", \"b\"]\n";
  EXPECT_THAT(ErrorsOf("sigv4-trailer", headers),
              ElementsAre("in.yaml:207:5: more than 200 headers"));
  std::string members;
  for (std::size_t i = 0; i < 3 * kMaxErrors; ++i) members += "k" + std::to_string(i) + ": 1\n";
  EXPECT_THAT(ErrorsOf("sha256", members), ElementsAre("in.yaml:1001:1: more than 1000 keys"));
}

}  // namespace
}  // namespace sigvet
