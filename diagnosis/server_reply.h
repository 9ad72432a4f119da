#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "base/result.h"

namespace sigvet {

/// The longest reply that ReadServerReply takes.
inline constexpr std::size_t kMaxReplyBytes = std::size_t{1} << 20;

/// The error that a service answered a request with. What it did not say is empty.
struct ServerReply {
  /// As in `SignatureDoesNotMatch` or `InvalidSignatureException`.
  std::string code = {};
  std::string message = {};
  /// What the service computed from the request that reached it.
  std::string canonical_request = {};
  std::string string_to_sign = {};
  /// The signature that the service found in the request; S3 repeats it.
  std::string signature_provided = {};

  bool operator==(const ServerReply&) const = default;
};

/// Reads the body of an error reply, with or without the head that came before it
/// (of which the header x-amzn-errortype counts where the body has no code): XML (S3 and the
/// services of the query protocol), JSON (`message`, `Message`, `__type`, `code`, wherever they
/// stand), or the message alone, as logs have it. The canonical request and the string to sign come
/// from S3's elements (from the hex bytes beside them where they are there, which no copying
/// changes) or from the message, where they stand in apostrophes after `The Canonical String for
/// this request should have been` and `The String-to-Sign should have been`.
///
/// Errors: more than kMaxReplyBytes, XML or JSON that is none, and a text that says nothing of an
/// error; with line and column where there is one.
/// Source: "REST Error Responses", Amazon S3 API Reference; "Common Errors" of the services' API
/// references.
Result<ServerReply> ReadServerReply(std::string_view text);

}  // namespace sigvet
