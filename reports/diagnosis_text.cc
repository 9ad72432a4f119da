#include "reports/diagnosis_text.h"

#include <algorithm>
#include <cstddef>
#include <string_view>

#include "base/utf8.h"
#include "reports/console_text.h"

namespace sigvet {
namespace {

/// Blames that there are in explanations.
struct Blames {
  bool code = false;
  bool secret = false;
  bool input = false;
};

Blames BlamesOf(const std::vector<Explanation>& explanations) {
  Blames blames;
  for (const Explanation& explanation : explanations) {
    for (const AppliedDefect& applied : explanation.defects) {
      const Blame blame = applied.defect->blame;
      (blame == Blame::kCode     ? blames.code
       : blame == Blame::kSecret ? blames.secret
                                 : blames.input) = true;
    }
  }
  return blames;
}

/// The sentences of defects that come together, as one.
std::string Sentences(const Explanation& explanation) {
  std::string text;
  for (const AppliedDefect& applied : explanation.defects) {
    text.append(text.empty() ? "" : ", and ").append(SentenceOf(applied));
  }
  return text;
}

class Renderer {
 public:
  Renderer(const DiagnosisReport& report, const ConsoleStyle& style)
      : report_(report), style_(style), stage_(report.stage) {
    std::ranges::replace(stage_, '_', ' ');
  }

  std::string Render() {
    if (report_.is_right) {
      FirstLine("the " + stage_, (stage_.ends_with('s') ? " are" : " is") + std::string(" right"),
                Color::kGreen);
      ShowUnseen();
    } else if (report_.explanations.empty()) {
      FirstLine(
          "not explained",
          ": none of " + Counted(report_.effort.tried, "derivation") + " gives this " + stage_,
          Color::kYellow);
      ShowUnexplained();
    } else {
      ShowAnswer();
      if (!style_.quiet) ShowExplanations();
    }
    return text_;
  }

 private:
  void FirstLine(std::string_view word, std::string_view rest, Color color) {
    const std::string line = Wrap("", Printable(std::string(word).append(rest)), style_.width);
    // A narrow line may break within the word.
    const bool whole = line.starts_with(word);
    text_ += whole ? Paint(word, color, style_.color) + line.substr(word.size()) : line;
  }

  void Line(std::string_view label, std::string_view rest) {
    if (rest.empty()) return;
    text_ += Wrap("  " + PadRight(label, 10), Printable(rest), style_.width);
  }

  void Paragraph(std::string_view text) { text_ += "\n" + Wrap("", Printable(text), style_.width); }

  void Item(std::string_view text) { text_ += Wrap("  - ", Printable(text), style_.width); }

  /// The answer in a line: what is wrong and whose mistake it is.
  void ShowAnswer() {
    const std::vector<Explanation>& explanations = report_.explanations;
    std::string answer = Sentences(explanations.front());
    if (explanations.size() == 2) answer += "; or: " + Sentences(explanations.back());
    if (explanations.size() > 2) {
      answer += "; or one of " + std::to_string(explanations.size() - 1) + " other mistakes, below";
    }
    const Blames blames = BlamesOf(explanations);
    if (!blames.code) {
      const std::string_view what = !blames.input ? "secret" : !blames.secret ? "input" : "inputs";
      FirstLine("wrong " + std::string(what), ": the program is right; " + answer, Color::kRed);
      return;
    }
    const bool is_one = explanations.front().defects.size() == 1;
    FirstLine("wrong " + stage_,
              (is_one ? ", and the mistake is known: "
                      : ", and the reason is known, two mistakes together: ") +
                  answer,
              Color::kRed);
  }

  void ShowExplanations() {
    const std::vector<Explanation>& explanations = report_.explanations;
    const bool is_one = explanations.size() == 1;
    const bool is_said = is_one && explanations.front().defects.size() == 1;
    for (const Explanation& explanation : explanations) {
      text_ += is_one || &explanation == &explanations.front() ? "\n" : "\nor\n";
      for (const AppliedDefect& applied : explanation.defects) ShowDefect(applied, !is_said);
    }
    if (!is_one) {
      Paragraph("Each of these " + std::to_string(explanations.size()) +
                " gives exactly this value: from the value alone there is no telling which it "
                "was.");
    } else {
      Paragraph(is_said
                    ? "This is certain: with that mistake exactly this value comes out."
                    : "Neither alone gives this value; with both exactly this value comes out.");
    }
  }

  void ShowDefect(const AppliedDefect& applied, bool with_sentence) {
    const Defect& defect = *applied.defect;
    if (with_sentence) Line("mistake", SentenceOf(applied));
    Line("defect", defect.id);
    Line("algorithm", AlgorithmLine(defect, report_.product));
    Line("do", defect.remedy);
    if (!defect.seen.starts_with("constructed")) Line("seen", defect.seen);
  }

  void ShowUnexplained() {
    if (style_.quiet) return;
    if (!report_.structure.empty()) {
      text_ += "\nwhat its form says\n";
      for (const std::string& sentence : report_.structure) Item(sentence);
    }
    Paragraph(std::string("Every mistake that is known here was tried, alone") +
              (report_.effort.pairs_were_tried
                   ? " and in pairs. "
                   : "; not in pairs, since there is too much to sign for that. ") +
              "So it is another input than those given here (its secret, its region ...), more "
              "mistakes together, or one that is not known here.");
    if (report_.stage == "canonical_request") return;
    Paragraph(
        "If the program can show an earlier stage (one of its keys, a text that it signs), "
        "diagnose that: the first stage that is wrong says most.");
  }

  void ShowUnseen() {
    if (style_.quiet) return;
    std::vector<const UnseenDefect*> unseen;
    for (const UnseenDefect& defect : UnseenDefects()) {
      if (std::ranges::count(defect.products, report_.product) != 0) unseen.push_back(&defect);
    }
    if (unseen.empty()) return;
    Paragraph("These mistakes don't show in it; sigvet defects says why:");
    for (const UnseenDefect* defect : unseen) Item(defect->sentence);
  }

  const DiagnosisReport& report_;
  const ConsoleStyle& style_;
  std::string stage_;
  std::string text_;
};

}  // namespace

std::string RenderDiagnosis(const DiagnosisReport& report, const ConsoleStyle& style) {
  return Renderer(report, style).Render();
}

}  // namespace sigvet
