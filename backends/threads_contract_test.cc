#include <thread>
#include <vector>

#include "backends/contract_fixture.h"

namespace sigvet {
namespace {

/// A digest of the results of every function of a backend that is made on the calling thread.
Digest RunEverything(const TestedBackend& tested) {
  BackendResult made = tested.make();
  if (!made.ok()) return {};
  Backend& backend = **made;
  const Bytes source = Pattern(300, 7, 3);
  const std::vector<ByteView> messages(3, ByteView(source).first(70));
  const auto chain = backend.PrepareChain(messages);
  std::vector<Digest> macs(3);
  Bytes results;
  for (std::size_t n = 0; n < source.size(); ++n) {
    const ByteView bytes = ByteView(source).first(n);
    chain->Derive(bytes, macs);
    const std::string text = backend.Base64Encode(backend.HmacSha256(bytes, macs.back()));
    const Bytes decoded = backend.Base64Decode(text).value_or(Bytes{});
    results.insert(results.end(), decoded.begin(), decoded.end());
    results.insert(results.end(), text.begin(), text.end());
  }
  return backend.Sha256(results);
}

TEST_P(BackendContract, EveryThreadHasItsOwnBackend) {
  const Digest expected = RunEverything(GetParam());
  std::vector<Digest> results(4);
  std::vector<std::thread> threads;
  for (Digest& result : results) {
    threads.emplace_back([&result] { result = RunEverything(GetParam()); });
  }
  for (std::thread& thread : threads) thread.join();
  for (const Digest& result : results) EXPECT_EQ(result, expected);
}

TEST_P(BackendContract, InfoNamesTheLibraryAndItsVersion) {
  const std::string library = backend().Info().library;
  EXPECT_NE(library.find(' '), std::string::npos) << library;
  EXPECT_NE(library.find_first_of("0123456789"), std::string::npos) << library;
}

}  // namespace
}  // namespace sigvet
