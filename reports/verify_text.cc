#include "reports/verify_text.h"

#include <algorithm>
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

/// "2 further lines differ: the query, the header x".
std::string Further(const StageDifference& difference) {
  constexpr std::size_t kMostNames = 8;
  const std::vector<std::string>& names = difference.further;
  std::string text = std::to_string(names.size()) +
                     (names.size() == 1 ? " further line differs: " : " further lines differ: ");
  for (std::size_t i = 0; i < std::min(names.size(), kMostNames); ++i) {
    text += (i == 0 ? "" : ", ") + names[i];
  }
  return text + (names.size() > kMostNames ? ", ..." : "");
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
  static constexpr std::string_view kOtherRequest =
      "the reply is about another request: the signature that it names is not this one";

  bool is_explained() const { return !report_.explanation.empty(); }
  bool mismatches() const { return report_.has_signature() && !report_.signature_matches(); }

  void Line(std::string_view first, std::string_view rest) {
    text_ += Wrap(std::string(kIndent, ' ') + std::string(first), Printable(rest), style_.width);
  }

  void Paragraph(std::string_view text) { text_ += "\n" + Wrap("", Printable(text), style_.width); }

  /// There is neither a signature nor a text to compare.
  bool is_unchecked() const {
    return !report_.has_signature() && report_.problems.empty() && !is_explained() &&
           !report_.canonical_request_finding && !report_.string_to_sign_finding &&
           !report_.reply_objects();
  }

  /// Whether a part of what was signed is not in the request.
  bool is_incomplete() const {
    return std::ranges::any_of(report_.problems, [](const Remark& problem) {
      return problem.id == "date-missing" || problem.id == "signed-header-not-sent";
    });
  }

  void Verdict() {
    const bool fine = report_.nothing_wrong();
    const std::string word = is_unchecked() ? "not checked: " : fine ? "valid: " : "not valid: ";
    const Color color = fine ? Color::kGreen : Color::kRed;
    const std::string line = Wrap(word, Printable(fine ? Description() : Reason()), style_.width);
    text_ += Paint(line.substr(0, word.size() - 1), color, style_.color && !is_unchecked()) +
             line.substr(word.size() - 1);
  }

  /// What there is to say of files that don't count; begins with a semicolon.
  std::string Notes() const {
    std::string notes;
    const auto is_of_signer = [](const std::optional<StageFinding>& finding) {
      return finding && finding->actual_from == Source::kSigner;
    };
    if (is_of_signer(report_.canonical_request_finding)) {
      notes += "; the given canonical request is not what was signed";
    } else if (is_of_signer(report_.string_to_sign_finding)) {
      notes += "; the given string to sign is not what was signed";
    }
    return notes + ReplyNote();
  }

  std::string ReplyNote() const {
    if (report_.reply_is_of_another_request) return "; " + std::string(kOtherRequest);
    if (!report_.reply_is_not_about_signature && !report_.reply_is_unknown) return "";
    if (report_.reply_code.empty()) {
      return "; " + (report_.server_remark ? report_.server_remark->sentence : "");
    }
    return "; the service's error " + Visible(report_.reply_code) +
           (report_.reply_is_unknown ? " is none that is known here" : " is not about it");
  }

  std::string Description() const {
    const Sigv4Claim& claim = report_.claim;
    const bool is_compared = report_.signer_text_is_right || report_.signer_string_is_right;
    std::string text = report_.has_signature()
                           ? "the signature is right"
                           : "without the secret there is no telling whether the signature is "
                             "right";
    if (!report_.has_signature() && is_compared) text += "; what was compared is equal";
    text += Notes() + ". " + claim.access_key_id + " signed at " + claim.timestamp + " for " +
            claim.region + ", " + claim.service;
    if (!claim.expires.empty()) text += ", for " + claim.expires + " s";
    if (report_.payload_hash == "UNSIGNED-PAYLOAD") text += "; the body is not signed";
    if (report_.payload_hash.starts_with("STREAMING-")) {
      text += "; the signatures of the body's chunks were not checked";
    }
    return text;
  }

  /// The first thing that a reader wants to know.
  std::string Reason() const {
    if (is_unchecked()) return std::string(kOtherRequest);
    if (report_.service_has_another_secret) {
      return "the secret given here made the signature, and the service computed the same string "
             "to sign: it has another secret for " +
             report_.claim.access_key_id;
    }
    if (is_explained()) return Sentences(report_.explanation);
    if (report_.server_remark && report_.reply_objects()) return report_.server_remark->sentence;
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
    return ReasonWithoutDifference();
  }

  std::string ReasonWithoutDifference() const {
    if (mismatches() && report_.service_agrees) {
      return "the signature differs, and the service computed the same as these rules: the "
             "signer's texts or its secret differ";
    }
    if (mismatches()) {
      return "the signature differs, and no mistake that is known here explains it" + ReplyNote();
    }
    if (report_.signature_matches()) {
      return "the service says that the signature does not match, though for the secret given "
             "here it is right";
    }
    return std::string("the service says that the signature does not match") +
           (report_.service_agrees ? ", and computed the same as these rules" : "");
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
    if (!difference.further.empty()) Line("besides   ", Further(difference));
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
      Paragraph("Nothing was taken from the reply. Give the one that answered this request.");
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
      AdviseOnExplained();
    } else if (report_.service_has_another_secret) {
      Paragraph(
          "Look whether the access key was replaced, and whether id and secret belong "
          "together.");
    } else if (mismatches()) {
      AdviseOnUnexplained();
    } else if (!report_.has_signature() && !report_.nothing_wrong()) {
      Paragraph("The signature itself was not checked: AWS_SECRET_ACCESS_KEY is not set.");
      if (report_.service_agrees) AdviseOnAgreement();
    } else if (report_.signature_matches() && report_.reply_objects() && !report_.server_remark) {
      Paragraph(
          "The signature is right for this request and the secret given here. Either the "
          "service has another secret for the access key id, or the request was changed on "
          "its way.");
    }
  }

  void AdviseOnExplained() {
    text_ += "\nwhat to do\n";
    for (const Remark& remark : report_.explanation) Line("- ", remark.remedy);
    if (report_.signature_is_explained) {
      Paragraph("This is certain: with that mistake exactly the request's signature comes out.");
      return;
    }
    Paragraph("With that mistake exactly the given text comes out.");
    if (!mismatches()) return;
    if (!AdviseOnSignerTexts()) Paragraph(std::string(kOtherCauses));
  }

  /// Without the secret, after the service computed what the rules give.
  void AdviseOnAgreement() {
    if (report_.signer_text_is_right == true || report_.signer_string_is_right == true) {
      Paragraph(
          "Service, rules and the given text agree: look at the secret, and at how the "
          "signing key is derived from it.");
      return;
    }
    Paragraph(
        "What was sent is read alike: it is the signer's own text, its signing key or its "
        "secret that differs. Compare its texts (--canonical-request FILE, --string-to-sign "
        "FILE), or give the secret, for sigvet to look for the mistake.");
  }

  /// What the signer's texts say of the signature; false where there are none.
  bool AdviseOnSignerTexts() {
    if (report_.signer_text_gives_signature == true) {
      const auto& finding = report_.canonical_request_finding;
      Paragraph(finding && !finding->difference.further.empty()
                    ? "The request's signature is over the given canonical request: all the lines "
                      "that differ are the reason."
                    : "The request's signature is over the given canonical request: what differs "
                      "above is the reason.");
      return true;
    }
    if (report_.signer_string_gives_signature == true) {
      Paragraph(
          "The request's signature is over the given string to sign: what differs above is the "
          "reason.");
      return true;
    }
    if (report_.signer_string_is_right == true) {
      const bool both = report_.signer_text_is_right == true;
      Paragraph(std::string(both ? "Both texts are right" : "The given string to sign is right") +
                ": the secret, or how the signing key is derived from it (AWS4 prefix, date, "
                "region, service, aws4_request), is wrong.");
      return true;
    }
    if (report_.signer_text_is_right == true) {
      Paragraph(
          report_.signer_string_is_right
              ? "The given canonical request is right; the given string to sign does not lead to "
                "the request's signature either: besides what differs in it, the secret or the "
                "signing key is wrong."
              : "The given canonical request is right: the string to sign (--string-to-sign FILE "
                "compares it), the secret or how the signing key is derived from it is wrong.");
      return true;
    }
    if (report_.signer_text_gives_signature == false) {
      Paragraph(
          "The given canonical request does not lead to the request's signature either: it is not "
          "what was signed, or the string to sign, the signing key or the secret is wrong too.");
      return true;
    }
    if (report_.signer_string_gives_signature == false) {
      Paragraph(
          "The given string to sign does not lead to the request's signature either: it is not "
          "what was signed, or the signing key or the secret is wrong too.");
      return true;
    }
    return false;
  }

  void AdviseOnUnexplained() {
    if (AdviseOnSignerTexts()) return;
    if (report_.canonical_request_finding || report_.string_to_sign_finding) return;
    if (is_incomplete()) {
      Paragraph(
          "What is missing was signed with a value that this request does not have: give the "
          "request as it was signed, whole. Until then nothing else can be told.");
      return;
    }
    text_ += "\n";
    ShowStage("canonical request", report_.canonical_request);
    text_ += "\n";
    ShowStage("string to sign", report_.string_to_sign);
    std::string advice =
        std::to_string(report_.tried) + " mistakes were tried, alone" +
        (report_.pairs_were_tried ? " and in pairs. "
                                  : "; not in pairs, since the request is too long for that. ");
    advice.append(kOtherCauses)
        .append(
            " Compare the stages with those of the program that signed: --canonical-request FILE, "
            "--string-to-sign FILE");
    advice += report_.service_agrees ? "." : ", or with the service's: --server-reply FILE.";
    Paragraph(advice);
  }

  static constexpr std::string_view kOtherCauses =
      "The secret is another one, the request was changed after it was signed, or the signing key "
      "or a text was made in a way that is not known here.";

  const VerifyReport& report_;
  const VerifyStyle& style_;
  std::string text_;
};

}  // namespace

std::string RenderVerifyReport(const VerifyReport& report, const VerifyStyle& style) {
  return Renderer(report, style).Render();
}

}  // namespace sigvet
