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

}  // namespace

const std::string& Case::Text(std::string_view name) const {
  const auto* text = std::get_if<std::string>(&Input(*this, name));
  Check(text != nullptr, "the input is not text");
  return *text;
}

std::int64_t Case::Integer(std::string_view name) const {
  const auto* number = std::get_if<std::int64_t>(&Input(*this, name));
  Check(number != nullptr, "the input is not a number");
  return *number;
}

bool Case::Uses(const FieldSpec& field) const {
  return field.version == 0 || field.version == Integer("version");
}

}  // namespace sigvet
