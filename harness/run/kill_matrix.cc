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

/// How many values of a defect that is scanned for are tried, and of those how many that show. The
/// one or other is that of the case and shows nothing; if many show nothing, none does.
constexpr std::size_t kMostValues = 16;
constexpr std::size_t kMostValuesThatShow = 3;

/// Defects that no case can show, as it gives a request that nobody has signed yet, or that show
/// only beside another defect.
constexpr std::string_view kShownByNoCase[] = {
    // SignedHeaders as another signer wrote them, in another order or without a header.
    "headers-as-listed",
    "signed-headers-as-listed",
    "header-content-type-signed-too",
    "header-content-sha256-signed-too",
    // A body that is longer than what was sent.
    "payload-cut",
    // Of 33 bytes there is none.
    "padding-stripped",
};

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

Cell Try(const Case& c, const CaseDerivation& derivation, const Defect& defect) {
  constexpr std::string_view kNoValue[] = {""};
  Cell cell;
  cell.is_applicable = derivation.Has(defect.part) &&
                       std::ranges::find(kShownByNoCase, defect.id) == std::end(kShownByNoCase);
  if (!cell.is_applicable) return cell;
  std::span<const std::string_view> values = kNoValue;
  if (defect.scan != nullptr) values = defect.scan(derivation.input());
  std::size_t shown = 0;
  for (const std::string_view value : values.first(std::min(values.size(), kMostValues))) {
    const AppliedDefect applied = {&defect, std::string(value)};
    if (!derivation.IsChangedBy(applied)) continue;
    cell.value = value;
    cell.is_killed = Kills(c, derivation.StagesWith({{applied}}));
    if (cell.is_killed || ++shown == kMostValuesThatShow) break;
  }
  return cell;
}

/// Empty where the case is no derivation.
std::vector<Cell> TryAll(Backend& backend, const Case& c,
                         const std::vector<const Defect*>& defects) {
  const auto derivation = CaseDerivation::Create(backend, c);
  // A case that the right derivation fails detects nothing.
  if (!derivation || Kills(c, (*derivation)->StagesWith({}))) return {};
  std::vector<Cell> cells;
  cells.reserve(defects.size());
  for (const Defect* const defect : defects) cells.push_back(Try(c, **derivation, *defect));
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
