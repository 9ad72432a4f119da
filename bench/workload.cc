#include "bench/workload.h"

#include <iterator>
#include <vector>

#include "bench/workloads/workloads.h"

namespace sigvet {
namespace {

std::vector<Workload> MakeWorkloads() {
  std::vector<Workload> all;
  for (auto* const make : {&SesPassword, &SigningKey, &ManyKeys, &Hmac, &Sha256, &Base64Encode,
                           &SignRequest, &KernelSwitch, &LoadCorpusFiles, &PortRoundTrip}) {
    std::vector<Workload> some = make();
    all.insert(all.end(), std::make_move_iterator(some.begin()),
               std::make_move_iterator(some.end()));
  }
  return all;
}

}  // namespace

std::span<const Workload> AllWorkloads() {
  static const std::vector<Workload> kAll = MakeWorkloads();
  return kAll;
}

}  // namespace sigvet
