#include "harness/run/generate_corpus.h"

#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "harness/corpus/case_yaml.h"
#include "harness/run/random_case.h"

namespace sigvet {
namespace {

/// `number` with leading zeros, as many digits as `last` has and at least five.
std::string Padded(std::size_t number, std::size_t last) {
  const std::size_t width = std::max<std::size_t>(5, std::to_string(last).size());
  const std::string digits = std::to_string(number);
  return std::string(width - digits.size(), '0') + digits;
}

/// Each file has draws of its own, so that files can be made in any order.
std::uint64_t SeedOf(const GeneratedCorpus& corpus, std::size_t file) {
  // SplitMix64 (Steele, Lea, Flood 2014): neighbouring numbers give unrelated seeds.
  std::uint64_t mixed = corpus.seed + 0x9e3779b97f4a7c15U * (file + 1);
  mixed = (mixed ^ (mixed >> 30U)) * 0xbf58476d1ce4e5b9U;
  mixed = (mixed ^ (mixed >> 27U)) * 0x94d049bb133111ebU;
  return mixed ^ (mixed >> 31U);
}

/// What both make of the case goes into it.
std::optional<Error> Expect(Case& c, Subject& one, Subject& other) {
  Answer answer = one.Evaluate(c);
  const Answer second = other.Evaluate(c);
  if (answer.kind != Answer::Kind::kOutput || second.kind != Answer::Kind::kOutput) {
    return Error{c.id + " can't be computed: " + answer.detail + second.detail};
  }
  if (answer.stages != second.stages) {
    return Error{"two backends don't agree on " + c.id, {}, "sigvet run says which one is wrong"};
  }
  c.expected = std::move(answer.stages);
  return std::nullopt;
}

}  // namespace

std::string GeneratedFileName(const GeneratedCorpus& corpus, std::size_t file) {
  return "generated-" + Padded(file, corpus.CountFiles()) + ".yaml";
}

Result<std::string> GenerateFile(const GeneratedCorpus& corpus, std::size_t file, Subject& one,
                                 Subject& other, Backend& decoder) {
  const std::string suite = "generated/part-" + Padded(file, corpus.CountFiles());
  const std::string seed = std::to_string(corpus.seed);
  const auto provenance = std::make_shared<const Provenance>(Provenance{
      .kind = Provenance::Kind::kDerived,
      .source = "sigvet generate, seed " + seed + ": two crypto libraries gave the same"});
  std::string text = "sigvet: 1\nsuite: " + YamlText(suite) +
                     "\nabout: \"Cases drawn at random, for runs of any size.\"\n"
                     "synthetic: true\ncases:\n";
  Draws draws(SeedOf(corpus, file));
  const std::size_t first = file * kGeneratedCasesPerFile;
  const std::size_t end = std::min(first + kGeneratedCasesPerFile, corpus.cases);
  for (std::size_t number = first; number < end; ++number) {
    Case c = DrawCase(draws, decoder);
    c.id = suite + "/case-" + Padded(number, corpus.cases);
    c.why = "Drawn with seed " + seed + ": " + c.why + ".";
    c.provenance = provenance;
    if (const std::optional<Error> error = Expect(c, one, other)) return *error;
    text += CaseYaml(c, suite);
  }
  return text;
}

}  // namespace sigvet
