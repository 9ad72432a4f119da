#include "harness/corpus/aws_sig_v4_suite.h"

#include <algorithm>
#include <filesystem>
#include <map>
#include <memory>
#include <tuple>
#include <utility>
#include <vector>

#include "base/ascii.h"
#include "base/check.h"
#include "base/hex.h"
#include "harness/corpus/aws_sig_v4_context.h"
#include "harness/corpus/case_parser.h"
#include "harness/corpus/read_file.h"
#include "signing/canonical_headers.h"
#include "signing/http_parser.h"

namespace sigvet {
namespace {

namespace fs = std::filesystem;

/// Indices into kAwsSigV4FileNames. The files of a form are in the same order in both.
constexpr std::size_t kContextFile = 0;
constexpr std::size_t kHeaderFiles = 1;
constexpr std::size_t kQueryFiles = 5;
constexpr std::size_t kRequestFile = 9;
static_assert(kAwsSigV4FileNames[kHeaderFiles] == "header-canonical-request.txt" &&
              kAwsSigV4FileNames[kQueryFiles] == "query-canonical-request.txt" &&
              kAwsSigV4FileNames[kRequestFile] == "request.txt");

/// What signing by headers, or by query, gives.
struct Form {
  std::string canonical_request;
  std::string signature;
  HttpRequest signed_request;
  std::string string_to_sign;
};

/// A header in the form that is compared, and its name as the file has it.
struct ComparedHeader {
  std::string name;
  std::string value;
  std::string_view written_name;

  auto Key() const { return std::tie(name, value); }
};

/// `headers`, sorted. The parser let no header pass that has no canonical form.
std::vector<ComparedHeader> ComparedHeaders(const std::vector<HttpHeader>& headers) {
  std::vector<ComparedHeader> compared;
  compared.reserve(headers.size());
  for (const HttpHeader& header : headers) {
    compared.push_back(
        {ToLowerAscii(header.name), CanonicalHeaderValue(header).value(), header.name});
  }
  std::ranges::sort(compared, {}, &ComparedHeader::Key);
  return compared;
}

/// Those of `headers` that `others` lacks; both are sorted, and a header may repeat.
std::vector<ComparedHeader> Beyond(const std::vector<ComparedHeader>& headers,
                                   const std::vector<ComparedHeader>& others) {
  std::vector<ComparedHeader> beyond;
  std::ranges::set_difference(headers, others, std::back_inserter(beyond), {}, &ComparedHeader::Key,
                              &ComparedHeader::Key);
  return beyond;
}

std::string HostOf(const HttpRequest& request) {
  for (const HttpHeader& header : request.headers) {
    if (SameHeaderName(header.name, "host")) return CanonicalHeaderValue(header).value();
  }
  return "";
}

std::string PathOf(const HttpRequest& request) { return request.path.empty() ? "/" : request.path; }

std::string TargetOf(const HttpRequest& request) {
  return PathOf(request) + (request.query.empty() ? "" : "?" + request.query);
}

/// Makes the cases of one folder.
class CaseMaker {
 public:
  CaseMaker(std::string folder, const AwsSigV4Texts& texts, ParsedFile& file)
      : folder_(std::move(folder)), texts_(texts), file_(file) {}

  void Make() {
    const std::string name = fs::path(folder_).filename().string();
    if (!IsKebabCase(name) || name.size() > kMaxNameBytes) {
      AddError(kRequestFile, {}, "the folder's name is no name of a case",
               "up to 80 lower-case letters, digits and single hyphens, as in get-vanilla");
    }
    const std::optional<AwsSigV4Context> context = ParseContext();
    const std::optional<HttpRequest> request = ParseRequest(kRequestFile);
    if (request && HostOf(*request).empty()) {
      AddError(kRequestFile, {}, "the request has no header Host");
    }
    const std::optional<Form> header = ParseForm(kHeaderFiles);
    const std::optional<Form> query = ParseForm(kQueryFiles);
    if (request && header) added_headers_ = HeaderFormAdds(*request, header->signed_request);
    if (request && query) CheckQueryForm(*request, query->signed_request);
    if (file_.errors.size() != 0 || !context || !request || !header || !query) return;

    const auto provenance = std::make_shared<const Provenance>(
        Provenance{.kind = Provenance::Kind::kPublished,
                   .source = "awslabs/aws-c-auth, tests/aws-signing-test-suite, " + name});
    AddCase(name + "/header", "sigv4-sign", "AWS's own case " + name + ", signed by headers",
            *context, *request, HeaderStages(*header), provenance);
    AddCase(name + "/query", "sigv4-presign", "AWS's own case " + name + ", signed by query",
            *context, *request, QueryStages(*request, *query), provenance);
  }

 private:
  static constexpr std::size_t kMaxNameBytes = 80;
  using Stages = std::map<std::string_view, std::string>;

  std::string FileOf(std::size_t index) const {
    return (fs::path(folder_) / kAwsSigV4FileNames[index]).string();
  }

  void AddError(std::size_t index, TextPlace place, std::string message, std::string hint = {}) {
    file_.errors.Add(
        {std::move(message), {FileOf(index), place.line, place.column}, std::move(hint)});
  }

  std::optional<AwsSigV4Context> ParseContext() {
    const std::optional<std::string>& text = texts_[kContextFile];
    if (!text) return std::nullopt;
    FileErrors errors(FileOf(kContextFile));
    std::optional<AwsSigV4Context> context = ParseAwsSigV4Context(*text, errors);
    for (Error& error : errors.Take()) file_.errors.Add(std::move(error));
    return context;
  }

  std::optional<HttpRequest> ParseRequest(std::size_t index) {
    const std::optional<std::string>& text = texts_[index];
    if (!text) return std::nullopt;
    Result<HttpRequest> request = ParseHttpRequest(*text);
    if (request) return *std::move(request);
    const Error& error = request.error();
    AddError(index, {error.place.line, error.place.column}, error.message, error.hint);
    return std::nullopt;
  }

  /// A text that is compared byte by byte. A line break at its end is that of the file.
  std::optional<std::string> ParseText(std::size_t index) {
    std::optional<std::string> text = texts_[index];
    if (!text) return std::nullopt;
    if (text->ends_with('\n')) text->pop_back();
    if (text->find('\r') != text->npos) {
      AddError(index, {}, "lines end in CRLF", "what is signed has line feeds alone");
      return std::nullopt;
    }
    if (text->empty()) {
      AddError(index, {}, "the file is empty");
      return std::nullopt;
    }
    return text;
  }

  std::optional<std::string> ParseSignature(std::size_t index) {
    std::optional<std::string> text = ParseText(index);
    if (!text) return std::nullopt;
    if (IsHexDigest(*text)) return text;
    AddError(index, {}, "this is no signature", "64 lower-case hex digits");
    return std::nullopt;
  }

  std::optional<Form> ParseForm(std::size_t first) {
    std::optional<std::string> canonical_request = ParseText(first);
    std::optional<std::string> signature = ParseSignature(first + 1);
    std::optional<HttpRequest> signed_request = ParseRequest(first + 2);
    std::optional<std::string> string_to_sign = ParseText(first + 3);
    if (!canonical_request || !signature || !signed_request || !string_to_sign) {
      return std::nullopt;
    }
    return Form{*std::move(canonical_request), *std::move(signature), *std::move(signed_request),
                *std::move(string_to_sign)};
  }

  void AddContradiction(std::size_t index, TextPlace place, const std::string& part,
                        std::string hint) {
    AddError(index, place, "the " + part + " contradicts request.txt", std::move(hint));
  }

  /// What signing leaves as it is, in both forms.
  void CheckMethodAndBody(std::size_t index, const HttpRequest& request,
                          const HttpRequest& signed_request) {
    if (signed_request.method != request.method) {
      AddContradiction(
          index, {1, 1}, "method",
          Quoted(signed_request.method) + " here, " + Quoted(request.method) + " there");
    }
    if (signed_request.body != request.body) {
      const auto differing = std::ranges::mismatch(signed_request.body, request.body);
      const auto same = differing.in1 - signed_request.body.begin();
      AddContradiction(index, {}, "body",
                       "it differs from byte " + std::to_string(same + 1) + " on");
    }
  }

  /// The headers that `signed_request` has beyond those of `request`, all of which it must have.
  std::vector<ComparedHeader> Added(std::size_t index, const HttpRequest& request,
                                    const HttpRequest& signed_request) {
    const std::vector<ComparedHeader> given = ComparedHeaders(request.headers);
    const std::vector<ComparedHeader> sent = ComparedHeaders(signed_request.headers);
    for (const ComparedHeader& header : Beyond(given, sent)) {
      AddError(index, {},
               "the header " + std::string(header.written_name) +
                   " of request.txt is missing or different");
    }
    return Beyond(sent, given);
  }

  /// The stage `added_headers`; authorization_ is kept apart.
  std::string HeaderFormAdds(const HttpRequest& request, const HttpRequest& signed_request) {
    constexpr std::size_t kIndex = kHeaderFiles + 2;
    CheckMethodAndBody(kIndex, request, signed_request);
    const std::string target = TargetOf(signed_request);
    if (target != TargetOf(request)) {
      const auto column = static_cast<std::uint32_t>(signed_request.method.size() + 2);
      AddContradiction(kIndex, {1, column}, "target",
                       Quoted(target) + " here, " + Quoted(TargetOf(request)) + " there");
    }
    std::string lines;
    for (const ComparedHeader& header : Added(kIndex, request, signed_request)) {
      if (header.name == "authorization") {
        if (!authorization_.empty()) AddError(kIndex, {}, "two headers Authorization");
        authorization_ = header.value;
      } else {
        lines += (lines.empty() ? "" : "\n") + header.name + ":" + header.value;
      }
    }
    if (authorization_.empty()) AddError(kIndex, {}, "the header Authorization is missing");
    return lines;
  }

  void CheckQueryForm(const HttpRequest& request, const HttpRequest& signed_request) {
    constexpr std::size_t kIndex = kQueryFiles + 2;
    CheckMethodAndBody(kIndex, request, signed_request);
    for (const ComparedHeader& header : Added(kIndex, request, signed_request)) {
      AddError(kIndex, {},
               "the header " + std::string(header.written_name) + " is not in request.txt");
    }
  }

  Stages HeaderStages(const Form& form) const {
    return {{"canonical_request", form.canonical_request},
            {"string_to_sign", form.string_to_sign},
            {"signature", form.signature},
            {"added_headers", added_headers_},
            {"authorization", authorization_}};
  }

  static Stages QueryStages(const HttpRequest& request, const Form& form) {
    const HttpRequest& sent = form.signed_request;
    return {{"canonical_request", form.canonical_request},
            {"string_to_sign", form.string_to_sign},
            {"signature", form.signature},
            {"url", "https://" + HostOf(request) + sent.path + "?" + sent.query}};
  }

  static Value InputValue(std::string_view name, const AwsSigV4Context& context,
                          const HttpRequest& request) {
    if (name == "access_key_id") return context.access_key_id;
    if (name == "secret") return context.secret_access_key;
    if (name == "session_token") return context.token ? Value(*context.token) : Value();
    if (name == "region") return context.region;
    if (name == "service") return context.service;
    if (name == "timestamp") return context.timestamp;
    if (name == "expires_s") return context.expiration_s;
    if (name == "method") return request.method;
    if (name == "path") return PathOf(request);
    if (name == "query") return request.query;
    if (name == "headers") return request.headers;
    if (name == "body") return request.body;
    if (name == "payload_hash") return Value();
    // No file says so, but every path of the suite is encoded twice.
    if (name == "uri_encode") return std::string("double");
    if (name == "normalize") return context.normalize;
    if (name == "content_sha256_header") return context.sign_body;
    if (name == "sign_session_token") return !context.omit_session_token;
    Fatal("an input that AWS's suite does not have");
  }

  void AddCase(const std::string& name, std::string_view operation, std::string why,
               const AwsSigV4Context& context, const HttpRequest& request, const Stages& stages,
               std::shared_ptr<const Provenance> provenance) {
    Case c;
    c.id = std::string(kAwsSigV4Suite) + "/" + name;
    c.operation = FindOperation(operation);
    Check(c.operation != nullptr, "an operation is missing");
    for (const FieldSpec& input : c.operation->inputs) {
      c.inputs.push_back(InputValue(input.name, context, request));
    }
    for (const FieldSpec& stage : c.operation->stages) {
      c.expected.push_back({&stage, stages.at(stage.name)});
    }
    c.provenance = std::move(provenance);
    c.why = std::move(why);
    c.is_synthetic = true;  // the suite's secrets are published
    c.line = 1;
    c.column = 1;
    file_.cases.push_back(std::move(c));
  }

  std::string folder_;
  const AwsSigV4Texts& texts_;
  ParsedFile& file_;
  std::string authorization_;
  std::string added_headers_;
};

std::string Digest256(Backend& hasher, const AwsSigV4Texts& texts) {
  std::string digests;
  for (const std::optional<std::string>& text : texts) {
    digests += ToHex(hasher.Sha256(AsBytes(text ? *text : std::string_view())));
  }
  return ToHex(hasher.Sha256(AsBytes(digests)));
}

void NameSuite(ParsedFile& file) {
  file.suite = {std::string(kAwsSigV4Suite), "AWS's own SigV4 test suite."};
  file.shares_suite = true;
}

/// Reads the files of a case's folder; adds their digest, the suite and what can't be read to
/// `file`.
AwsSigV4Texts ReadTexts(const fs::path& folder, Backend& hasher, ParsedFile& file) {
  NameSuite(file);
  AwsSigV4Texts texts;
  for (std::size_t i = 0; i < texts.size(); ++i) {
    const std::string path = (folder / kAwsSigV4FileNames[i]).string();
    Result<std::string> text = ReadRegularFile(path, kMaxAwsSigV4FileBytes);
    if (text) {
      texts[i] = *std::move(text);
    } else {
      file.errors.Add(text.error());
    }
  }
  file.sha256 = Digest256(hasher, texts);
  return texts;
}

}  // namespace

ParsedFile ParseAwsSigV4Source(const CorpusSource& source, Backend& hasher) {
  ParsedFile file(source.name);
  const fs::path folder = fs::path(source.name).parent_path();
  const AwsSigV4Texts texts = ReadTexts(folder, hasher, file);
  ParseAwsSigV4Texts(folder.string(), texts, file);
  return file;
}

ParsedFile SkimAwsSigV4Source(const CorpusSource& source, Backend& hasher) {
  ParsedFile file(source.name);
  ReadTexts(fs::path(source.name).parent_path(), hasher, file);
  return file;
}

void ParseAwsSigV4Texts(const std::string& folder, const AwsSigV4Texts& texts, ParsedFile& file) {
  NameSuite(file);
  CaseMaker(folder, texts, file).Make();
}

}  // namespace sigvet
