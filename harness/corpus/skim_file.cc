#include "harness/corpus/skim_file.h"

#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "backends/builtin/sha256_stream.h"
#include "base/hex.h"
#include "harness/corpus/aws_sig_v4_suite.h"
#include "harness/corpus/read_file.h"
#include "harness/corpus/value_parser.h"
#include "harness/corpus/yaml_reader.h"

namespace sigvet {
namespace {

constexpr std::size_t kPieceBytes = std::size_t{64} << 10;
/// The suite's name stands before the cases, so that this is far more than enough.
constexpr std::size_t kHeadBytes = std::size_t{16} << 10;

/// Takes the name of the suite and no more.
class SuiteReader : public YamlHandler {
 public:
  SuiteReader(ParsedFile& file, FileErrors& errors) : file_(file), errors_(errors) {}

  void OnMember(YamlNode& member) override {
    if (member.key == "cases") done_ = true;
    if (member.key != "suite") return;
    done_ = true;
    file_.suite_place = member.place;
    std::optional<std::string> name = TakeString(member, errors_);
    if (name && IsSuiteName(*name)) file_.suite.name = *std::move(name);
  }
  void OnItem(YamlNode& /*item*/) override {}
  bool IsInterrupted() const override { return done_; }

 private:
  ParsedFile& file_;
  FileErrors& errors_;
  bool done_ = false;
};

/// `head` is how the file begins, cut off anywhere.
void ReadSuite(std::string_view head, ParsedFile& file) {
  head = head.substr(0, kHeadBytes);
  FileErrors ignored(file.suite.name);
  SuiteReader reader(file, ignored);
  // Whole lines: a character that is cut would be an error before anything is read.
  ReadYaml(head.substr(0, head.rfind('\n') + 1), ignored, reader);
}

void SkimYaml(const CorpusSource& source, ParsedFile& file) {
  Sha256Stream digest;
  std::string head;
  const auto take = [&](std::string_view piece) {
    digest.Add(AsBytes(piece));
    if (head.size() < kHeadBytes) head += piece;
  };
  if (!source.built_in_text.empty()) {
    take(source.built_in_text);
  } else if (const std::optional<Error> error = ReadInPieces(source.name, kPieceBytes, take)) {
    file.errors.Add({}, error->message, error->hint);
    return;
  }
  file.sha256 = ToHex(digest.Finish());
  ReadSuite(head, file);
}

}  // namespace

ParsedFile SkimFile(const CorpusSource& source, Backend& hasher) {
  if (source.format == CorpusFormat::kAwsSigV4) return SkimAwsSigV4Source(source, hasher);
  ParsedFile file(source.name);
  SkimYaml(source, file);
  return file;
}

}  // namespace sigvet
