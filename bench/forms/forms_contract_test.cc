// The forms keep the contract of Backend, like the backends themselves.

#include <string>
#include <vector>

#include "backends/contract_fixture.h"
#include "bench/forms/form.h"

namespace sigvet {
namespace {

std::vector<TestedBackend> TestedForms() {
  std::vector<TestedBackend> tested;
  for (const FormEntry& form : AllForms()) tested.push_back({std::string(form.id), form.make});
  return tested;
}

// A build may have no form.
GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(BackendContract);
INSTANTIATE_TEST_SUITE_P(Forms, BackendContract, ::testing::ValuesIn(TestedForms()),
                         ContractTestName);

}  // namespace
}  // namespace sigvet
