#pragma once

#include <cstdint>
#include <functional>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace sigvet {

/// What is wrong with a JSON report; ends its reading.
struct BadItem {
  std::string message;
};

/// An object of a JSON report, whose members must be what docs/json-report.md says. Each function
/// throws BadItem where that is not so. Does not outlive the object.
class JsonItem {
 public:
  /// `where` is what messages call the object: "case 12".
  JsonItem(const nlohmann::json& object, std::string where);

  const std::string& where() const { return where_; }
  [[noreturn]] void Fail(const std::string& what) const;

  bool Has(std::string_view name) const;

  /// A string.
  std::string Name(std::string_view name) const;
  /// A string, or the base64 of one: any bytes.
  std::string Text(std::string_view name) const;
  /// The same, empty where it is absent.
  std::string OptionalText(std::string_view name) const;
  std::vector<std::string> Texts(std::string_view name) const;
  std::uint32_t Count(std::string_view name) const;
  /// The same, 0 where it is absent.
  std::uint32_t OptionalCount(std::string_view name) const;
  std::int64_t Whole(std::string_view name) const;
  bool Truth(std::string_view name) const;
  JsonItem Object(std::string_view name) const;
  /// Gives `use` every object of a list.
  void Each(std::string_view name, const std::function<void(const JsonItem&)>& use) const;
  /// Gives `use` every item of a list of lists of objects.
  void EachList(std::string_view name,
                const std::function<void(const std::vector<JsonItem>&)>& use) const;

 private:
  const nlohmann::json& Find(std::string_view name) const;
  const nlohmann::json& List(std::string_view name) const;
  [[noreturn]] void Expected(std::string_view name, std::string_view what) const;
  std::string TextOf(std::string_view name, const nlohmann::json& value) const;

  const nlohmann::json& object_;
  std::string where_;
};

}  // namespace sigvet
