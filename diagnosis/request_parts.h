#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "diagnosis/signed_request.h"

// Changes of a request's derivation that defects share.

namespace sigvet {

/// The texts between the ampersands; none in an empty query.
std::vector<std::string> SplitQuery(std::string_view query);

std::string JoinQuery(const std::vector<std::string>& pairs);

/// The value, as it stands in the query, of the first parameter of that name, which needs no
/// encoding; nullopt where there is none.
std::optional<std::string> ParameterValue(const Sigv4Derivation& derivation, std::string_view name);

/// Puts a value in the place of that of the first parameter of that name; nothing where there is
/// none.
void SetParameter(Sigv4Derivation& derivation, std::string_view name, std::string_view value);

/// Adds `pair`: where it belongs if the query is sorted, else at the end.
void AddParameter(Sigv4Derivation& derivation, const std::string& pair);

/// The line of that name in any letter case, or null.
HttpHeader* FindHeader(Sigv4Derivation& derivation, std::string_view name);

/// Puts `list` in the place of the signed headers, also in the query of a presigned URL that has
/// the same list.
void SetSignedHeaders(Sigv4Derivation& derivation, const std::string& list);

/// SetSignedHeaders with the names of the lines, each once.
void ListHeaders(Sigv4Derivation& derivation);

/// Takes the header out of lines and list.
void RemoveHeader(Sigv4Derivation& derivation, std::string_view name);

/// Adds the header to lines and list, before the first whose name is greater.
void AddHeader(Sigv4Derivation& derivation, const HttpHeader& header);

}  // namespace sigvet
