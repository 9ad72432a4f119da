#include "reports/verify_text.h"

#include <string_view>
#include <vector>

#include "base/utf8.h"
#include "reports/console_text.h"
#include "reports/value_diff.h"

namespace sigvet {
namespace {

constexpr std::size_t kIndent = 2;

std::string_view NameOf(Source source) {
  switch (source) {
    case Source::kRules:
      return "this request, by the rules";
    case Source::kServer:
      return "the service's reply";
    case Source::kSigner:
      return "the given file";
    case Source::kDefect:
      return "what was signed";
  }
  return "";
}

/// The sentences of remarks that hold together, as one.
std::string Sentences(const std::vector<Remark>& remarks) {
  std::string text;
  for (const Remark& remark : remarks) text += (text.empty() ? "" : ", and ") + remark.sentence;
  return text;
}

std::string Where(std::string_view stage, const StageDifference& difference) {
  return std::string(stage) + ", line " + std::to_string(difference.line) + ": " + difference.what;
}

class Renderer {
 public:
  Renderer(const VerifyReport& report, const VerifyStyle& style) : report_(report), style_(style) {}

  std::string Render() {
    Verdict();
    ShowFinding("canonical request", report_.canonical_request_finding);
    ShowFinding("string to sign", report_.string_to_sign_finding);
    ShowProblems();
    ShowServer();
    if (mismatches() && !is_explained()) ShowSignature();
    ShowAdvice();
    return text_;
  }

 private:
  bool is_explained() const { return !report_.explanation.empty(); }
  bool mismatches() const { return report_.has_signature() && !report_.signature_matches(); }

  void Line(std::string_view first, std::string_view rest) {
    text_ += Wrap(std::string(kIndent, ' ') + std::string(first), Printable(rest), style_.width);
  }

  void Paragraph(std::string_view text) { text_ += "\n" + Wrap("", Printable(text), style_.width); }

  void Verdict() {
    const bool fine = report_.nothing_wrong();
    const std::string word = !fine                     ? "not valid: "
                             : report_.has_signature() ? "valid: "
                                                       : "not checked: ";
    const Color color = !fine ? Color::kRed : Color::kGreen;
    const std::string line = Wrap(word, Printable(fine ? Description() : Reason()), style_.width);
    text_ += Paint(line.substr(0, word.size() - 1), color,
                   style_.color && (!fine || report_.has_signature())) +
             line.substr(word.size() - 1);
  }

  std::string Description() const {
    const Sigv4Claim& claim = report_.claim;
    std::string text = report_.has_signature()
                           ? "the signature is right"
                           : "without the secret there is no telling whether the signature is "
                             "right; what was compared is equal";
    text += ". " + claim.access_key_id + " signed at " + claim.timestamp + " for " + claim.region +
            ", " + claim.service;
    if (!claim.expires.empty()) text += ", for " + claim.expires + " s";
    if (report_.payload_hash == "UNSIGNED-PAYLOAD") text += "; the body is not signed";
    if (report_.payload_hash.starts_with("STREAMING-")) {
      text += "; the signatures of the body's chunks were not checked";
    }
    return text;
  }

  /// The first thing that a reader wants to know.
  std::string Reason() const {
    if (report_.service_has_another_secret) {
      return "the secret given here made the signature, and the service computed the same string "
             "to sign: it has another secret for " +
             report_.claim.access_key_id;
    }
    if (is_explained()) return Sentences(report_.explanation);
    if (report_.server_remark) return report_.server_remark->sentence;
    if (report_.canonical_request_finding) {
      return "the canonical request differs in " +
             report_.canonical_request_finding->difference.what;
    }
    if (report_.string_to_sign_finding) {
      return "the string to sign differs in " + report_.string_to_sign_finding->difference.what;
    }
    if (!report_.problems.empty()) {
      const std::string& sentence = report_.problems.front().sentence;
      return report_.signature_matches()
                 ? "the signature is right, but services refuse the request: " + sentence
                 : sentence;
    }
    if (mismatches()) return "the signature differs, and no mistake that is known here explains it";
    return report_.signature_matches()
               ? "the service says that the signature does not match, though for the secret given "
                 "here it is right"
               : "the service says that the signature does not match";
  }

  void ShowFinding(std::string_view stage, const std::optional<StageFinding>& finding) {
    if (!finding) return;
    const StageDifference& difference = finding->difference;
    text_ += "\n" + Where(stage, difference) + "\n";
    Line("", "expected: " + std::string(NameOf(finding->expected_from)) +
                 "; actual: " + std::string(NameOf(finding->actual_from)));
    const DiffStyle style = {.color = style_.color, .width = style_.width, .indent = kIndent};
    if (difference.expected && difference.actual) {
      text_ += DiffValues(*difference.expected, *difference.actual, style);
    } else {
      // One side is over before this line.
      const bool has = difference.expected.has_value();
      text_ += ShowValue(has ? "expected" : "actual",
                         difference.expected.value_or(difference.actual.value_or("")), style);
      Line(PadRight(has ? "actual" : "expected", 10), "(there is no such line)");
    }
    if (!is_explained() && !difference.likely.empty()) Line("likely    ", difference.likely);
  }

  void ShowRemark(const Remark& remark) {
    Line("- ", remark.sentence);
    if (!remark.remedy.empty()) Line("  to do: ", remark.remedy);
  }

  void ShowProblems() {
    if (report_.problems.empty()) return;
    text_ += "\nwhat services refuse in this request\n";
    for (const Remark& problem : report_.problems) ShowRemark(problem);
  }

  void ShowServer() {
    if (!report_.has_reply) return;
    if (report_.reply_is_of_another_request) {
      Paragraph("The reply is about another request: the signature that it names is not this one.");
    }
    if (report_.server_remark) {
      text_ += "\nwhat the service says\n";
      ShowRemark(*report_.server_remark);
    }
    if (!report_.server_explanation.empty()) {
      text_ += "\nwhat the service computed is what comes out where\n";
      for (const Remark& remark : report_.server_explanation) Line("- ", remark.sentence);
    }
  }

  void ShowSignature() {
    text_ += "\nsignature\n";
    // Where they differ says nothing: no marks.
    const DiffStyle style = {.width = style_.width, .indent = kIndent};
    text_ += ShowValue("expected", report_.signature, style);
    text_ += ShowValue("actual", report_.claim.signature, style);
  }

  void ShowStage(std::string_view name, std::string_view stage) {
    text_ += std::string(name) + ", by the rules\n";
    while (true) {
      const std::size_t end = stage.find('\n');
      text_ += std::string(kIndent, ' ') + Printable(stage.substr(0, end)) + "\n";
      if (end == stage.npos) return;
      stage.remove_prefix(end + 1);
    }
  }

  void ShowAdvice() {
    if (is_explained()) {
      text_ += "\nwhat to do\n";
      for (const Remark& remark : report_.explanation) Line("- ", remark.remedy);
      if (mismatches()) {
        Paragraph("This is certain: with that mistake exactly the request's signature comes out.");
      } else {
        Paragraph("With that mistake exactly the given text comes out.");
      }
      return;
    }
    if (report_.service_has_another_secret) {
      Paragraph(
          "Look whether the access key was replaced, and whether id and secret belong "
          "together.");
      return;
    }
    if (mismatches()) AdviseOnUnexplained();
    if (!report_.has_signature() && !report_.nothing_wrong()) {
      Paragraph("The signature itself was not checked: AWS_SECRET_ACCESS_KEY is not set.");
    }
    if (report_.signature_matches() && report_.has_reply && !report_.server_remark) {
      Paragraph(
          "The signature is right for this request and the secret given here. Either the "
          "service has another secret for the access key id, or the request was changed on "
          "its way.");
    }
  }

  void AdviseOnUnexplained() {
    if (report_.signer_text_gives_signature == true) {
      Paragraph(
          "The request's signature is over the given canonical request: what differs above "
          "is the reason.");
      return;
    }
    if (report_.signer_text_gives_signature == false) {
      Paragraph(
          "The given canonical request does not lead to the request's signature either: the "
          "secret is another one, or the string to sign or the signing key is wrong too.");
      return;
    }
    if (report_.canonical_request_finding || report_.string_to_sign_finding) return;
    text_ += "\n";
    ShowStage("canonical request", report_.canonical_request);
    text_ += "\n";
    ShowStage("string to sign", report_.string_to_sign);
    Paragraph(std::to_string(report_.tried) +
              " mistakes were tried, alone and in pairs. Most likely the secret is another one, or "
              "the request was changed after it was signed. Compare the stages with those of the "
              "program that signed: --canonical-request FILE, --string-to-sign FILE, or with the "
              "service's: --server-reply FILE.");
  }

  const VerifyReport& report_;
  const VerifyStyle& style_;
  std::string text_;
};

}  // namespace

std::string RenderVerifyReport(const VerifyReport& report, const VerifyStyle& style) {
  return Renderer(report, style).Render();
}

}  // namespace sigvet
