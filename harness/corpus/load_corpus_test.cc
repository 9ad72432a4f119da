#include "harness/corpus/load_corpus.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <new>
#include <numeric>
#include <thread>

#include "harness/corpus/file_parser.h"
#include "harness/corpus/parse_test_helper.h"
#include "harness/corpus/read_file.h"

namespace sigvet {
namespace {

namespace fs = std::filesystem;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

/// A folder that goes with the test.
class LoadCorpusTest : public ::testing::Test {
 protected:
  LoadCorpusTest() {
    std::string pattern = ::testing::TempDir() + "sigvet-corpus-XXXXXX";
    EXPECT_NE(mkdtemp(pattern.data()), nullptr);
    folder_ = pattern;
  }
  ~LoadCorpusTest() override { fs::remove_all(folder_); }

  std::string Path(const std::string& name) const { return (folder_ / name).string(); }

  std::string Write(const std::string& name, std::string_view text) {
    fs::create_directories((folder_ / name).parent_path());
    std::ofstream(folder_ / name, std::ios::binary) << text;
    return Path(name);
  }

  LoadedCorpus Load(const std::vector<std::string>& paths) {
    std::vector<CorpusSource> sources;
    sources.reserve(paths.size());
    for (const std::string& path : paths) sources.push_back({path, {}});
    LoadedCorpus loaded = LoadCorpus(sources, MakeTestBackend);
    ExpectSame(loaded, LoadCorpus(sources, MakeTestBackend, {.jobs = 4}));
    return loaded;
  }

  static void ExpectSame(const LoadedCorpus& one, const LoadedCorpus& parallel) {
    EXPECT_EQ(one.errors, parallel.errors);
    EXPECT_EQ(one.more_errors, parallel.more_errors);
    EXPECT_EQ(one.corpus.digest, parallel.corpus.digest);
    ASSERT_EQ(one.corpus.cases.size(), parallel.corpus.cases.size());
    for (std::size_t i = 0; i < one.corpus.cases.size(); ++i) {
      EXPECT_EQ(one.corpus.cases[i].id, parallel.corpus.cases[i].id);
      EXPECT_EQ(one.corpus.PlaceOf(one.corpus.cases[i]),
                parallel.corpus.PlaceOf(parallel.corpus.cases[i]));
    }
  }

  fs::path folder_;
};

std::string File(std::string_view suite, const std::vector<std::string>& ids) {
  std::string text = "sigvet: 1\nsuite: \"";
  text += suite;
  text += "\"\nabout: \"A.\"\ncases:\n";
  for (const std::string& id : ids) text += GoodCase(id);
  return text;
}

std::vector<std::string> Lines(const LoadedCorpus& loaded) {
  std::vector<std::string> lines;
  lines.reserve(loaded.errors.size());
  for (const Error& error : loaded.errors) lines.push_back(ToString(error));
  return lines;
}

TEST_F(LoadCorpusTest, KeepsTheOrderOfFilesAndCases) {
  const std::string b = Write("b.yaml", File("two", {"z", "a"}));
  const std::string a = Write("a.yaml", File("one/x", {"m"}));
  const LoadedCorpus loaded = Load({b, a});
  ASSERT_THAT(Lines(loaded), IsEmpty());
  const Corpus& corpus = loaded.corpus;
  ASSERT_EQ(corpus.cases.size(), 3U);
  EXPECT_EQ(corpus.cases[0].id, "two/z");
  EXPECT_EQ(corpus.cases[1].id, "two/a");
  EXPECT_EQ(corpus.cases[2].id, "one/x/m");
  EXPECT_EQ(corpus.suites[corpus.cases[2].suite].name, "one/x");
  EXPECT_EQ(corpus.suites[corpus.cases[2].suite].about, "A.");
  EXPECT_EQ(corpus.PlaceOf(corpus.cases[1]), (Place{b, 13, 5}));
  EXPECT_EQ(corpus.PlaceOf(corpus.cases[2]), (Place{a, 5, 5}));
}

TEST_F(LoadCorpusTest, NamesBothPlacesOfWhatIsRepeated) {
  const std::string a = Write("a.yaml", File("s", {"x", "y"}));
  const std::string b = Write("b.yaml", File("s", {"y"}));
  const std::string c = Write("c.yaml", File("t", {"z", "y", "z", "z"}));
  EXPECT_THAT(Lines(Load({a, b, c})),
              ElementsAre(b + ":2:8: repeated suite \"s\" (first at " + a + ":2:8)",
                          b + ":5:5: repeated case \"s/y\" (first at " + a + ":13:5)",
                          c + ":21:5: repeated case \"t/z\" (first at " + c + ":5:5)",
                          c + ":29:5: repeated case \"t/z\" (first at " + c + ":5:5)"));
}

TEST_F(LoadCorpusTest, LetsSuitesShareTheIdsOfTheirCases) {
  const std::string a = Write("a.yaml", File("s", {"x"}));
  const std::string b = Write("b.yaml", File("s/x", {"x"}));
  EXPECT_THAT(Lines(Load({a, b})), IsEmpty());
}

TEST_F(LoadCorpusTest, CollectsTheErrorsOfAllFiles) {
  const std::string bad_bytes = Write("a.yaml", File("s", {"\xff"}));
  const std::string missing = Path("missing.yaml");
  const std::string bad_id = Write("b.yaml", File("t", {"X", "y"}));
  const LoadedCorpus loaded = Load({bad_bytes, missing, bad_id});
  EXPECT_THAT(Lines(loaded),
              ElementsAre(bad_bytes + ":5:10: not UTF-8: byte 0xff (save the file as UTF-8)",
                          missing + ": can't be read: No such file or directory",
                          bad_id + ":5:9: \"X\" is no id (lower-case letters, digits and single "
                                   "hyphens, as in \"rust-sample\")"));
  EXPECT_THAT(loaded.corpus.cases, IsEmpty());
}

TEST_F(LoadCorpusTest, StopsAfterOneThousandErrors) {
  const std::vector<std::string> ids(600, "X");
  const std::string a = Write("a.yaml", File("s", ids));
  const std::string b = Write("b.yaml", File("t", ids));
  const LoadedCorpus loaded = Load({a, b, Path("missing.yaml")});
  ASSERT_EQ(loaded.errors.size(), 1000U);
  EXPECT_TRUE(loaded.more_errors);
  EXPECT_EQ(loaded.errors[599].place.file, a);
  EXPECT_EQ(loaded.errors[600].place.file, b);
}

TEST_F(LoadCorpusTest, KeepsExactlyOneThousandErrors) {
  const std::string a = Write("a.yaml", File("s", std::vector<std::string>(400, "X")));
  const std::string b = Write("b.yaml", File("t", std::vector<std::string>(600, "X")));
  const LoadedCorpus loaded = Load({a, b});
  EXPECT_EQ(loaded.errors.size(), 1000U);
  EXPECT_FALSE(loaded.more_errors);
}

TEST_F(LoadCorpusTest, LimitsTheRepeatsOfAllFilesTogether) {
  std::vector<std::string> paths;
  const auto add = [&](std::string_view count) {
    const std::string name = "f" + std::to_string(paths.size());
    std::string text = File(name, {"x"});
    text.replace(text.find("\"abc\""), 5, "{repeat: \"a\", count: " + std::string(count) + "}");
    paths.push_back(Write(name, text));
  };
  for (int i = 0; i < 16; ++i) add("16777216");
  EXPECT_THAT(Lines(Load(paths)), IsEmpty());
  add("1");
  add("16777216");
  paths.push_back(Path("missing.yaml"));
  EXPECT_THAT(
      Lines(Load(paths)),
      ElementsAre(paths[16] + ": the texts that repeat expands to are over 256 MiB in all"));
}

TEST_F(LoadCorpusTest, KnowsWhichFilesAreSynthetic) {
  std::string text = File("s", {"x"});
  const std::string left_out = Write("a.yaml", text);
  const std::size_t cases = text.find("cases:");
  const std::string yes = Write("b.yaml", std::string(text).insert(cases, "synthetic: true\n"));
  const std::string no = Write("c.yaml", text.insert(cases, "synthetic: false\n"));
  for (const auto& [path, expected] : {std::pair(left_out, false), {yes, true}, {no, false}}) {
    const LoadedCorpus loaded = Load({path});
    ASSERT_THAT(Lines(loaded), IsEmpty());
    ASSERT_EQ(loaded.corpus.cases.size(), 1U);
    EXPECT_EQ(loaded.corpus.cases[0].is_synthetic, expected) << path;
  }
}

TEST_F(LoadCorpusTest, ThrowsWhatMakingABackendThrows) {
  const std::vector<CorpusSource> sources = BuiltInCorpus();
  for (const unsigned jobs : {1U, 4U}) {
    const auto throwing = []() -> std::unique_ptr<Backend> { throw std::bad_alloc(); };
    EXPECT_THROW(LoadCorpus(sources, throwing, {.jobs = jobs}), std::bad_alloc);
    const auto none = [] { return std::unique_ptr<Backend>(); };
    EXPECT_THROW(LoadCorpus(sources, none, {.jobs = jobs}), BackendError);
  }
}

TEST_F(LoadCorpusTest, ThrowsWhatAnotherThreadThrew) {
  const std::vector<CorpusSource> sources = BuiltInCorpus();
  const auto throwing_elsewhere = [caller = std::this_thread::get_id()] {
    if (std::this_thread::get_id() != caller) throw BackendError("no more");
    return MakeTestBackend();
  };
  EXPECT_THROW(LoadCorpus(sources, throwing_elsewhere, {.jobs = 4}), BackendError);
}

TEST_F(LoadCorpusTest, EndsWhenInterrupted) {
  const std::string path = Write("a.yaml", File("s", {"x", "X"}));
  const std::vector<CorpusSource> sources = {{path, {}}, {Path("missing.yaml"), {}}};
  for (const unsigned jobs : {1U, 4U}) {
    std::atomic<bool> interrupted = false;
    const LoadOptions options = {.jobs = jobs, .interrupted = &interrupted};
    EXPECT_FALSE(LoadCorpus(sources, MakeTestBackend, options).interrupted);
    interrupted = true;
    const LoadedCorpus loaded = LoadCorpus(sources, MakeTestBackend, options);
    EXPECT_TRUE(loaded.interrupted);
    EXPECT_THAT(loaded.errors, IsEmpty());
    EXPECT_THAT(loaded.corpus.cases, IsEmpty());
  }
}

TEST_F(LoadCorpusTest, EndsWithinAFileWhenInterrupted) {
  constexpr std::size_t kCases = 1'000;
  std::string text = File("s", {"first"});
  for (std::size_t i = 1; i < kCases; ++i) text += GoodCase("c" + std::to_string(i));
  const CorpusSource source = {Write("a.yaml", text), {}};
  const std::unique_ptr<Backend> backend = MakeTestBackend();
  std::atomic<bool> interrupted = false;
  EXPECT_EQ(ParseCorpusFile(source, *backend, &interrupted).cases.size(), kCases);
  interrupted = true;
  const ParsedFile file = ParseCorpusFile(source, *backend, &interrupted);
  EXPECT_EQ(file.cases.size(), 0U);
  EXPECT_EQ(file.errors.size(), 0U);
}

TEST_F(LoadCorpusTest, TellsTheCallersThreadHowFarItIs) {
  const std::vector<CorpusSource> sources = BuiltInCorpus();
  std::vector<std::size_t> seen;
  LoadCorpus(sources, MakeTestBackend,
             {.progress = [&](std::size_t files_done) { seen.push_back(files_done); }});
  std::vector<std::size_t> expected(sources.size());
  std::iota(expected.begin(), expected.end(), 1U);
  EXPECT_EQ(seen, expected);
  const auto caller = std::this_thread::get_id();
  LoadCorpus(sources, MakeTestBackend, {.jobs = 4, .progress = [&](std::size_t files_done) {
                                          EXPECT_EQ(std::this_thread::get_id(), caller);
                                          EXPECT_LE(files_done, sources.size());
                                        }});
}

// The digests are those that sha256sum prints.
TEST_F(LoadCorpusTest, DigestsContentsAndNotNames) {
  constexpr char kSha256[] = "ffc847c0faa3c7626fac7dae1c76c2dc131327e11c032aa12ffa4b106a084492";
  constexpr char kDigest[] = "a1373d729650437d46c3709d1078c3f10d0e437068b6aa234101e774b6cfd6ab";
  const std::string text = File("s", {"x"});
  const LoadedCorpus loaded = Load({Write("a.yaml", text)});
  ASSERT_THAT(Lines(loaded), IsEmpty());
  EXPECT_EQ(loaded.corpus.files[0].name, Path("a.yaml"));
  EXPECT_EQ(loaded.corpus.files[0].sha256, kSha256);
  EXPECT_EQ(loaded.corpus.digest, kDigest);

  const std::string other = File("t", {"x"});
  const std::string one_way = Load({Write("a.yaml", text), Write("b.yaml", other)}).corpus.digest;
  const std::string other_way = Load({Write("a.yaml", other), Write("b.yaml", text)}).corpus.digest;
  EXPECT_EQ(one_way, other_way);
  EXPECT_NE(one_way, loaded.corpus.digest);
}

TEST_F(LoadCorpusTest, ReadsTheBuiltInCorpusWithoutErrors) {
  const std::vector<CorpusSource> sources = BuiltInCorpus();
  const LoadedCorpus loaded = LoadCorpus(sources, MakeTestBackend, {.jobs = 2});
  EXPECT_THAT(Lines(loaded), IsEmpty());
  EXPECT_TRUE(std::ranges::all_of(loaded.corpus.cases, &Case::is_synthetic));
  ASSERT_EQ(loaded.corpus.files.size(), sources.size());
  for (std::size_t i = 0; i < sources.size(); ++i) {
    std::string name = sources[i].name;
    EXPECT_TRUE(name.starts_with("vectors/") && name.ends_with(".yaml")) << name;
    const Result<std::string> text = ReadRegularFile(SIGVET_SOURCE_DIR "/" + name);
    ASSERT_TRUE(text.ok()) << name;
    EXPECT_TRUE(sources[i].built_in_text == *text) << name << " was built in otherwise";
    name = name.substr(std::string_view("vectors/").size());
    EXPECT_EQ(loaded.corpus.suites[i].name + ".yaml", name);
    EXPECT_TRUE(i == 0 || sources[i - 1].name < sources[i].name) << name;
  }
  std::size_t files = 0;
  for (const auto& entry : fs::recursive_directory_iterator(SIGVET_SOURCE_DIR "/vectors")) {
    files += entry.path().extension() == ".yaml" ? 1 : 0;
  }
  EXPECT_EQ(files, sources.size());
}

TEST_F(LoadCorpusTest, FindsFilesInFolders) {
  Write("f/b.yaml", "");
  Write("f/a/c.yaml", "");
  Write("f/a/note.txt", "");
  Write("f/a.yml", "");
  fs::create_directories(folder_ / "f/d.yaml");
  const std::string single = Write("single.txt", "");
  const std::vector<std::string> paths = {single, Path("f")};
  const FoundFiles found = FindCorpusFiles(paths);
  EXPECT_THAT(found.errors, IsEmpty());
  std::vector<std::string> names;
  for (const CorpusSource& source : found.sources) names.push_back(source.name);
  EXPECT_THAT(names, ElementsAre(single, Path("f/a/c.yaml"), Path("f/b.yaml")));
}

TEST_F(LoadCorpusTest, SaysWhatCantBeFound) {
  const auto error_of = [&](const std::string& path) {
    const FoundFiles found = FindCorpusFiles({&path, 1});
    EXPECT_EQ(found.errors.size(), 1U);
    return found.errors.empty() ? "found" : ToString(found.errors[0]);
  };
  fs::create_directories(folder_ / "empty");
  Write("yml/a.yml", "");
  EXPECT_EQ(error_of(Path("none")), Path("none") + ": can't be read: No such file or directory");
  EXPECT_EQ(error_of(Path("empty")), Path("empty") + ": no .yaml file in this folder");
  EXPECT_EQ(error_of(Path("yml")),
            Path("yml") + ": no .yaml file in this folder (rename .yml files to .yaml)");
  const std::string file = Write("file", "");
  EXPECT_EQ(error_of(file + "/a.yaml"), file + "/a.yaml: can't be read: Not a directory");

  const std::vector<std::string> paths = {Path("none"), file, Path("empty")};
  const FoundFiles found = FindCorpusFiles(paths);
  ASSERT_EQ(found.errors.size(), 2U);
  EXPECT_EQ(found.errors[0].place.file, Path("none"));
  EXPECT_EQ(found.errors[1].place.file, Path("empty"));
  ASSERT_EQ(found.sources.size(), 1U);
  EXPECT_EQ(found.sources[0].name, file);
}

TEST_F(LoadCorpusTest, ReadsRegularFilesOnly) {
  ASSERT_EQ(mkfifo(Path("pipe").c_str(), 0600), 0);
  fs::create_symlink("pipe", folder_ / "link");
  fs::create_symlink("nowhere", folder_ / "dangling");
  const auto error_of = [](const std::string& path) {
    const Result<std::string> text = ReadRegularFile(path);
    return text.ok() ? "read" : ToString(text.error());
  };
  EXPECT_EQ(error_of(Path("pipe")), Path("pipe") + ": not a regular file");
  EXPECT_EQ(error_of(Path("link")), Path("link") + ": not a regular file");
  EXPECT_EQ(error_of("/dev/zero"), "/dev/zero: not a regular file");
  EXPECT_EQ(error_of(folder_.string()), folder_.string() + ": can't be read: Is a directory");
  EXPECT_EQ(error_of(Path("dangling")),
            Path("dangling") + ": can't be read: No such file or directory");
  if (geteuid() != 0) {
    const std::string path = Write("secret.yaml", "");
    fs::permissions(path, fs::perms::none);
    EXPECT_EQ(error_of(path), path + ": can't be read: Permission denied");
  }
}

TEST_F(LoadCorpusTest, LimitsTheSizeOfFiles) {
  const std::string path = Write("long.yaml", "");
  fs::resize_file(path, kMaxFileBytes + 1);  // a hole: it takes no room
  const Result<std::string> text = ReadRegularFile(path);
  ASSERT_FALSE(text.ok());
  EXPECT_EQ(ToString(text.error()), path + ": longer than 256 MiB (split it into several files)");
}

TEST_F(LoadCorpusTest, ReadsFilesWhoseSizeIsNotKnown) {
  const Result<std::string> text = ReadRegularFile("/proc/self/status");
  ASSERT_TRUE(text.ok());
  EXPECT_THAT(*text, HasSubstr("Name:"));
}

}  // namespace
}  // namespace sigvet
