// The passwords of many secrets, up to 64 at once, for a region that is prepared.

#include <memory>
#include <string>
#include <utility>

#include "bench/password_work.h"
#include "bench/workloads/workloads.h"

namespace sigvet {
namespace {

Result<PreparedWork> Prepare(Backend& backend, std::size_t count) {
  const auto work = std::make_shared<PasswordWork>(backend, count);
  if (auto error = work->CheckMany(count)) return *std::move(error);
  return PreparedWork{.loop =
                          [work, count](benchmark::State& state) {
                            for (auto _ : state) {
                              work->DeriveMany(count, [](std::string_view password) {
                                benchmark::DoNotOptimize(password);
                              });
                            }
                          },
                      .items = count};
}

}  // namespace

std::vector<Workload> ManyKeys() {
  std::vector<Workload> workloads;
  for (const std::size_t count : {16U, 256U, 1024U, 4096U}) {
    workloads.push_back(
        {.id = "many-keys/" + std::to_string(count),
         .title = "SES v4 passwords of " + std::to_string(count) + " secrets, up to 64 at once",
         .item = "password",
         .prepare = [count](Backend* backend) { return Prepare(*backend, count); }});
  }
  return workloads;
}

}  // namespace sigvet
