#include "harness/port/port_message.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <initializer_list>
#include <string>

#include "base/utf8.h"
#include "harness/port/json_line.h"

namespace sigvet {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Pair;

/// 32 bytes of 0xab, as hex in lower and upper case and as base64, written out.
constexpr std::string_view kHex =
    "abababababababababababababababababababababababababababababababab";
constexpr std::string_view kUpperHex =
    "ABABABABABABABABABABABABABABABABABABABABABABABABABABABABABABABAB";
constexpr std::string_view kBase64 = "q6urq6urq6urq6urq6urq6urq6urq6urq6urq6urq6s=";

Case MakeCase(std::string_view operation, std::vector<Value> inputs) {
  Case c;
  c.id = "suite/name-of-the-case";
  c.operation = FindOperation(operation);
  c.inputs = std::move(inputs);
  return c;
}

/// What is wrong with the line that answers the greeting, as `message (hint)`.
std::string ReadyError(std::string_view line) {
  const Result<PortReady> ready = ReadReadyLine(line);
  return ready ? "" : ToString(ready.error());
}

std::string AnswerError(std::string_view line) {
  const auto answer = ReadAnswerLine(line);
  const auto* const error = std::get_if<LineError>(&answer);
  return error == nullptr ? "" : ToString(error->error);
}

/// The id that can be read from a line that is no answer.
std::string IdOfError(std::string_view line) {
  const auto answer = ReadAnswerLine(line);
  const auto* const error = std::get_if<LineError>(&answer);
  return error == nullptr ? "no error" : error->id;
}

PortAnswer GoodAnswer(std::string_view line) {
  auto answer = ReadAnswerLine(line);
  if (auto* const good = std::get_if<PortAnswer>(&answer)) return *good;
  ADD_FAILURE() << AnswerError(line);
  return {};
}

std::string WithOutput(std::string_view output) {
  return R"({"type":"answer","id":"17","output":)" + std::string(output) + "}";
}

TEST(CaseLine, HoldsOperationAndInputsAlone) {
  EXPECT_EQ(HelloLine(), "{\"type\":\"hello\",\"protocol\":1}\n");
  Case c = MakeCase("ses-smtp-password", {std::int64_t{4}, "se/cret", "us-east-1"});
  c.expected = {{&c.operation->stages.back(), "expected"}};
  c.why = "Why.";
  EXPECT_EQ(CaseLine("17", c),
            "{\"type\":\"case\",\"id\":\"17\",\"op\":\"ses-smtp-password\",\"input\":"
            "{\"version\":4,\"secret\":\"se/cret\",\"region\":\"us-east-1\"}}\n");
}

TEST(CaseLine, LeavesOutWhatIsAbsentOrOfAnotherVersion) {
  EXPECT_EQ(CaseLine("1", MakeCase("ses-smtp-password", {std::int64_t{2}, "s", std::monostate{}})),
            "{\"type\":\"case\",\"id\":\"1\",\"op\":\"ses-smtp-password\",\"input\":"
            "{\"version\":2,\"secret\":\"s\"}}\n");
  EXPECT_EQ(CaseLine("1", MakeCase("ses-smtp-password", {std::int64_t{2}, "s", "us-east-1"})),
            "{\"type\":\"case\",\"id\":\"1\",\"op\":\"ses-smtp-password\",\"input\":"
            "{\"version\":2,\"secret\":\"s\"}}\n");
}

TEST(CaseLine, WritesHeadersBooleansAndDefaults) {
  const std::vector<HttpHeader> headers = {{"Host", "h"}, {"X-Raw", "\xff"}};
  const Case c =
      MakeCase("sigv4-sign", {"AKID", "s", std::monostate{}, "r", "svc", "20150830T123600Z", "GET",
                              "/", "", headers, "", std::monostate{}, "double", true, false, true});
  EXPECT_EQ(CaseLine("2", c),
            "{\"type\":\"case\",\"id\":\"2\",\"op\":\"sigv4-sign\",\"input\":{\"access_key_id\":"
            "\"AKID\",\"secret\":\"s\",\"region\":\"r\",\"service\":\"svc\",\"timestamp\":"
            "\"20150830T123600Z\",\"method\":\"GET\",\"path\":\"/\",\"query\":\"\",\"headers\":"
            "[[\"Host\",\"h\"],[\"X-Raw\",{\"base64\":\"/w==\"}]],\"body\":\"\",\"uri_encode\":"
            "\"double\",\"normalize\":true,\"content_sha256_header\":false,"
            "\"sign_session_token\":true}}\n");
}

TEST(CaseLine, EscapesWhatJsonAsksForAndNothingElse) {
  const auto input = [](std::string text) {
    const std::string line = CaseLine("1", MakeCase("sha256", {std::move(text)}));
    const std::size_t begin = line.find("\"message\":") + 10;
    return line.substr(begin, line.size() - begin - 3);
  };
  using namespace std::string_literals;
  EXPECT_EQ(input("a\"b\\c\n\t\0\x1f\x7f"s), "\"a\\\"b\\\\c\\u000a\\u0009\\u0000\\u001f\x7f\"");
  EXPECT_EQ(input("\xc3\xa9\xf0\x9f\x98\x80"), "\"\xc3\xa9\xf0\x9f\x98\x80\"");
  EXPECT_EQ(input("\xed\xa0\x80"), R"({"base64":"7aCA"})");  // a surrogate is no UTF-8
  EXPECT_EQ(input(""), "\"\"");
}

TEST(ReadReadyLine, ReadsAllOfIt) {
  const auto ready = ReadReadyLine(
      R"({"type":"ready","protocol":1,"port":{"name":"node","version":"20.20","language":)"
      R"("JavaScript","crypto":"node:crypto","more":[1]},"ops":["sha256","md5","sha256"],)"
      R"("max_in_flight":4,"unknown":{"a":[null,true,1.5,{"b":{}}]}})");
  ASSERT_TRUE(ready) << ToString(ready.error());
  EXPECT_EQ(ready->name, "node");
  EXPECT_EQ(ready->version, "20.20");
  EXPECT_EQ(ready->language, "JavaScript");
  EXPECT_EQ(ready->crypto, "node:crypto");
  EXPECT_THAT(ready->operations, ElementsAre(FindOperation("sha256")));
  EXPECT_THAT(ready->unknown_operations, ElementsAre("md5"));
  EXPECT_EQ(ready->max_in_flight, 4U);
}

TEST(ReadReadyLine, NeedsLittle) {
  const auto ready = ReadReadyLine(R"( {"type":"ready","protocol":1,"ops":[]} )");
  ASSERT_TRUE(ready) << ToString(ready.error());
  EXPECT_EQ(ready->max_in_flight, 1U);
  const auto many =
      ReadReadyLine(R"({"type":"ready","protocol":1,"ops":[],"max_in_flight":1000000})");
  ASSERT_TRUE(many) << ToString(many.error());
  EXPECT_EQ(many->max_in_flight, kMaxInFlight);
}

TEST(ReadReadyLine, SaysWhatIsWrong) {
  struct Row {
    std::string line;
    std::string says;
  };
  for (const Row& row : std::initializer_list<Row>{
           {"Listening on 8080", "not JSON (a debug print?"},
           {R"({"type":"answer"})",
            R"("type" is "answer" and not "ready" (the first line is like)"},
           {R"({"protocol":1})", R"("type" is missing)"},
           {R"({"type":"hello","protocol":1})", "what it was sent came back"},
           {R"({"type":"ready","ops":[]})", R"("protocol" is missing (the first line is like)"},
           {R"({"type":"ready","protocol":2,"ops":[]})", "it speaks protocol 2"},
           {R"({"type":"ready","protocol":"1","ops":[]})",
            R"("protocol" is a string and not a whole number)"},
           {R"({"type":"ready","protocol":1})", R"("ops" is missing)"},
           {R"({"type":"ready","protocol":1,"ops":"sha256"})",
            R"("ops" is a string and not a list)"},
           {R"({"type":"ready","protocol":1,"ops":["sha256",1]})", R"("ops" has a number in it)"},
           {R"({"type":"ready","protocol":1,"ops":[],"port":"node"})",
            R"("port" is a string and not an object)"},
           {R"({"type":"ready","protocol":1,"ops":[],"port":{"version":20}})",
            R"("version" is a number and not a string in "port")"},
           {R"({"type":"ready","protocol":1,"ops":[],"max_in_flight":0})",
            R"("max_in_flight" is 0)"},
           {R"({"type":"ready","protocol":1,"ops":[],"max_in_flight":1.5})",
            R"("max_in_flight" is a number and not a whole number)"},
       }) {
    EXPECT_THAT(ReadyError(row.line), HasSubstr(row.says)) << row.line;
  }
}

TEST(ReadAnswerLine, ReadsEachKind) {
  const PortAnswer output = GoodAnswer(
      WithOutput(R"({"password":"BL\u00e9","raw":{"base64":"/w==","x":1},"empty":{"base64":""}})"));
  EXPECT_EQ(output.id, "17");
  EXPECT_EQ(output.kind, Answer::Kind::kOutput);
  EXPECT_THAT(output.output,
              ElementsAre(Pair("password", "BL\xc3\xa9"), Pair("raw", "\xff"), Pair("empty", "")));
  const PortAnswer refused = GoodAnswer(R"({"id":"1","refused":"em\u0007pty","type":"answer"})");
  EXPECT_EQ(refused.kind, Answer::Kind::kRefused);
  EXPECT_EQ(refused.detail, "em\\x07pty");
  EXPECT_EQ(GoodAnswer(R"({"type":"answer","id":"","unsupported":"v2"})").kind,
            Answer::Kind::kUnsupported);
  EXPECT_EQ(GoodAnswer(R"({"type":"answer","id":"1","error":"","note":null})").kind,
            Answer::Kind::kError);
}

TEST(ReadAnswerLine, WhatIsNoStageMayBeOfAnyType) {
  const PortAnswer answer = GoodAnswer(WithOutput(R"({"micros":3,"password":"p","notes":[1,{}]})"));
  EXPECT_THAT(answer.output, testing::Contains(Pair("password", "p")));
}

TEST(ReadAnswerLine, SaysWhatIsNoJson) {
  struct Row {
    std::string line;
    std::string says;
  };
  using namespace std::string_literals;
  const std::string deep(kMaxJsonDepth, '[');
  std::string many = "[0";
  for (std::size_t i = 0; i < kMaxJsonValues; ++i) many += ",0";
  for (const Row& row : std::initializer_list<Row>{
           {"", "an empty line"},
           {" \t", "an empty line"},
           {"signing case 17",
            "not JSON (a debug print? standard output is for the protocol alone"},
           {"[info] signing", "not JSON (a debug print?"},
           {"17", "JSON, but a number and no object"},
           {R"(["a"])", "JSON, but a list of strings and no object"},
           {"\xef\xbb\xbf{}", "a byte order mark"},
           {"{\"type\":\"\xff\"}", "not UTF-8: \\xff is byte 10"},
           {R"({"type":"answer","id":"1")", "JSON that ends too early (a line break within"},
           {R"({"type":"answer","id":")", "JSON that ends too early"},
           {R"({"id":"1"}{"id":"2"})", "something stands after the JSON object"},
           {R"({'type': 'answer'})", "not JSON from byte 2 on (names and strings stand in double"},
           {R"({"type":"answer",})", "not JSON from byte 18 on (write it by a JSON library)"},
           {R"({"id":"\ud800"})", "not JSON from byte"},
           {R"({"id":NaN})", "not JSON from byte"},
           {R"({"id":1e999})", "a number that is too large"},
           {R"({"id":"1","x":1,"id":"2"})", R"(the member "id" twice in one object)"},
           {WithOutput(R"({"a":"","a":""})"), R"(the member "a" twice in one object)"},
           {"{\"a\":" + deep, "more than 8 objects or lists within each other"},
           {R"({"a":)" + many + "]}", "more than 1000 values in one line (bytes as a list"},
       }) {
    EXPECT_THAT(AnswerError(row.line), HasSubstr(row.says)) << row.line;
  }
}

TEST(ReadAnswerLine, SaysWhatIsNoAnswer) {
  struct Row {
    std::string line;
    std::string says;
  };
  for (
      const Row& row : std::initializer_list<Row>{
          {R"({"id":"17","output":{}})",
           R"("type" is missing (an answer is like {"type":"answer")"},
          {R"({"type":1})", R"("type" is a number and not a string)"},
          {R"({"type":"result"})", R"("type" is "result" and not "answer" (an answer is like)"},
          {R"({"type":"ready","protocol":1})", R"("ready" a second time (it is written once)"},
          {R"({"type":"case","id":"17"})", "what it was sent came back (does it print its input?)"},
          {R"({"type":"answer","output":{}})", R"("id" is missing (the id of the case as it came)"},
          {R"({"type":"answer","id":17,"output":{}})",
           R"("id" is a number and not a string (the id of the case as it came, in quotes: "id":"17"))"},
          {R"({"type":"answer","id":"17","password":"x"})",
           R"(neither "output" nor "refused", "unsupported" or "error" (an answer is like)"},
          {R"({"type":"answer","id":"17","outputs":{}})", R"((did you mean "output"?))"},
          {R"({"type":"answer","id":"17","output":{},"error":null})",
           R"("output" and "error" in one answer (exactly one of)"},
          {R"({"type":"answer","id":"17","refused":true})",
           R"("refused" is true or false and not a string (the reason, in words))"},
          {R"({"type":"answer","id":"17","error":null})", "(leave it out where it has nothing"},
          {WithOutput("\"BLBM\""), R"("output" is a string and not an object)"},
          {WithOutput(R"({"password":null})"),
           R"(in "output", "password" is null and not a string (leave out a stage)"},
          {WithOutput(R"({"mac":12})"),
           R"("mac" is a number and not a string (a string (keys and)"},
          {WithOutput(R"({"mac":[12,255]})"), R"("mac" is a list of numbers and not a string)"},
          {WithOutput(R"({"chunk_signatures":["a","b"]})"),
           "is a list of strings and not a string (one string, its lines with line breaks"},
          {WithOutput(R"({"mac":{"type":"Buffer","data":[1]}})"),
           R"("mac" is an object without "base64")"},
          {WithOutput(R"({"mac":{"base64":1}})"),
           R"("base64" is a number and not a string in "mac")"},
          {WithOutput(R"({"mac":{"base64":"_w=="}})"),
           R"(what "mac" has as base64 is none (the standard alphabet has + and /)"},
          {WithOutput(R"({"mac":{"base64":"/w"}})"), "(with padding and without line breaks"},
      }) {
    EXPECT_THAT(AnswerError(row.line), HasSubstr(row.says)) << row.line;
  }
}

TEST(ReadAnswerLine, ReadsTheIdOfABadLine) {
  EXPECT_EQ(IdOfError(R"({"type":"answer","id":"17","output":nil})"), "17");
  EXPECT_EQ(IdOfError(R"({"type":"answer","id":17,"output":{}})"), "17");
  EXPECT_EQ(IdOfError(R"({"type":"log","id":"17"})"), "17");
  EXPECT_EQ(IdOfError(R"({"type":"answer","id":1.5,"output":{}})"), "");
  EXPECT_EQ(IdOfError(R"({"type":"answer","output":{"id":"17"}})"), "");
}

TEST(ToAnswer, HasStagesInTheOperationsOrder) {
  const Case c = MakeCase("ses-smtp-password", {std::int64_t{4}, "s", "r"});
  PortAnswer given = {"1",
                      Answer::Kind::kOutput,
                      "",
                      {{"password", "p"}, {"own", "x"}, {"mac", "of version 2"}, {"date_key", ""}}};
  given.output.back().second = kHex;
  const Answer answer = ToAnswer(c, given);
  EXPECT_EQ(answer.kind, Answer::Kind::kOutput);
  ASSERT_EQ(answer.stages.size(), 2U);
  EXPECT_EQ(answer.stages[0].stage->name, "date_key");
  EXPECT_EQ(answer.stages[0].value, kHex);
  EXPECT_EQ(answer.stages[1].stage->name, "password");
  EXPECT_EQ(answer.hint, "");
}

TEST(ToAnswer, NeedsTheLastStage) {
  const Case c = MakeCase("ses-smtp-password", {std::int64_t{4}, "s", "r"});
  const Answer missing = ToAnswer(c, {"1", Answer::Kind::kOutput, "", {{"pasword", "p"}}});
  EXPECT_EQ(missing.kind, Answer::Kind::kProtocolError);
  EXPECT_EQ(missing.detail, "\"output\" has no \"password\"");
  EXPECT_EQ(missing.hint, "for \"pasword\", did you mean \"password\"?");
  const Answer empty = ToAnswer(c, {"1", Answer::Kind::kOutput, "", {}});
  EXPECT_EQ(empty.kind, Answer::Kind::kProtocolError);
  EXPECT_THAT(empty.hint, HasSubstr("the last stage is the answer"));
}

TEST(ToAnswer, HintsAtHowAKeyIsWritten) {
  const auto hint = [](std::string_view digest) {
    const Answer answer =
        ToAnswer(MakeCase("sha256", {"m"}),
                 {"1", Answer::Kind::kOutput, "", {{"digest", std::string(digest)}}});
    EXPECT_EQ(answer.kind, Answer::Kind::kOutput);
    EXPECT_EQ(answer.stages.front().value, digest);  // as it was given
    return answer.hint;
  };
  EXPECT_THAT(hint(kUpperHex), HasSubstr("\"digest\" is hex in upper case: keys and digests are"));
  EXPECT_THAT(hint(std::string(32, '\xab')), HasSubstr("\"digest\" is 32 bytes as they are"));
  EXPECT_THAT(hint(kBase64), HasSubstr("\"digest\" is base64"));
  EXPECT_EQ(hint("no digest"), "");
  EXPECT_EQ(hint(kHex), "");
}

TEST(ShownLine, IsVisibleAndShort) {
  EXPECT_EQ(ShownLine("a\x1b[31m"), "a\\x1b[31m");
  EXPECT_EQ(ShownLine(std::string(200, 'a')), std::string(200, 'a'));
  EXPECT_EQ(ShownLine(std::string(201, 'a')), std::string(200, 'a') + "...");
  EXPECT_EQ(ShownLine(std::string(199, 'a') + "\xc3\xa9"), std::string(199, 'a') + "...");
  const Answer error = ProtocolError("not JSON", "hint", "x\ny");
  EXPECT_EQ(error.detail, "not JSON: x\\ny");
  EXPECT_EQ(error.hint, "hint");
}

}  // namespace
}  // namespace sigvet
