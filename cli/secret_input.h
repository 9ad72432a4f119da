#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "base/secret.h"

namespace sigvet {

/// Keeps the memory of this process out of core dumps from here on.
void ForbidCoreDumps();

/// The secret access key: AWS_SECRET_ACCESS_KEY where it is set and not empty, else stdin up to its
/// end without one line break at the end; on a terminal one line, asked for and not shown. At most
/// 4,096 bytes. Never from an argument, which other users of the machine could see.
Result<Secret> ReadSecretAccessKey();

/// AWS_SECRET_ACCESS_KEY, at most 4,096 bytes; nullopt where it is not set or empty.
Result<std::optional<Secret>> SecretAccessKeyFromEnvironment();

/// Whether `text` has the form of a secret access key: 40 characters of the base64 alphabet,
/// letters of both cases among them. Digests in hex and names in lower case have not; of a million
/// secrets all but about one have.
bool LooksLikeSecret(std::string_view text);

/// `message` with "(not shown: it looks like a secret)" in the place of every word that does: a
/// secret that was given where a path or a name belongs. A word ends where a character stands that
/// is not of the base64 alphabet; one with `.`, `-`, `_` or `~` beside it is a part of a name.
std::string WithoutSecrets(std::string_view message);

/// What is odd about a secret, without a word of what it is; empty where nothing is.
std::string SecretSuspicion(std::string_view secret);

}  // namespace sigvet
