#pragma once

#include <array>
#include <memory>
#include <string_view>

#include "backends/backend.h"
#include "base/result.h"
#include "base/secret.h"

namespace sigvet {

/// The stages of a version 2 password.
struct SesSmtpPasswordV2 {
  /// HMAC of `SendRawEmail` under the secret.
  Wiped<Digest> mac;
  /// Base64 of the byte 0x02 and the MAC: 44 characters.
  Secret password;
};

/// Derives an Amazon SES SMTP password of version 2, which AWS accepts no more for new regions;
/// it belongs to no region. An empty `secret` is an error. Throws BackendError.
/// Source: "Obtaining Amazon SES SMTP credentials", Amazon SES Developer Guide, before 2021.
Result<SesSmtpPasswordV2> DeriveSesSmtpPasswordV2(Backend& backend, const Secret& secret);

/// The stages of a version 4 password. Each key is the HMAC of the named message under the key
/// before it.
struct SesSmtpPasswordV4 {
  struct Keys {
    std::array<Digest, 5> chain;  ///< in the order of the names below

    const Digest& date_key() const { return chain[0]; }      ///< `11111111`, under `AWS4` + secret
    const Digest& region_key() const { return chain[1]; }    ///< the region
    const Digest& service_key() const { return chain[2]; }   ///< `ses`
    const Digest& terminal_key() const { return chain[3]; }  ///< `aws4_request`
    const Digest& message_key() const { return chain[4]; }   ///< `SendRawEmail`
  };

  Wiped<Keys> keys;
  /// Base64 of the byte 0x04 and the message key: 44 characters.
  Secret password;
};

/// Derives Amazon SES SMTP passwords of version 4 for one region, and prepares what all secrets
/// share once. Belongs to one thread at a time and must not outlive its backend.
/// Source: "Obtaining Amazon SES SMTP credentials", Amazon SES Developer Guide.
class SesSmtpPasswordV4Deriver {
 public:
  /// An empty `region` is an error; an unknown one is not. Throws BackendError.
  static Result<SesSmtpPasswordV4Deriver> Create(Backend& backend, std::string_view region);

  /// An empty `secret` is an error. Throws BackendError.
  Result<SesSmtpPasswordV4> Derive(const Secret& secret);

 private:
  SesSmtpPasswordV4Deriver(Backend& backend, std::unique_ptr<HmacChain> chain)
      : backend_(&backend), chain_(std::move(chain)) {}

  Backend* backend_;
  std::unique_ptr<HmacChain> chain_;
};

/// One password, for callers that need no more.
Result<SesSmtpPasswordV4> DeriveSesSmtpPasswordV4(Backend& backend, const Secret& secret,
                                                  std::string_view region);

}  // namespace sigvet
