#pragma once

#include <optional>

#include "diagnosis/request_checks.h"
#include "diagnosis/server_reply.h"

namespace sigvet {

/// Whether the reply says that the signature does not match, and so whether what the service
/// computed is worth a comparison.
bool SaysSignatureDoesNotMatch(const ServerReply& reply);

/// What the reply's code and message mean, in a plain sentence, and what to do. nullopt for a
/// signature that does not match: that needs a comparison, not a sentence; an unknown code gives a
/// sentence with the service's own words.
std::optional<Remark> ExplainReply(const ServerReply& reply);

}  // namespace sigvet
