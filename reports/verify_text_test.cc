#include "reports/verify_text.h"

#include <gtest/gtest.h>

#include <string>

namespace sigvet {
namespace {

Sigv4Claim ExampleClaim() {
  return {.form = Sigv4Claim::Form::kHeader,
          .access_key_id = "AKIDEXAMPLE",
          .date = "20150830",
          .region = "us-east-1",
          .service = "iam",
          .signed_headers = {"host"},
          .signature = std::string(64, 'a'),
          .timestamp = "20150830T123600Z",
          .expires = ""};
}

VerifyReport ValidReport() {
  VerifyReport report;
  report.claim = ExampleClaim();
  report.canonical_request = "GET\n/\n\nhost:h\n\nhost\ne3b0";
  report.string_to_sign = "AWS4-HMAC-SHA256\n20150830T123600Z\nscope\nhash";
  report.signature = report.claim.signature;
  report.payload_hash = "e3b0";
  return report;
}

VerifyReport MismatchReport() {
  VerifyReport report = ValidReport();
  report.signature = std::string(64, 'b');
  report.tried = 80;
  return report;
}

StageFinding QueryFinding() {
  return {.difference = {.line = 3,
                         .what = "the query",
                         .expected = "a=1&b=2",
                         .actual = "b=2&a=1",
                         .likely = "not sorted"},
          .expected_from = Source::kRules,
          .actual_from = Source::kSigner};
}

std::string Render(const VerifyReport& report) { return RenderVerifyReport(report, {}); }

std::string FirstLine(const VerifyReport& report) {
  const std::string text = Render(report);
  return text.substr(0, text.find('\n'));
}

TEST(VerifyText, Valid) {
  VerifyReport report = ValidReport();
  EXPECT_EQ(Render(report),
            "valid: the signature is right. AKIDEXAMPLE signed at 20150830T123600Z for\n"
            "       us-east-1, iam\n");
  report.claim.expires = "60";
  report.payload_hash = "UNSIGNED-PAYLOAD";
  EXPECT_EQ(Render(report),
            "valid: the signature is right. AKIDEXAMPLE signed at 20150830T123600Z for\n"
            "       us-east-1, iam, for 60 s; the body is not signed\n");
}

TEST(VerifyText, NotChecked) {
  VerifyReport report = ValidReport();
  report.signature.clear();
  EXPECT_EQ(FirstLine(report),
            "not checked: without the secret there is no telling whether the signature is");
}

TEST(VerifyText, Explained) {
  VerifyReport report = MismatchReport();
  report.explanation = {{"query-not-sorted", "the query was not sorted", "sort it"}};
  report.signature_is_explained = true;
  report.canonical_request_finding = QueryFinding();
  report.canonical_request_finding->actual_from = Source::kDefect;
  EXPECT_EQ(Render(report),
            "not valid: the query was not sorted\n"
            "\n"
            "canonical request, line 3: the query\n"
            "  expected: this request, by the rules; actual: what was signed\n"
            "  expected  a=1&b=2\n"
            "  actual    b=2&a=1\n"
            "            ^^^^^^^\n"
            "\n"
            "what to do\n"
            "  - sort it\n"
            "\n"
            "This is certain: with that mistake exactly the request's signature comes out.\n");
}

TEST(VerifyText, GuessedFromTheTexts) {
  VerifyReport report = MismatchReport();
  report.canonical_request_finding = QueryFinding();
  report.signer_text_gives_signature = true;
  EXPECT_EQ(Render(report),
            "not valid: the canonical request differs in the query\n"
            "\n"
            "canonical request, line 3: the query\n"
            "  expected: this request, by the rules; actual: the given file\n"
            "  expected  a=1&b=2\n"
            "  actual    b=2&a=1\n"
            "            ^^^^^^^\n"
            "  likely    not sorted\n"
            "\n"
            "signature\n"
            "  expected  " +
                std::string(64, 'b') +
                "\n"
                "  actual    " +
                std::string(64, 'a') +
                "\n"
                "\n"
                "The request's signature is over the given canonical request: what differs above\n"
                "is the reason.\n");
}

TEST(VerifyText, ALineThatIsMissing) {
  VerifyReport report = MismatchReport();
  report.canonical_request_finding = QueryFinding();
  report.canonical_request_finding->difference.actual.reset();
  EXPECT_NE(Render(report).find("  expected  a=1&b=2\n  actual    (there is no such line)\n"),
            std::string::npos);
}

TEST(VerifyText, WithoutAnExplanationTheStagesFollow) {
  const std::string text = Render(MismatchReport());
  EXPECT_EQ(text.substr(0, text.find('\n')),
            "not valid: the signature differs, and no mistake that is known here explains it");
  EXPECT_NE(text.find("\ncanonical request, by the rules\n  GET\n  /\n  \n  host:h\n"),
            std::string::npos);
  EXPECT_NE(text.find("\n80 mistakes were tried"), std::string::npos);
}

/// Whether the report's text, in one line, holds `part`.
bool Says(const VerifyReport& report, const std::string& part) {
  std::string text;
  for (const char c : Render(report)) {
    const char printed = c == '\n' ? ' ' : c;
    if (printed != ' ' || !text.ends_with(' ')) text += printed;
  }
  return text.find(part) != std::string::npos;
}

TEST(VerifyText, ATextAloneIsExplained) {
  VerifyReport report = MismatchReport();
  report.explanation = {{"query-not-sorted", "the query was not sorted", "sort it"}};
  report.signer_text_gives_signature = false;
  report.signer_text_is_right = false;
  EXPECT_FALSE(Says(report, "This is certain"));
  EXPECT_TRUE(Says(report, "With that mistake exactly the given text comes out."));
  EXPECT_TRUE(Says(report, "does not lead to the request's signature either"));
}

TEST(VerifyText, RightTexts) {
  VerifyReport report = MismatchReport();
  report.signer_text_is_right = report.signer_string_is_right = true;
  report.signer_text_gives_signature = report.signer_string_gives_signature = false;
  EXPECT_TRUE(Says(report,
                   "Both texts are right: the secret, or how the signing key is derived from it "
                   "(AWS4 prefix, date, region, service, aws4_request), is wrong."));
  EXPECT_FALSE(Says(report, "mistakes were tried"));
  report.signer_string_is_right = report.signer_string_gives_signature = std::nullopt;
  EXPECT_TRUE(Says(report, "The given canonical request is right: the string to sign ("));
}

TEST(VerifyText, FurtherLines) {
  VerifyReport report = MismatchReport();
  report.canonical_request_finding = QueryFinding();
  report.canonical_request_finding->difference.further = {"the header x", "the payload hash"};
  report.signer_text_gives_signature = true;
  EXPECT_NE(
      Render(report).find("\n  besides   2 further lines differ: the header x, the payload hash\n"),
      std::string::npos);
  EXPECT_TRUE(Says(report, "all the lines that differ are the reason."));
}

TEST(VerifyText, AnIncompleteRequest) {
  VerifyReport report = MismatchReport();
  report.problems = {{"date-missing", "there is no date", "send it"}};
  EXPECT_EQ(FirstLine(report), "not valid: there is no date");
  EXPECT_TRUE(Says(report, "give the request as it was signed, whole."));
  EXPECT_FALSE(Says(report, "mistakes were tried"));
}

TEST(VerifyText, PairsThatWereNotTried) {
  VerifyReport report = MismatchReport();
  report.pairs_were_tried = false;
  EXPECT_TRUE(Says(report, "80 mistakes were tried, alone; not in pairs, since the request is"));
}

TEST(VerifyText, RepliesThatDontCount) {
  VerifyReport report = ValidReport();
  report.has_reply = true;
  report.reply_code = "NoSuchKey";
  report.reply_is_not_about_signature = true;
  report.server_remark = Remark{"other", "NoSuchKey: \"no key\"", ""};
  EXPECT_TRUE(Says(report, "valid: the signature is right; the service's error NoSuchKey is not"));
  EXPECT_TRUE(Says(report, " - NoSuchKey: \"no key\""));
  report.reply_is_not_about_signature = false;
  report.server_remark.reset();
  report.reply_is_of_another_request = true;
  EXPECT_TRUE(Says(report, "valid: the signature is right; the reply is about another request"));
  report.signature.clear();
  EXPECT_TRUE(Says(report, "not checked: the reply is about another request"));
}

TEST(VerifyText, AServiceThatAgrees) {
  VerifyReport report = MismatchReport();
  report.has_reply = report.service_agrees = true;
  EXPECT_TRUE(Says(report, "the service computed the same as these rules: the signer's"));
  EXPECT_FALSE(Says(report, "--server-reply"));
  report.signature.clear();
  EXPECT_TRUE(Says(report, "does not match, and computed the same as these rules"));
  EXPECT_TRUE(Says(report, "Compare its texts (--canonical-request FILE"));
}

TEST(VerifyText, WhatServicesRefuse) {
  VerifyReport report = ValidReport();
  report.problems = {{"x", "SignedHeaders is not sorted", "sort it"}};
  EXPECT_EQ(Render(report),
            "not valid: the signature is right, but services refuse the request:\n"
            "           SignedHeaders is not sorted\n"
            "\n"
            "what services refuse in this request\n"
            "  - SignedHeaders is not sorted\n"
            "    to do: sort it\n");
}

TEST(VerifyText, WhatTheServiceSays) {
  VerifyReport report = ValidReport();
  report.has_reply = true;
  report.server_remark = Remark{"clock", "the clock is wrong", "set it"};
  EXPECT_EQ(Render(report),
            "not valid: the clock is wrong\n"
            "\n"
            "what the service says\n"
            "  - the clock is wrong\n"
            "    to do: set it\n");
  report.server_remark.reset();
  report.service_has_another_secret = true;
  EXPECT_EQ(FirstLine(report),
            "not valid: the secret given here made the signature, and the service computed");
}

TEST(VerifyText, NothingATerminalWouldActOn) {
  VerifyReport report = MismatchReport();
  report.canonical_request = "GET\n/\x1b[31m";
  report.claim.signature = "\x1b[31m";
  report.canonical_request_finding = QueryFinding();
  report.canonical_request_finding->difference.actual = "b\x1b[31m\xff";
  report.problems = {{"x", "bad \x07", "z\x1b"}};
  const std::string text = Render(report);
  EXPECT_EQ(text.find_first_of("\x1b\x07\xff"), std::string::npos);
  EXPECT_NE(text.find("b\\x1b[31m\\xff"), std::string::npos);
}

TEST(VerifyText, ColoursTheVerdictAlone) {
  const std::string text = RenderVerifyReport(ValidReport(), {.color = true});
  EXPECT_EQ(text.substr(0, 16), "\x1b[32mvalid:\x1b[0m ");
}

}  // namespace
}  // namespace sigvet
