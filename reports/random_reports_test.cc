#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <random>
#include <string>
#include <string_view>

#include "reports/report.h"
#include "reports/test_report.h"

namespace sigvet {
namespace {

/// For check_formats.py, which reads them with other parsers.
TEST(RandomReports, AreWrittenWhereTheEnvironmentSays) {
  const char* folder = std::getenv("SIGVET_WRITE_RANDOM_REPORTS");
  if (folder == nullptr) GTEST_SKIP() << "SIGVET_WRITE_RANDOM_REPORTS names no folder";
  std::mt19937 random(8);
  for (int i = 0; i < 40; ++i) {
    const RunReport report = RandomReport(random);
    const auto write = [&](std::string_view suffix, const std::string& text) {
      const std::string path =
          std::string(folder) + "/random-" + std::to_string(i) + std::string(suffix);
      std::ofstream file(path, std::ios::binary);
      file << text;
      ASSERT_TRUE(file.flush()) << path;
    };
    write(".tap", RenderTap(report));
    write(".ctrf.json", RenderCtrf(report));
    write(".md", RenderMarkdown(report));
  }
}

}  // namespace
}  // namespace sigvet
