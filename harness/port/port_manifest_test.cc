#include "harness/port/port_manifest.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <stdlib.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

namespace sigvet {
namespace {

namespace fs = std::filesystem;
using std::chrono::milliseconds;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Pair;

PortManifest Parse(std::string_view text) {
  ManifestResult result = ParsePortManifest("p/port.yaml", text);
  for (const Error& error : result.errors) ADD_FAILURE() << ToString(error);
  return std::move(result.manifest);
}

constexpr std::string_view kSmallest = R"(sigvet: 1
id: "a"
language: "L"
ops: ["sha256"]
start: ["./a"]
)";

TEST(PortManifest, HasDefaultsForWhatIsLeftOut) {
  const PortManifest manifest = Parse(kSmallest);
  EXPECT_EQ(manifest.file, "p/port.yaml");
  EXPECT_EQ(manifest.folder, "");
  EXPECT_EQ(manifest.id, "a");
  EXPECT_EQ(manifest.language, "L");
  EXPECT_EQ(manifest.mode, PortManifest::Mode::kJsonl);
  EXPECT_THAT(manifest.operations, ElementsAre(FindOperation("sha256")));
  EXPECT_THAT(manifest.start_command, ElementsAre("./a"));
  EXPECT_THAT(manifest.needs, IsEmpty());
  EXPECT_THAT(manifest.build_command, IsEmpty());
  EXPECT_EQ(manifest.limits.start, milliseconds(10'000));
  EXPECT_EQ(manifest.limits.answer, milliseconds(2'000));
  EXPECT_EQ(manifest.limits.build, milliseconds(300'000));
}

TEST(PortManifest, TakesEveryKeyOfAJsonlPort) {
  const PortManifest manifest = Parse(R"(
sigvet: 1
id: "rust-ring"
language: "Rust"
mode: "jsonl"
ops: ["ses-smtp-password", "sigv4-signing-key"]
needs:
  - {program: "cargo", package: "cargo"}
  - {program: "pwsh", note: "Not in Debian."}
version: ["rustc", "--version"]
build: ["cargo", "build", "--target-dir", "{build}"]
start: ["{build}/release/port", ""]
env: {LANG: "C", EMPTY: ""}
pass_env: ["JAVA_HOME"]
limits:
  start_ms: 100
  answer_ms: 600000
  build_ms: 1000
known_failures:
  - {case: "ses/regions/*", reason: "wrong password"}
)");
  EXPECT_EQ(manifest.id, "rust-ring");
  EXPECT_TRUE(manifest.Does(FindOperation("sigv4-signing-key")));
  EXPECT_FALSE(manifest.Does(FindOperation("sha256")));
  ASSERT_EQ(manifest.needs.size(), 2U);
  EXPECT_EQ(manifest.needs[0].program, "cargo");
  EXPECT_EQ(manifest.needs[0].package, "cargo");
  EXPECT_EQ(manifest.needs[0].place, (Place{"p/port.yaml", 8, 5}));
  EXPECT_EQ(manifest.needs[1].note, "Not in Debian.");
  EXPECT_THAT(manifest.version_command, ElementsAre("rustc", "--version"));
  EXPECT_THAT(manifest.build_command, ElementsAre("cargo", "build", "--target-dir", "{build}"));
  EXPECT_THAT(manifest.start_command, ElementsAre("{build}/release/port", ""));
  EXPECT_THAT(manifest.environment, ElementsAre(Pair("LANG", "C"), Pair("EMPTY", "")));
  EXPECT_THAT(manifest.passed_environment, ElementsAre("JAVA_HOME"));
  EXPECT_EQ(manifest.limits.start, milliseconds(100));
  EXPECT_EQ(manifest.limits.answer, milliseconds(600'000));
  EXPECT_EQ(manifest.limits.build, milliseconds(1'000));
  ASSERT_EQ(manifest.known_failures.size(), 1U);
  EXPECT_EQ(manifest.known_failures[0].case_pattern, "ses/regions/*");
  EXPECT_EQ(manifest.known_failures[0].reason, "wrong password");
  EXPECT_EQ(manifest.known_failures[0].place, (Place{"p/port.yaml", 20, 5}));
}

constexpr std::string_view kExec = R"(
sigvet: 1
id: "a"
language: "L"
mode: "exec"
ops: ["ses-smtp-password", "sigv4-signing-key"]
strip_newline: true
refusal_exit_code: 2
versions: [4]
)";

TEST(PortManifest, TakesEveryKeyOfAnExecPort) {
  const PortManifest manifest = Parse(std::string(kExec) + R"(
secret: "env:AWS_SECRET_ACCESS_KEY"
build: ["make"]
start: ["{build}/a", "{op}", "-v{version}", "{region}", "{date}", "{service}", "${x}", "{ }"]
)");
  EXPECT_EQ(manifest.mode, PortManifest::Mode::kExec);
  EXPECT_EQ(manifest.secret_by, PortManifest::SecretBy::kEnvironment);
  EXPECT_EQ(manifest.secret_variable, "AWS_SECRET_ACCESS_KEY");
  EXPECT_TRUE(manifest.strip_newline);
  EXPECT_EQ(manifest.refusal_exit_code, 2);
  EXPECT_THAT(manifest.versions, ElementsAre(4));
}

TEST(PortManifest, TakesASecretByArgumentWhereThatIsAllowed) {
  const PortManifest manifest = Parse(std::string(kExec) + R"(
secret: "argv"
allow_secret_in_argv: true
start: ["./a", "--secret={secret}"]
)");
  EXPECT_EQ(manifest.secret_by, PortManifest::SecretBy::kArgument);
}

TEST(PortManifest, KnowsWhatAnExecPortCanDo) {
  std::vector<std::string_view> names;
  for (const OperationSpec& operation : AllOperations()) {
    if (FitsExec(operation)) names.push_back(operation.name);
  }
  EXPECT_THAT(names, ElementsAre("ses-smtp-password", "sigv4-signing-key"));
}

/// A folder that goes with the test.
class ReadPortManifestTest : public ::testing::Test {
 protected:
  ReadPortManifestTest() {
    std::string pattern = ::testing::TempDir() + "sigvet-manifest-XXXXXX";
    EXPECT_NE(mkdtemp(pattern.data()), nullptr);
    folder_ = fs::canonical(pattern);
  }
  ~ReadPortManifestTest() override { fs::remove_all(folder_); }

  void Write(std::string_view text) { std::ofstream(folder_ / "port.yaml") << text; }

  fs::path folder_;
};

TEST_F(ReadPortManifestTest, TakesTheFolderOrTheFile) {
  Write(kSmallest);
  const std::string file = (folder_ / "port.yaml").string();
  for (const std::string& path : {folder_.string(), file}) {
    const ManifestResult result = ReadPortManifest(path);
    EXPECT_THAT(result.errors, IsEmpty());
    EXPECT_EQ(result.manifest.id, "a");
    EXPECT_EQ(result.manifest.file, file);
    EXPECT_EQ(result.manifest.folder, folder_.string());
  }
}

TEST_F(ReadPortManifestTest, RefusesWhatIsNotThereOrTooLong) {
  ManifestResult result = ReadPortManifest(folder_.string());
  const std::string file = (folder_ / "port.yaml").string();
  ASSERT_EQ(result.errors.size(), 1U);
  EXPECT_EQ(ToString(result.errors[0]), file + ": can't be read: No such file or directory");

  Write(std::string(kSmallest) + "#" + std::string(kMaxManifestBytes, 'a'));
  result = ReadPortManifest(file);
  ASSERT_EQ(result.errors.size(), 1U);
  EXPECT_EQ(ToString(result.errors[0]), file + ": longer than 1 MiB");
}

TEST(AnswerWithoutAsking, GoesByOperationAndVersion) {
  PortManifest manifest;
  manifest.operations = {FindOperation("ses-smtp-password"), FindOperation("sha256")};
  manifest.versions = {4};
  Case c;
  c.operation = FindOperation("base64-encode");
  c.inputs = {std::string("x")};
  ASSERT_TRUE(AnswerWithoutAsking(manifest, c).has_value());
  EXPECT_EQ(AnswerWithoutAsking(manifest, c)->kind, Answer::Kind::kUnsupported);
  EXPECT_EQ(AnswerWithoutAsking(manifest, c)->detail, "does not do base64-encode");
  c.operation = FindOperation("sha256");  // has no versions
  EXPECT_FALSE(AnswerWithoutAsking(manifest, c).has_value());
  c.operation = FindOperation("ses-smtp-password");
  c.inputs = {std::int64_t{4}, std::string("secret"), std::string("us-east-1")};
  EXPECT_FALSE(AnswerWithoutAsking(manifest, c).has_value());
  c.inputs = {std::int64_t{2}, std::string("secret"), std::monostate()};
  ASSERT_TRUE(AnswerWithoutAsking(manifest, c).has_value());
  EXPECT_EQ(AnswerWithoutAsking(manifest, c)->kind, Answer::Kind::kLeftOut);
  EXPECT_EQ(AnswerWithoutAsking(manifest, c)->detail, "does not do version 2");
}

}  // namespace
}  // namespace sigvet
