#include "harness/corpus/aws_sig_v4_context.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>
#include <utility>
#include <vector>

#include "base/suggest.h"
#include "base/utf8.h"

namespace sigvet {
namespace {

using Json = nlohmann::json;

/// The place of the byte `offset`.
TextPlace PlaceAt(std::string_view text, std::size_t offset) {
  const std::string_view before = text.substr(0, offset);
  const std::size_t line_break = before.rfind('\n');
  const std::size_t line_start = line_break == before.npos ? 0 : line_break + 1;
  return {static_cast<std::uint32_t>(std::ranges::count(before, '\n')) + 1,
          static_cast<std::uint32_t>(before.size() - line_start) + 1};
}

/// Where the string begins whose closing quote is at `end` - 1: at a quote that is not escaped.
std::size_t StringStart(std::string_view text, std::size_t end) {
  std::size_t start = text.rfind('"', end - 2);
  while (start > 0 && text[start - 1] == '\\') start = text.rfind('"', start - 1);
  return start;
}

/// Where in the text each key begins; those of an object in the outermost one have its key before
/// theirs, as in `credentials.token`.
using KeyOffsets = std::map<std::string, std::size_t, std::less<>>;

/// Looks at the keys of a JSON text while `stream`, which holds it, is parsed.
class KeyWatcher {
 public:
  KeyWatcher(std::string_view text, std::istream& stream, KeyOffsets& offsets, FileErrors& errors)
      : text_(text), stream_(stream), offsets_(offsets), errors_(errors) {}

  void Look(int depth, Json::parse_event_t event, const Json& parsed) {
    if (event == Json::parse_event_t::object_start) open_objects_.emplace_back();
    if (event == Json::parse_event_t::object_end) open_objects_.pop_back();
    if (event == Json::parse_event_t::key) TakeKey(depth, parsed.get_ref<const std::string&>());
  }

 private:
  /// `depth`: 1 in the outermost object or array. The parser has read the key and nothing after it.
  void TakeKey(int depth, const std::string& key) {
    const auto end = stream_.rdbuf()->pubseekoff(0, std::ios::cur, std::ios::in);
    const std::size_t start = StringStart(text_, static_cast<std::size_t>(end));
    if (!open_objects_.back().insert(key).second && !errors_.overflowed()) {
      errors_.Add(PlaceAt(text_, start), "repeated key " + Quoted(key));
    }
    if (depth == 1) {
      outermost_key_ = key;
      offsets_.emplace(key, start);
    } else if (depth == 2) {
      offsets_.emplace(outermost_key_ + "." + key, start);
    }
  }

  std::string_view text_;
  std::istream& stream_;
  KeyOffsets& offsets_;
  FileErrors& errors_;
  std::vector<std::set<std::string>> open_objects_;
  std::string outermost_key_;
};

/// The value of a JSON text; null, after an error, where it is none or repeats a key.
Json ParseJson(std::string_view text, KeyOffsets& offsets, FileErrors& errors) {
  std::istringstream stream{std::string(text)};
  KeyWatcher watcher(text, stream, offsets, errors);
  const auto look = [&](int depth, Json::parse_event_t event, Json& parsed) {
    watcher.Look(depth, event, parsed);
    return true;
  };
  try {
    return Json::parse(stream, look);
  } catch (const Json::parse_error& error) {
    // Its text begins with a code and a place of its own.
    const std::string_view what = error.what();
    const std::size_t reason = std::min(what.find("syntax error"), what.size());
    errors.Add(PlaceAt(text, error.byte == 0 ? 0 : error.byte - 1), "this is no JSON",
               Visible(what.substr(reason)));
  } catch (const Json::exception&) {  // a number that is too large
    errors.Add({}, "a value that can't be held");
  }
  return {};
}

/// Takes the members of an object; those that nobody took are unknown.
class ObjectReader {
 public:
  /// `prefix`: what names of members begin with in messages and in `offsets`, those in `text`.
  ObjectReader(const Json& object, std::string prefix, std::string_view text,
               const KeyOffsets& offsets, FileErrors& errors)
      : object_(object),
        prefix_(std::move(prefix)),
        text_(text),
        offsets_(offsets),
        errors_(errors) {}

  /// Where the key of a member that is there begins.
  TextPlace PlaceOf(std::string_view key) const {
    const auto found = offsets_.find(prefix_ + std::string(key));
    return found == offsets_.end() ? TextPlace{} : PlaceAt(text_, found->second);
  }

  /// Null, after an error, where the member is absent or of another type.
  const Json* Take(std::string_view key, Json::value_t type) {
    const Json* value = TakeOptional(key, type);
    if (value == nullptr && !object_.contains(key)) {
      errors_.Add({}, "missing key " + Quoted(prefix_ + std::string(key)));
    }
    return value;
  }

  /// The same, but the member may be absent.
  const Json* TakeOptional(std::string_view key, Json::value_t type) {
    taken_.push_back(key);
    const auto found = object_.find(key);
    if (found == object_.end()) return nullptr;
    // Whole numbers from 0 have a type of their own.
    if (found->type() == type || (type == Json::value_t::number_integer && FitsInteger(*found))) {
      return &*found;
    }
    errors_.Add(PlaceOf(key),
                Quoted(prefix_ + std::string(key)) + " is not " + std::string(NameOf(type)));
    return nullptr;
  }

  std::string TakeText(std::string_view key) { return TextOf(key, Take(key, kString)); }

  std::optional<std::string> TakeOptionalText(std::string_view key) {
    const Json* value = TakeOptional(key, kString);
    if (value == nullptr) return std::nullopt;
    return TextOf(key, value);
  }

  bool TakeBoolean(std::string_view key) {
    const Json* value = Take(key, Json::value_t::boolean);
    return value != nullptr && value->get<bool>();
  }

  bool TakeOptionalBoolean(std::string_view key) {
    const Json* value = TakeOptional(key, Json::value_t::boolean);
    return value != nullptr && value->get<bool>();
  }

  void RefuseOthers() {
    for (const auto& [key, value] : object_.items()) {
      if (std::ranges::find(taken_, key) != taken_.end()) continue;
      if (errors_.overflowed()) return;
      errors_.Add(PlaceOf(key), "unknown key " + Quoted(prefix_ + key), DidYouMean(key, taken_));
    }
  }

 private:
  static constexpr Json::value_t kString = Json::value_t::string;

  static bool FitsInteger(const Json& value) {
    return value.is_number_unsigned() && value.get<std::uint64_t>() <= INT64_MAX;
  }

  static std::string_view NameOf(Json::value_t type) {
    switch (type) {
      case Json::value_t::boolean:
        return "true or false";
      case Json::value_t::number_integer:
        return "a whole number";
      case Json::value_t::object:
        return "an object";
      default:
        return "a string";
    }
  }

  std::string TextOf(std::string_view key, const Json* value) {
    if (value == nullptr) return "";
    auto text = value->get<std::string>();
    if (text.empty()) errors_.Add(PlaceOf(key), Quoted(prefix_ + std::string(key)) + " is empty");
    return text;
  }

  const Json& object_;
  std::string prefix_;
  std::string_view text_;
  const KeyOffsets& offsets_;
  FileErrors& errors_;
  std::vector<std::string_view> taken_;
};

/// `20150830T123600Z` from `2015-08-30T12:36:00Z`, whose key is at `place`.
std::string CompactTimestamp(const std::string& text, TextPlace place, FileErrors& errors) {
  constexpr std::string_view kShape = "dddd-dd-ddTdd:dd:ddZ";
  const auto fits = [](char c, char shape) {
    return shape == 'd' ? c >= '0' && c <= '9' : c == shape;
  };
  if (!std::ranges::equal(text, kShape, fits)) {
    errors.Add(place, Quoted(text) + " is no timestamp", "as in 2015-08-30T12:36:00Z");
    return "";
  }
  std::string compact = text;
  std::erase_if(compact, [](char c) { return c == '-' || c == ':'; });
  return compact;
}

void TakeCredentials(ObjectReader credentials, AwsSigV4Context& context) {
  context.access_key_id = credentials.TakeText("access_key_id");
  context.secret_access_key = credentials.TakeText("secret_access_key");
  context.token = credentials.TakeOptionalText("token");
  credentials.RefuseOthers();
}

}  // namespace

std::optional<AwsSigV4Context> ParseAwsSigV4Context(std::string_view text, FileErrors& errors) {
  const std::size_t errors_before = errors.size();
  KeyOffsets offsets;
  const Json json = ParseJson(text, offsets, errors);
  if (errors.size() != errors_before) return std::nullopt;
  if (!json.is_object()) {
    errors.Add({1, 1}, "the context is no JSON object");
    return std::nullopt;
  }
  AwsSigV4Context context;
  ObjectReader members(json, "", text, offsets, errors);
  if (const Json* value = members.Take("credentials", Json::value_t::object)) {
    TakeCredentials(ObjectReader(*value, "credentials.", text, offsets, errors), context);
  }
  if (const Json* value = members.Take("expiration_in_seconds", Json::value_t::number_integer)) {
    context.expiration_s = value->get<std::int64_t>();
  }
  context.region = members.TakeText("region");
  context.service = members.TakeText("service");
  const std::string timestamp = members.TakeText("timestamp");
  if (!timestamp.empty()) {
    context.timestamp = CompactTimestamp(timestamp, members.PlaceOf("timestamp"), errors);
  }
  context.normalize = members.TakeBoolean("normalize");
  context.sign_body = members.TakeBoolean("sign_body");
  context.omit_session_token = members.TakeOptionalBoolean("omit_session_token");
  members.RefuseOthers();
  if (errors.size() != errors_before) return std::nullopt;
  return context;
}

}  // namespace sigvet
