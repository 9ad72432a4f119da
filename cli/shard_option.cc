#include "cli/shard_option.h"

#include <cerrno>
#include <charconv>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <string_view>

#include "base/utf8.h"
#include "cli/options.h"

namespace sigvet {
namespace {

constexpr const char* kTotal = "TEST_TOTAL_SHARDS";
constexpr const char* kIndex = "TEST_SHARD_INDEX";
constexpr const char* kStatusFile = "TEST_SHARD_STATUS_FILE";

/// Digits and nothing else; absent where it is anything else, or more than fits.
std::optional<std::uint32_t> WholeNumber(std::string_view text) {
  std::uint32_t number = 0;
  const char* const end = text.data() + text.size();
  const auto [last, error] = std::from_chars(text.data(), end, number);
  if (text.empty() || last != end || error != std::errc()) return std::nullopt;
  return number;
}

Error TooMany(const std::string& where) {
  return {where + ": more than " + std::to_string(kMostShards) + " shards"};
}

Result<Shard> ParseShard(const std::string& text) {
  const std::string where = "--shard " + Visible(text);
  const std::string_view given = text;
  const std::size_t slash = given.find('/');
  const auto index = WholeNumber(given.substr(0, slash));
  const auto count = slash == given.npos ? std::nullopt : WholeNumber(given.substr(slash + 1));
  if (!index || !count) return Error{where + " is not I/N", {}, "as in --shard 2/4"};
  if (*count > kMostShards) return TooMany(where);
  if (*index == 0 || *index > *count) {
    return Error{where + ": there is no such shard", {}, "I is from 1 to N"};
  }
  return Shard{*index, *count};
}

Result<std::uint32_t> NumberFrom(const char* variable) {
  const char* const text = std::getenv(variable);
  if (text == nullptr) {
    const char* const other = variable == kTotal ? kIndex : kTotal;
    return Error{std::string(other) + " is set, but " + variable + " is not",
                 {},
                 "set both, or give --shard"};
  }
  const auto number = WholeNumber(text);
  if (!number) {
    return Error{std::string("the environment variable ") + variable + " is no whole number: \"" +
                 Visible(text) + "\""};
  }
  return *number;
}

Result<Shard> ShardFromEnvironment() {
  if (std::getenv(kTotal) == nullptr && std::getenv(kIndex) == nullptr) return Shard{};
  const Result<std::uint32_t> count = NumberFrom(kTotal);
  if (!count) return count.error();
  const Result<std::uint32_t> index = NumberFrom(kIndex);
  if (!index) return index.error();
  const std::string where = std::string(kTotal) + "=" + std::to_string(*count);
  if (*count > kMostShards) return TooMany(where);
  if (*index >= *count) {
    return Error{
        where + " has no " + kIndex + "=" + std::to_string(*index), {}, "the index counts from 0"};
  }
  return Shard{*index + 1, *count};
}

}  // namespace

void AddShardOption(CLI::App& command, std::optional<std::string>& shard) {
  AddOption(command, "--shard", shard, "I/N",
            "Run part I, from 1, of N of the corpus's files; sigvet merge joins the reports");
}

Result<Shard> ChooseShard(const std::optional<std::string>& given) {
  if (given) return ParseShard(*given);
  const char* const status_file = std::getenv(kStatusFile);
  if (status_file != nullptr && *status_file != '\0') {
    const std::ofstream file(status_file, std::ios::app);
    if (!file) {
      return Error{
          "can't create what " + std::string(kStatusFile) + " names: " + std::strerror(errno),
          {status_file}};
    }
  }
  return ShardFromEnvironment();
}

}  // namespace sigvet
