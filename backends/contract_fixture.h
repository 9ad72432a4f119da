#pragma once

#include <gtest/gtest.h>

#include <functional>
#include <iosfwd>
#include <memory>
#include <string>

#include "backends/backend.h"

namespace sigvet {

/// What the contract tests run on. A file that instantiates the suite BackendContract lists them.
struct TestedBackend {
  std::string name;
  std::function<BackendResult()> make;
};

std::ostream& operator<<(std::ostream& out, const TestedBackend& tested);

/// The backend's name as GoogleTest allows it.
std::string ContractTestName(const ::testing::TestParamInfo<TestedBackend>& info);

/// The contract of Backend. A backend that is in the build but unavailable on this machine is
/// skipped, with its reason.
class BackendContract : public ::testing::TestWithParam<TestedBackend> {
 protected:
  void SetUp() override;

  Backend& backend() { return *backend_; }

 private:
  std::unique_ptr<Backend> backend_;
};

/// Byte i is `i * factor + first`, modulo 256.
Bytes Pattern(std::size_t size, std::size_t factor, std::size_t first);

/// Byte i is `i ^ i >> 8 ^ i >> 16`, modulo 256: a pattern for big inputs, where pieces that change
/// places should not go unseen.
Bytes BigPattern(std::size_t size);

}  // namespace sigvet
