#include "reports/defects_text.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "base/utf8.h"
#include "diagnosis/defect_search.h"
#include "reports/console_text.h"

namespace sigvet {
namespace {

/// Of the columns before a text; where less than this is left for the text it begins a line.
constexpr std::size_t kLeastTextColumns = 24;
constexpr std::size_t kCasesOfDefect = 2;
constexpr std::size_t kCasesNamed = 10;
constexpr std::size_t kDefectsNamed = 10;
constexpr std::string_view kLegend = "(cases that detect it / cases that have its part)";

std::string_view NameOf(DerivationPart part) {
  switch (part) {
    case DerivationPart::kMethod:
      return "method";
    case DerivationPart::kPath:
      return "path";
    case DerivationPart::kQuery:
      return "query";
    case DerivationPart::kHost:
      return "host";
    case DerivationPart::kHeaders:
      return "headers";
    case DerivationPart::kPayload:
      return "payload hash";
    case DerivationPart::kText:
      return "lines of the texts";
    case DerivationPart::kStringToSign:
      return "string to sign";
    case DerivationPart::kTime:
      return "time";
    case DerivationPart::kChain:
      return "signatures of chunks, trailing headers and events";
    case DerivationPart::kPolicy:
      return "policy";
    case DerivationPart::kSecret:
      return "secret";
    case DerivationPart::kPrefix:
      return "prefix AWS4";
    case DerivationPart::kCharacters:
      return "characters of the secret and the messages";
    case DerivationPart::kDate:
      return "date step";
    case DerivationPart::kRegion:
      return "region step";
    case DerivationPart::kService:
      return "service step";
    case DerivationPart::kTerminal:
      return "aws4_request step";
    case DerivationPart::kMessage:
      return "SendRawEmail step";
    case DerivationPart::kSteps:
      return "order of the steps";
    case DerivationPart::kArguments:
      return "arguments of the HMACs";
    case DerivationPart::kMac:
      return "MAC";
    case DerivationPart::kKeyForm:
      return "what is handed from step to step";
    case DerivationPart::kVersion:
      return "version byte";
    case DerivationPart::kMacText:
      return "MAC after the version byte";
    case DerivationPart::kPadding:
      return "padding";
    case DerivationPart::kEncoding:
      return "encoding";
    case DerivationPart::kEnd:
      return "ends of the value";
  }
  return "";
}

/// What a part is of, as in "passwords"; "all" of all.
std::string ProductsWith(DerivationPart part) {
  struct Named {
    Product product;
    std::string_view name;
  };
  static constexpr std::array<Named, 5> kProducts = {{{Product::kPassword, "passwords"},
                                                      {Product::kSigningKey, "signing keys"},
                                                      {Product::kSignature, "signatures"},
                                                      {Product::kChain, "chained signatures"},
                                                      {Product::kPolicy, "policies"}}};
  std::string names;
  std::size_t count = 0;
  for (const Named& named : kProducts) {
    if (!HasPart(named.product, part)) continue;
    names.append(count++ == 0 ? "" : ", ").append(named.name);
  }
  return count == kProducts.size() ? "all" : names;
}

/// A sentence whose value is open.
std::string OpenSentence(const Defect& defect) {
  std::string sentence(defect.sentence);
  const std::size_t at = sentence.find("{}");
  return at == sentence.npos ? sentence : sentence.replace(at, 2, "...");
}

/// Rows of `cells` and a text each, in columns; the text below them where the line is too narrow.
class Rows {
 public:
  Rows(std::size_t width, std::string_view indent) : width_(width), indent_(indent) {}

  void Add(std::vector<std::string> cells, std::string text) {
    columns_.resize(std::max(columns_.size(), cells.size()));
    for (std::size_t i = 0; i < cells.size(); ++i) {
      columns_[i] = std::max(columns_[i], Columns(cells[i]));
    }
    rows_.push_back({std::move(cells), std::move(text)});
  }

  std::string Render() const {
    std::size_t before = indent_.size();
    for (const std::size_t columns : columns_) before += columns + 2;
    std::string text;
    for (const Row& row : rows_) {
      std::string first(indent_);
      for (std::size_t i = 0; i < row.cells.size(); ++i) {
        // Names to the left, numbers to the right.
        first += i == 0 ? PadRight(row.cells[i], columns_[i]) : PadLeft(row.cells[i], columns_[i]);
        first += "  ";
      }
      // A case id that is broken in two could not be copied.
      const std::string_view text_of_row = row.text;
      const std::size_t word = Columns(text_of_row.substr(0, text_of_row.find(' ')));
      if (before + std::max(kLeastTextColumns, word) > width_ || text_of_row.empty()) {
        first.resize(first.find_last_not_of(' ') + 1);
        text += Wrap("", first, width_);
        if (!row.text.empty()) text += Wrap(indent_ + "    ", row.text, width_);
      } else {
        text += Wrap(first, row.text, width_);
      }
    }
    return text;
  }

 private:
  struct Row {
    std::vector<std::string> cells;
    std::string text;
  };

  std::size_t width_;
  std::string indent_;
  std::vector<std::size_t> columns_;
  std::vector<Row> rows_;
};

/// A line by itself that begins with `title`.
std::string Heading(std::string_view title, std::string_view rest, const ConsoleStyle& style) {
  std::string line = Wrap("", std::string(title).append(rest), style.width);
  if (line.starts_with(title)) {
    line.replace(0, title.size(), Paint(title, Color::kBold, style.color));
  }
  return "\n" + line;
}

std::size_t CountDefects() {
  std::size_t count = 0;
  for (const std::span<const Defect> family : AllDefects()) count += family.size();
  return count;
}

std::string RenderIds() {
  std::string ids;
  for (const std::span<const Defect> family : AllDefects()) {
    for (const Defect& defect : family) ids.append(defect.id).append("\n");
  }
  for (const UnseenDefect& defect : UnseenDefects()) ids.append(defect.id).append("\n");
  return ids;
}

std::string RenderPart(DerivationPart part, const ConsoleStyle& style) {
  Rows rows(style.width, "  ");
  for (const std::span<const Defect> family : AllDefects()) {
    for (const Defect& defect : family) {
      if (defect.part == part) rows.Add({std::string(defect.id)}, OpenSentence(defect));
    }
  }
  const std::string text = rows.Render();
  if (text.empty()) return "";
  return Heading(NameOf(part), " (" + ProductsWith(part) + ")", style) + text;
}

std::string RenderUnseen(const ConsoleStyle& style) {
  Rows rows(style.width, "  ");
  for (const UnseenDefect& defect : UnseenDefects()) {
    rows.Add({std::string(defect.id)},
             std::string(defect.sentence).append(": ").append(defect.why));
  }
  const std::string text = rows.Render();
  if (text.empty()) return "";
  return Heading("shown by no value", "", style) + text;
}

std::string Ratio(const KillMatrix::Row& row) {
  return std::to_string(row.killed_by.size()) + "/" + std::to_string(row.applicable);
}

std::string SentenceOfRow(const KillMatrix::Row& row) {
  const Defect* defect = FindDefect(row.defect);
  if (defect == nullptr) return "";
  return Printable(row.value.empty() ? OpenSentence(*defect)
                                     : SentenceOf(AppliedDefect{defect, row.value}));
}

/// "a, b and 3 more".
std::string CaseIds(const Corpus& corpus, const std::vector<std::uint32_t>& cases,
                    std::size_t most) {
  const std::size_t named = std::min(cases.size(), most);
  if (named == 0) return "";
  std::string text;
  for (std::size_t i = 0; i < named; ++i) {
    text.append(i == 0 ? "" : ", ").append(Visible(corpus.cases[cases[i]].id));
  }
  if (named < cases.size()) text += " and " + std::to_string(cases.size() - named) + " more";
  return text;
}

bool IsMissed(const KillMatrix::Row& row) { return row.applicable > 0 && row.killed_by.empty(); }

/// The defects that no case detects, loudly.
std::string RenderMissed(const KillMatrix& matrix, const ConsoleStyle& style) {
  std::string text;
  for (const KillMatrix::Row& row : matrix.rows) {
    if (!IsMissed(row)) continue;
    const std::string label = "NOT DETECTED";
    std::string lines = Wrap(label + " ",
                             Visible(row.defect) + ": " + SentenceOfRow(row) + " (in none of " +
                                 Counted(row.applicable, "case") + ")",
                             style.width);
    text += lines.replace(0, label.size(), Paint(label, Color::kRed, style.color));
  }
  return text;
}

/// Whether all is well.
std::string RenderAnswer(const KillMatrix& matrix, const ConsoleStyle& style) {
  const auto count = static_cast<std::size_t>(std::ranges::count_if(
      matrix.rows, [](const KillMatrix::Row& row) { return row.applicable > 0; }));
  const auto missed = static_cast<std::size_t>(std::ranges::count_if(matrix.rows, IsMissed));
  if (missed == 0) {
    return Wrap("", "every one of " + Counted(count, "defect") + " is detected by a case",
                style.width);
  }
  return Wrap("",
              std::to_string(missed) + " of " + Counted(count, "defect") +
                  (missed == 1 ? " is" : " are") + " detected by no case",
              style.width) +
         RenderMissed(matrix, style);
}

/// The defects that some case could show: how many cases do, and the first ones, in a line each
/// where the names leave room for that.
std::string RenderRows(const KillMatrix& matrix, const Corpus& corpus, const ConsoleStyle& style) {
  constexpr std::string_view kRatioHeading = "cases";
  std::size_t name_columns = 0;
  std::size_t ratio_columns = kRatioHeading.size();
  for (const KillMatrix::Row& row : matrix.rows) {
    name_columns = std::max(name_columns, Columns(Visible(row.defect)));
    ratio_columns = std::max(ratio_columns, Ratio(row).size());
  }
  const std::size_t before = name_columns + ratio_columns + 4;
  Rows rows(style.width, "");
  rows.Add({"defect", std::string(kRatioHeading)}, "detected by");
  std::size_t count = 0;
  for (const KillMatrix::Row& row : matrix.rows) {
    if (row.applicable == 0) continue;
    std::vector<std::uint32_t> killed_by = row.killed_by;
    std::ranges::stable_partition(
        killed_by, [&corpus](std::uint32_t index) { return !corpus.cases[index].IsContested(); });
    std::string cases;
    for (std::size_t i = 0; i < std::min(killed_by.size(), kCasesOfDefect); ++i) {
      const std::string id = Visible(corpus.cases[killed_by[i]].id);
      if (i > 0 && before + Columns(cases) + 2 + Columns(id) > style.width) break;
      cases += (i == 0 ? "" : ", ") + id;
    }
    rows.Add({Visible(row.defect), Ratio(row)}, cases);
    ++count;
  }
  return count == 0 ? "" : "\n" + rows.Render() + Wrap("", kLegend, style.width);
}

/// The defects that these cases say nothing of.
std::string RenderNotApplicable(const KillMatrix& matrix, const ConsoleStyle& style) {
  std::string ids;
  std::size_t count = 0;
  for (const KillMatrix::Row& row : matrix.rows) {
    if (row.applicable > 0) continue;
    if (++count <= kDefectsNamed) ids.append(count == 1 ? "" : ", ").append(Visible(row.defect));
  }
  if (count == 0) return "";
  if (count > kDefectsNamed) ids += " and " + std::to_string(count - kDefectsNamed) + " more";
  return "\n" + Wrap("",
                     Counted(count, "defect") + (count == 1 ? " is" : " are") +
                         " in a part that no case has: " + ids,
                     style.width);
}

std::string Paragraph(std::size_t count, const std::string& what, const std::string& cases,
                      std::size_t width) {
  if (count == 0) return "";
  return "\n" +
         Wrap("", Counted(count, "case") + " " + what + (cases.empty() ? "" : ": ") + cases, width);
}

}  // namespace

std::string RenderDefectList(const ConsoleStyle& style) {
  if (style.quiet) return RenderIds();
  std::string text =
      Wrap("",
           Counted(CountDefects(), "defect") +
               " that a wrong value shows, each recognised alone and together with one of another "
               "part; " +
               std::to_string(UnseenDefects().size()) + " that no value shows, at the end",
           style.width);
  for (int part = 0; part <= static_cast<int>(DerivationPart::kEnd); ++part) {
    text += RenderPart(static_cast<DerivationPart>(part), style);
  }
  return text + RenderUnseen(style);
}

std::string RenderKillMatrix(const KillMatrix& matrix, const Corpus& corpus,
                             const ConsoleStyle& style) {
  std::string text = RenderAnswer(matrix, style);
  if (style.quiet) return text;
  text += RenderRows(matrix, corpus, style);
  text += RenderNotApplicable(matrix, style);
  const auto add = [&](const std::vector<std::uint32_t>& cases, const std::string& what,
                       std::size_t named) {
    text += Paragraph(cases.size(), what, CaseIds(corpus, cases, named), style.width);
  };
  const auto verb = [](const std::vector<std::uint32_t>& cases, const std::string& stem) {
    return stem + (cases.size() == 1 ? "s" : "");
  };
  add(matrix.sole_detectors, verb(matrix.sole_detectors, "detect") + " a defect that no other does",
      kCasesNamed);
  add(matrix.redundant, verb(matrix.redundant, "detect") + " nothing that others don't",
      kCasesNamed);
  add(matrix.without_defects,
      std::string(matrix.without_defects.size() == 1 ? "has" : "have") +
          " no part that a defect is in",
      0);
  return text;
}

std::string RenderBlindSpots(const KillMatrix& ours, const KillMatrix& theirs,
                             std::string_view their_name, const ConsoleStyle& style) {
  const std::string name = Visible(their_name);
  Rows rows(style.width, "");
  rows.Add({"defect", "here", name}, "");
  std::size_t detected = 0;
  std::size_t missed = 0;
  for (const KillMatrix::Row& row : ours.rows) {
    if (row.killed_by.empty()) continue;
    ++detected;
    const auto other = std::ranges::find(theirs.rows, row.defect, &KillMatrix::Row::defect);
    if (other != theirs.rows.end() && !other->killed_by.empty()) continue;
    ++missed;
    rows.Add({Visible(row.defect), Ratio(row), other == theirs.rows.end() ? "0/0" : Ratio(*other)},
             SentenceOfRow(row));
  }
  std::string text = Wrap("",
                          name + " detects " + std::to_string(detected - missed) + " of " +
                              Counted(detected, "defect") + " that this corpus detects",
                          style.width);
  if (missed == 0 || style.quiet) return text;
  return text + "\n" + Wrap("", "what " + name + " does not detect", style.width) + rows.Render() +
         Wrap("", kLegend, style.width);
}

}  // namespace sigvet
