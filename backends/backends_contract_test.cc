// Which backends the contract tests run on: every one of the registry, and the built-in one on
// every kernel of this machine, also where a better kernel hides it.

#include <string>
#include <vector>

#include "backends/backend_registry.h"
#include "backends/builtin/builtin_backend.h"
#include "backends/builtin/sha256_kernel.h"
#include "backends/contract_fixture.h"

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

INSTANTIATE_TEST_SUITE_P(Backends, BackendContract, ::testing::ValuesIn(TestedBackends()),
                         ContractTestName);

}  // namespace
}  // namespace sigvet
