#include "reports/test_text.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

#include "base/utf8.h"
#include "reports/console_text.h"

namespace sigvet {

void ExpectGolden(std::string_view name, std::string_view text) {
  const std::string path = std::string(SIGVET_REPORTS_TESTDATA) + "/" + std::string(name);
  const char* update = std::getenv("SIGVET_UPDATE_GOLDENS");
  if (update != nullptr && std::string_view(update) == "1") {
    std::ofstream(path, std::ios::binary) << text;
  }
  std::ifstream file(path, std::ios::binary);
  ASSERT_TRUE(file) << path;
  std::ostringstream golden;
  golden << file.rdbuf();
  EXPECT_EQ(golden.str(), text) << "If this is right: SIGVET_UPDATE_GOLDENS=1, and read " << path;
}

std::vector<std::string> Lines(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

void ExpectFits(const std::string& text, std::size_t width) {
  for (const std::string& line : Lines(text)) {
    if (line.find("repeat    sigvet run") != line.npos) continue;
    EXPECT_LE(Columns(line), width) << line;
  }
}

void ExpectNoRawControls(const std::string& text) {
  ASSERT_TRUE(IsUtf8(text));
  for (const std::string& line : Lines(text)) {
    for (const std::string_view character : Characters(line)) {
      ASSERT_TRUE(character == " " || character == "\\" || Visible(character) == character)
          << Visible(line);
    }
  }
}

void ExpectGoodHtml(const std::vector<std::string>& pages) {
  std::string command = SIGVET_CHECK_HTML;
  for (std::size_t i = 0; i < pages.size(); ++i) {
    const std::string path = testing::TempDir() + "/sigvet_page_" + std::to_string(i) + ".html";
    std::ofstream(path, std::ios::binary) << pages[i];
    command += " '" + path + "'";
  }
  EXPECT_EQ(std::system(command.c_str()), 0);
}

std::string WithoutColor(std::string text) {
  for (std::size_t at = text.find('\x1b'); at != text.npos; at = text.find('\x1b', at)) {
    text.erase(at, text.find('m', at) + 1 - at);
  }
  return text;
}

std::size_t CountOf(std::string_view text, std::string_view needle) {
  std::size_t count = 0;
  for (std::size_t at = text.find(needle); at != std::string_view::npos;
       at = text.find(needle, at + needle.size())) {
    ++count;
  }
  return count;
}

}  // namespace sigvet
