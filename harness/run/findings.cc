#include "harness/run/findings.h"

#include <algorithm>
#include <cstddef>
#include <span>
#include <string>
#include <utility>

#include "harness/run/backend_threads.h"
#include "harness/run/group_explanations.h"
#include "harness/subject/diagnose_answer.h"

namespace sigvet {
namespace {

constexpr std::size_t kMostShownValues = 3;

/// A wrong answer, and why it is wrong.
struct Wrong {
  std::uint32_t result;
  const Case* c;
  const std::vector<StageValue>* stages;
  AnswerDiagnosis diagnosis = {};
  bool was_not_searched = false;
};

/// Those of one subject, in the order of the results.
using OfSubject = std::span<Wrong>;

std::vector<Wrong> CollectWrong(const Plan& plan, const WrongAnswers& wrong_answers,
                                const RunReport& report) {
  std::vector<Wrong> wrong;
  for (const auto& [index, stages] : wrong_answers) {
    const RunReport::CaseResult& result = report.results[index];
    if (result.verdict != Verdict::kFail) continue;
    wrong.push_back({index, &plan.corpus->cases[plan.selected.cases[result.case_index]], &stages});
  }
  std::ranges::stable_sort(wrong, {},
                           [&](const Wrong& one) { return report.results[one.result].subject; });
  return wrong;
}

std::vector<OfSubject> SplitBySubject(std::vector<Wrong>& wrong, const RunReport& report) {
  std::vector<OfSubject> subjects;
  for (auto begin = wrong.begin(); begin != wrong.end();) {
    const auto end = std::find_if(begin, wrong.end(), [&](const Wrong& other) {
      return report.results[other.result].subject != report.results[begin->result].subject;
    });
    subjects.emplace_back(begin, end);
    begin = end;
  }
  return subjects;
}

void DiagnoseOne(Backend& backend, std::span<const Explanation> known, SearchDepth depth,
                 Wrong& wrong) {
  const auto derivation = CaseDerivation::Create(backend, *wrong.c);
  if (!derivation) return;
  wrong.diagnosis = DiagnoseAnswer(**derivation, *wrong.stages, known, depth);
}

/// Those that no single defect explains: the defects that explained others of the subject, then
/// pairs.
void DiagnoseRest(Backend& backend, const std::function<bool()>& is_interrupted,
                  OfSubject subject) {
  std::vector<Explanation> known;
  const auto learn = [&known](const Wrong& wrong) {
    for (const Explanation& explanation : wrong.diagnosis.explanations) {
      if (explanation.defects.size() < 2) continue;
      if (std::ranges::find(known, explanation) == known.end()) known.push_back(explanation);
    }
  };
  for (const Wrong& wrong : subject) learn(wrong);
  std::size_t deep_searches = 0;
  for (Wrong& wrong : subject) {
    if (is_interrupted()) return;
    if (!wrong.diagnosis.explanations.empty()) continue;
    const bool is_deep = !wrong.stages->empty() && deep_searches < kMostDeepSearches;
    wrong.was_not_searched = !is_deep;
    if (is_deep || !known.empty()) {
      DiagnoseOne(backend, known, is_deep ? SearchDepth::kPairs : SearchDepth::kSingles, wrong);
    }
    if (!wrong.diagnosis.explanations.empty()) wrong.was_not_searched = false;
    if (is_deep && wrong.diagnosis.effort.pairs_were_tried) ++deep_searches;
    learn(wrong);
  }
}

RunReport::Mistake MistakeOf(const AppliedDefect& applied, const std::vector<std::string>& values,
                             Product product) {
  std::string text;
  for (std::size_t i = 0; i < std::min(values.size(), kMostShownValues); ++i) {
    text.append(i > 0 ? ", " : "").append(values[i]);
  }
  if (values.size() > kMostShownValues) text += ", ...";
  const Defect& defect = *applied.defect;
  return {std::string(defect.id), SentenceOf({&defect, text}), std::string(defect.remedy),
          std::string(AlgorithmLine(defect, product))};
}

std::vector<RunReport::Mistake> MistakesOf(const Explanation& explanation, Product product) {
  std::vector<RunReport::Mistake> mistakes;
  for (const AppliedDefect& applied : explanation.defects) {
    mistakes.push_back(MistakeOf(applied, {applied.value}, product));
  }
  return mistakes;
}

RunReport::Finding FindingOf(const ExplainedGroup& group, OfSubject subject,
                             const RunReport& report) {
  const Wrong& first = subject[group.members.front()];
  const Product product = first.diagnosis.product;
  RunReport::Finding finding;
  finding.subject = report.results[first.result].subject;
  finding.operation = first.c->operation->name;
  finding.is_about_secret = true;
  for (std::size_t i = 0; i < group.values.size(); ++i) {
    const AppliedDefect& applied = group.explanation.defects[i];
    finding.mistakes.push_back(MistakeOf(applied, group.values[i], product));
    finding.is_about_secret = finding.is_about_secret && applied.defect->blame == Blame::kSecret;
  }
  for (const Explanation& alternative : group.alternatives) {
    finding.alternatives.push_back(MistakesOf(alternative, product));
  }
  for (const std::size_t member : group.members) finding.results.push_back(subject[member].result);
  return finding;
}

void AddFindingsOf(OfSubject subject, RunReport& report) {
  std::vector<std::vector<Explanation>> explanations;
  for (const Wrong& wrong : subject) explanations.push_back(wrong.diagnosis.explanations);
  for (const ExplainedGroup& group : GroupExplanations(explanations)) {
    for (const std::size_t member : group.members) {
      report.results[subject[member].result].finding =
          static_cast<std::int32_t>(report.findings.size());
    }
    report.findings.push_back(FindingOf(group, subject, report));
  }
  for (const Wrong& wrong : subject) {
    const RunReport::CaseResult& result = report.results[wrong.result];
    if (wrong.was_not_searched) ++report.not_searched;
    if (result.finding >= 0 || result.failure < 0) continue;
    std::string& hint = report.failures[static_cast<std::size_t>(result.failure)].hint;
    if (hint.empty()) hint = wrong.diagnosis.structure;
  }
}

}  // namespace

void AddFindings(const Plan& plan, const WrongAnswers& wrong_answers, unsigned jobs,
                 const std::function<bool()>& is_interrupted, RunReport& report) {
  std::vector<Wrong> wrong = CollectWrong(plan, wrong_answers, report);
  const std::vector<OfSubject> subjects = SplitBySubject(wrong, report);
  try {
    ForEachWithBackend(jobs, wrong.size(), [&](Backend& backend, std::size_t i) {
      if (!is_interrupted()) DiagnoseOne(backend, {}, SearchDepth::kSingles, wrong[i]);
    });
    ForEachWithBackend(jobs, subjects.size(), [&](Backend& backend, std::size_t i) {
      DiagnoseRest(backend, is_interrupted, subjects[i]);
    });
  } catch (const BackendError&) {
    return;
  }
  for (const OfSubject& subject : subjects) AddFindingsOf(subject, report);
}

}  // namespace sigvet
