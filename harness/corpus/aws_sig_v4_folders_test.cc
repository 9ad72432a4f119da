#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "harness/corpus/aws_sig_v4_suite.h"
#include "harness/corpus/parse_test_helper.h"

namespace sigvet {
namespace {

namespace fs = std::filesystem;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

const std::string kGood = SIGVET_SUITES_DIR "/good";

/// A copy of the good suite that goes with the test.
class AwsSigV4SuiteFolders : public ::testing::Test {
 protected:
  AwsSigV4SuiteFolders() {
    std::string pattern = ::testing::TempDir() + "sigvet-suite-XXXXXX";
    EXPECT_NE(mkdtemp(pattern.data()), nullptr);
    folder_ = pattern;
    fs::copy(kGood, folder_ / "s", fs::copy_options::recursive);
  }
  ~AwsSigV4SuiteFolders() override { fs::remove_all(folder_); }

  std::string Path(const std::string& name) const { return (folder_ / name).string(); }

  void Write(const std::string& name, std::string_view text) {
    fs::create_directories((folder_ / name).parent_path());
    std::ofstream(folder_ / name, std::ios::binary) << text;
  }

  std::vector<std::string> FindErrors(const std::string& name) {
    const std::vector<std::string> folders = {Path(name)};
    const FoundFiles found = FindAwsSigV4Cases(folders);
    EXPECT_THAT(found.sources.empty(), !found.errors.empty());
    return Lines(found.errors);
  }

  fs::path folder_;
};

TEST_F(AwsSigV4SuiteFolders, SaysWhatIsNoSuite) {
  const std::string none =
      ": no case folder in this folder (give the folder that has get-vanilla "
      "and others in it)";
  EXPECT_THAT(FindErrors("none"),
              ElementsAre(Path("none") + ": can't be read: No such file or directory"));
  EXPECT_THAT(FindErrors("s/value-order/request.txt"),
              ElementsAre(Path("s/value-order/request.txt") + ": can't be read: Not a directory"));
  EXPECT_THAT(FindErrors("s/value-order"), ElementsAre(Path("s/value-order") + none));
  EXPECT_THAT(FindErrors("."), ElementsAre(Path(".") + none));
  Write("empty/note.txt", "");
  EXPECT_THAT(FindErrors("empty"), ElementsAre(Path("empty") + none));
  EXPECT_THAT(FindErrors("s/"), IsEmpty());
  Write("s/value-order/public-key.json", "{}");
  EXPECT_THAT(FindErrors("s"), ElementsAre(Path("s/value-order") +
                                           ": a case of SigV4a, which sigvet does not do "
                                           "(the SigV4 cases are in the suite's folder v4)"));
}

TEST_F(AwsSigV4SuiteFolders, HiddenFoldersAndFilesBesideAreNoCases) {
  Write("s/.git/config", "");
  Write("s/README.md", "");
  EXPECT_EQ(LoadAwsSigV4Suites({Path("s")}).corpus.cases.size(), 4U);
}

TEST_F(AwsSigV4SuiteFolders, NamesEveryFileThatCantBeRead) {
  fs::remove(folder_ / "s/body-and-late-token/context.json");
  fs::remove(folder_ / "s/value-order/query-signature.txt");
  fs::resize_file(folder_ / "s/value-order/request.txt", kMaxAwsSigV4FileBytes + 1);
  const std::string missing = ": can't be read: No such file or directory";
  EXPECT_THAT(Lines(LoadAwsSigV4Suites({Path("s")}).errors),
              ElementsAre(Path("s/body-and-late-token/context.json") + missing,
                          Path("s/value-order/query-signature.txt") + missing,
                          Path("s/value-order/request.txt") + ": longer than 1 MiB"));
}

TEST_F(AwsSigV4SuiteFolders, TheSameCaseTwiceIsAnError) {
  const std::string first = Path("s/value-order/request.txt") + ":1:1)";
  fs::create_directories(folder_ / "t");
  fs::rename(folder_ / "s/body-and-late-token", folder_ / "t/other");
  fs::copy(folder_ / "s/value-order", folder_ / "t/value-order");
  const std::string second = Path("t/value-order/request.txt") + ":1:1: repeated case ";
  EXPECT_THAT(Lines(LoadAwsSigV4Suites({Path("s"), Path("t")}).errors),
              ElementsAre(second + "\"aws-sig-v4/value-order/header\" (first at " + first,
                          second + "\"aws-sig-v4/value-order/query\" (first at " + first));
}

TEST_F(AwsSigV4SuiteFolders, ManyFoldersAreOneSuite) {
  fs::create_directories(folder_ / "t");
  fs::rename(folder_ / "s/body-and-late-token", folder_ / "t/other");
  const LoadedCorpus loaded = LoadAwsSigV4Suites({Path("t"), Path("s")});
  ASSERT_THAT(Lines(loaded.errors), IsEmpty());
  EXPECT_EQ(loaded.corpus.suites.size(), 1U);
  EXPECT_EQ(loaded.corpus.cases.size(), 4U);
  EXPECT_EQ(loaded.corpus.cases[3].id, "aws-sig-v4/value-order/query");
}

TEST_F(AwsSigV4SuiteFolders, StandsBesideYamlFiles) {
  const std::string start = "sigvet: 1\nsuite: \"mine\"\nabout: \"A.\"\ncases:\n";
  const std::vector<std::string> folders = {Path("s")};
  std::vector<CorpusSource> sources = FindAwsSigV4Cases(folders).sources;
  const std::string text = start + GoodCase("x");
  sources.insert(sources.begin(), CorpusSource{"a.yaml", text});
  const LoadedCorpus loaded = LoadCorpus(sources, MakeTestBackend);
  ASSERT_THAT(Lines(loaded.errors), IsEmpty());
  EXPECT_EQ(loaded.corpus.suites.size(), 2U);
  EXPECT_EQ(loaded.corpus.cases[0].suite, 0U);
  EXPECT_EQ(loaded.corpus.cases[4].suite, 1U);
  EXPECT_EQ(loaded.corpus.cases[4].file, 2U);

  std::string same_name = text;
  same_name.replace(same_name.find("mine"), 4, "aws-sig-v4");
  sources[0].built_in_text = same_name;
  EXPECT_THAT(Lines(LoadCorpus(sources, MakeTestBackend).errors),
              ElementsAre(Path("s/body-and-late-token/request.txt") +
                          ": repeated suite \"aws-sig-v4\" (first at a.yaml:2:8)"));
}

TEST_F(AwsSigV4SuiteFolders, TheDigestIsOfAllFiles) {
  const std::string digest = LoadAwsSigV4Suites({Path("s")}).corpus.digest;
  EXPECT_EQ(digest, LoadAwsSigV4Suites({kGood}).corpus.digest);
  std::vector<std::string> digests = {digest};
  for (const std::string_view name : kAwsSigV4FileNames) {
    // A line break more or less means the same.
    const fs::path path = folder_ / "s/value-order" / name;
    fs::resize_file(path, fs::file_size(path) - 1);
    digests.push_back(LoadAwsSigV4Suites({Path("s")}).corpus.digest);
  }
  std::ranges::sort(digests);
  EXPECT_EQ(std::ranges::adjacent_find(digests), digests.end());
}

}  // namespace
}  // namespace sigvet
