#pragma once

#include "backends/backend.h"
#include "base/result.h"
#include "harness/corpus/case.h"
#include "signing/http_request.h"
#include "signing/sigv4_post_policy.h"
#include "signing/sigv4_request.h"
#include "signing/sigv4_stream.h"

// What a case of a SigV4 operation signs, and how. Errors are those of the signers in signing/;
// all of them throw BackendError.

namespace sigvet {

/// As the case gives it: nothing is added yet.
HttpRequest RequestOf(const Case& c);

CanonicalPathOptions PathOptionsOf(const Case& c);

/// Of sigv4-sign.
Result<Sigv4SignedRequest> SignCase(Backend& backend, const Case& c);

/// Of sigv4-presign.
Result<Sigv4PresignedUrl> PresignCase(Backend& backend, const Case& c);

/// Whether a case of sigv4-chunked asks for so many chunks that its signatures would take minutes
/// and fill the memory: then it can't be signed here.
bool HasTooManyChunks(const Case& c);

/// Of sigv4-chunked. Chunks of less than 1 byte are an error, too.
Result<Sigv4ChunkedRequest> SignCaseInChunks(Backend& backend, const Case& c);

/// Of sigv4-trailer.
Result<Sigv4ChainedSignature> SignTrailerCase(Backend& backend, const Case& c);

/// Of sigv4-event.
Result<Sigv4ChainedSignature> SignEventCase(Backend& backend, const Case& c);

/// Of sigv4-post-policy.
Result<Sigv4PostPolicy> SignPolicyCase(Backend& backend, const Case& c);

}  // namespace sigvet
