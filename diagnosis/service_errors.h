#pragma once

#include <optional>

#include "diagnosis/request_checks.h"
#include "diagnosis/server_reply.h"

namespace sigvet {

/// Whether the reply says that the signature does not match, and so whether what the service
/// computed is worth a comparison.
bool SaysSignatureDoesNotMatch(const ServerReply& reply);

/// Whether the code is one that is known to have nothing to do with the signature, such as
/// NoSuchKey.
bool IsNotAboutSignature(const ServerReply& reply);

/// What the reply's code and message mean, in a plain sentence, and what to do. nullopt for a
/// signature that does not match: that needs a comparison, not a sentence; any other gives
/// the service's own words, with the id "other" where IsNotAboutSignature, else "unknown".
std::optional<Remark> ExplainReply(const ServerReply& reply);

}  // namespace sigvet
