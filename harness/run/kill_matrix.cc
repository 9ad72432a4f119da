#include "harness/run/kill_matrix.h"

#include <algorithm>
#include <cstddef>
#include <span>
#include <utility>

#include "harness/run/backend_threads.h"
#include "harness/run/judge.h"
#include "harness/subject/case_derivation.h"

namespace sigvet {
namespace {

/// How many values of a defect that is scanned for are tried of those that show.
constexpr std::size_t kMostValues = 3;

/// What one case does to one defect.
struct Cell {
  bool is_applicable = false;
  bool is_killed = false;
  std::string value = {};
};

std::vector<const Defect*> ListDefects() {
  std::vector<const Defect*> defects;
  for (const std::span<const Defect> family : AllDefects()) {
    for (const Defect& defect : family) defects.push_back(&defect);
  }
  return defects;
}

bool Kills(const Case& c, std::vector<StageValue> stages) {
  return Judge(c, {Answer::Kind::kOutput, std::move(stages), {}}).verdict == Verdict::kFail;
}

Cell Try(const Case& c, const CaseDerivation& derivation, const std::vector<StageValue>& right,
         const Defect& defect) {
  Cell cell;
  if (!derivation.Has(defect.part)) return cell;
  cell.is_applicable = true;
  if (defect.scan == nullptr) {
    cell.is_killed = Kills(c, derivation.StagesWith({{{&defect}}}));
    return cell;
  }
  std::size_t tried = 0;
  for (const std::string_view value : defect.scan(derivation.input())) {
    std::vector<StageValue> stages = derivation.StagesWith({{{&defect, std::string(value)}}});
    if (stages == right) continue;
    cell.value = value;
    cell.is_killed = Kills(c, std::move(stages));
    if (cell.is_killed || ++tried == kMostValues) break;
  }
  return cell;
}

/// Empty where the case is no derivation.
std::vector<Cell> TryAll(Backend& backend, const Case& c,
                         const std::vector<const Defect*>& defects) {
  const auto derivation = CaseDerivation::Create(backend, c);
  if (!derivation) return {};
  const std::vector<StageValue> right = (*derivation)->StagesWith({});
  std::vector<Cell> cells;
  cells.reserve(defects.size());
  for (const Defect* const defect : defects) cells.push_back(Try(c, **derivation, right, *defect));
  return cells;
}

bool IsSoleDetector(const KillMatrix& matrix, std::uint32_t index) {
  return std::ranges::any_of(matrix.rows, [&](const KillMatrix::Row& row) {
    return row.killed_by.size() == 1 && row.killed_by.front() == index;
  });
}

}  // namespace

KillMatrix MakeKillMatrix(const Corpus& corpus, const std::vector<std::uint32_t>& cases,
                          unsigned jobs) {
  std::vector<std::uint32_t> sorted = cases;
  std::ranges::sort(sorted);
  const std::vector<const Defect*> defects = ListDefects();
  std::vector<std::vector<Cell>> columns(sorted.size());
  ForEachWithBackend(jobs, sorted.size(), [&](Backend& backend, std::size_t i) {
    columns[i] = TryAll(backend, corpus.cases[sorted[i]], defects);
  });

  KillMatrix matrix;
  for (std::size_t d = 0; d < defects.size(); ++d) {
    KillMatrix::Row row = {defects[d]->id};
    for (std::size_t i = 0; i < sorted.size(); ++i) {
      if (columns[i].empty() || !columns[i][d].is_applicable) continue;
      ++row.applicable;
      if (!columns[i][d].is_killed) continue;
      if (row.killed_by.empty()) row.value = columns[i][d].value;
      row.killed_by.push_back(sorted[i]);
    }
    matrix.rows.push_back(std::move(row));
  }
  for (std::size_t i = 0; i < sorted.size(); ++i) {
    const std::uint32_t index = sorted[i];
    const bool has_defects = std::ranges::any_of(columns[i], &Cell::is_applicable);
    std::vector<std::uint32_t>& list = !has_defects                    ? matrix.without_defects
                                       : IsSoleDetector(matrix, index) ? matrix.sole_detectors
                                                                       : matrix.redundant;
    list.push_back(index);
  }
  return matrix;
}

}  // namespace sigvet
