#include "backends/contract_fixture.h"

#include <algorithm>
#include <ostream>
#include <vector>

#include "backends/backend_registry.h"
#include "backends/builtin/builtin_backend.h"

namespace sigvet {
namespace {

std::vector<TestedBackend> TestedBackends() {
  std::vector<TestedBackend> tested;
  for (const BackendEntry& entry : AllBackends()) {
    if (entry.make != nullptr) tested.push_back({std::string(entry.id), entry.make});
  }
  for (const Sha256Kernel& kernel : Sha256Kernels()) {
    if (!kernel.supported()) continue;
    tested.push_back({"kernel-" + std::string(kernel.name),
                      [&kernel] { return BackendResult(MakeBuiltinBackend(kernel)); }});
  }
  return tested;
}

std::string TestName(const ::testing::TestParamInfo<TestedBackend>& info) {
  std::string name = info.param.name;
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
}

INSTANTIATE_TEST_SUITE_P(Backends, BackendContract, ::testing::ValuesIn(TestedBackends()),
                         TestName);

}  // namespace

std::ostream& operator<<(std::ostream& out, const TestedBackend& tested) {
  return out << tested.name;
}

void BackendContract::SetUp() {
  BackendResult made = GetParam().make();
  if (!made.ok()) GTEST_SKIP() << GetParam().name << " is " << made.error().message;
  backend_ = std::move(*made);
}

Bytes Pattern(std::size_t size, std::size_t factor, std::size_t first) {
  Bytes bytes(size);
  for (std::size_t i = 0; i < size; ++i) {
    bytes[i] = static_cast<std::uint8_t>(i * factor + first);
  }
  return bytes;
}

Bytes BigPattern(std::size_t size) {
  Bytes bytes(size);
  for (std::size_t i = 0; i < size; ++i) {
    bytes[i] = static_cast<std::uint8_t>(i ^ i >> 8 ^ i >> 16);
  }
  return bytes;
}

}  // namespace sigvet
