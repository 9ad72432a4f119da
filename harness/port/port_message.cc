#include "harness/port/port_message.h"

#include <algorithm>
#include <array>
#include <optional>

#include "backends/builtin/base64.h"
#include "base/bytes.h"
#include "base/hex.h"
#include "base/suggest.h"
#include "base/utf8.h"
#include "harness/port/json_line.h"

namespace sigvet {
namespace {

using Type = JsonValue::Type;

/// How much of what a port wrote a message shows, in bytes.
constexpr std::size_t kMostShown = 200;
constexpr std::string_view kReadyHint =
    R"(the first line is like {"type":"ready","protocol":1,"ops":["ses-smtp-password"]})";
constexpr std::string_view kAnswerHint =
    R"(an answer is like {"type":"answer","id":"17","output":{"password":"..."}})";
constexpr std::array<std::string_view, 4> kResults = {"output", "refused", "unsupported", "error"};

std::string Quoted(std::string_view name) {
  return '"' + Visible(name.substr(0, kMostShown)) + '"';
}

/// `"name" is a number and not a string`; or that it is missing, where `value` is null.
std::string WrongType(std::string_view name, const JsonValue* value, std::string_view right) {
  if (value == nullptr) return Quoted(name) + " is missing";
  return Quoted(name) + " is " + std::string(Describe(*value)) + " and not " + std::string(right);
}

/// What is wrong with the member "type", which must be `right`; no message where it is that.
Error CheckMessageType(const JsonValue& message, std::string_view right, std::string_view hint) {
  const JsonValue* const type = message.Find("type");
  if (type == nullptr || type->type != Type::kString) {
    return {WrongType("type", type, "a string"), {}, std::string(hint)};
  }
  if (type->text == right) return {};
  Error error = {"\"type\" is " + Quoted(type->text) + " and not " + Quoted(right)};
  if (type->text == "hello" || type->text == "case") {
    error.message = "what it was sent came back";
    error.hint = "does it print its input?";
  } else if (type->text == "ready") {
    error.message = "\"ready\" a second time";
    error.hint = "it is written once, after the greeting; every other line is an answer";
  } else {
    error.hint = hint;
  }
  return error;
}

/// A member of "port", which may be missing; sets `error` where it is no string.
std::string PortText(const JsonValue& port, std::string_view name, Error& error) {
  const JsonValue* const value = port.Find(name);
  if (value == nullptr) return "";
  if (value->type != Type::kString) {
    error = {WrongType(name, value, "a string") + " in \"port\""};
    return "";
  }
  return value->text;
}

void ReadPort(const JsonValue& message, PortReady& ready, Error& error) {
  const JsonValue* const port = message.Find("port");
  if (port == nullptr) return;
  if (port->type != Type::kObject) {
    error = {WrongType("port", port, "an object"),
             {},
             R"(as in "port":{"name":"node","version":"20.20"})"};
    return;
  }
  ready.name = PortText(*port, "name", error);
  ready.version = PortText(*port, "version", error);
  ready.language = PortText(*port, "language", error);
  ready.crypto = PortText(*port, "crypto", error);
}

void ReadProtocol(const JsonValue& message, Error& error) {
  const JsonValue* const protocol = message.Find("protocol");
  if (protocol == nullptr || protocol->type != Type::kInteger) {
    error = {WrongType("protocol", protocol, "a whole number"), {}, std::string(kReadyHint)};
  } else if (protocol->integer != kPortProtocol) {
    error = {"it speaks protocol " + std::to_string(protocol->integer) + ", which is not known",
             {},
             "this program speaks protocol " + std::to_string(kPortProtocol)};
  }
}

void ReadOperations(const JsonValue& message, PortReady& ready, Error& error) {
  const JsonValue* const names = message.Find("ops");
  if (names == nullptr || names->type != Type::kList) {
    error = {WrongType("ops", names, "a list"), {}, std::string(kReadyHint)};
    return;
  }
  for (const JsonValue& name : names->children) {
    if (name.type != Type::kString) {
      error = {"\"ops\" has " + std::string(Describe(name)) + " in it, which is no string",
               {},
               std::string(kReadyHint)};
      return;
    }
    if (const OperationSpec* const operation = FindOperation(name.text)) {
      if (std::ranges::count(ready.operations, operation) != 0) continue;
      ready.operations.push_back(operation);
    } else if (std::ranges::count(ready.unknown_operations, name.text) == 0) {
      ready.unknown_operations.push_back(name.text);
    }
  }
}

void ReadMaxInFlight(const JsonValue& message, PortReady& ready, Error& error) {
  const JsonValue* const most = message.Find("max_in_flight");
  if (most == nullptr) return;
  if (most->type != Type::kInteger || most->integer < 1) {
    error = {most->type == Type::kInteger ? "\"max_in_flight\" is " + std::to_string(most->integer)
                                          : WrongType("max_in_flight", most, "a whole number"),
             {},
             "1 or more; leave it out for a port that answers one case after the other"};
    return;
  }
  ready.max_in_flight = static_cast<unsigned>(std::min<std::int64_t>(most->integer, kMaxInFlight));
}

/// The id as far as it can be read: authors write `17` for `"17"`.
std::string LikelyId(const JsonValue& message) {
  const JsonValue* const id = message.Find("id");
  if (id == nullptr) return "";
  return id->type == Type::kInteger ? std::to_string(id->integer) : id->text;
}

Error CheckId(const JsonValue& message) {
  const JsonValue* const id = message.Find("id");
  if (id != nullptr && id->type == Type::kString) return {};
  Error error = {WrongType("id", id, "a string"), {}, "the id of the case as it came, in quotes"};
  if (id != nullptr && id->type == Type::kInteger) {
    error.hint += ": \"id\":\"" + std::to_string(id->integer) + '"';
  }
  return error;
}

/// What would be right for a stage whose value is of another type.
std::string StageHint(const JsonValue& stage) {
  if (stage.type == Type::kNull) return "leave out a stage that it does not have";
  if (stage.type == Type::kList && !stage.children.empty() &&
      stage.children.front().type == Type::kString) {
    return "one string, its lines with line breaks between them";
  }
  return R"(a string (keys and digests in lower-case hex); bytes that are no UTF-8 as {"base64":"..."})";
}

/// Takes a stage's bytes, or says what is wrong with them.
Result<std::string> TakeStage(JsonValue& stage) {
  if (stage.type == Type::kString) return std::move(stage.text);
  const JsonValue* const base64 = stage.type == Type::kObject ? stage.Find("base64") : nullptr;
  if (base64 == nullptr || base64->type != Type::kString) {
    const bool has_base64 = base64 != nullptr;
    return Error{
        "in \"output\", " +
            (has_base64 ? WrongType("base64", base64, "a string") + " in " + Quoted(stage.name)
             : stage.type == Type::kObject ? Quoted(stage.name) + " is an object without \"base64\""
                                           : WrongType(stage.name, &stage, "a string")),
        {},
        StageHint(stage)};
  }
  const std::optional<Bytes> bytes = DecodeBase64(base64->text);
  if (bytes) return std::string(AsText(*bytes));
  const bool url_safe = base64->text.find_first_of("-_") != std::string::npos;
  return Error{"in \"output\", what " + Quoted(stage.name) + " has as base64 is none",
               {},
               url_safe ? "the standard alphabet has + and / where the URL-safe one has - and _"
                        : "with padding and without line breaks (RFC 4648 section 4)"};
}

/// The one member that says what became of the case.
Result<JsonValue*> FindResult(JsonValue& message) {
  JsonValue* found = nullptr;
  for (const std::string_view name : kResults) {
    JsonValue* const member = message.Find(name);
    if (member == nullptr) continue;
    if (found != nullptr) {
      return Error{Quoted(found->name) + " and " + Quoted(name) + " in one answer",
                   {},
                   "exactly one of output, refused, unsupported and error: leave the others out"};
    }
    found = member;
  }
  if (found != nullptr) return found;
  Error error = {"neither \"output\" nor \"refused\", \"unsupported\" or \"error\"", {}, ""};
  for (const JsonValue& member : message.children) {
    if (error.hint.empty()) error.hint = DidYouMean(member.name, kResults);
  }
  if (error.hint.empty()) error.hint = kAnswerHint;
  return error;
}

bool IsStage(std::string_view name) {
  return std::ranges::any_of(AllOperations(), [name](const OperationSpec& operation) {
    return std::ranges::find(operation.stages, name, &FieldSpec::name) != operation.stages.end();
  });
}

Error TakeOutput(JsonValue& output, PortAnswer& answer) {
  if (output.type != Type::kObject) {
    return {WrongType("output", &output, "an object"), {}, std::string(kAnswerHint)};
  }
  answer.kind = Answer::Kind::kOutput;
  answer.output.reserve(output.children.size());
  for (JsonValue& stage : output.children) {
    Result<std::string> value = TakeStage(stage);
    if (!value && IsStage(stage.name)) return value.error();
    // What is no stage is kept by its name alone: that may be a misspelt one.
    answer.output.emplace_back(std::move(stage.name), value ? *std::move(value) : "");
  }
  return {};
}

/// Everything of an answer but its id.
Error TakeResult(JsonValue& message, PortAnswer& answer) {
  const Result<JsonValue*> result = FindResult(message);
  if (!result) return result.error();
  JsonValue& member = **result;
  if (member.name == "output") return TakeOutput(member, answer);
  if (member.type != Type::kString) {
    return {WrongType(member.name, &member, "a string"),
            {},
            member.type == Type::kNull ? "leave it out where it has nothing to say"
                                       : "the reason, in words"};
  }
  answer.kind = member.name == "refused"       ? Answer::Kind::kRefused
                : member.name == "unsupported" ? Answer::Kind::kUnsupported
                                               : Answer::Kind::kError;
  answer.detail = ShownLine(member.text);
  return {};
}

/// What is likely wrong with the value of a hex stage, or empty.
std::string HexHint(std::string_view stage, std::string_view value) {
  const std::optional<Bytes> bytes = FromHex(value);
  if (bytes && bytes->size() == kDigestBytes) return Quoted(stage) + " is hex in upper case";
  if (value.size() == kDigestBytes) return Quoted(stage) + " is 32 bytes as they are";
  const std::optional<Bytes> decoded = DecodeBase64(value);
  if (decoded && decoded->size() == kDigestBytes) return Quoted(stage) + " is base64";
  return "";
}

}  // namespace

std::string ShownLine(std::string_view line) {
  if (line.size() <= kMostShown) return Visible(line);
  std::string_view begin = line.substr(0, kMostShown);
  // Not within a character.
  for (std::size_t i = 0; i < 3 && (static_cast<unsigned char>(line[begin.size()]) & 0xc0) == 0x80;
       ++i) {
    begin.remove_suffix(1);
  }
  return Visible(begin) + "...";
}

Result<PortReady> ReadReadyLine(std::string_view line) {
  JsonLine read = ReadJsonLine(line);
  Error error = std::move(read.error);
  PortReady ready;
  const auto is_good = [&] { return error.message.empty(); };
  if (is_good()) error = CheckMessageType(read.value, "ready", kReadyHint);
  if (is_good()) ReadProtocol(read.value, error);
  if (is_good()) ReadPort(read.value, ready, error);
  if (is_good()) ReadOperations(read.value, ready, error);
  if (is_good()) ReadMaxInFlight(read.value, ready, error);
  if (!is_good()) return error;
  return ready;
}

std::variant<PortAnswer, LineError> ReadAnswerLine(std::string_view line) {
  JsonLine read = ReadJsonLine(line);
  Error error = std::move(read.error);
  PortAnswer answer;
  if (error.message.empty()) error = CheckMessageType(read.value, "answer", kAnswerHint);
  if (error.message.empty()) error = CheckId(read.value);
  if (error.message.empty()) error = TakeResult(read.value, answer);
  answer.id = LikelyId(read.value);
  if (!error.message.empty()) return LineError{std::move(error), std::move(answer.id)};
  return answer;
}

Answer ToAnswer(const Case& c, PortAnswer answer) {
  Answer made = {answer.kind, {}, std::move(answer.detail)};
  if (answer.kind != Answer::Kind::kOutput) return made;
  const FieldSpec* missing = nullptr;
  for (const FieldSpec& stage : c.operation->stages) {
    if (!c.Uses(stage)) continue;
    const auto found =
        std::ranges::find(answer.output, stage.name, &std::pair<std::string, std::string>::first);
    missing = found == answer.output.end() ? &stage : nullptr;
    if (missing != nullptr) continue;
    if (stage.type == ValueType::kHex && made.hint.empty() && !IsHexDigest(found->second)) {
      made.hint = HexHint(stage.name, found->second);
    }
    made.stages.push_back({&stage, std::move(found->second)});
  }
  if (!made.hint.empty()) made.hint += ": keys and digests are 64 digits of lower-case hex";
  if (missing == nullptr) return made;
  std::string hint = "the last stage is the answer; the others are optional";
  for (const auto& [name, value] : answer.output) {
    const std::array<std::string_view, 1> right = {missing->name};
    if (const std::string likely = DidYouMean(name, right); !likely.empty()) {
      hint = "for " + Quoted(name) + ", " + likely;
    }
  }
  return ProtocolError("\"output\" has no " + Quoted(missing->name), std::move(hint));
}

Answer ProtocolError(std::string message, std::string hint, std::string_view line) {
  if (!line.empty()) message += ": " + ShownLine(line);
  return {Answer::Kind::kProtocolError, {}, std::move(message), std::move(hint)};
}

}  // namespace sigvet
