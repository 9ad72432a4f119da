#include <gtest/gtest.h>

#include <pugixml.hpp>
#include <random>
#include <string>

#include "reports/report.h"
#include "reports/test_report.h"
#include "reports/test_text.h"

namespace sigvet {
namespace {

/// What it says, where it is well-formed, says so for those who do not see it too, and has room for
/// its text.
std::string Read(const std::string& svg) {
  pugi::xml_document document;
  EXPECT_TRUE(document.load_string(svg.c_str())) << svg;
  const pugi::xml_node root = document.child("svg");
  EXPECT_STREQ(root.attribute("role").value(), "img");
  const std::string label = root.attribute("aria-label").value();
  EXPECT_STREQ(root.child("title").text().get(), label.c_str());
  EXPECT_EQ(svg.find("http", svg.find("svg\"") + 1), svg.npos) << "asks for something";
  std::string text;
  int end = 0;
  for (const pugi::xml_node part : root.child("g").children("text")) {
    text += (text.empty() ? "" : ": ") + std::string(part.text().get());
    EXPECT_GE(part.attribute("x").as_int(), end + 6);
    end = part.attribute("x").as_int() + part.attribute("textLength").as_int() + 6;
  }
  EXPECT_EQ(root.attribute("width").as_int(), end);
  EXPECT_EQ(text, label);
  return label;
}

TEST(ReportBadge, Golden) {
  ExpectGolden("report.svg", RenderBadge(SampleReport()));
  ExpectGolden("ports.svg", RenderBadge(PortsReport()));
  ExpectGolden("passing.svg", RenderBadge(PassingReport(8, 7, 73)));
}

TEST(ReportBadge, SaysHowItWent) {
  EXPECT_EQ(Read(RenderBadge(PassingReport(8, 7, 73))), "sigvet: 4088 passed");
  EXPECT_EQ(Read(RenderBadge(PortsReport())), "sigvet: 6 failed of 11");
  EXPECT_EQ(Read(RenderBadge(SampleReport())), "sigvet: interrupted");
  EXPECT_EQ(Read(RenderBadge(RunReport{})), "sigvet: nothing ran");
}

TEST(ReportBadge, AFailureIsRedAndNothingIsGray) {
  const std::string green = "#2a7a2e";
  const std::string red = "#b3261e";
  EXPECT_EQ(CountOf(RenderBadge(PassingReport(1, 1, 1)), green), 1U);
  EXPECT_EQ(CountOf(RenderBadge(PortsReport()), red), 1U);
  EXPECT_EQ(CountOf(RenderBadge(SampleReport()), red), 1U);
  RunReport skipped = PassingReport(1, 1, 1);
  skipped.totals = {0, 0, 1};
  const std::string gray = RenderBadge(skipped);
  EXPECT_EQ(CountOf(gray, green) + CountOf(gray, red), 0U);
  EXPECT_EQ(Read(gray), "sigvet: nothing ran");
}

TEST(ReportBadge, ShowsNothingFromOutside) {
  std::mt19937 random(6);
  for (int i = 0; i < 20; ++i)
    ASSERT_EQ(Read(RenderBadge(RandomReport(random))), "sigvet: interrupted");
}

}  // namespace
}  // namespace sigvet
