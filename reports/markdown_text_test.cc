#include "reports/markdown_text.h"

#include <gtest/gtest.h>

namespace sigvet {
namespace {

TEST(MarkdownText, MarkupIsEscaped) {
  EXPECT_EQ(EscapeMarkdown("plain text, (as it is): 1 - 2 > \"3\""),
            "plain text, (as it is): 1 - 2 > \"3\"");
  EXPECT_EQ(EscapeMarkdown("a|b `c` *d* <e> [f](g) ~h~ &amp; \\n"),
            "a\\|b \\`c\\` \\*d\\* \\<e> \\[f\\](g) \\~h\\~ \\&amp; \\\\n");
  EXPECT_EQ(EscapeMarkdown("region_key _x_ __y_ z_"), "region_key \\_x\\_ \\_\\_y\\_ z\\_");
  EXPECT_EQ(EscapeMarkdown("cost $1$"), "cost <span>$</span>1<span>$</span>");
}

TEST(MarkdownText, NothingBecomesALinkOrAReference) {
  const std::string zero = "&#8203;";
  EXPECT_EQ(EscapeMarkdown("@octocat"), "@" + zero + "octocat");
  EXPECT_EQ(EscapeMarkdown("a@b.example @ home"), "a@" + zero + "b.example @ home");
  EXPECT_EQ(EscapeMarkdown("x/y#12 #1 # 1"), "x/y\\#" + zero + "12 \\#" + zero + "1 \\# 1");
  EXPECT_EQ(EscapeMarkdown("GH-12 gh-1 a-1"), "GH-" + zero + "12 gh-" + zero + "1 a-1");
  EXPECT_EQ(EscapeMarkdown("https://a.example"), "https:" + zero + "//a.example");
  EXPECT_EQ(EscapeMarkdown("www.a.example"), "www" + zero + ".a.example");
  EXPECT_EQ(EscapeMarkdown(":smile: :+1: x: y"), ":" + zero + "smile: :" + zero + "+1: x: y");
}

TEST(MarkdownText, CodeHoldsAnything) {
  EXPECT_EQ(MarkdownCode("a b"), "`a b`");
  EXPECT_EQ(MarkdownCode("@x <b> #1"), "`@x <b> #1`");
  EXPECT_EQ(MarkdownCode("a`b``c"), "```a`b``c```");
  EXPECT_EQ(MarkdownCode("`a"), "`` `a ``");
  EXPECT_EQ(MarkdownCode(" a "), "`  a  `");
  EXPECT_EQ(MarkdownCode(""), "");
}

TEST(MarkdownText, BlocksHaveLongerFencesThanTheirText) {
  EXPECT_EQ(MarkdownBlock("a\nb\n", "sh"), "```sh\na\nb\n```\n\n");
  EXPECT_EQ(MarkdownBlock("````\n<details>", ""), "`````\n````\n<details>\n`````\n\n");
}

}  // namespace
}  // namespace sigvet
