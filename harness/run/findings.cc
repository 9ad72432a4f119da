#include "harness/run/findings.h"

#include <algorithm>
#include <cstddef>
#include <exception>
#include <map>
#include <span>
#include <string>
#include <utility>

#include "harness/run/backend_threads.h"
#include "harness/run/group_explanations.h"
#include "harness/run/mistakes.h"
#include "harness/subject/diagnose_answer.h"

namespace sigvet {
namespace {

/// Explanations of a subject's other answers that are tried first on each.
constexpr std::size_t kMostKnown = 64;
/// How many HMACs the searches of a subject may take in all: some seconds.
constexpr std::size_t kMostComputed = 5'000'000;
/// Who fails an operation in an unknown way fails it so in all cases.
constexpr std::size_t kMostVainSearches = 2;

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

/// Finds the defects of one subject, failure after failure: what explains one is tried first on the
/// next.
class Detective {
 public:
  Detective(Backend& backend, const std::function<bool()>& is_interrupted, OfSubject subject)
      : backend_(backend), is_interrupted_(is_interrupted), subject_(subject) {}

  void Run() {
    for (Wrong& wrong : subject_) {
      if (is_interrupted_()) return;
      Investigate(wrong);
    }
    // What came up late may explain early ones too.
    for (Wrong& wrong : subject_) {
      if (is_interrupted_()) return;
      if (IsExplainedByOne(wrong)) continue;
      AnswerDiagnosis again = Diagnose(wrong, DiagnosisDepth::kKnown);
      if (again.explanations.empty() || again.is_partial) continue;
      wrong.diagnosis = std::move(again);
      wrong.was_not_searched = false;
    }
  }

 private:
  static bool IsExplainedByOne(const Wrong& wrong) {
    const AnswerDiagnosis& diagnosis = wrong.diagnosis;
    return !diagnosis.explanations.empty() && !diagnosis.is_partial &&
           diagnosis.explanations.front().defects.size() == 1;
  }

  void Investigate(Wrong& wrong) {
    std::size_t& in_vain = in_vain_[wrong.c->operation];
    const bool is_deep = !wrong.stages->empty() && deep_searches_ < kMostDeepSearches &&
                         computed_ < kMostComputed && in_vain < kMostVainSearches;
    wrong.diagnosis = Diagnose(wrong, is_deep ? DiagnosisDepth::kAll : DiagnosisDepth::kLikely);
    const bool is_explained = !wrong.diagnosis.explanations.empty() && !wrong.diagnosis.is_partial;
    computed_ += wrong.diagnosis.effort.computed;
    in_vain = is_explained ? 0 : in_vain + (is_deep ? 1 : 0);
    wrong.was_not_searched = !is_explained && !is_deep;
    if (wrong.diagnosis.effort.pairs_were_tried || (is_deep && !is_explained)) ++deep_searches_;
    for (const Explanation& explanation : wrong.diagnosis.explanations) Learn(explanation);
  }

  AnswerDiagnosis Diagnose(const Wrong& wrong, DiagnosisDepth depth) const {
    const auto derivation = CaseDerivation::Create(backend_, *wrong.c);
    if (!derivation) return {};
    return DiagnoseAnswer(**derivation, *wrong.stages, known_, depth);
  }

  /// Also each of its defects alone: in another case the others may not show.
  void Learn(const Explanation& explanation) {
    const auto add = [&](const Explanation& one) {
      if (known_.size() == kMostKnown) return;
      if (std::ranges::find(known_, one) == known_.end()) known_.push_back(one);
    };
    add(explanation);
    for (const AppliedDefect& applied : explanation.defects) add({{applied}});
  }

  Backend& backend_;
  const std::function<bool()>& is_interrupted_;
  OfSubject subject_;
  std::vector<Explanation> known_;
  std::size_t deep_searches_ = 0;
  /// HMACs, in all searches.
  std::size_t computed_ = 0;
  /// Of each operation, how many of them found nothing since something was found.
  std::map<const OperationSpec*, std::size_t> in_vain_;
};

std::vector<RunReport::Mistake> MistakesOf(const Explanation& explanation, Product product) {
  std::vector<RunReport::Mistake> mistakes;
  mistakes.reserve(explanation.defects.size());
  for (const AppliedDefect& applied : explanation.defects) {
    mistakes.push_back(MistakeOf(*applied.defect, {applied.value}, product));
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
    finding.mistakes.push_back(MistakeOf(*applied.defect, group.values[i], product));
    finding.is_about_secret = finding.is_about_secret && applied.defect->blame == Blame::kSecret;
  }
  for (const Explanation& alternative : group.alternatives) {
    finding.alternatives.push_back(MistakesOf(alternative, product));
    for (const AppliedDefect& applied : alternative.defects) {
      finding.is_about_secret = finding.is_about_secret && applied.defect->blame == Blame::kSecret;
    }
  }
  if (first.diagnosis.is_partial) finding.only_stage = first.diagnosis.stage->name;
  for (const std::size_t member : group.members) finding.results.push_back(subject[member].result);
  return finding;
}

/// Those that explain all of a failure, or else only a stage before the last one.
void AddGroups(OfSubject subject, bool is_partial, RunReport& report) {
  std::vector<std::vector<Explanation>> explanations(subject.size());
  for (std::size_t i = 0; i < subject.size(); ++i) {
    const AnswerDiagnosis& diagnosis = subject[i].diagnosis;
    if (diagnosis.is_partial == is_partial) explanations[i] = diagnosis.explanations;
  }
  for (const ExplainedGroup& group : GroupExplanations(explanations)) {
    for (const std::size_t member : group.members) {
      report.results[subject[member].result].finding =
          static_cast<std::int32_t>(report.findings.size());
    }
    report.findings.push_back(FindingOf(group, subject, report));
  }
}

void AddFindingsOf(OfSubject subject, RunReport& report) {
  AddGroups(subject, false, report);
  AddGroups(subject, true, report);
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
    ForEachWithBackend(jobs, subjects.size(), [&](Backend& backend, std::size_t i) {
      Detective(backend, is_interrupted, subjects[i]).Run();
    });
  } catch (const std::exception&) {
    // The run's verdicts stand without findings.
    return;
  }
  for (const OfSubject& subject : subjects) AddFindingsOf(subject, report);
}

}  // namespace sigvet
