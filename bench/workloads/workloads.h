#pragma once

#include <vector>

#include "bench/workload.h"

namespace sigvet {

// What each file of this folder measures; AllWorkloads() lists them.

std::vector<Workload> SesPassword();
std::vector<Workload> SigningKey();
std::vector<Workload> ManyKeys();
std::vector<Workload> Hmac();
std::vector<Workload> Sha256();
std::vector<Workload> Base64Encode();
std::vector<Workload> SignRequest();
std::vector<Workload> KernelSwitch();
std::vector<Workload> LoadCorpusFiles();
std::vector<Workload> PortRoundTrip();

}  // namespace sigvet
