#pragma once

#include <memory>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>

#include "base/bytes.h"
#include "base/check.h"
#include "base/result.h"

namespace sigvet {

/// A crypto library failed at work that it must be able to do: out of memory, a broken provider.
/// `what()` says which call and what the library said. Not thrown because of the input, but by a
/// provider that forbids some of it, as FIPS providers do short keys.
class BackendError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// What a backend says of itself, asked from the library at run time.
struct BackendInfo {
  /// The library and its version, as in "OpenSSL 3.0.19 27 Jan 2026".
  std::string library;
  /// The code path in use where the library tells, as in "sha-ni"; else empty.
  std::string kernel;
};

/// A chain of HMAC-SHA-256 over messages that are fixed when the chain is made: the MAC of the
/// first message under the caller's key, the MAC of the second under that MAC, and so on. An SES
/// version 4 password is a chain of five messages, a SigV4 signing key a chain of four.
///
/// A chain belongs to one thread at a time. It may use its backend's state: it must not outlive the
/// backend, nor be used by another thread than the one that uses the backend. It may hold the state
/// of the last key until its next use or its end.
class HmacChain {
 public:
  virtual ~HmacChain() = default;
  HmacChain(const HmacChain&) = delete;
  HmacChain& operator=(const HmacChain&) = delete;

  /// How many messages there are, and so how many MACs a key gives; 0 is allowed.
  std::size_t length() const { return length_; }

  /// Writes the MAC of every message: `macs[i]` is that of message `i`. `macs.size()` must be
  /// length(). `key` may have any size and may lie inside `macs`: it is read before the first MAC
  /// is written. Throws BackendError.
  virtual void Derive(ByteView key, std::span<Digest> macs) = 0;

  /// The same for many independent keys. `macs.size()` must be `keys.size() * length()`; the MACs
  /// of key `k` begin at `macs[k * length()]`. No key may overlap `macs`. The default derives one
  /// key after the other. Throws BackendError.
  virtual void DeriveMany(std::span<const ByteView> keys, std::span<Digest> macs);

 protected:
  explicit HmacChain(std::size_t length) : length_(length) {}

 private:
  std::size_t length_;
};

/// How many characters Backend::Base64Encode makes of `bytes` bytes: 4 for every 3 bytes begun.
constexpr std::size_t Base64Size(std::size_t bytes) { return (bytes + 2) / 3 * 4; }

/// One way to compute the primitives that signing needs: the interface of every crypto backend.
///
/// The constructor (behind the factory in backend_registry.h) does every look-up and fetch, so that
/// calls do the work alone. An object belongs to one thread at a time; it is cheap, so make one per
/// thread. It may hold the state of the last key until its next use or its end, and wipes it then.
/// Views passed in are read only during the call, need no alignment and may overlap each other.
class Backend {
 public:
  Backend() = default;
  virtual ~Backend() = default;
  Backend(const Backend&) = delete;
  Backend& operator=(const Backend&) = delete;

  /// Asks the library for its version and its code path. Throws BackendError.
  virtual BackendInfo Info() const = 0;

  /// SHA-256 (FIPS 180-4) of `message`, of any size. Throws BackendError.
  virtual Digest Sha256(ByteView message) = 0;

  /// HMAC-SHA-256 (RFC 2104, FIPS 198-1) of `message` under `key`; both of any size, also empty.
  /// Throws BackendError.
  virtual Digest HmacSha256(ByteView key, ByteView message) = 0;

  /// A chain over copies of `messages`, each of any size. The default is a loop over HmacSha256; a
  /// backend that can prepare the messages, or work on many keys at once, overrides it. Throws
  /// BackendError.
  virtual std::unique_ptr<HmacChain> PrepareChain(std::span<const ByteView> messages);

  /// Base64 (RFC 4648 section 4) with padding and without line breaks. Throws BackendError.
  std::string Base64Encode(ByteView bytes);

  /// The same, written to `text`, whose size must be Base64Size(bytes.size()). Throws BackendError.
  void Base64Encode(ByteView bytes, std::span<char> text) {
    Check(text.size() == Base64Size(bytes.size()), "base64 needs a place of exactly its size");
    DoBase64Encode(bytes, text);
  }

  /// The exact inverse of Base64Encode. Anything that Base64Encode can't have written gives
  /// nullopt: characters outside of the alphabet (white space too), missing, surplus or inner
  /// padding, and trailing bits that are not zero (RFC 4648 section 3.5). Throws BackendError.
  virtual std::optional<Bytes> Base64Decode(std::string_view text) = 0;

 private:
  /// Base64Encode, whose caller has looked at the sizes.
  virtual void DoBase64Encode(ByteView bytes, std::span<char> text) = 0;
};

/// A new backend, or why this machine can't have it ("unavailable, because ...").
using BackendResult = Result<std::unique_ptr<Backend>>;

}  // namespace sigvet
