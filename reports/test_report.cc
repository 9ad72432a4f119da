#include "reports/test_report.h"

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace sigvet {
namespace {

struct Judged {
  Verdict verdict = Verdict::kPass;
  std::optional<Failure> failure = std::nullopt;
};

/// A case of the suite `suite`, and how every available subject did on it.
void AddCase(RunReport& report, std::uint32_t suite, std::string_view name,
             std::string_view operation, std::vector<Judged> judged) {
  const auto index = static_cast<std::uint32_t>(report.cases.size());
  const std::string id = report.suites[suite] + "/" + std::string(name);
  if (report.provenances.empty()) {
    report.provenances = {{"published", "RFC 4648 section 10", {}},
                          {"cross-checked", "", {"Python's hmac", "OpenSSL <dgst>"}}};
  }
  report.cases.push_back({id, std::string(operation), suite, suite, 10 + 7 * index, index % 2,
                          "What \"" + std::string(name) + "\" & the like show."});
  std::size_t next = 0;
  for (std::uint32_t j = 0; j < report.subjects.size(); ++j) {
    if (!report.subjects[j].unavailable_because.empty()) continue;
    Judged& one = judged.at(next++);
    std::int32_t failure = -1;
    if (one.failure) {
      failure = static_cast<std::int32_t>(report.failures.size());
      report.failures.push_back(std::move(*one.failure));
    }
    report.results.push_back({index, j, one.verdict, failure});
  }
}

/// The finding explains what its subject answered to `cases`.
void AddFinding(RunReport& report, RunReport::Finding finding,
                const std::vector<std::string>& cases) {
  const auto index = static_cast<std::int32_t>(report.findings.size());
  for (std::uint32_t i = 0; i < report.results.size(); ++i) {
    RunReport::CaseResult& result = report.results[i];
    const RunReport::Case& c = report.cases[result.case_index];
    if (result.subject != finding.subject || std::ranges::count(cases, c.id) == 0) continue;
    result.finding = index;
    finding.results.push_back(i);
    if (finding.operation.empty()) finding.operation = c.operation;
  }
  report.findings.push_back(std::move(finding));
}

constexpr std::string_view kRegionKey =
    "0f3b54a3b0c1dd3c1f1a1f3d2a5f8f4be0c1b7d9a2e4c6f8091a2b3c4d5e6f70";
constexpr std::string_view kOtherRegionKey =
    "0f3b54a3b0c1dd3c1f1a1f3d2affff4be0c1b7d9a2e4c6f8091a2b3c4d5e6f70";

void AddSampleCases(RunReport& report) {
  const Judged pass;
  AddCase(report, 0, "decode-empty", "base64-decode", {pass, pass, pass, pass});
  AddCase(report, 0, "decode-markup", "base64-decode",
          {pass,
           pass,
           {Verdict::kFail, Failure{"wrong bytes", "bytes", 1, 1, "<a>]]>\"b\"", "<a>]]>\"b\"\n"}},
           pass});
  const Judged region = {Verdict::kFail,
                         Failure{"wrong region_key", "region_key", 2, 6, std::string(kRegionKey),
                                 std::string(kOtherRegionKey)}};
  AddCase(report, 1, "rust-sample", "ses-smtp-password", {pass, region, region, pass});
  const Judged disputed = {Verdict::kDisputed, Failure{"wrong password", "password", 2, 2,
                                                       "AgAAbbbb+/=", "AgAAcccccc+/="}};
  AddCase(report, 1, "v2-disputed", "ses-smtp-password", {disputed, disputed, disputed, disputed});
  AddCase(report, 1, "refuse-empty", "ses-smtp-password",
          {{Verdict::kFail, Failure{"computed what must be refused: the secret is empty",
                                    "password", 0, 0, "", "BHRDfg=="}},
           pass,
           pass,
           pass});
  AddCase(report, 2, "not-utf-8", "base64-decode",
          {pass,
           pass,
           pass,
           {Verdict::kFail, Failure{"wrong bytes", "bytes", 1, 1, " \xff<\xc3\xa9>&'\x01 ",
                                    " \xff<\xc3\xa8>&'\x01 "}}});
  std::string expected(1000, 'a');
  std::string actual = expected;
  actual[500] = 'b';
  AddCase(
      report, 2, "long", "base64-encode",
      {pass, {Verdict::kFail, Failure{"wrong text", "text", 1, 1, expected, actual}}, pass, pass});
  AddCase(report, 2, "known", "ses-smtp-password",
          {{Verdict::kUnexpectedPass,
            Failure{"passed, but is known to fail: take it out of known.txt:2", "", 0, 0, "", ""}},
           pass,
           {Verdict::kExpectedFail, Failure{"wrong mac", "mac", 1, 2, "00ff", "00fe"}},
           pass});
  AddCase(report, 2, "crash", "ses-smtp-password",
          {{Verdict::kError, Failure{"EVP_MAC_init: \x1b[31mno memory\x07", "", 0, 0, "", ""}},
           {Verdict::kSkip, Failure{"unsupported: version 2", "", 0, 0, "", ""}},
           {Verdict::kSkip},
           pass});
  AddCase(
      report, 3, "signed-headers", "sigv4-sign",
      {pass,
       pass,
       pass,
       {Verdict::kFail,
        Failure{"wrong canonical_request; the signature is that of other 1.0", "canonical_request",
                1, 5, "GET\n/\n\nhost:a.example\nx-amz-date:20150830T123600Z\n\nhost;x-amz-date\n",
                "GET\n/\n\nhost:a.example:443\nx-amz-date:20150830T123600Z\n\nhost\n"}}});
}

const RunReport::Mistake kRegionMistake = {
    "region-left-out", "the region was left out of the keys",
    "derive the region key from the date key and the region, before the service",
    "region_key = HMAC-SHA-256(date_key, region)"};
const RunReport::Mistake kHostMistake = {
    "host-port", "the port stands in the host header, where it is the scheme's own",
    "leave :443 away where the scheme is https",
    "canonical request, headers: name:value in lower-case names, sorted by name"};
const RunReport::Mistake kDateMistake = {
    "signed-headers-date-left-out", "x-amz-date is not in the list of signed headers",
    "sign each header that the canonical request has",
    "canonical request, headers: name:value in lower-case names, sorted by name"};
const RunReport::Mistake kSecretMistake = {
    "secret-newline", "the secret had a newline at its end",
    "strip the secret where it is read, or store it with printf",
    "date_key = HMAC-SHA-256(\"AWS4\" + secret, date)"};

/// One mistake of two subjects, for one of them with others that give the same; two mistakes
/// together; one that is known.
void AddSampleFindings(RunReport& report) {
  AddFinding(report,
             {.subject = 1,
              .mistakes = {kRegionMistake},
              .alternatives = {{{"region-empty", "the region is empty",
                                 "read the region from where it is set", kRegionMistake.line}},
                               {{"odd", "odd \xff ]]> \xef\xbf\xbe", "<&>\x1b[31m", "\x01"},
                                {"odder", "even odder", "", ""}}}},
             {"ses/published/rust-sample"});
  AddFinding(report, {.subject = 2, .mistakes = {kRegionMistake}}, {"ses/published/rust-sample"});
  AddFinding(report,
             {.subject = 2,
              .mistakes = {{"mac-sha1", "SHA-1 was used for the HMACs", "use SHA-256",
                            "mac = HMAC-SHA-256(key, message)"}}},
             {"ses/secrets/known"});
  AddFinding(report, {.subject = 3, .mistakes = {kHostMistake, kDateMistake}},
             {"sigv4/requests/signed-headers"});
  report.not_searched = 3;
}

/// Bytes that break careless writers.
std::string RandomText(std::mt19937& random) {
  static const std::vector<std::string> kPieces = {"a",
                                                   "Z",
                                                   "9",
                                                   " ",
                                                   "/",
                                                   "'",
                                                   "\"",
                                                   "\\",
                                                   "<",
                                                   ">",
                                                   "&",
                                                   "]]>",
                                                   "<!--",
                                                   "&#0;",
                                                   "\n",
                                                   "\r\n",
                                                   "\t",
                                                   std::string(1, '\0'),
                                                   "\x01",
                                                   "\x1b[31m",
                                                   "\x7f",
                                                   "\xff",
                                                   "\xc3",
                                                   "\xc3\xa9",
                                                   "\xe2\x80\xae",
                                                   "\xed\xa0\x80",
                                                   "\xef\xbf\xbe",
                                                   "\xef\xbf\xbf",
                                                   "\xc2\x85",
                                                   "\xe2\x80\xa8",
                                                   "\xf0\x9f\x98\x80",
                                                   "\xf0\x9f\xbf\xbe",
                                                   "\xf4\x90\x80\x80",
                                                   "{",
                                                   "}",
                                                   "$(x)",
                                                   "@octocat",
                                                   "#1",
                                                   "GH-1",
                                                   "https://a.example",
                                                   "www.a.example",
                                                   "a@b.example",
                                                   ":+1:",
                                                   "|",
                                                   "*b*",
                                                   "__b__",
                                                   "~~b~~",
                                                   "[a](b)",
                                                   "`",
                                                   "```",
                                                   " # SKIP x",
                                                   "%0A::error::"};
  std::string text;
  const std::size_t count = random() % 12;
  for (std::size_t i = 0; i < count; ++i) {
    text += random() % 4 == 0 ? std::string(1, static_cast<char>(random() % 256))
                              : kPieces[random() % kPieces.size()];
  }
  return random() % 50 == 0 ? text + std::string(400, 'x') + text : text;
}

}  // namespace

RunReport SampleReport() {
  RunReport report;
  report.context = {"0.1.0",
                    "2026-11-21T20:22:00Z",
                    1234,
                    "Linux 6.1 x86_64",
                    {"vectors", "my cases.yaml"},
                    {},
                    {"known.txt"},
                    true,
                    1,
                    {"primitives", "s*"},
                    {"**/x"},
                    {"base64-encode"}};
  report.corpus = {"3f9a1c2b4d5e6f708192a3b4c5d6e7f83f9a1c2b4d5e6f708192a3b4c5d6e7f8",
                   {"vectors/primitives/base64.yaml", "my cases.yaml", "d\xfc.yaml",
                    "vectors/sigv4/requests.yaml"},
                   15,
                   2,
                   {"sigv4/contested"}};
  report.subjects = {
      {"openssl", "backend", "OpenSSL 3.0.19 27 Jan 2026", "", ""},
      {"botan", "backend", "Botan 2.19.3", "", ""},
      {"cryptopp", "backend", "Crypto++ 8.7.0", "", ""},
      {"builtin", "backend", "sigvet 0.1.0", "sha-ni", ""},
      {"libressl", "backend", "", "", "the build left it out: libressl.pc was not found"},
  };
  report.suites = {"primitives/base64", "ses/published", "ses/secrets", "sigv4/requests"};
  AddSampleCases(report);
  AddSampleFindings(report);
  report.problems = {{"no case matches \"ses/publishd/*\"",
                      {"known.txt", 3, 1},
                      "did you mean \"ses/published\"?"},
                     {"odd \xff ]]> \xef\xbf\xbe name", {}, ""}};
  report.totals = {25, 12, 2};
  return report;
}

RunReport PortsReport() {
  RunReport report;
  report.context = {"0.1.0", "2026-11-21T20:22:00Z", 5678, "Linux 6.1 x86_64", {}, {}, {}, false,
                    3};
  report.corpus = {
      std::string(64, 'e'), {"vectors/ses/published.yaml", "vectors/x.yaml"}, 7, 0, {}};
  report.subjects = {
      {"node", "port", "v20.20.1", "node:crypto", "", "node", "(node:1) Warning: \x1b[33mold\n"},
      {"mine", "port", "", "", "", "./it's mine/", "Traceback\n\tat x\n"},
      {"broken", "port", "", "", "", "broken", "ModuleNotFoundError: hmac\n"},
      {"php", "port", "", "", "needs php (install php-cli)", "php"},
  };
  report.suites = {"ses/published", "sigv4/events", "sigv4/chunks"};
  report.corpus.files.emplace_back("vectors/y.yaml");
  const Judged not_run = {Verdict::kSkip, Failure{.reason = "not run: can't start"}};
  const Judged unsupported = {Verdict::kSkip,
                              Failure{.reason = "unsupported: does not do sigv4-event"}};
  const Judged pass;
  std::string babble;
  for (int i = 1; i <= 12; ++i) babble += "line " + std::to_string(i) + " of what it said\n";
  AddCase(report, 0, "wrong", "ses-smtp-password",
          {{Verdict::kFail, Failure{"wrong password", "password", 6, 6, "BHRD", "BHRE"}},
           pass,
           not_run});
  AddCase(report, 0, "crash", "ses-smtp-password",
          {pass,
           {Verdict::kError, Failure{.reason = "crash: killed by SIGSEGV (Segmentation fault)",
                                     .stderr_tail = babble + "\x1b[31m\xff\xef\xbf\xbe ]]> <b>\n"}},
           not_run});
  AddCase(report, 0, "babble", "ses-smtp-password",
          {pass,
           {Verdict::kError,
            Failure{.reason = "protocol error: not JSON: \"debug: \\x1b[1m\"",
                    .hint = "is it a debug print? \x1b[2J Write it to standard error"}},
           not_run});
  AddCase(report, 0, "flaky", "ses-smtp-password",
          {pass,
           {Verdict::kFail, Failure{"flaky: 2 of 3 answers differ from the first", "date_key", 1, 6,
                                    "00ff", "00fe"}},
           not_run});
  AddCase(report, 0, "slow", "ses-smtp-password",
          {{Verdict::kError, Failure{.reason = "timeout: no answer within 2 s",
                                     .hint = "flush standard output after each line"}},
           pass,
           not_run});
  AddCase(report, 1, "event", "sigv4-event", {unsupported, unsupported, not_run});
  AddCase(report, 2, "chunk", "sigv4-chunked", {unsupported, unsupported, not_run});
  AddFinding(report, {.subject = 0, .mistakes = {kSecretMistake}, .is_about_secret = true},
             {"ses/published/wrong"});
  report.problems = {{"broken: can't start: exit code 1", {"ports/broken/port.yaml", 0, 0}, ""}};
  report.totals = {5, 6, 11};
  return report;
}

RunReport PassingReport(std::size_t subject_count, std::size_t suite_count,
                        std::size_t cases_per_suite) {
  RunReport report;
  report.context = {"0.1.0", "2026-11-21T20:22:00Z", 35, "Linux 6.1 x86_64", {}, {}, {}, false};
  report.corpus.digest = std::string(64, 'd');
  for (std::size_t i = 0; i < subject_count; ++i) {
    const std::string number = std::to_string(i + 1);
    const std::string id = "subject-" + std::string(number.size() < 2 ? "0" : "") + number;
    report.subjects.push_back({id, "backend", "Library 1." + number, "", ""});
  }
  for (std::uint32_t i = 0; i < suite_count; ++i) {
    report.suites.push_back("ses/suite-" + std::to_string(i));
    report.corpus.files.push_back("vectors/" + report.suites.back() + ".yaml");
    for (std::size_t k = 0; k < cases_per_suite; ++k) {
      AddCase(report, i, "case-" + std::to_string(k), "ses-smtp-password",
              std::vector<Judged>(subject_count));
    }
  }
  report.corpus.case_count = static_cast<std::uint32_t>(report.cases.size());
  report.totals.passed = static_cast<std::uint32_t>(report.results.size());
  return report;
}

RunReport RandomReport(std::mt19937& random) {
  RunReport report = SampleReport();
  const auto change = [&random](std::string& text) { text = RandomText(random); };
  const auto change_mistakes = [&change](std::vector<RunReport::Mistake>& mistakes) {
    for (RunReport::Mistake& mistake : mistakes) {
      for (std::string* text : {&mistake.id, &mistake.sentence, &mistake.remedy, &mistake.line}) {
        change(*text);
      }
    }
  };
  for (std::string* text : {&report.context.sigvet_version, &report.context.started_at,
                            &report.context.system, &report.corpus.digest}) {
    change(*text);
  }
  for (std::string& path : report.context.corpus_paths) change(path);
  report.context.suite_paths.push_back(RandomText(random));
  for (std::string& path : report.context.known_failing_paths) change(path);
  for (std::string& file : report.corpus.files) change(file);
  for (std::string& suite : report.corpus.contested_suites) change(suite);
  // What must be unique stays so.
  const auto add = [&random](std::string& text) { text += RandomText(random); };
  for (std::string& suite : report.suites) add(suite);
  for (RunReport::Subject& subject : report.subjects) {
    const bool available = subject.unavailable_because.empty();
    for (std::string* text :
         {&subject.id, &subject.kind, &subject.library, &subject.kernel, &subject.stderr_tail}) {
      add(*text);
    }
    if (random() % 3 == 0) {
      subject.kind = "port";
      add(subject.named_as);
    }
    if (!available) add(subject.unavailable_because);
  }
  for (RunReport::Case& c : report.cases) {
    add(c.id);
    change(c.operation);
    change(c.why);
  }
  for (RunReport::Provenance& provenance : report.provenances) {
    change(provenance.source);
    for (std::string& agree : provenance.agree) change(agree);
  }
  for (Failure& failure : report.failures) {
    for (std::string* text :
         {&failure.reason, &failure.stage, &failure.expected, &failure.actual,
          &failure.expected_part, &failure.actual_part, &failure.hint, &failure.stderr_tail}) {
      change(*text);
    }
  }
  for (RunReport::Finding& finding : report.findings) {
    change(finding.operation);
    finding.alternatives.push_back(finding.mistakes);
    finding.is_about_secret = random() % 2 == 0;
    for (std::vector<RunReport::Mistake>& mistakes : finding.alternatives)
      change_mistakes(mistakes);
    change_mistakes(finding.mistakes);
  }
  for (Error& problem : report.problems) {
    for (std::string* text : {&problem.message, &problem.place.file, &problem.hint}) change(*text);
  }
  return report;
}

}  // namespace sigvet
