#include "harness/port/json_line.h"

#include <algorithm>
#include <exception>
#include <nlohmann/json.hpp>
#include <optional>
#include <utility>

#include "base/utf8.h"

namespace sigvet {
namespace {

using Json = nlohmann::json;
using Type = JsonValue::Type;

/// Enough for an answer and its stages.
constexpr std::size_t kLikelyChildren = 6;
constexpr std::string_view kBlanks = " \t\r\n";
constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";
constexpr std::string_view kDebugHint =
    "a debug print? standard output is for the protocol alone: write it to standard error";

/// Makes values of the parser's events.
class Builder final : public nlohmann::json_sax<Json> {
 public:
  explicit Builder(JsonValue& root) : root_(root) { open_.reserve(kMaxJsonDepth); }

  const Error& error() const { return error_; }
  /// Where the parser stopped at what is no JSON.
  std::size_t error_offset() const { return error_offset_; }
  bool is_complete() const { return count_ > 0 && open_.empty(); }

  bool null() override { return Add(Type::kNull) != nullptr; }
  bool boolean(bool) override { return Add(Type::kBoolean) != nullptr; }
  bool number_integer(number_integer_t value) override { return AddInteger(value); }
  bool number_unsigned(number_unsigned_t value) override {
    if (value > INT64_MAX) return Add(Type::kNumber) != nullptr;
    return AddInteger(static_cast<std::int64_t>(value));
  }
  bool number_float(number_float_t, const string_t&) override {
    return Add(Type::kNumber) != nullptr;
  }
  bool binary(binary_t&) override { return false; }  // JSON has none
  bool string(string_t& value) override {
    JsonValue* const added = Add(Type::kString);
    // A copy: the parser uses its buffer again.
    if (added != nullptr) added->text = value;
    return added != nullptr;
  }
  bool key(string_t& name) override {
    if (open_.back()->Find(name) != nullptr) {
      return Fail({"the member \"" + Visible(name.substr(0, 50)) + "\" twice in one object"});
    }
    name_ = name;
    return true;
  }
  bool start_object(std::size_t) override { return Open(Type::kObject); }
  bool end_object() override { return Close(); }
  bool start_array(std::size_t) override { return Open(Type::kList); }
  bool end_array() override { return Close(); }
  bool parse_error(std::size_t position, const std::string&,
                   const nlohmann::detail::exception& error) override {
    if (dynamic_cast<const Json::out_of_range*>(&error) != nullptr) {
      return Fail({"a number that is too large"});
    }
    error_offset_ = position > 0 ? position - 1 : 0;
    return false;
  }

 private:
  bool Fail(Error error) {
    error_ = std::move(error);
    return false;
  }

  JsonValue* Add(Type type) {
    if (++count_ > kMaxJsonValues) {
      Fail({"more than " + std::to_string(kMaxJsonValues) + " values in one line",
            {},
            R"(bytes as a list of numbers? write {"base64":"..."}, and keys and digests in hex)"});
      return nullptr;
    }
    JsonValue* added = &root_;
    if (!open_.empty()) {
      added = &open_.back()->children.emplace_back();
      if (open_.back()->type == Type::kObject) added->name = name_;
    }
    added->type = type;
    return added;
  }

  bool AddInteger(std::int64_t integer) {
    JsonValue* const added = Add(Type::kInteger);
    if (added != nullptr) added->integer = integer;
    return added != nullptr;
  }

  bool Open(Type type) {
    if (open_.size() == kMaxJsonDepth) {
      return Fail(
          {"more than " + std::to_string(kMaxJsonDepth) + " objects or lists within each other"});
    }
    JsonValue* const added = Add(type);
    if (added == nullptr) return false;
    added->children.reserve(kLikelyChildren);
    // An open value is the last child of its parent, so it stays where it is.
    open_.push_back(added);
    return true;
  }

  bool Close() {
    open_.pop_back();
    return true;
  }

  JsonValue& root_;
  std::vector<JsonValue*> open_;
  std::string name_;
  std::size_t count_ = 0;
  std::size_t error_offset_ = 0;
  Error error_;
};

/// What is wrong with a line before JSON is thought of.
std::optional<Error> FindRawError(std::string_view line) {
  if (line.find_first_not_of(kBlanks) == line.npos) {
    return Error{"an empty line", {}, "each line that is written is one JSON object"};
  }
  if (line.starts_with(kByteOrderMark)) {
    return Error{"a byte order mark before the JSON object",
                 {},
                 "set the encoding of standard output to UTF-8 without one"};
  }
  return std::nullopt;
}

/// What is wrong with a line that the parser gave up at `offset`.
Error SyntaxError(std::string_view line, std::size_t offset, bool object_is_complete) {
  if (const std::size_t bad = FindInvalidUtf8(line); bad != line.npos) {
    return {"not UTF-8: " + Visible(line.substr(bad, 1)) + " is byte " + std::to_string(bad + 1),
            {},
            R"(bytes that are no UTF-8 are written as {"base64":"..."})"};
  }
  if (line[line.find_first_not_of(kBlanks)] != '{') {
    return {"not JSON", {}, std::string(kDebugHint)};
  }
  if (object_is_complete) {
    return {"something stands after the JSON object",
            {},
            "each object is a line of its own: write a line break after it"};
  }
  if (offset >= line.size()) {
    return {"JSON that ends too early",
            {},
            "a line break within the object? the whole object is one line"};
  }
  std::string hint = "write it by a JSON library";
  if (line[offset] == '\'') hint = "names and strings stand in double quotes: " + hint;
  return {"not JSON from byte " + std::to_string(offset + 1) + " on", {}, std::move(hint)};
}

}  // namespace

const JsonValue* JsonValue::Find(std::string_view member) const {
  const auto found = std::ranges::find(children, member, &JsonValue::name);
  return found == children.end() ? nullptr : &*found;
}

JsonValue* JsonValue::Find(std::string_view member) {
  const auto found = std::ranges::find(children, member, &JsonValue::name);
  return found == children.end() ? nullptr : &*found;
}

std::string_view Describe(const JsonValue& value) {
  switch (value.type) {
    case Type::kNull:
      return "null";
    case Type::kBoolean:
      return "true or false";
    case Type::kInteger:
    case Type::kNumber:
      return "a number";
    case Type::kString:
      return "a string";
    case Type::kObject:
      return "an object";
    case Type::kList:
      break;
  }
  if (value.children.empty()) return "an empty list";
  switch (value.children.front().type) {
    case Type::kInteger:
    case Type::kNumber:
      return "a list of numbers";
    case Type::kString:
      return "a list of strings";
    default:
      return "a list";
  }
}

JsonLine ReadJsonLine(std::string_view line) {
  JsonLine read;
  if (std::optional<Error> error = FindRawError(line)) {
    read.error = *std::move(error);
    return read;
  }
  try {
    Builder builder(read.value);
    if (!Json::sax_parse(line, &builder)) {
      read.error = builder.error();
      if (read.error.message.empty()) {
        read.error = SyntaxError(line, builder.error_offset(), builder.is_complete());
      }
    } else if (read.value.type != Type::kObject) {
      read.error = {"JSON, but " + std::string(Describe(read.value)) + " and no object",
                    {},
                    std::string(kDebugHint)};
    }
  } catch (const std::exception& error) {
    read.error = {std::string("can't be read: ") + error.what()};
  }
  return read;
}

}  // namespace sigvet
