#include "reports/port_check_text.h"

#include <string_view>

#include "base/utf8.h"
#include "reports/console_text.h"
#include "reports/stderr_text.h"

namespace sigvet {
namespace {

using State = PortCheckStep::State;

constexpr std::size_t kStderrLines = 8;

std::string Label(State state, bool color) {
  switch (state) {
    case State::kGood:
      return Paint("ok", Color::kGreen, color) + "    ";
    case State::kNote:
      return Paint("note", Color::kYellow, color) + "  ";
    case State::kBad:
      return Paint("BAD", Color::kRed, color) + "   ";
  }
  return "";
}

std::string RenderStep(const PortCheckStep& step, const ConsoleStyle& style) {
  constexpr std::string_view kLabel = "      ";
  std::string text = step.what;
  if (!step.detail.empty()) text += ": " + step.detail;
  // The label is painted, so it is put in after the text has been broken into lines.
  std::string lines = Wrap(kLabel, Printable(text), style.width);
  lines.replace(0, kLabel.size(), Label(step.state, style.color));
  if (!step.hint.empty()) lines += Wrap("      hint    ", Printable(step.hint), style.width);
  std::string_view label = "      stderr  ";
  for (const std::string& line : StderrLines(step.stderr_tail, kStderrLines)) {
    lines += Wrap(label, line, style.width);
    label = "              ";
  }
  return lines;
}

}  // namespace

std::string RenderPortCheck(const PortCheck& check, const ConsoleStyle& style) {
  std::string text;
  for (const PortCheckStep& step : check.steps) text += RenderStep(step, style);
  if (!check.can_run) text += "its cases were not run\n";
  return text;
}

}  // namespace sigvet
