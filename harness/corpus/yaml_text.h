#pragma once

#include <string_view>

#include "harness/corpus/file_errors.h"

namespace sigvet {

/// Checks what the YAML library would take in silently: bytes that are not UTF-8, control
/// characters, a byte order mark, line ends that do not count as such, and directives other than
/// `%YAML 1.2`. Adds what is wrong (the first few places) to `errors`; false where there is any.
bool CheckYamlText(std::string_view text, FileErrors& errors);

/// Whether the quoted scalar whose opening quote is `text[0]` has a closing one.
bool IsQuoteClosed(std::string_view text);

/// The place of the "-" of the block sequence entry that has no value of its own. `next` is where
/// the next token of `text` begins, at `next_place`.
TextPlace PlaceOfEmptyEntry(std::string_view text, std::size_t next, TextPlace next_place);

}  // namespace sigvet
