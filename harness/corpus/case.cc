#include "harness/corpus/case.h"

#include "base/check.h"

namespace sigvet {
namespace {

const Value& Input(const Case& c, std::string_view name) {
  for (std::size_t i = 0; i < c.inputs.size(); ++i) {
    if (c.operation->inputs[i].name == name) return c.inputs[i];
  }
  Fatal("a case has no input of that name");
}

template <typename Type>
const Type& InputOf(const Case& c, std::string_view name) {
  const auto* const value = std::get_if<Type>(&Input(c, name));
  Check(value != nullptr, "the input is of another type");
  return *value;
}

}  // namespace

std::string_view ToString(Provenance::Kind kind) {
  switch (kind) {
    case Provenance::Kind::kPublished:
      return "published";
    case Provenance::Kind::kCrossChecked:
      return "cross-checked";
    case Provenance::Kind::kDerived:
      return "derived";
    case Provenance::Kind::kContested:
      return "contested";
  }
  Fatal("a kind of provenance that does not exist");
}

const std::string& Case::Text(std::string_view name) const {
  return InputOf<std::string>(*this, name);
}

std::optional<std::string_view> Case::OptionalText(std::string_view name) const {
  if (std::holds_alternative<std::monostate>(Input(*this, name))) return std::nullopt;
  return Text(name);
}

std::int64_t Case::Integer(std::string_view name) const {
  return InputOf<std::int64_t>(*this, name);
}

bool Case::Boolean(std::string_view name) const { return InputOf<bool>(*this, name); }

const std::vector<HttpHeader>& Case::Headers(std::string_view name) const {
  return InputOf<std::vector<HttpHeader>>(*this, name);
}

bool Case::Uses(const FieldSpec& field) const {
  return field.version == 0 || field.version == Integer("version");
}

}  // namespace sigvet
