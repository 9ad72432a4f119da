#include "backends/contract_fixture.h"

#include <algorithm>
#include <ostream>
#include <utility>

namespace sigvet {
std::ostream& operator<<(std::ostream& out, const TestedBackend& tested) {
  return out << tested.name;
}

std::string ContractTestName(const ::testing::TestParamInfo<TestedBackend>& info) {
  std::string name = info.param.name;
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
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
