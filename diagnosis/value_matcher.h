#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "backends/backend.h"
#include "base/bytes.h"
#include "diagnosis/output_form.h"

namespace sigvet {

/// Holds MACs, each in one or another output form, against the values that are looked for. The
/// forms that length and first characters of the values rule out cost nothing; for the usual ones
/// the MAC is known that a value would need. Belongs to the backend's thread.
class ValueMatcher {
 public:
  /// An empty value matches nothing. `begins_only`: a value may go on after the text of a MAC.
  /// `values` must outlive the matcher.
  ValueMatcher(Backend& backend, std::span<const std::string_view> values, bool begins_only);

  /// Its number, from 0 on.
  std::uint32_t AddForm(const OutputForm& form);
  std::size_t form_count() const { return forms_.size(); }

  /// Whether no MAC of that size can be any of the values in that form. Throws BackendError.
  bool IsRuledOut(std::uint32_t form, std::size_t mac_size);

  /// Adds the numbers of the values that may be `mac` in that form to `hits`: all that are, and
  /// hardly ever another. Throws BackendError.
  void Match(std::uint32_t form, ByteView mac, std::vector<std::uint32_t>& hits);

 private:
  /// What the MAC's text is held against, each with its value's number.
  using Texts = std::unordered_multimap<std::string_view, std::uint32_t>;

  struct Form {
    OutputForm form;
    /// Whether the values' MACs are known.
    bool is_inverted = false;
    std::set<std::size_t> mac_sizes = {};
    /// Of each value that has one, by its first eight bytes.
    std::unordered_multimap<std::uint64_t, std::uint32_t> macs = {};
    /// Else those that MACs of a size can have, by that size.
    std::map<std::size_t, Texts> texts = {};
  };

  void Invert(Form& form);
  const Texts& TextsOf(Form& form, std::size_t mac_size);

  Backend& backend_;
  std::span<const std::string_view> values_;
  bool begins_only_;
  std::vector<Form> forms_;
};

}  // namespace sigvet
