#pragma once

#include <span>

#include "backends/backend.h"
#include "base/result.h"
#include "diagnosis/defect.h"
#include "diagnosis/derivation.h"
#include "signing/sigv4_stream.h"

// Derivations as they should be, in pieces.

namespace sigvet {

/// Of version `given.version`, 2 or 4.
Derivation RightPassword(const DerivationInput& given);

Derivation RightSigningKey(const DerivationInput& given);

/// What a service that has the request's rules computes. Errors are those of DeriveAsItShouldBe.
/// Throws BackendError.
Result<Derivation> RightSignature(Backend& backend, const SignedRequest& signed_request,
                                  const DerivationInput& given);

/// Of chunks, of trailing headers or of an event, from what its signer gives: the strings to sign
/// have the form that SignSigv4Chunked, SignSigv4Trailer and SignSigv4Event write.
Derivation RightChain(const DerivationInput& given,
                      std::span<const Sigv4ChainedSignature> signatures);

/// The policy is `given.payload`. Throws BackendError.
Derivation RightPolicy(Backend& backend, const DerivationInput& given);

}  // namespace sigvet
