#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "backends/backend.h"
#include "base/result.h"
#include "harness/corpus/case.h"
#include "harness/corpus/input_parser.h"

namespace sigvet {

/// The longest text of inputs, in bytes.
inline constexpr std::size_t kMaxInputsBytes = std::size_t{16} << 20;

/// A case that has nothing but an operation and its inputs: nothing is expected of it.
struct ParsedInputs {
  Case c;
  /// In the order of their places, at most kMaxErrors; where there is one the case must not be
  /// used.
  std::vector<Error> errors = {};
};

/// Reads `text` as the inputs of `operation`, written as below `input` in a corpus file; `file` is
/// what messages call it. What `given` has may be left out of the text. `decoder` decodes base64
/// and may throw BackendError.
ParsedInputs ParseInputs(const std::string& file, std::string_view text,
                         const OperationSpec& operation, std::span<const GivenInput> given,
                         Backend& decoder);

/// The same where there is no text: all inputs are in `given`.
ParsedInputs ParseInputs(const OperationSpec& operation, std::span<const GivenInput> given,
                         Backend& decoder);

}  // namespace sigvet
