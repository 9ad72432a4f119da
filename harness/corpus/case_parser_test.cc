#include "harness/corpus/case_parser.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <limits>
#include <string>

#include "base/bytes.h"
#include "harness/corpus/parse_test_helper.h"

namespace sigvet {
namespace {

using namespace std::string_literals;  // NOLINT(google-build-using-namespace)
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr std::string_view kZeros =
    "0000000000000000000000000000000000000000000000000000000000000000";

const Case& Find(const Corpus& corpus, std::string_view id) {
  const auto found = std::ranges::find(corpus.cases, id, &Case::id);
  Check(found != corpus.cases.end(), "no case of that id");
  return *found;
}

Corpus LoadGood(const std::string& name) {
  const CorpusSource source = {SIGVET_CORPORA_DIR "/good/" + name, {}};
  LoadedCorpus loaded = LoadCorpus({&source, 1}, MakeTestBackend);
  EXPECT_EQ(ErrorLines(loaded), "");
  return std::move(loaded.corpus);
}

std::vector<std::string> StagesOf(const Case& c) {
  std::vector<std::string> stages;
  stages.reserve(c.expected.size());
  for (const StageValue& stage : c.expected) {
    stages.push_back(std::string(stage.stage->name) + "=" + stage.value);
  }
  return stages;
}

/// The errors of a file whose only case, from line 5 on, is `text`.
std::string ErrorsOfCase(const std::string& text) {
  return ErrorLines(LoadText(std::string(kFileStart) + text));
}

/// A signing-key case with `secret` as it stands.
std::string CaseWithSecret(std::string_view secret) {
  std::string text =
      "  - id: \"a\"\n"
      "    why: \"W.\"\n"
      "    operation: \"sigv4-signing-key\"\n"
      "    input:\n"
      "      secret: ";
  text += secret;
  text +=
      "\n      date: \"\"\n      region: \"\"\n      service: \"\"\n"
      "    refuse: \"R.\"\n"
      "    provenance: {kind: \"derived\", source: \"S.\"}\n";
  return text;
}

TEST(CaseParser, ReadsEachOperation) {
  const Corpus corpus = LoadGood("operations.yaml");
  ASSERT_EQ(corpus.cases.size(), 8U);
  const Case& sha = corpus.cases[0];
  EXPECT_EQ(sha.id, "good/operations/sha256");
  EXPECT_EQ(sha.operation, FindOperation("sha256"));
  EXPECT_EQ(sha.why, "One input, one stage; a published value.");
  EXPECT_EQ(sha.Text("message"), "abc");
  EXPECT_EQ(sha.requirement, Requirement::kCompute);
  EXPECT_EQ(sha.refusal, "");
  EXPECT_EQ(sha.provenance->kind, Provenance::Kind::kPublished);
  EXPECT_EQ(sha.provenance->source, "FIPS 180-4, example of one block");
  EXPECT_THAT(sha.provenance->agree, IsEmpty());
  EXPECT_EQ(sha.line, 8U);
  EXPECT_EQ(sha.column, 5U);
  EXPECT_THAT(
      StagesOf(sha),
      ElementsAre("digest=ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"));

  const Case& hmac = Find(corpus, "good/operations/hmac-sha256");
  EXPECT_EQ(hmac.Text("key"), std::string(20, '\x0b'));
  EXPECT_THAT(hmac.provenance->agree, ElementsAre("CPython hmac"));
  EXPECT_THAT(StagesOf(Find(corpus, "good/operations/base64-encode")),
              ElementsAre("text=Zm9vYg=="));
  const Case& decode = Find(corpus, "good/operations/base64-decode");
  ASSERT_EQ(decode.expected.size(), 1U);
  EXPECT_EQ(decode.expected[0].value, std::string("\x00\xff", 2));
}

TEST(CaseParser, ReadsRefusalsAndAlternatives) {
  const Corpus corpus = LoadGood("operations.yaml");
  const Case& refused = Find(corpus, "good/operations/base64-decode-refused");
  EXPECT_EQ(refused.requirement, Requirement::kRefuse);
  EXPECT_EQ(refused.refusal, "A blank is no character of base64.");
  EXPECT_THAT(refused.expected, IsEmpty());
  const Case& either = Find(corpus, "good/operations/sigv4-signing-key");
  EXPECT_EQ(either.requirement, Requirement::kEither);
  EXPECT_EQ(either.refusal, "Right is to compute this, or to refuse.");
  EXPECT_THAT(
      StagesOf(either),
      ElementsAre("signing_key=2c94c0cf5378ada6887f09bb697df8fc0affdb34ba1cdd5bda32b664bd55b73c"));
}

TEST(CaseParser, KnowsVersions) {
  const Corpus corpus = LoadGood("operations.yaml");
  const Case& v4 = Find(corpus, "good/operations/ses-version-4");
  EXPECT_EQ(v4.Integer("version"), 4);
  EXPECT_EQ(v4.Text("region"), "us-east-1");
  EXPECT_EQ(v4.provenance->kind, Provenance::Kind::kCrossChecked);
  EXPECT_THAT(v4.provenance->agree, ElementsAre("CPython hmac", "Perl Digest::SHA"));
  EXPECT_THAT(
      StagesOf(v4),
      ElementsAre("date_key=5e88ec44617a177b45690a3e5fcf20c17099739a24aef34200b96801db651ecc",
                  "message_key=b04cffd8525042dfabc1b0fab53561c06390ec466e14f65c6efadf154b1962fd",
                  "password=BLBM/9hSUELfq8Gw+rU1YcBjkOxGbhT2XG763xVLGWL9"));
  const Case& v2 = Find(corpus, "good/operations/ses-version-2");
  EXPECT_EQ(v2.Integer("version"), 2);
  ASSERT_EQ(v2.inputs.size(), 3U);
  EXPECT_TRUE(std::holds_alternative<std::monostate>(v2.inputs[2]));
  EXPECT_EQ(v2.provenance->source, "");
}

TEST(CaseParser, FillsInDefaults) {
  const Corpus corpus = LoadGood("sigv4.yaml");
  const Case& c = Find(corpus, "good/sigv4/sign-required-inputs");
  EXPECT_EQ(c.Text("path"), "/");
  EXPECT_THAT(c.Headers("headers"), IsEmpty());
  EXPECT_EQ(c.Text("query"), "");
  EXPECT_EQ(c.Text("body"), "");
  EXPECT_EQ(c.OptionalText("session_token"), std::nullopt);
  EXPECT_EQ(c.OptionalText("payload_hash"), std::nullopt);
  EXPECT_EQ(c.Text("uri_encode"), "double");
  EXPECT_TRUE(c.Boolean("normalize"));
  EXPECT_FALSE(c.Boolean("content_sha256_header"));
  EXPECT_TRUE(c.Boolean("sign_session_token"));
  EXPECT_FALSE(c.IsContested());
}

TEST(CaseParser, ReadsHeadersBooleansAndChoices) {
  const Corpus corpus = LoadGood("sigv4.yaml");
  const Case& c = Find(corpus, "good/sigv4/sign-all-inputs");
  EXPECT_EQ(c.OptionalText("session_token"), "");
  EXPECT_EQ(c.OptionalText("payload_hash"), "UNSIGNED-PAYLOAD");
  EXPECT_THAT(c.Headers("headers"),
              ElementsAre(HttpHeader{"Host", "example.com"}, HttpHeader{"", "\n"},
                          HttpHeader{"\0\xff"s, "xxx"}, HttpHeader{"Host", ""}));
  EXPECT_EQ(c.Text("uri_encode"), "single");
  EXPECT_FALSE(c.Boolean("normalize"));
  EXPECT_TRUE(c.Boolean("content_sha256_header"));
  EXPECT_FALSE(c.Boolean("sign_session_token"));
  EXPECT_THAT(StagesOf(c), ElementsAre("canonical_request=PUT\n/a%20b", "string_to_sign=S",
                                       "signature=" + std::string(64, '1'),
                                       "added_headers=", "authorization=A"));
  EXPECT_EQ(Find(corpus, "good/sigv4/presign").Integer("expires_s"),
            std::numeric_limits<std::int64_t>::min());
  const Case& chunked = Find(corpus, "good/sigv4/chunked");
  EXPECT_EQ(chunked.Integer("chunk_bytes"), 65536);
  EXPECT_THAT(chunked.Headers("trailers"),
              ElementsAre(HttpHeader{"x-amz-checksum-crc32c", "sOO8/Q=="}));
}

TEST(CaseParser, ReadsWhatWasObservedOfContestedCases) {
  const Corpus corpus = LoadGood("contested.yaml");
  const Case& c = Find(corpus, "good/contested/event");
  ASSERT_TRUE(c.IsContested());
  EXPECT_EQ(c.provenance->source, "They disagree.");
  ASSERT_EQ(c.provenance->observed.size(), 2U);
  EXPECT_EQ(c.provenance->observed[0].signature, std::string(64, '0'));
  EXPECT_THAT(c.provenance->observed[0].by, ElementsAre("one 1.0"));
  EXPECT_THAT(c.provenance->observed[1].by, ElementsAre("two 2.0", "three 3.0"));
  EXPECT_TRUE(Find(corpus, "good/contested/chunked").IsContested());
}

TEST(CaseParser, LimitsHeaders) {
  const auto errors_with = [](int count) {
    std::string headers;
    for (int i = 0; i < count; ++i) headers += R"(["A", ""], )";
    return ErrorsOfCase(
        "  - id: \"a\"\n    why: \"W.\"\n    operation: \"sigv4-trailer\"\n    input:\n"
        "      secret: \"s\"\n      region: \"\"\n      service: \"\"\n      timestamp: \"\"\n"
        "      prior_signature: \"" +
        std::string(kZeros) + "\"\n      trailers: [" + headers +
        "]\n    refuse: \"R.\"\n"
        "    provenance: {kind: \"derived\", source: \"S.\"}\n");
  };
  EXPECT_EQ(errors_with(200), "");
  EXPECT_EQ(errors_with(201), "14:2218: more than 200 headers\n");
}

TEST(CaseParser, ReadsEachFormOfString) {
  const Corpus corpus = LoadGood("strings.yaml");
  ASSERT_EQ(corpus.cases.size(), 4U);
  EXPECT_EQ(corpus.suites[0].about, "Each way of writing a string, once.");
  const Case& quoted = corpus.cases[0];
  EXPECT_EQ(quoted.why, "With 'single quotes' here.");
  EXPECT_EQ(quoted.Text("key"), "tab\t newline\n nul\0 delete\x7f euro\xe2\x82\xac \"\\"s);
  EXPECT_EQ(quoted.Text("message"), R"(back\slash, "quotes" and 'quotes')");
  const Case& block = corpus.cases[1];
  EXPECT_EQ(block.why, "Two\nlines.\n");
  EXPECT_EQ(block.Text("key"), "-----BEGIN\n  indented");
  EXPECT_EQ(block.Text("message"), "folded into one\n");
  const Case& forms = corpus.cases[2];
  EXPECT_EQ(forms.why, "Bytes that are no text: \xc3\xa9 is two of them.");
  EXPECT_EQ(forms.Text("secret"), std::string("\x00\xff\x0a\xde", 4));
  EXPECT_EQ(forms.Text("date"), std::string("\x00\xff\x0a", 3));
  EXPECT_EQ(forms.Text("region"), "ababab");
  EXPECT_EQ(forms.Text("service"), "\xc3\xa9");
  for (const std::string_view name : {"secret", "date", "region", "service"}) {
    EXPECT_EQ(corpus.cases[3].Text(name), "") << name;
  }
}

TEST(CaseParser, ReadsFlowStyleAndWindowsLineEnds) {
  const Corpus corpus = LoadGood("flow.yaml");
  ASSERT_EQ(corpus.cases.size(), 2U);
  EXPECT_EQ(corpus.cases[0].id, "good/flow/a");
  EXPECT_EQ(corpus.cases[1].why, "two lines");
  EXPECT_EQ(corpus.cases[1].line, 4U);
  EXPECT_EQ(corpus.cases[1].column, 3U);
}

TEST(CaseParser, NeedsNoOtherStageThanTheLast) {
  const auto errors_with = [](std::string_view stages) {
    std::string text =
        "  - id: \"a\"\n    why: \"W.\"\n    operation: \"sigv4-signing-key\"\n"
        "    input: {secret: \"s\", date: \"d\", region: \"r\", service: \"s\"}\n"
        "    compute: {";
    text += stages;
    text += "}\n    provenance: {kind: \"derived\", source: \"S.\"}\n";
    return ErrorsOfCase(text);
  };
  const std::string zeros = "\"" + std::string(kZeros) + "\"";
  EXPECT_EQ(errors_with("signing_key: " + zeros), "");
  EXPECT_EQ(errors_with("date_key: " + zeros), "9:14: missing key \"signing_key\"\n");
}

TEST(CaseParser, LimitsRepeats) {
  EXPECT_EQ(ErrorsOfCase(CaseWithSecret("{repeat: \"ab\", count: 8388608}")), "");
  EXPECT_EQ(ErrorsOfCase(CaseWithSecret("{repeat: \"ab\", count: 8388609}")),
            "9:37: repeat of more than 16 MiB\n");
  EXPECT_EQ(ErrorsOfCase(CaseWithSecret("{repeat: \"a\", count: 9223372036854775807}")),
            "9:36: repeat of more than 16 MiB\n");
  EXPECT_EQ(ErrorsOfCase(CaseWithSecret("{repeat: \"a\", count: -1}")),
            "9:36: count below 1 (an empty string is written \"\")\n");
}

TEST(CaseParser, LimitsAllRepeatsTogether) {
  std::string text(kFileStart);
  for (int i = 0; i < 17; ++i) {
    std::string one = CaseWithSecret("{repeat: \"a\", count: 16777216}");
    one.replace(one.find("\"a\""), 3, "\"a" + std::to_string(i) + "\"");
    text += one;
  }
  EXPECT_EQ(ErrorLines(LoadText(text)),
            "169:36: the texts that repeat expands to are over 256 MiB in this file\n");
}

TEST(CaseParser, LimitsIds) {
  // With the suite "t" and a slash, 100 characters in all.
  const std::string longest(98, 'a');
  EXPECT_EQ(ErrorsOfCase(GoodCase(longest)), "");
  EXPECT_EQ(ErrorsOfCase(GoodCase(longest + "a")),
            "5:9: id of more than 100 characters, with its suite\n");
}

TEST(CaseParser, KnowsKebabCase) {
  for (const std::string_view good : {"a", "0", "a-b", "us-east-1", "x509"}) {
    EXPECT_TRUE(IsKebabCase(good)) << good;
  }
  for (const std::string_view bad : {"", "-", "-a", "a-", "a--b", "A", "a_b", "a b", "\xc3\xa4"}) {
    EXPECT_FALSE(IsKebabCase(bad)) << bad;
  }
}

TEST(CaseParser, CutsLongTextInMessages) {
  const std::string errors = ErrorsOfCase(GoodCase(std::string(5000, '\x7e')));
  EXPECT_LT(errors.size(), 300U);
  EXPECT_THAT(errors, HasSubstr("~~~...\" is no id"));
}

TEST(CaseParser, ChecksTheTypesOfInputsWithoutAKnownVersion) {
  EXPECT_EQ(ErrorsOfCase("  - id: \"a\"\n    why: \"W.\"\n    operation: \"ses-smtp-password\"\n"
                         "    input: {version: 9, secret: 5, region: 6}\n    refuse: \"R.\"\n"
                         "    provenance: {kind: \"derived\", source: \"S.\"}\n"),
            "8:22: unknown version 9 (known: 2, 4)\n"
            "8:33: unquoted string: write \"5\"\n"
            "8:44: unquoted string: write \"6\"\n");
}

}  // namespace
}  // namespace sigvet
