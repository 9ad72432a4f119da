#include "harness/port/placeholder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace sigvet {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(Placeholder, IsAWordInBraces) {
  EXPECT_THAT(PlaceholdersIn("{a}-{b_2}{C}"), ElementsAre("a", "b_2", "C"));
  EXPECT_THAT(PlaceholdersIn("{{a}}"), ElementsAre("a"));
}

TEST(Placeholder, IsNoOtherBrace) {
  for (const std::string_view argument :
       {"", "{", "}", "{}", "{a", "a}", "{ a }", "${a}", "{a-b}", "{a:1}", "{\xc3\xa4}"}) {
    EXPECT_THAT(PlaceholdersIn(argument), IsEmpty()) << argument;
    EXPECT_EQ(FillPlaceholders(argument, [](std::string_view) { return "x"; }), argument);
  }
}

TEST(Placeholder, IsFilledOnce) {
  const auto value_of = [](std::string_view name) -> std::string_view {
    return name == "a" ? "{b}" : "";
  };
  EXPECT_EQ(FillPlaceholders("<{a}{a}|{b}>", value_of), "<{b}{b}|>");
}

PortManifest ExecManifest() {
  PortManifest manifest;
  manifest.mode = PortManifest::Mode::kExec;
  manifest.operations = {FindOperation("ses-smtp-password")};
  return manifest;
}

TEST(Placeholder, OfAnExecPortIsAnInputOfItsOperations) {
  PortManifest manifest = ExecManifest();
  for (const std::string_view name : {"op", "version", "region"}) {
    EXPECT_EQ(CheckStartPlaceholder(name, manifest).message, "") << name;
  }
  EXPECT_EQ(ToString(CheckStartPlaceholder("regoin", manifest)),
            "unknown placeholder \"{regoin}\" (did you mean \"{region}\"?)");
  EXPECT_EQ(ToString(CheckStartPlaceholder("date", manifest)),
            "unknown placeholder \"{date}\" (known: {op}, {version}, {region})");
  manifest.operations.push_back(FindOperation("sigv4-signing-key"));
  EXPECT_EQ(CheckStartPlaceholder("date", manifest).message, "");
}

TEST(Placeholder, OfTheBuildNeedsAFile) {
  PortManifest manifest;
  EXPECT_NE(CheckStartPlaceholder("build", manifest).message, "");
  manifest.file = "port.yaml";
  EXPECT_EQ(CheckStartPlaceholder("build", manifest).message, "");
  EXPECT_NE(CheckStartPlaceholder("region", manifest).message, "");
}

TEST(Placeholder, OfTheSecretStandsWhereItGoesByTheArguments) {
  PortManifest manifest = ExecManifest();
  manifest.start_command = {"./a", "{region}"};
  EXPECT_NE(CheckStartPlaceholder("secret", manifest).message, "");
  EXPECT_EQ(CheckSecretIsPlaced(manifest).message, "");
  manifest.secret_by = PortManifest::SecretBy::kArgument;
  EXPECT_EQ(CheckStartPlaceholder("secret", manifest).message, "");
  EXPECT_NE(CheckSecretIsPlaced(manifest).message, "");
  manifest.start_command.emplace_back("--secret={secret}");
  EXPECT_EQ(CheckSecretIsPlaced(manifest).message, "");
}

}  // namespace
}  // namespace sigvet
