#include "bench/gate_policy.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

namespace sigvet {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

GatePolicy PolicyOf(std::string_view text) {
  const ParsedGatePolicy parsed = ParseGatePolicy("p.yaml", text);
  for (const Error& error : parsed.errors) ADD_FAILURE() << ToString(error);
  return parsed.policy;
}

std::vector<std::string> ErrorsOf(std::string_view text) {
  std::vector<std::string> errors;
  for (const Error& error : ParseGatePolicy("p.yaml", text).errors) {
    errors.push_back(ToString(error));
  }
  return errors;
}

/// The errors of a policy with these lines below its version.
std::vector<std::string> ErrorsBelow(const std::string& lines) {
  return ErrorsOf("sigvet: 1\n" + lines);
}

TEST(GatePolicy, DefaultsWhereItSaysNothing) {
  const GatePolicy policy = PolicyOf("sigvet: 1\n");
  EXPECT_EQ(policy.reference, "openssl");
  EXPECT_EQ(policy.threshold, GatePolicy{}.threshold);
  EXPECT_EQ(policy.significance, GatePolicy{}.significance);
  EXPECT_THAT(policy.rules, IsEmpty());
}

TEST(GatePolicy, All) {
  const GatePolicy policy = PolicyOf(
      "sigvet: 1\n"
      "reference: \"botan\"\n"
      "rules:\n"
      "  - workload: \"many-keys/*\"\n"
      "    contender: \"builtin*\"\n"
      "    threshold: 0.25\n"
      "  - contender: \"cryptopp\"\n"
      "    ignore: true\n"
      "  - workload: \"hmac\"\n"
      "    ignore: false\n"
      "threshold: 0.2\n"
      "significance: 0.01\n");
  EXPECT_EQ(policy.reference, "botan");
  EXPECT_EQ(policy.threshold, 0.2);
  EXPECT_EQ(policy.significance, 0.01);
  ASSERT_EQ(policy.rules.size(), 3U);
  EXPECT_EQ(policy.rules[0].workload, "many-keys/*");
  EXPECT_EQ(policy.rules[0].contender, "builtin*");
  EXPECT_EQ(policy.rules[0].threshold, 0.25);
  EXPECT_FALSE(policy.rules[0].ignored);
  EXPECT_EQ(policy.rules[0].place, (Place{"p.yaml", 4, 5}));
  EXPECT_EQ(policy.rules[1].workload, "*");
  EXPECT_TRUE(policy.rules[1].ignored);
  EXPECT_EQ(policy.rules[2].threshold, 0.2) << "the policy's own, also where it stands below";
  EXPECT_FALSE(policy.rules[2].ignored);
}

TEST(GatePolicy, TheEndsOfTheRanges) {
  EXPECT_EQ(PolicyOf("sigvet: 1\nthreshold: 0.01\n").threshold, 0.01);
  EXPECT_EQ(PolicyOf("sigvet: 1\nthreshold: 1\n").threshold, 1);
  EXPECT_EQ(PolicyOf("sigvet: 1\nsignificance: 0.0001\n").significance, 0.0001);
  EXPECT_EQ(PolicyOf("sigvet: 1\nsignificance: 0.1\n").significance, 0.1);
  for (const std::string number : {"0.009", "-0.1", "-0", "1.01", "10"}) {
    EXPECT_THAT(ErrorsBelow("threshold: " + number + "\n"),
                ElementsAre("p.yaml:2:12: \"" + number +
                            "\" is out of range (a number from 0.01 to 1 without quotes; 0.1 is "
                            "10 %)"));
  }
  EXPECT_THAT(ErrorsBelow("significance: 0.11\n"),
              ElementsAre("p.yaml:2:15: \"0.11\" is out of range (a number from 0.0001 to 0.1 "
                          "without quotes)"));
}

TEST(GatePolicy, NumbersAreWrittenAsPeopleWriteThem) {
  for (const std::string number : {"1e-1", "-1e-1", "--1", "-.1", "+0.1", ".1", "1.", "0x1", "nan",
                                   "inf", "8 %", "0.1.2", "0,1", "9e99"}) {
    const std::vector<std::string> errors = ErrorsBelow("threshold: " + number + "\n");
    EXPECT_EQ(errors.size(), 1U) << number;
    ASSERT_FALSE(errors.empty()) << number;
    EXPECT_THAT(errors[0], ::testing::StartsWith("p.yaml:2:12: expected a number, found "))
        << number;
  }
  EXPECT_THAT(ErrorsBelow("threshold: \"0.1\"\n"),
              ElementsAre("p.yaml:2:12: number in quotes: write 0.1"));
  EXPECT_THAT(
      ErrorsBelow("threshold: [0.1]\n"),
      ElementsAre("p.yaml:2:12: expected a number (a number from 0.01 to 1 without quotes; 0.1 is "
                  "10 %)"));
}

TEST(GatePolicy, AllErrorsAtOnceWithTheirPlaces) {
  EXPECT_THAT(ErrorsBelow("refrence: \"openssl\"\n"
                          "threshold: high\n"
                          "rules:\n"
                          "  - wrkload: \"hmac\"\n"
                          "    threshold: 0.1\n"
                          "  - workload: hmac\n"
                          "    ignore: \"true\"\n"
                          "  - \"hmac\"\n"),
              ElementsAre("p.yaml:2:1: unknown key \"refrence\" (did you mean \"reference\"?)",
                          "p.yaml:3:12: expected a number, found \"high\" (a number from 0.01 to 1 "
                          "without quotes; 0.1 is 10 %)",
                          "p.yaml:5:5: unknown key \"wrkload\" (did you mean \"workload\"?)",
                          "p.yaml:7:15: unquoted string: write \"hmac\"",
                          "p.yaml:8:13: boolean in quotes: write true",
                          "p.yaml:9:5: expected a mapping, found a string"));
}

TEST(GatePolicy, ARuleSaysWhatOfWhat) {
  EXPECT_THAT(ErrorsBelow("rules:\n"
                          "  - workload: \"hmac\"\n"
                          "  - ignore: true\n"
                          "  - contender: \"botan\"\n"
                          "    ignore: true\n"
                          "    threshold: 0.5\n"
                          "  - contender: \"\"\n"
                          "    threshold: 0.5\n"
                          "  - contender: \"a b\"\n"
                          "    threshold: 0.5\n"),
              ElementsAre("p.yaml:3:5: a rule that says nothing (add threshold: or ignore: true)",
                          "p.yaml:4:5: a rule for nothing (add workload: \"GLOB\" or contender: "
                          "\"GLOB\")",
                          "p.yaml:7:5: a threshold of what is ignored (take one of them out)",
                          "p.yaml:8:16: empty string (say it in a sentence)",
                          "p.yaml:10:16: a blank in \"a b\" (no id has one)"));
}

TEST(GatePolicy, TheFormatIsThatOfACorpus) {
  EXPECT_THAT(ErrorsOf("threshold: 0.1\n"),
              ElementsAre("p.yaml:1:1: the first key must be \"sigvet\" (begin the file with "
                          "\"sigvet: 1\")"));
  EXPECT_THAT(ErrorsOf("sigvet: 2\n"),
              ElementsAre("p.yaml:1:9: unknown version 2 of the format (known: 1)"));
  EXPECT_EQ(ErrorsOf("").size(), 1U);
  EXPECT_EQ(ErrorsOf("- a\n").size(), 1U);
  EXPECT_EQ(ErrorsBelow("rules: 5\n").size(), 1U);
  EXPECT_EQ(ErrorsBelow("threshold: 0.1\nthreshold: 0.1\n").size(), 1U);
  EXPECT_EQ(ErrorsBelow("threshold: &a 0.1\n").size(), 1U);
}

TEST(GatePolicy, Limits) {
  EXPECT_THAT(ErrorsOf(std::string(kMaxGatePolicyBytes + 1, '#')),
              ElementsAre("p.yaml: the policy is longer than 1 MiB"));
  std::string rules = "sigvet: 1\nrules:\n";
  const std::string rule = "  - {workload: \"a\", threshold: 0.1}\n";
  for (std::size_t i = 0; i < kMaxGateRules; ++i) rules += rule;
  EXPECT_THAT(ErrorsOf(rules), IsEmpty());
  EXPECT_THAT(ErrorsOf(rules + rule), ElementsAre("p.yaml:1003:5: more than 1000 rules"));
  EXPECT_THAT(ErrorsBelow("reference: \"" + std::string(1001, 'a') + "\"\n"),
              ElementsAre("p.yaml:2:12: more than 1000 bytes"));
}

}  // namespace
}  // namespace sigvet
