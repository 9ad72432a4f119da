#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <set>

#include "harness/corpus/aws_sig_v4_suite.h"
#include "harness/corpus/file_parser.h"
#include "harness/corpus/parse_test_helper.h"
#include "harness/corpus/read_file.h"
#include "harness/corpus/skim_file.h"

namespace sigvet {
namespace {

namespace fs = std::filesystem;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

std::string FileText(std::string_view suite, const std::vector<std::string>& ids) {
  std::string text = "sigvet: 1\nsuite: \"";
  text.append(suite).append("\"\nabout: \"A.\"\ncases:\n");
  for (const std::string& id : ids) text += GoodCase(id);
  return text;
}

/// Built-in texts serve as files; the views must outlive what is loaded.
LoadedCorpus LoadShard(const std::vector<std::pair<std::string, std::string>>& files, Shard shard) {
  std::vector<CorpusSource> sources;
  sources.reserve(files.size());
  for (const auto& [name, text] : files) sources.push_back({name, text});
  return LoadCorpus(sources, MakeTestBackend, {.shard = shard});
}

std::vector<std::string> IdsOf(const Corpus& corpus) {
  std::vector<std::string> ids;
  ids.reserve(corpus.cases.size());
  for (const Case& c : corpus.cases) ids.push_back(c.id);
  return ids;
}

TEST(ShardLoading, AFileGoesToOneShardAndAllKnowIt) {
  const std::vector<std::pair<std::string, std::string>> files = {
      {"a.yaml", FileText("a", {"x"})},
      {"b.yaml", FileText("b/b", {"x", "y", "z"})},
      {"c.yaml", FileText("c", {"x", "y"})}};
  const LoadedCorpus all = LoadShard(files, {});
  EXPECT_THAT(all.elsewhere, IsEmpty());
  const LoadedCorpus first = LoadShard(files, {1, 2});
  const LoadedCorpus second = LoadShard(files, {2, 2});
  EXPECT_THAT(IdsOf(first.corpus), ElementsAre("b/b/x", "b/b/y", "b/b/z"));
  EXPECT_THAT(IdsOf(second.corpus), ElementsAre("a/x", "c/x", "c/y"));
  for (const LoadedCorpus* loaded : {&first, &second}) {
    EXPECT_EQ(loaded->corpus.digest, all.corpus.digest);
    ASSERT_THAT(loaded->corpus.files, SizeIs(3));
    ASSERT_THAT(loaded->corpus.suites, SizeIs(3));
    for (std::size_t i = 0; i < 3; ++i) {
      EXPECT_EQ(loaded->corpus.files[i].name, all.corpus.files[i].name);
      EXPECT_EQ(loaded->corpus.files[i].sha256, all.corpus.files[i].sha256);
      EXPECT_EQ(loaded->corpus.suites[i].name, all.corpus.suites[i].name);
    }
    for (const Case& c : loaded->corpus.cases) {
      EXPECT_EQ(loaded->corpus.suites[c.suite].name, c.id.substr(0, c.id.rfind('/')));
      EXPECT_EQ(loaded->corpus.files[c.file].name, c.id.substr(0, 1) + ".yaml");
    }
  }
  ASSERT_THAT(first.elsewhere, SizeIs(2));
  EXPECT_EQ(first.elsewhere[1].suite, "c");
  EXPECT_EQ(first.elsewhere[1].source.name, "c.yaml");
}

TEST(ShardLoading, MoreShardsThanFilesLeaveSomeWithout) {
  const std::vector<std::pair<std::string, std::string>> files = {{"a.yaml", FileText("a", {"x"})}};
  const LoadedCorpus second = LoadShard(files, {2, 2});
  EXPECT_THAT(second.errors, IsEmpty());
  EXPECT_THAT(second.corpus.cases, IsEmpty());
  EXPECT_EQ(second.corpus.digest, LoadShard(files, {}).corpus.digest);
}

TEST(ShardLoading, ARepeatedSuiteIsAnErrorOfEveryShard) {
  const std::vector<std::pair<std::string, std::string>> files = {{"a.yaml", FileText("a", {"x"})},
                                                                  {"b.yaml", FileText("a", {"y"})}};
  for (const std::uint32_t index : {1U, 2U, 3U}) {
    EXPECT_EQ(ErrorLines(LoadShard(files, {index, 3})),
              "b.yaml:2:8: repeated suite \"a\" (first at a.yaml:2:8)\n");
  }
}

TEST(ShardLoading, TheErrorsInAFileAreThoseOfItsShard) {
  const std::vector<std::pair<std::string, std::string>> files = {
      {"a.yaml", FileText("a", {"x", "y"})}, {"b.yaml", FileText("b", {"X"})}};
  EXPECT_THAT(LoadShard(files, {1, 2}).errors, IsEmpty());
  EXPECT_THAT(ErrorLines(LoadShard(files, {2, 2})), HasSubstr("\"X\" is no id"));
}

TEST(ShardLoading, AFileThatCantBeReadIsAnErrorOfEveryShard) {
  const std::vector<CorpusSource> sources = {{"/does/not/exist.yaml", {}}};
  for (const std::uint32_t index : {1U, 2U}) {
    const LoadedCorpus loaded = LoadCorpus(sources, MakeTestBackend, {.shard = {index, 2}});
    EXPECT_THAT(Lines(loaded.errors),
                ElementsAre("/does/not/exist.yaml: can't be read: No such file or directory"));
  }
}

TEST(ShardLoading, LooksElsewhereFileByFileUntilEnoughWasSeen) {
  const std::vector<std::pair<std::string, std::string>> files = {
      {"a.yaml", FileText("a", {"x", "y"})},
      {"b.yaml", FileText("b", {"x"})},
      {"c.yaml", FileText("c", {"x"})},
      {"d.yaml", FileText("d", {"x"})}};
  const LoadedCorpus none = LoadShard(files, {9, 9});
  std::vector<std::string> seen;
  const auto decoder = MakeTestBackend();
  LookElsewhere(
      none.elsewhere, *decoder, nullptr, [](std::string_view suite) { return suite != "b"; },
      [&](std::string_view suite, std::span<const Case> cases) {
        seen.push_back(std::string(suite) + ":" + std::to_string(cases.size()));
        return suite != "c";
      });
  EXPECT_THAT(seen, ElementsAre("a:2", "c:1"));
  const std::atomic<bool> interrupted = true;
  LookElsewhere(
      none.elsewhere, *decoder, &interrupted, [](auto) { return true; },
      [](auto, auto) -> bool {
        ADD_FAILURE() << "nothing is to be parsed";
        return true;
      });
}

TEST(SkimFile, KnowsDigestAndSuiteOfEveryFileOfTheBuiltInCorpus) {
  const auto hasher = MakeTestBackend();
  for (const CorpusSource& source : BuiltInCorpus()) {
    const ParsedFile whole = ParseCorpusFile(source, *hasher);
    for (const bool from_disk : {false, true}) {
      CorpusSource skimmed = source;
      if (from_disk) skimmed = {SIGVET_SOURCE_DIR "/" + source.name, {}};
      ParsedFile skim = SkimFile(skimmed, *hasher);
      EXPECT_EQ(skim.sha256, whole.sha256) << source.name;
      EXPECT_EQ(skim.suite.name, whole.suite.name) << source.name;
      EXPECT_EQ(skim.suite_place.line, whole.suite_place.line);
      EXPECT_EQ(skim.suite_place.column, whole.suite_place.column);
      EXPECT_THAT(skim.cases, IsEmpty());
      EXPECT_THAT(skim.errors.Take(), IsEmpty());
    }
  }
}

std::string SuiteOf(std::string_view text) {
  const auto hasher = MakeTestBackend();
  return SkimFile({"t.yaml", text}, *hasher).suite.name;
}

TEST(SkimFile, ASuiteThatCantBeToldHasNoName) {
  EXPECT_EQ(SuiteOf("sigvet: 1\nsuite: \"a/b\"\n"), "a/b");
  EXPECT_EQ(SuiteOf("about: \"A.\"\nsuite: \"a/b\"\ncases: []\n"), "a/b");
  EXPECT_EQ(SuiteOf("sigvet: 1\nsuite: \"A B\"\n"), "");
  EXPECT_EQ(SuiteOf("sigvet: 1\nsuite: 7\n"), "");
  EXPECT_EQ(SuiteOf("sigvet: 1\ncases:\n  - id: \"x\"\nsuite: \"a\"\n"), "");
  EXPECT_EQ(SuiteOf("\xff\xfe\n"), "");
  EXPECT_EQ(SuiteOf("]"), "");
  EXPECT_EQ(SuiteOf("# " + std::string(20'000, 'x') + "\nsuite: \"a\"\n"), "");
  EXPECT_EQ(SuiteOf("suite: \"a\"\nabout: \"" + std::string(20'000, 'x') + "\"\n"), "a");
}

TEST(SkimFile, AnImportedCaseHasTheDigestOfItsFiles) {
  const FoundFiles found = FindAwsSigV4Cases(std::vector<std::string>{SIGVET_SUITES_DIR "/good"});
  ASSERT_FALSE(found.sources.empty());
  const auto hasher = MakeTestBackend();
  for (const CorpusSource& source : found.sources) {
    const ParsedFile skim = SkimFile(source, *hasher);
    EXPECT_EQ(skim.sha256, ParseAwsSigV4Source(source, *hasher).sha256);
    EXPECT_EQ(skim.suite.name, kAwsSigV4Suite);
    EXPECT_TRUE(skim.shares_suite);
  }
}

TEST(ReadInPieces, GivesWhatReadingAtOnceGives) {
  const fs::path path = fs::path(testing::TempDir()) / "pieces.txt";
  std::string text(100'003, 'x');
  for (std::size_t i = 0; i < text.size(); ++i) text[i] = static_cast<char>('a' + i % 23);
  std::ofstream(path, std::ios::binary) << text;
  std::string joined;
  std::size_t longest = 0;
  const auto error = ReadInPieces(path.string(), 1000, [&](std::string_view piece) {
    joined += piece;
    longest = std::max(longest, piece.size());
  });
  EXPECT_FALSE(error);
  EXPECT_EQ(joined, text);
  EXPECT_LE(longest, 1000U);
}

TEST(ReadInPieces, FailsAsReadingAtOnceDoes) {
  const auto ignore = [](std::string_view) {};
  for (const std::string path : {"/does/not/exist", "/", "/dev/null"}) {
    const auto error = ReadInPieces(path, 10, ignore);
    ASSERT_TRUE(error) << path;
    EXPECT_EQ(*error, ReadRegularFile(path).error());
  }
}

}  // namespace
}  // namespace sigvet
