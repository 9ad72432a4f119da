#include "reports/bench_answer.h"

#include <algorithm>
#include <cstddef>
#include <utility>

#include "base/utf8.h"
#include "reports/bench_numbers.h"

namespace sigvet {
namespace {

/// "a", "a and b", "a, b and c".
std::string Listed(std::span<const std::string> names) {
  std::string text;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (i > 0) text += i + 1 == names.size() ? " and " : ", ";
    text += Visible(names[i]);
  }
  return text;
}

/// Workloads with the same answer.
struct Answer {
  std::vector<std::string> best;
  std::vector<std::string> workloads;
};

/// The answers, those of most workloads first.
std::vector<Answer> AnswersOf(std::span<const BenchChoice> choices) {
  std::vector<Answer> answers;
  for (const BenchChoice& choice : choices) {
    std::vector<std::string> best = choice.best;
    std::ranges::sort(best);
    auto answer = std::ranges::find(answers, best, &Answer::best);
    if (answer == answers.end()) answer = answers.insert(answer, Answer{std::move(best), {}});
    answer->workloads.push_back(choice.workload);
  }
  std::ranges::stable_sort(answers, std::ranges::greater(),
                           [](const Answer& answer) { return answer.workloads.size(); });
  return answers;
}

std::string NameOf(const Answer& answer) {
  return answer.best.size() == 1 ? Listed(answer.best) : "equally " + Listed(answer.best);
}

/// "botan and builtin are equal".
std::string Sentence(const Answer& answer) {
  return Listed(answer.best) + (answer.best.size() == 1 ? " is the fastest" : " are equal");
}

}  // namespace

std::string BestOf(const BenchChoice& choice) {
  const bool all = choice.next.empty() && choice.best.size() > 2;
  return all ? "all " + std::to_string(choice.best.size()) : Listed(choice.best);
}

std::string ReasonOf(const BenchChoice& choice) {
  std::string reason;
  if (choice.best.size() > 1) reason = "equal";
  if (choice.next.empty()) return reason.empty() ? "nothing else ran" : reason;
  reason += reason.empty() ? "" : "; ";
  reason += ThreeDigits(choice.times) + " (" + ThreeDigits(choice.interval.low) + ".." +
            ThreeDigits(choice.interval.high) + ")";
  if (IsWide(choice)) reason.append(kWideMark);
  return reason + " times as fast as " + Visible(choice.next);
}

std::vector<std::string> OverallAnswer(std::span<const BenchChoice> choices) {
  if (choices.empty()) return {};
  const std::vector<Answer> answers = AnswersOf(choices);
  const Answer& first = answers.front();
  if (choices.size() == 1) return {NameOf(first) + " for " + Listed(first.workloads)};
  if (answers.size() == 1) {
    return {NameOf(first) + " for all " + std::to_string(choices.size()) + " workloads"};
  }
  const bool is_most = first.workloads.size() * 2 > choices.size();
  if (is_most && answers.size() == 2) {
    return {NameOf(first) + " for all but " + Listed(answers[1].workloads) + ", where " +
            Sentence(answers[1])};
  }
  std::vector<std::string> lines = {is_most ? NameOf(first) + " for all but these" : "it depends"};
  for (const Answer& answer : std::span(answers).subspan(is_most ? 1 : 0)) {
    lines.push_back(Listed(answer.workloads) + ": " + Sentence(answer));
  }
  return lines;
}

}  // namespace sigvet
