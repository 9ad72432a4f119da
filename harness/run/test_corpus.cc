#include "harness/run/test_corpus.h"

#include <numeric>
#include <utility>

namespace sigvet {
namespace {

class FunctionSubject : public Subject {
 public:
  explicit FunctionSubject(std::function<Answer(const Case&)> evaluate)
      : evaluate_(std::move(evaluate)) {}

  Answer Evaluate(const Case& c) override { return evaluate_(c); }

 private:
  std::function<Answer(const Case&)> evaluate_;
};

}  // namespace

Corpus MakeTestCorpus(int per_suite) {
  static constexpr const char* kNames[] = {"one", "two", "three"};
  Corpus corpus;
  corpus.digest = "d1635";
  corpus.files = {{"s.yaml", ""}, {"t.yaml", ""}};
  corpus.suites = {{"s", "The first."}, {"t", "The second."}};
  const OperationSpec* operation = FindOperation("base64-encode");
  const auto provenance = std::make_shared<const Provenance>(
      Provenance{Provenance::Kind::kPublished, "RFC 4648", {}, {}});
  for (std::uint32_t suite = 0; suite < 2; ++suite) {
    for (int i = 0; i < per_suite; ++i) {
      const std::string name = per_suite <= 3 ? kNames[i] : "case-" + std::to_string(i);
      Case c;
      c.id = corpus.suites[suite].name + "/" + name;
      c.operation = operation;
      c.inputs = {std::string("bytes")};
      c.expected = {{&operation->stages.back(), "right"}};
      c.provenance = provenance;
      c.suite = suite;
      c.file = suite;
      c.line = static_cast<std::uint32_t>(10 * i + 4);
      c.column = 5;
      corpus.cases.push_back(std::move(c));
    }
  }
  return corpus;
}

Answer TestOutput(const Case& c, std::string text) {
  return {Answer::Kind::kOutput, {{&c.operation->stages.back(), std::move(text)}}, {}};
}

PlannedSubject MakeTestSubject(std::string id, std::function<Answer(const Case&)> evaluate) {
  PlannedSubject subject;
  subject.info.id = std::move(id);
  subject.info.kind = "backend";
  subject.make = [evaluate = std::move(evaluate)] {
    return std::make_unique<FunctionSubject>(evaluate);
  };
  return subject;
}

Plan MakeTestPlan(const Corpus& corpus, std::vector<PlannedSubject> subjects) {
  Plan plan;
  plan.corpus = &corpus;
  plan.selected.cases.resize(corpus.cases.size());
  std::iota(plan.selected.cases.begin(), plan.selected.cases.end(), 0U);
  plan.subjects = std::move(subjects);
  return plan;
}

}  // namespace sigvet
