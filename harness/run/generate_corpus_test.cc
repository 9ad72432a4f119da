#include "harness/run/generate_corpus.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <set>

#include "backends/backend_registry.h"
#include "harness/corpus/load_corpus.h"
#include "harness/run/random_draws.h"
#include "harness/subject/backend_subject.h"

namespace sigvet {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;

std::unique_ptr<Backend> AnyBackend() { return MakeAnyBackend().value(); }

std::string Generate(const GeneratedCorpus& corpus, std::size_t file) {
  const auto one = MakeBackendSubject(AnyBackend());
  const auto other = MakeBackendSubject(AnyBackend());
  Result<std::string> text = GenerateFile(corpus, file, *one, *other, *AnyBackend());
  EXPECT_TRUE(text.ok());
  return text.ok() ? *text : "";
}

TEST(GenerateFile, LoadsWithEveryStageAndIsVaried) {
  const GeneratedCorpus generated = {.seed = 7, .cases = 2100};
  ASSERT_EQ(generated.CountFiles(), 3U);
  std::map<std::string, int> operations;
  std::size_t count = 0;
  for (std::size_t file = 0; file < 3; ++file) {
    const std::string text = Generate(generated, file);
    const std::string name = GeneratedFileName(generated, file);
    const std::vector<CorpusSource> sources = {{name, text}};
    const LoadedCorpus loaded = LoadCorpus(sources, AnyBackend);
    ASSERT_THAT(loaded.errors, IsEmpty()) << ToString(loaded.errors.front());
    count += loaded.corpus.cases.size();
    const auto subject = MakeBackendSubject(AnyBackend());
    for (const Case& c : loaded.corpus.cases) {
      ++operations[std::string(c.operation->name)];
      std::size_t stages = 0;
      for (const FieldSpec& stage : c.operation->stages) stages += c.Uses(stage) ? 1 : 0;
      EXPECT_EQ(c.expected.size(), stages) << c.id;
      EXPECT_TRUE(c.is_synthetic);
      EXPECT_EQ(subject->Evaluate(c).stages, c.expected) << c.id;
    }
  }
  EXPECT_EQ(count, 2100U);
  for (const char* operation :
       {"ses-smtp-password", "sigv4-signing-key", "sigv4-sign", "sigv4-presign", "hmac-sha256",
        "sha256", "base64-encode", "base64-decode"}) {
    EXPECT_GT(operations[operation], 20) << operation;
  }
}

TEST(GenerateFile, TheSeedAndTheNumberOfTheFileSayWhatIsInIt) {
  const GeneratedCorpus generated = {.seed = 7, .cases = 2100};
  EXPECT_EQ(Generate(generated, 1), Generate(generated, 1));
  EXPECT_NE(Generate(generated, 1), Generate(generated, 0));
  EXPECT_NE(Generate({.seed = 8, .cases = 2100}, 1), Generate(generated, 1));
}

TEST(GenerateFile, TwoThatDontAgreeAreAnError) {
  class Wrong : public Subject {
   public:
    Answer Evaluate(const Case& c) override {
      Answer answer = right_->Evaluate(c);
      answer.stages.front().value += "0";
      return answer;
    }

   private:
    std::unique_ptr<Subject> right_ = MakeBackendSubject(AnyBackend());
  };
  const auto one = MakeBackendSubject(AnyBackend());
  Wrong other;
  const auto text = GenerateFile({.seed = 1, .cases = 1}, 0, *one, other, *AnyBackend());
  ASSERT_FALSE(text.ok());
  EXPECT_THAT(text.error().message,
              HasSubstr("two backends don't agree on generated/part-00000/case-00000"));
}

TEST(GeneratedFileName, SortsAsTheNumbersDo) {
  EXPECT_EQ(GeneratedFileName({.cases = 5000}, 3), "generated-00003.yaml");
  EXPECT_EQ(GeneratedFileName({.cases = 100'000'000}, 99'999), "generated-099999.yaml");
}

TEST(Draws, AreThoseOfTheStandardsEngine) {
  // The standard: the 10000th draw of a mt19937_64 with its default seed 5489.
  std::mt19937_64 engine(5489);
  engine.discard(9999);
  EXPECT_EQ(engine(), 9981545732273789042U);
  // Its first is 14514284786278117030; the remainder by 1000 is 30.
  EXPECT_EQ(Draws(5489).Below(1000), 30U);
}

TEST(Draws, StayBelowTheirBoundAndReachAllOfIt) {
  Draws draws(1);
  std::set<std::size_t> seen;
  for (int i = 0; i < 1000; ++i) seen.insert(draws.Between(3, 7));
  EXPECT_THAT(seen, testing::ElementsAre(3, 4, 5, 6, 7));
}

}  // namespace
}  // namespace sigvet
