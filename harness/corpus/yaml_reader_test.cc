#include "harness/corpus/yaml_reader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "harness/corpus/yaml_text.h"

namespace sigvet {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::string At(TextPlace place) {
  return std::to_string(place.line) + ":" + std::to_string(place.column);
}

/// Writes down a node: strings in quotes, plain scalars without, mappings and sequences as in JSON.
std::string Show(const YamlNode& node) {
  std::string shown;
  const auto show_children = [&](bool keys) {
    for (const YamlNode& child : node.children) {
      if (&child != &node.children.front()) shown += ", ";
      if (keys) shown += child.key + "@" + At(child.key_place) + ": ";
      shown += Show(child);
    }
  };
  switch (node.kind) {
    case YamlNode::Kind::kPlain:
      shown = node.text;
      break;
    case YamlNode::Kind::kString:
      shown = "'" + node.text + "'";
      break;
    case YamlNode::Kind::kInvalid:
      shown = "invalid";
      break;
    case YamlNode::Kind::kMapping:
      shown = "{";
      show_children(true);
      shown += "}";
      break;
    case YamlNode::Kind::kSequence:
      shown = "[";
      show_children(false);
      shown += "]";
      break;
  }
  return shown + "@" + At(node.place);
}

struct Recorder : YamlHandler {
  void OnMember(YamlNode& member) override {
    seen.push_back(member.key + "@" + At(member.key_place) + ": " + Show(member));
  }
  void OnItem(YamlNode& item) override { seen.push_back("- " + Show(item)); }

  std::vector<std::string> seen;
};

struct ReadResult {
  std::vector<std::string> seen;
  std::vector<std::string> errors;
  bool whole = false;
};

ReadResult Read(std::string_view text) {
  FileErrors errors("f");
  Recorder recorder;
  ReadResult result;
  result.whole = ReadYaml(text, errors, recorder);
  result.seen = recorder.seen;
  for (const Error& error : errors.Take()) result.errors.push_back(ToString(error));
  return result;
}

TEST(YamlReader, HandsOverMembersAndItems) {
  const ReadResult result = Read(
      "a: 1\n"
      "b: \"x\"\n"
      "c:\n"
      "  - d: 'y'\n"
      "    e: [p, {q: 2}]\n"
      "  - z\n"
      "f: {g: |\n"
      "  }\n");
  EXPECT_FALSE(result.whole);
  EXPECT_THAT(
      result.seen,
      ElementsAre("a@1:1: 1@1:4", "b@2:1: 'x'@2:4", "c@3:1: []@4:3",
                  "- {d@4:5: 'y'@4:8, e@5:5: [p@5:9, {q@5:13: 2@5:16}@5:12]@5:8}@4:5", "- z@6:5"));
}

TEST(YamlReader, KnowsQuotedFromPlain) {
  const ReadResult result = Read("a: x y\nb: 'x'\nc: \"x\"\nd: |\n  x\ne: >-\n  x\n");
  EXPECT_TRUE(result.whole);
  EXPECT_THAT(result.errors, IsEmpty());
  EXPECT_THAT(result.seen, ElementsAre("a@1:1: x y@1:4", "b@2:1: 'x'@2:4", "c@3:1: 'x'@3:4",
                                       "d@4:1: 'x\n'@4:4", "e@6:1: 'x'@6:4"));
}

struct Complainer : Recorder {
  explicit Complainer(FileErrors& to) : errors(to) {}
  void OnItem(YamlNode& item) override { errors.Add(item.place, "incomplete"); }

  FileErrors& errors;
};

std::vector<std::string> Complaints(std::string_view text) {
  FileErrors errors("f");
  Complainer complainer(errors);
  ReadYaml(text, errors, complainer);
  std::vector<std::string> lines;
  for (const Error& error : errors.Take()) lines.push_back(ToString(error));
  return lines;
}

// The library ends the item at the tab and only then refuses what follows.
TEST(YamlReader, TakesBackWhatIsWrongWithAnItemThatASyntaxErrorCutsOff) {
  using ::testing::HasSubstr;
  EXPECT_THAT(Complaints("a:\n  - b: 1\n  - c: \"1\"\n\td: 1\n"),
              ElementsAre("f:2:5: incomplete", HasSubstr("f:4:2: not valid YAML: a key must ")));
  EXPECT_THAT(
      Complaints("a:\n  - b: 1\n  - c: 1\ne: 1\nf: ]\n"),
      ElementsAre("f:2:5: incomplete", "f:3:5: incomplete", HasSubstr("f:5:4: not valid YAML: ")));
}

TEST(YamlReader, CountsColumnsInBytes) {
  const ReadResult result = Read("a: {b: \"\xc3\xa4\xe2\x82\xac\", c: x}\r\nd: y\r\n");
  EXPECT_THAT(result.seen, ElementsAre("a@1:1: {b@1:5: '\xc3\xa4\xe2\x82\xac'@1:8, "
                                       "c@1:17: x@1:20}@1:4",
                                       "d@2:1: y@2:4"));
}

TEST(YamlReader, TakesTheFirstOfRepeatedKeys) {
  const ReadResult result = Read("a:\n  - 1\na:\n  - 2\n  - {b: 3}\nc: {d: 4, d: {e: 5}}\n");
  EXPECT_TRUE(result.whole);
  EXPECT_THAT(result.errors, ElementsAre("f:3:1: repeated key \"a\" (first on line 1)",
                                         "f:6:11: repeated key \"d\" (first on line 6)"));
  EXPECT_THAT(result.seen, ElementsAre("a@1:1: []@2:3", "- 1@2:5", "c@6:1: {d@6:5: 4@6:8}@6:4"));
}

TEST(YamlReader, GivesInvalidNodesForWhatItHasRefused) {
  const ReadResult result = Read("a: &x 1\nb: *x\nc: !t 1\nd:\n");
  EXPECT_THAT(result.seen, ElementsAre("a@1:1: invalid@1:4", "b@2:1: invalid@2:4",
                                       "c@3:1: invalid@3:4", "d@4:1: invalid@5:1"));
  EXPECT_EQ(result.errors.size(), 4U);
}

TEST(YamlReader, FindsAnOpenQuoteInTheLastScalarOnly) {
  EXPECT_THAT(Read("a: \"x\n").errors, ElementsAre("f:1:4: string without its closing quote"));
  EXPECT_THAT(Read("a: 'it''s\n").errors, ElementsAre("f:1:4: string without its closing quote"));
  EXPECT_THAT(Read("a: \"x\\\"\n").errors, ElementsAre("f:1:4: string without its closing quote"));
  EXPECT_THAT(Read("a: \"x").errors,
              ElementsAre("f:1:6: not valid YAML: string without its closing quote"));
  EXPECT_THAT(Read("a: 'it''s'\nb: \"\\\\\"").errors, IsEmpty());
  EXPECT_THAT(Read("a: |\n  \"x\n").errors, IsEmpty());
}

TEST(YamlReader, RefusesOverLongScalars) {
  const std::string longest(kMaxScalarBytes, 'x');
  EXPECT_THAT(Read("a: \"" + longest + "\"\n").errors, IsEmpty());
  constexpr char kHint[] = " (write long strings as {repeat: \"text\", count: N})";
  EXPECT_THAT(Read("\na: \"" + longest + "x\"\nb: 1\n").errors,
              ElementsAre(std::string("f:2:4: string of more than 1 MiB") + kHint));
  const std::string far_too_long = "a: 1\nbc: \"" + longest + longest + "\"\n";
  EXPECT_THAT(
      Read(far_too_long).errors,
      ElementsAre(std::string("f:2:1: more than 1 MiB of text before the next value") + kHint));
}

TEST(YamlReader, RefusesOverLongKeys) {
  const std::string longest(kMaxScalarBytes, 'x');
  EXPECT_THAT(Read(longest + ": 1\n").errors,
              ElementsAre("f:1:1048577: not valid YAML: misplaced \":\" "
                          "(quote strings, and indent by the level)"));
}

TEST(YamlReader, CountsLevels) {
  const auto nested = [](int levels) {
    return "a: " + std::string(static_cast<std::size_t>(levels), '[') + "1" +
           std::string(static_cast<std::size_t>(levels), ']') + "\n";
  };
  EXPECT_THAT(Read(nested(7)).errors, IsEmpty());
  EXPECT_THAT(Read(nested(8)).errors, ElementsAre("f:1:11: nested deeper than 8 levels"));
  EXPECT_THAT(Read("a:\n  - - - - - - - - 1\n").errors,
              ElementsAre("f:2:17: nested deeper than 8 levels"));
}

// Each of them makes the library recurse, or keep what it has read, until it knows more.
TEST(YamlReader, StopsEarlyInHostileText) {
  constexpr std::size_t kBytes = 2 * kMaxScalarBytes;
  for (const std::string_view unit :
       {"[",   "{", "- ", "? ",    "{a: ", "[? ",  "x", "x ", "# ",  "#\n", "\n", " ",
        "&a ", "!", "%",  "---\n", "- {",  "a: [", "'", "\"", "|\n", "*a ", ": "}) {
    std::string text;
    while (text.size() < kBytes) text += unit;
    const ReadResult result = Read(text);
    EXPECT_FALSE(result.whole) << unit;
    EXPECT_FALSE(result.errors.empty()) << unit;
  }
}

TEST(YamlReader, LimitsTheNodesOfAnEntry) {
  const auto mapping = [](int keys) {
    std::string text = "a:\n  - ";
    for (int i = 0; i < keys; ++i) text += "k" + std::to_string(i) + ": 1\n    ";
    return text;
  };
  EXPECT_THAT(Read(mapping(999)).errors, IsEmpty());
  EXPECT_THAT(Read(mapping(1000)).errors,
              ElementsAre("f:1001:11: more than 1000 values in one entry"));
  std::string items = "a:\n";
  for (int i = 0; i < 5000; ++i) items += "  - b: 1\n";
  EXPECT_THAT(Read(items).errors, IsEmpty());
}

TEST(YamlReader, KeepsOneThousandErrors) {
  std::string text = "a:\n";
  for (int i = 0; i < 1000; ++i) text += "  - ~\n";
  EXPECT_EQ(Read(text).errors.size(), 1000U);
  EXPECT_TRUE(Read(text).whole);
  const ReadResult result = Read(text + "  - ~\n  - ~\n");
  ASSERT_EQ(result.errors.size(), 1000U);
  EXPECT_EQ(result.errors[999].substr(0, 9), "f:1001:3:");
  EXPECT_FALSE(result.whole);
}

TEST(YamlText, FindsThePlaceOfAnEmptyEntry) {
  constexpr std::string_view kText = "a:\n  - 1\n  -  # x\n\n  # y\n  - 2\n";
  const std::size_t next = kText.find("- 2");
  const TextPlace place = PlaceOfEmptyEntry(kText, next, {6, 3});
  EXPECT_EQ(At(place), "3:3");
}

}  // namespace
}  // namespace sigvet
