#include <gtest/gtest.h>

#include <pugixml.hpp>
#include <random>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "base/utf8.h"
#include "reports/report.h"
#include "reports/test_report.h"
#include "reports/test_text.h"

namespace sigvet {
namespace {

/// Parses `text` into `document` and checks what holds for every file.
void Parse(const std::string& text, pugi::xml_document& document) {
  ASSERT_TRUE(IsUtf8(text));
  for (const char c : text) {
    ASSERT_TRUE(c == '\n' || static_cast<unsigned char>(c) >= 0x20) << static_cast<int>(c);
  }
  for (const char* illegal : {"\xef\xbf\xbe", "\xef\xbf\xbf", "\x7f"}) {
    ASSERT_EQ(text.find(illegal), std::string::npos);
  }
  const pugi::xml_parse_result parsed = document.load_string(text.c_str());
  ASSERT_TRUE(parsed) << parsed.description();
  ASSERT_TRUE(document.child("testsuites"));
}

struct Counts {
  unsigned tests = 0;
  unsigned failures = 0;
  unsigned errors = 0;
  unsigned skipped = 0;

  bool operator==(const Counts&) const = default;
};

std::ostream& operator<<(std::ostream& out, const Counts& counts) {
  return out << counts.tests << " tests, " << counts.failures << " failures, " << counts.errors
             << " errors, " << counts.skipped << " skipped";
}

Counts Claimed(pugi::xml_node node) {
  return {node.attribute("tests").as_uint(1000), node.attribute("failures").as_uint(1000),
          node.attribute("errors").as_uint(1000), node.attribute("skipped").as_uint(1000)};
}

/// Checks the counts of every level and that every (classname, name) is there once.
Counts CheckStructure(const pugi::xml_document& document) {
  Counts all;
  std::set<std::pair<std::string, std::string>> names;
  for (const pugi::xml_node suite : document.child("testsuites").children("testsuite")) {
    Counts counts;
    for (const pugi::xml_node test : suite.children("testcase")) {
      ++counts.tests;
      if (test.child("failure")) ++counts.failures;
      if (test.child("error")) ++counts.errors;
      if (test.child("skipped")) ++counts.skipped;
      const std::pair<std::string, std::string> name = {test.attribute("classname").value(),
                                                        test.attribute("name").value()};
      EXPECT_TRUE(names.insert(name).second) << name.first << " " << name.second;
    }
    EXPECT_EQ(Claimed(suite), counts) << suite.attribute("name").value();
    EXPECT_GT(counts.tests, 0U);
    all.tests += counts.tests;
    all.failures += counts.failures;
    all.errors += counts.errors;
    all.skipped += counts.skipped;
  }
  EXPECT_EQ(Claimed(document.child("testsuites")), all);
  return all;
}

Counts CheckAll(const RunReport& report) {
  pugi::xml_document document;
  Parse(RenderJunit(report), document);
  return CheckStructure(document);
}

pugi::xml_node FindCase(const pugi::xml_document& document, std::string_view class_name,
                        std::string_view name) {
  return document.find_node([&](pugi::xml_node node) {
    return node.name() == std::string_view("testcase") &&
           node.attribute("classname").value() == class_name &&
           node.attribute("name").value() == name;
  });
}

TEST(ReportJunit, Golden) {
  ExpectGolden("report.xml", RenderJunit(SampleReport()));
  ExpectGolden("ports.xml", RenderJunit(PortsReport()));
}

TEST(ReportJunit, CountsOfTheSample) {
  // 36 results, the unavailable subject, one disputed case, two problems, the interruption.
  // Failures are 6 wrong answers, 1 unexpected pass, 1 disputed case, 2 problems; skipped are 2
  // results, 4 of the disputed case, 1 known failure and the unavailable subject.
  EXPECT_EQ(CheckAll(SampleReport()), (Counts{45, 11, 2, 8}));
}

TEST(ReportJunit, AFailureBeginsWithTheMistake) {
  pugi::xml_document document;
  Parse(RenderJunit(SampleReport()), document);
  const pugi::xml_node region =
      FindCase(document, "sigvet.botan.ses.published", "rust-sample").child("failure");
  const std::string text = region.text().get();
  EXPECT_EQ(text.find("mistake   the region was left out of the keys\n"
                      "algorithm region_key = HMAC-SHA-256(date_key, region)\n"
                      "do        derive the region key from"),
            0U)
      << text;
  EXPECT_NE(text.find("\nor        the region is empty\n"), text.npos) << text;
  EXPECT_NE(text.find("\nstage     region_key\n"), text.npos) << text;
  const pugi::xml_node two =
      FindCase(document, "sigvet.builtin.sigv4.requests", "signed-headers").child("failure");
  EXPECT_EQ(CountOf(two.text().get(), "mistake   "), 2U);
  const pugi::xml_node unexplained =
      FindCase(document, "sigvet.botan.ses.secrets", "long").child("failure");
  EXPECT_STREQ(unexplained.attribute("message").value(), "wrong text (stage 1 of 1)");
}

TEST(ReportJunit, AWrongSecretIsNoMistakeOfThePort) {
  pugi::xml_document document;
  Parse(RenderJunit(PortsReport()), document);
  const pugi::xml_node failure =
      FindCase(document, "sigvet.node.ses.published", "wrong").child("failure");
  const std::string text = failure.text().get();
  EXPECT_EQ(text.find("mistake   your port is right, its secret is not: the secret had a newline"),
            0U)
      << text;
}

TEST(ReportJunit, PassingRun) {
  EXPECT_EQ(CheckAll(PassingReport(3, 2, 5)), (Counts{30, 0, 0, 0}));
}

TEST(ReportJunit, ARunOfNothingIsNotGreen) {
  EXPECT_EQ(CheckAll(RunReport{}), (Counts{1, 0, 1, 0}));
  RunReport report = PassingReport(2, 1, 1);
  report.results.clear();
  for (RunReport::Subject& subject : report.subjects) subject.unavailable_because = "no library";
  EXPECT_EQ(CheckAll(report), (Counts{3, 0, 1, 2}));
}

TEST(ReportJunit, AnInterruptedRunIsNotGreen) {
  RunReport report = PassingReport(2, 1, 1);
  report.context.interrupted = true;
  EXPECT_EQ(CheckAll(report), (Counts{3, 0, 1, 0}));
}

TEST(ReportJunit, AProblemAloneIsAFailure) {
  RunReport report = PassingReport(2, 1, 1);
  report.problems = {{"known failure never ran", {"known.txt", 4, 1}, ""},
                     {"known failure never ran", {"known.txt", 4, 1}, ""}};
  EXPECT_EQ(CheckAll(report), (Counts{4, 2, 0, 0}));
}

TEST(ReportJunit, WhatReadersLookFor) {
  pugi::xml_document document;
  ASSERT_NO_FATAL_FAILURE(Parse(RenderJunit(SampleReport()), document));
  const pugi::xml_node root = document.child("testsuites");
  EXPECT_STREQ(root.attribute("time").value(), "1.234");
  EXPECT_STREQ(root.attribute("timestamp").value(), "2026-11-21T20:22:00Z");

  const pugi::xml_node failed = FindCase(document, "sigvet.botan.ses.published", "rust-sample");
  EXPECT_STREQ(failed.attribute("file").value(), "my cases.yaml");
  EXPECT_STREQ(failed.attribute("line").value(), "24");
  EXPECT_STREQ(failed.child("failure").attribute("type").value(), "fail");
  EXPECT_STREQ(failed.child("failure").attribute("message").value(),
               "wrong region_key: the region was left out of the keys");
  const std::string text = failed.child("failure").text().get();
  EXPECT_NE(text.find("expected  0f3b54a3b0c1dd3c1f1a1f3d2a5f8f4b"), std::string::npos) << text;
  EXPECT_NE(text.find("actual    0f3b54a3b0c1dd3c1f1a1f3d2affff4b"), std::string::npos) << text;

  EXPECT_STREQ(FindCase(document, "sigvet.cryptopp.ses.secrets", "known")
                   .child("skipped")
                   .attribute("message")
                   .value(),
               "known failure: wrong mac: SHA-1 was used for the HMACs");
  EXPECT_STREQ(FindCase(document, "sigvet.openssl.ses.secrets", "known")
                   .child("failure")
                   .attribute("type")
                   .value(),
               "unexpected-pass");
  EXPECT_STREQ(FindCase(document, "sigvet.openssl.ses.secrets", "crash")
                   .child("error")
                   .attribute("message")
                   .value(),
               "EVP_MAC_init: \\x1b[31mno memory\\x07");
  EXPECT_STREQ(FindCase(document, "sigvet.openssl.ses.published", "v2-disputed")
                   .child("skipped")
                   .attribute("message")
                   .value(),
               "disputed: see sigvet.disputed.ses.published v2-disputed");
  EXPECT_TRUE(FindCase(document, "sigvet.disputed.ses.published", "v2-disputed").child("failure"));
  EXPECT_STREQ(FindCase(document, "sigvet.libressl", "available")
                   .child("skipped")
                   .attribute("message")
                   .value(),
               "unavailable: the build left it out: libressl.pc was not found");
}

TEST(ReportJunit, ShowsThePartThatDiffersWhereTheReasonNamesOne) {
  RunReport report = SampleReport();
  for (Failure& failure : report.failures) {
    failure.expected_part = "E=60";
    failure.actual_part = "E=70";
  }
  EXPECT_NE(RenderJunit(report).find("expected  E=60\nactual    E=70\n"), std::string::npos);
}

TEST(ReportJunit, PortsThatGaveNoAnswer) {
  // 21 results, the unavailable port and a problem. Failures are a wrong and a flaky answer and the
  // problem; errors a crash, a timeout and a line that is no answer; skipped are 11 results and
  // the unavailable port.
  EXPECT_EQ(CheckAll(PortsReport()), (Counts{23, 3, 3, 12}));
  pugi::xml_document document;
  ASSERT_NO_FATAL_FAILURE(Parse(RenderJunit(PortsReport()), document));
  const pugi::xml_node crash = FindCase(document, "sigvet.mine.ses.published", "crash");
  EXPECT_STREQ(crash.child("error").attribute("message").value(),
               "crash: killed by SIGSEGV (Segmentation fault)");
  const std::string written = crash.child("system-err").text().get();
  EXPECT_EQ(written.find("line 1 of what it said\nline 2 of"), 0U) << written;
  EXPECT_NE(written.find("\n\\x1b[31m\\xff\\u{fffe} ]]> <b>\n"), std::string::npos) << written;
  const pugi::xml_node babble = FindCase(document, "sigvet.mine.ses.published", "babble");
  EXPECT_NE(std::string(babble.child("error").text().get())
                .find("\nhint      is it a debug print? \\x1b[2J Write it to standard error\n"),
            std::string::npos);
  EXPECT_FALSE(babble.child("system-err"));
  // What a port wrote besides stands once, in its last suite, whichever elements go before it.
  std::size_t suites_with_stderr = 0;
  for (const pugi::xml_node suite : document.child("testsuites").children("testsuite")) {
    if (suite.child("system-err")) ++suites_with_stderr;
    if (std::string(suite.attribute("name").value()) != "node sigv4/chunks") continue;
    EXPECT_STREQ(suite.last_child().name(), "system-err");
    EXPECT_STREQ(suite.last_child().text().get(), "(node:1) Warning: \\x1b[33mold\n");
  }
  EXPECT_EQ(suites_with_stderr, 3U);
}

TEST(ReportJunit, SurvivesAnyBytes) {
  std::mt19937 random(2);
  for (int i = 0; i < 100; ++i) {
    const RunReport report = RandomReport(random);
    pugi::xml_document document;
    ASSERT_NO_FATAL_FAILURE(Parse(RenderJunit(report), document));
    ASSERT_EQ(CheckStructure(document).tests, 45U);
  }
}

}  // namespace
}  // namespace sigvet
