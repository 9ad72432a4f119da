#include "signing/sigv4_post_policy.h"

#include "signing/sigv4_signing_key.h"
#include "signing/sigv4_string_to_sign.h"
#include "signing/sigv4_timestamp.h"

namespace sigvet {

Result<Sigv4PostPolicy> SignSigv4PostPolicy(Backend& backend, const Secret& secret,
                                            const Sigv4PostPolicyScope& scope, ByteView policy) {
  if (scope.access_key_id.empty()) return Error{"the access key id is empty"};
  if (policy.empty()) return Error{"the policy is empty", {}, "a policy is a JSON document"};
  if (!IsSigv4Timestamp(scope.timestamp)) {
    return Error{"the timestamp is no time in UTC", {}, "as in 20151229T000000Z"};
  }
  if (auto error = CheckCredential(scope.access_key_id, scope.region, scope.service)) return *error;
  const Sigv4Scope key_scope = {DateOfSigv4Timestamp(scope.timestamp), scope.region, scope.service};
  const auto key = DeriveSigv4SigningKey(backend, secret, key_scope);
  if (!key) return key.error();

  Sigv4PostPolicy signed_policy;
  ((signed_policy.credential = scope.access_key_id) += '/') += CredentialScope(key_scope);
  signed_policy.string_to_sign = backend.Base64Encode(policy);
  signed_policy.signature =
      Sigv4Signature(backend, (*key)->signing_key(), signed_policy.string_to_sign);
  return signed_policy;
}

}  // namespace sigvet
