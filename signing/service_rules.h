#pragma once

#include <string_view>

#include "signing/canonical_path.h"

namespace sigvet {

/// Whether a service has S3's rules: paths are encoded once and not normalised, the payload hash is
/// sent in X-Amz-Content-Sha256, and a presigned URL says UNSIGNED-PAYLOAD in its place. These are
/// the signing names `s3`, `s3express`, `s3-object-lambda` and `s3-outposts`; other services whose
/// names begin so (`s3tables`) have the rules of all others.
/// Source: "Create a signed AWS API request", AWS IAM User Guide.
bool HasS3Rules(std::string_view service);

/// The rules of the canonical path that follow from the service.
CanonicalPathOptions PathRulesOf(std::string_view service);

}  // namespace sigvet
