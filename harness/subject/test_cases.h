#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "harness/corpus/case.h"
#include "harness/subject/case_derivation.h"

// What the tests of diagnosis share.

namespace sigvet {

std::unique_ptr<Backend> AnyTestBackend();

/// The built-in corpus, loaded once.
const Corpus& TestBuiltInCorpus();

/// The case of that id in it.
const Case& BuiltInCase(std::string_view id);

/// Of a case that can be derived.
std::unique_ptr<CaseDerivation> DeriveTestCase(Backend& backend, const Case& c);

// Derivations by hand, from the backend's primitives alone.

/// HMAC upon HMAC, from `key`: raw bytes.
std::string TestChain(Backend& backend, std::string key, const std::vector<std::string>& messages);

/// The signature over `string_to_sign` of a key that begins with `first_key`, in hex; the scope is
/// that of the case.
std::string TestSignature(Backend& backend, const Case& c, const std::string& first_key,
                          const std::string& string_to_sign);

/// The string to sign that `c` expects, with the hash of `canonical_request` in its last line.
std::string TestStringToSign(Backend& backend, const Case& c, std::string_view canonical_request);

/// An SES password: base64 of `version` and the MAC.
std::string TestPassword(Backend& backend, char version, const std::string& mac);

/// The stage of that name of the case's operation.
const FieldSpec& StageNamed(const Case& c, std::string_view name);

/// The value of that stage, which must be there.
std::string ValueOf(const std::vector<StageValue>& stages, std::string_view name);

}  // namespace sigvet
