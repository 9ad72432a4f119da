#include "reports/json_item.h"

#include <cstddef>
#include <limits>
#include <nlohmann/json.hpp>
#include <optional>
#include <utility>

#include "backends/builtin/base64.h"
#include "base/bytes.h"

namespace sigvet {

using Json = nlohmann::json;

JsonItem::JsonItem(const Json& object, std::string where)
    : object_(object), where_(std::move(where)) {
  if (!object.is_object()) Fail("must be an object");
}

void JsonItem::Fail(const std::string& what) const { throw BadItem{where_ + ": " + what}; }

void JsonItem::Expected(std::string_view name, std::string_view what) const {
  Fail("\"" + std::string(name) + "\" must be " + std::string(what));
}

bool JsonItem::Has(std::string_view name) const { return object_.contains(name); }

const Json& JsonItem::Find(std::string_view name) const {
  const auto found = object_.find(name);
  if (found == object_.end()) Fail("\"" + std::string(name) + "\" is missing");
  return *found;
}

const Json& JsonItem::List(std::string_view name) const {
  const Json& value = Find(name);
  if (!value.is_array()) Expected(name, "a list");
  return value;
}

std::string JsonItem::Name(std::string_view name) const {
  const Json& value = Find(name);
  if (!value.is_string()) Expected(name, "a string");
  return value.get<std::string>();
}

std::string JsonItem::TextOf(std::string_view name, const Json& value) const {
  if (value.is_string()) return value.get<std::string>();
  if (value.is_object() && value.size() == 1) {
    const auto encoded = value.find("base64");
    if (encoded != value.end() && encoded->is_string()) {
      if (const auto bytes = DecodeBase64(encoded->get_ref<const std::string&>())) {
        return std::string(bytes->begin(), bytes->end());
      }
    }
  }
  Expected(name, "text: a string or {\"base64\": \"...\"}");
}

std::string JsonItem::Text(std::string_view name) const { return TextOf(name, Find(name)); }

std::string JsonItem::OptionalText(std::string_view name) const {
  return Has(name) ? Text(name) : std::string();
}

std::vector<std::string> JsonItem::Texts(std::string_view name) const {
  std::vector<std::string> texts;
  for (const Json& value : List(name)) texts.push_back(TextOf(name, value));
  return texts;
}

std::uint32_t JsonItem::Count(std::string_view name) const {
  const Json& value = Find(name);
  constexpr std::uint64_t kMost = std::numeric_limits<std::uint32_t>::max();
  if (!value.is_number_unsigned() || value.get<std::uint64_t>() > kMost) {
    Expected(name, "a whole number from 0 to " + std::to_string(kMost));
  }
  return value.get<std::uint32_t>();
}

std::uint32_t JsonItem::OptionalCount(std::string_view name) const {
  return Has(name) ? Count(name) : 0;
}

std::int64_t JsonItem::Whole(std::string_view name) const {
  const Json& value = Find(name);
  const bool is_too_large =
      value.is_number_unsigned() &&
      value.get<std::uint64_t>() >
          static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
  if (!value.is_number_integer() || is_too_large) Expected(name, "a whole number");
  return value.get<std::int64_t>();
}

bool JsonItem::Truth(std::string_view name) const {
  const Json& value = Find(name);
  if (!value.is_boolean()) Expected(name, "true or false");
  return value.get<bool>();
}

JsonItem JsonItem::Object(std::string_view name) const {
  return {Find(name), where_ + ", " + std::string(name)};
}

void JsonItem::Each(std::string_view name, const std::function<void(const JsonItem&)>& use) const {
  std::size_t number = 0;
  for (const Json& value : List(name)) {
    use({value, where_ + ", " + std::string(name) + " " + std::to_string(++number)});
  }
}

void JsonItem::EachList(std::string_view name,
                        const std::function<void(const std::vector<JsonItem>&)>& use) const {
  for (const Json& list : List(name)) {
    if (!list.is_array()) Expected(name, "a list of lists");
    std::vector<JsonItem> items;
    for (const Json& value : list) items.emplace_back(value, where_ + ", " + std::string(name));
    use(items);
  }
}

}  // namespace sigvet
