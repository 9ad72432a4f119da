// Work for scripts/gate-instructions to count the instructions of: instruction_probe WORKLOAD does
// it once to see that the answer is right, and then as often as the table says within
// SigvetMeasured. `list` prints the workloads, `toolchain` what the counts depend on.
//
// The portable kernel hashes, which every machine has (Valgrind hides others), or a hollow one,
// that puts some bytes in the place of a hash: what is left then is the code around the hashing,
// which otherwise could become twice as slow and be lost in the sum.

#include <array>
#include <functional>
#include <iostream>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "backends/builtin/builtin_backend.h"
#include "backends/builtin/sha256_kernel.h"
#include "base/check.h"
#include "base/hex.h"
#include "diagnosis/defect_search.h"
#include "diagnosis/right_derivation.h"
#include "harness/corpus/load_corpus.h"
#include "signing/ses_smtp_password.h"
#include "signing/sigv4_request.h"

/// `--toggle-collect` of callgrind names it.
extern "C" [[gnu::noinline]] int SigvetMeasured(const std::function<bool()>& work, int times) {
  int right = 0;
  for (int i = 0; i < times; ++i) right += work() ? 1 : 0;
  return right;
}

namespace sigvet {
namespace {

constexpr std::string_view kSecret = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
constexpr std::string_view kRegion = "us-east-1";
/// ses/published/rust-sample of the corpus: kSecret, kRegion.
constexpr std::string_view kPassword = "BLBM/9hSUELfq8Gw+rU1YcBjkOxGbhT2XG763xVLGWL9";
constexpr std::string_view kMessageKey =
    "b04cffd8525042dfabc1b0fab53561c06390ec466e14f65c6efadf154b1962fd";

/// Does the work once and says whether the answer is right.
using Work = std::function<bool()>;

/// Something that depends on every block, at next to no cost.
void CompressHollow(std::uint32_t* state, const std::uint8_t* blocks, std::size_t block_count) {
  for (; block_count != 0; --block_count, blocks += 64) {
    for (std::size_t i = 0; i < 8; ++i) state[i] = state[i] * 5 + blocks[i];
  }
}

void DeriveHollow(const std::uint8_t* key_blocks, const ScheduledMessages& messages,
                  std::uint8_t* macs, std::size_t) {
  const std::uint32_t* schedule = messages.schedules;
  for (std::size_t m = 0; m < messages.count; ++m) {
    for (std::size_t i = 0; i < 32; ++i) {
      macs[m * 32 + i] = static_cast<std::uint8_t>(key_blocks[i] * 5 + schedule[i / 4]);
    }
    schedule += 64 * messages.block_counts[m];
  }
}

constexpr ChainForm kHollowForms[] = {{1, 1, DeriveHollow}};
constexpr Sha256Kernel kHollow = {"hollow", "nothing", [] { return true; }, CompressHollow,
                                  kHollowForms};

std::unique_ptr<Backend> MakePortableBackend() {
  return MakeBuiltinBackend(Sha256Kernels().back());
}

std::unique_ptr<Backend> MakeHollowBackend() { return MakeBuiltinBackend(kHollow); }

Work SesPassword(Backend& backend) {
  auto made = SesSmtpPasswordV4Deriver::Create(backend, kRegion);
  Check(made.ok(), "the region is refused");
  const auto deriver = std::make_shared<SesSmtpPasswordV4Deriver>(std::move(*made));
  const auto secret = std::make_shared<const Secret>(kSecret);
  return [deriver, secret] {
    const auto stages = deriver->Derive(*secret);
    return stages.ok() && AsText(stages->password.Reveal()) == kPassword;
  };
}

/// The keys of 64 passwords in one call. The SHA-256 of the passwords is what Python's hmac gives.
Work ManyKeys(Backend& backend) {
  constexpr std::size_t kKeys = 64;
  static constexpr std::string_view kPasswordsSha256 =
      "c2450605076fdfce8bb03cc99495fffb49beccc6835544612ce54840440ed3ff";
  const std::array<ByteView, 5> messages = {AsBytes("11111111"), AsBytes(kRegion), AsBytes("ses"),
                                            AsBytes("aws4_request"), AsBytes("SendRawEmail")};
  const std::shared_ptr<HmacChain> chain = backend.PrepareChain(messages);
  const auto texts = std::make_shared<std::vector<std::string>>();
  for (std::size_t i = 0; i < kKeys; ++i) {
    const std::string number = std::to_string(i);
    texts->push_back("AWS4synthetic-secret-" + std::string(6 - number.size(), '0') + number);
  }
  const std::vector<ByteView> keys = [&] {
    std::vector<ByteView> views;
    for (const std::string& text : *texts) views.push_back(AsBytes(text));
    return views;
  }();
  const auto macs = std::make_shared<std::vector<Digest>>(kKeys * messages.size());
  return [&backend, chain, texts, keys, macs] {
    chain->DeriveMany(keys, *macs);
    std::string passwords;
    for (std::size_t i = 4; i < macs->size(); i += 5) {
      Bytes bytes = {0x04};
      bytes.insert(bytes.end(), (*macs)[i].begin(), (*macs)[i].end());
      passwords += backend.Base64Encode(bytes);
    }
    return ToHex(backend.Sha256(AsBytes(passwords))) == kPasswordsSha256;
  };
}

/// The example of "Deriving a signing key" in the AWS General Reference.
Work SigningKey(Backend& backend) {
  const auto secret =
      std::make_shared<const Secret>(std::string_view("wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"));
  return [&backend, secret] {
    const auto key = DeriveSigv4SigningKey(backend, *secret, {"20150830", kRegion, "iam"});
    return key.ok() && ToHex((*key)->signing_key()) ==
                           "c4afb1cc5771d871763a393e44b703571b55cc28424d1a5e86da6ed3c154a4b9";
  };
}

/// "Signature Calculations for the Authorization Header: Transferring Payload in a Single Chunk",
/// Amazon S3 API Reference: GET Object.
Work SignRequest(Backend& backend) {
  struct State {
    HttpRequest request = {"GET",
                           "/test.txt",
                           "",
                           {{"Host", "examplebucket.s3.amazonaws.com"}, {"Range", "bytes=0-9"}},
                           ""};
    Sigv4Credentials credentials = {"AKIAIOSFODNN7EXAMPLE", Secret(kSecret)};
    Sigv4Settings settings = {"us-east-1", "s3", "20130524T000000Z", {UriEncoding::kSingle, false}};
    Sigv4KeyCache cache = {};
    Sigv4SignedRequest out = {};
  };
  const auto state = std::make_shared<State>();
  return [&backend, state] {
    const auto error = SignSigv4Into(state->out, backend, state->request, state->credentials,
                                     state->settings, true, &state->cache);
    return !error && state->out.signature ==
                         "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41";
  };
}

Work Base64(Backend& backend) {
  const Bytes bytes = FromHex("04" + std::string(kMessageKey)).value_or(Bytes{});
  return [&backend, bytes] { return backend.Base64Encode(bytes) == kPassword; };
}

/// The MAC is what Python's hmac gives.
Work Hmac(Backend& backend) {
  static constexpr std::string_view kMac =
      "40daf45a59aea72d5b6436e0725de615b66b849877bae924d4c80a76e87f9053";
  return [&backend, message = std::string(1024, 'x')] {
    return ToHex(backend.HmacSha256(AsBytes("key"), AsBytes(message))) == kMac;
  };
}

/// A file of the corpus with 32 cases, of which none has a value that must be hashed.
Work LoadCorpusFile(Backend&) {
  constexpr std::size_t kCases = 32;
  auto text = std::make_shared<std::string>(
      "sigvet: 1\nsuite: \"probe\"\nabout: \"Cases to parse.\"\nsynthetic: true\ncases:\n");
  for (std::size_t i = 0; i < kCases; ++i) {
    *text += "  - id: \"case-" + std::to_string(i) +
             "\"\n    why: \"The value everybody has.\"\n    operation: \"ses-smtp-password\"\n"
             "    input:\n      version: 4\n      secret: \"" +
             std::string(kSecret) + "\"\n      region: \"" + std::string(kRegion) +
             "\"\n    compute:\n      message_key: \"" + std::string(kMessageKey) +
             "\"\n      password: \"" + std::string(kPassword) +
             "\"\n    provenance:\n      kind: \"published\"\n      source: \"a test\"\n"
             "      agree: [\"CPython 3.11 hmac (OpenSSL 3.0)\", \"Go 1.26 crypto/hmac\"]\n";
  }
  return [text] {
    const std::array<CorpusSource, 1> sources = {
        CorpusSource{.name = "probe.yaml", .built_in_text = *text}};
    const LoadedCorpus loaded = LoadCorpus(sources, MakeHollowBackend);
    return loaded.errors.empty() && loaded.corpus.cases.size() == kCases;
  };
}

/// A password that no single defect explains, which is the longest that such a search takes.
Work FindDefect(Backend& backend) {
  struct State {
    SignedRequest no_request = {};
    PayloadHashes no_hashes = {};
    DerivationInput given = {.secret = std::make_shared<const Secret>(kSecret),
                             .access_key_id = "AKIAIOSFODNN7EXAMPLE",
                             .version = 4,
                             .date = "11111111",
                             .region = std::string(kRegion),
                             .service = "ses"};
    Derivation right = RightPassword(given);
    std::string value = "B" + std::string(43, 'A');
  };
  const auto state = std::make_shared<const State>();
  return [&backend, state] {
    const DefectInput input = {backend, state->no_request, state->no_hashes, state->given};
    const SearchResult result =
        FindDefects(input, state->right, {{}, state->value}, SearchDepth::kSingles);
    return result.explanations.empty() && result.effort.tried > 0;
  };
}

struct Workload {
  std::string_view id;
  Work (*prepare)(Backend& backend);
  int times;
  bool is_hollow = false;
};

constexpr Workload kWorkloads[] = {
    {"ses-password", SesPassword, 100},
    {"ses-password/hollow", SesPassword, 100, true},
    {"many-keys", ManyKeys, 10},
    {"many-keys/hollow", ManyKeys, 10, true},
    {"signing-key", SigningKey, 100},
    {"signing-key/hollow", SigningKey, 100, true},
    {"sign-request", SignRequest, 100},
    {"sign-request/hollow", SignRequest, 100, true},
    {"hmac", Hmac, 100},
    {"hmac/hollow", Hmac, 100, true},
    {"base64-encode", Base64, 1000},
    {"load-corpus/hollow", LoadCorpusFile, 5, true},
    {"find-defects/hollow", FindDefect, 2, true},
};

void Measure(const Workload& workload) {
  const std::unique_ptr<Backend> portable = MakePortableBackend();
  const Work right_work = workload.prepare(*portable);
  Check(right_work(), "the answer is wrong");
  if (workload.is_hollow) {
    const std::unique_ptr<Backend> hollow = MakeHollowBackend();
    const Work work = workload.prepare(*hollow);
    work();
    SigvetMeasured(work, workload.times);
  } else {
    Check(SigvetMeasured(right_work, workload.times) == workload.times, "the answer is wrong");
  }
}

void PrintToolchain() {
#ifdef __clang__
  std::cout << "compiler=Clang " __clang_version__ "\n";
#else
  std::cout << "compiler=GNU " __VERSION__ "\n";
#endif
  std::cout << "libstdc++=" << __GLIBCXX__ << "\nyaml-cpp=" SIGVET_YAML_CPP_VERSION "\n";
}

int ProbeMain(std::string_view argument) {
  if (argument == "toolchain") {
    PrintToolchain();
    return 0;
  }
  for (const Workload& workload : kWorkloads) {
    if (argument == "list") std::cout << workload.id << "\n";
    if (argument != workload.id) continue;
    Measure(workload);
    std::cout << "ok\n";
    return 0;
  }
  if (argument == "list") return 0;
  std::cerr << "usage: instruction_probe list|toolchain|WORKLOAD\n";
  return 2;
}

}  // namespace
}  // namespace sigvet

int main(int argc, char** argv) { return sigvet::ProbeMain(argc == 2 ? argv[1] : ""); }
