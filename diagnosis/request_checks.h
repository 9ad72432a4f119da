#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "diagnosis/signed_request.h"

namespace sigvet {

/// Something that is wrong, and what would be right.
struct Remark {
  /// Kebab-case.
  std::string id;
  std::string sentence;
  std::string remedy;

  bool operator==(const Remark&) const = default;
};

/// What services refuse in a signed request whatever its signature is, in the order in which a
/// reader wants it. `body_hash`: the SHA-256 of the body in hex.
std::vector<Remark> CheckSignedRequest(const SignedRequest& signed_request,
                                       std::string_view body_hash);

}  // namespace sigvet
