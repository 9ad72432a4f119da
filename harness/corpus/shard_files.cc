#include "harness/corpus/shard_files.h"

#include <algorithm>
#include <cstddef>
#include <filesystem>
#include <functional>
#include <numeric>
#include <queue>
#include <string>
#include <system_error>
#include <utility>

#include "base/check.h"
#include "harness/corpus/aws_sig_v4_suite.h"

namespace sigvet {
namespace {

namespace fs = std::filesystem;

std::uint64_t FileSize(const fs::path& path) {
  std::error_code error;
  const std::uintmax_t size = fs::file_size(path, error);
  return error ? 0 : size;
}

}  // namespace

std::vector<std::uint32_t> DealFiles(std::span<const std::uint64_t> sizes, std::uint32_t shards) {
  Check(shards > 0, "files are dealt to at least one shard");
  std::vector<std::size_t> order(sizes.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::stable_sort(order, std::ranges::greater{}, [&](std::size_t i) { return sizes[i]; });

  using Load = std::pair<std::uint64_t, std::uint32_t>;
  std::priority_queue<Load, std::vector<Load>, std::greater<>> loads;
  for (std::uint32_t shard = 0; shard < shards; ++shard) loads.emplace(0, shard);
  std::vector<std::uint32_t> shard_of(sizes.size());
  for (const std::size_t i : order) {
    const auto [bytes, shard] = loads.top();
    loads.pop();
    loads.emplace(bytes + sizes[i], shard);
    shard_of[i] = shard;
  }
  return shard_of;
}

std::uint64_t SizeOf(const CorpusSource& source) {
  if (!source.built_in_text.empty()) return source.built_in_text.size();
  if (source.format != CorpusFormat::kAwsSigV4) return FileSize(source.name);
  std::uint64_t size = 0;
  const fs::path folder = fs::path(source.name).parent_path();
  for (const std::string_view name : kAwsSigV4FileNames) size += FileSize(folder / name);
  return size;
}

}  // namespace sigvet
