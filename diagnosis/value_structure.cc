#include "diagnosis/value_structure.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <utility>

#include "base/bytes.h"
#include "base/hex.h"
#include "base/utf8.h"
#include "diagnosis/base64_text.h"
#include "diagnosis/stage_lines.h"

namespace sigvet {
namespace {

constexpr std::size_t kMacBytes = kDigestBytes;

std::string Characters(std::size_t count) {
  return std::to_string(count) + (count == 1 ? " character" : " characters");
}

std::string Quoted(std::string_view text) {
  constexpr std::size_t kMostQuoted = 40;
  const bool is_long = text.size() > kMostQuoted;
  return "\"" + Visible(text.substr(0, kMostQuoted)) + (is_long ? "...\"" : "\"");
}

bool IsHexDigit(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

bool IsHex(std::string_view text) { return !text.empty() && std::ranges::all_of(text, IsHexDigit); }

bool HasUpperCase(std::string_view text) {
  return std::ranges::any_of(text, [](char c) { return c >= 'A' && c <= 'Z'; });
}

bool IsPrintable(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return c >= ' ' && c <= '~'; });
}

/// "the 20 bytes of SHA-1": what has so many bytes; empty where nothing is known that has.
std::string_view HashOfSize(std::size_t size) {
  constexpr std::array<std::pair<std::size_t, std::string_view>, 4> kHashes = {
      {{16, "MD5"}, {20, "SHA-1"}, {48, "SHA-384"}, {64, "SHA-512"}}};
  const auto found =
      std::ranges::find(kHashes, size, &std::pair<std::size_t, std::string_view>::first);
  return found == kHashes.end() ? "" : found->second;
}

/// Says what a value's form shows, layer by layer from the outside.
class Describer {
 public:
  explicit Describer(const Derivation& right) : right_(right) {}

  std::vector<std::string> Password(std::string_view value) {
    std::string_view text = WithoutWrapping(value);
    if (text.empty()) return std::move(sentences_);
    if (IsHex(text) && text.size() % 2 == 0 && text.size() >= 2 * kMacBytes) {
      HexPassword(text);
    } else if (const std::optional<std::string> bytes = DecodeAnyBase64(text)) {
      if (text.find_first_of("-_") != text.npos) {
        Say("hyphens or underlines in it: the URL-safe alphabet of base64, where + and / belong");
      }
      PasswordBytes(text, *bytes);
    } else {
      NoBase64(text);
    }
    return std::move(sentences_);
  }

  std::vector<std::string> HexMac(std::string_view value) {
    const std::string_view text = WithoutWrapping(value);
    if (text.empty() || IsHexDigest(text)) return std::move(sentences_);
    if (IsHex(text)) {
      HexDigits(text);
    } else if (const std::size_t begin = text.find("Signature="); begin != text.npos) {
      Say("Signature= in it: a whole header or URL, where the 64 digits after it are asked for");
    } else if (text.starts_with("0x") && IsHex(text.substr(2))) {
      Say("0x before the hex digits");
    } else if (text.size() > 2 * kMacBytes &&
               IsHexDigest(text.substr(text.size() - 2 * kMacBytes))) {
      Say(Quoted(text.substr(0, text.size() - 2 * kMacBytes)) + " before the 64 hex digits");
    } else if (const std::optional<std::string> bytes = DecodeAnyBase64(text)) {
      Say("base64 of " + std::to_string(bytes->size()) + " bytes" + OfHash(bytes->size()) +
          ", where 64 lower-case hex digits belong");
    } else if (text.size() == kMacBytes) {
      Say("32 bytes that are not text: a MAC as it is, where its hex digits belong");
    } else {
      const auto odd = std::ranges::find_if_not(text, IsHexDigit);
      Say(Odd(text, odd) + ", where 64 lower-case hex digits belong");
    }
    return std::move(sentences_);
  }

  std::vector<std::string> Chain(std::string_view value) {
    const std::string_view text = value.ends_with('\n') ? value.substr(0, value.size() - 1) : value;
    const Lines lines = Split(text, '\n');
    const std::size_t expected = right_.chain.links.size();
    if (lines.size() != expected) {
      Say(std::to_string(lines.size()) + (lines.size() == 1 ? " line" : " lines") +
          ", where there are " + std::to_string(expected) + " signatures, a line each");
    }
    for (std::size_t i = 0; i < lines.size(); ++i) {
      std::vector<std::string> of_line = Describer(right_).HexMac(lines[i]);
      if (of_line.empty()) continue;
      Say("line " + std::to_string(i + 1) + ": " + of_line.front());
      break;
    }
    return std::move(sentences_);
  }

 private:
  void Say(std::string sentence) { sentences_.push_back(std::move(sentence)); }

  static std::string OfHash(std::size_t size) {
    if (size == kMacBytes) return ", the MAC";
    const std::string_view hash = HashOfSize(size);
    return hash.empty() ? "" : ", as many as HMAC with " + std::string(hash) + " gives";
  }

  static std::string Odd(std::string_view text, std::string_view::iterator odd) {
    return Quoted(text.substr(static_cast<std::size_t>(odd - text.begin()), 1)) + " as character " +
           std::to_string(odd - text.begin() + 1);
  }

  /// What is left without line breaks, blanks and quotes around it.
  std::string_view WithoutWrapping(std::string_view value) {
    if (value.empty()) Say("nothing: an empty text");
    std::string_view text = value;
    if (text.ends_with("\r\n")) {
      Say("a line break (CR LF) at its end");
    } else if (text.ends_with('\n')) {
      Say("a line break at its end");
    } else if (text.ends_with(' ') || text.ends_with('\t') || text.ends_with('\r')) {
      Say("white space at its end");
    }
    constexpr std::string_view kWhiteSpace = " \t\r\n";
    text = text.substr(0, text.find_last_not_of(kWhiteSpace) + 1);
    if (text.find_first_not_of(kWhiteSpace) != 0 && !text.empty()) {
      Say("white space at its beginning");
      text.remove_prefix(text.find_first_not_of(kWhiteSpace));
    }
    for (const std::string_view quote : {"'", "\"", "`"}) {
      const bool is_bytes = text.starts_with('b') && text.substr(1).starts_with(quote);
      const std::size_t begin = is_bytes ? 2 : 1;
      if (text.size() <= begin || !text.substr(begin - 1).starts_with(quote)) continue;
      if (!text.ends_with(quote)) continue;
      Say(is_bytes ? "b" + std::string(quote) + "..." + std::string(quote) +
                         " around it, as Python prints bytes that were not decoded"
                   : "quotation marks around it");
      return text.substr(begin, text.size() - begin - 1);
    }
    return text;
  }

  void HexPassword(std::string_view text) {
    const std::size_t bytes = text.size() / 2;
    std::string sentence = std::to_string(text.size()) + " hex digits, where base64 belongs";
    if (bytes == kMacBytes) sentence += ": a MAC without its version";
    if (bytes == kMacBytes + 1) sentence += ": a version and a MAC";
    Say(std::move(sentence));
  }

  void NoBase64(std::string_view text) {
    if (const auto odd = std::ranges::find_if_not(text, IsBase64Character); odd != text.end()) {
      Say(Odd(text, odd) + ", which base64 does not have");
    }
    SayLength(text);
  }

  void SayLength(std::string_view text) {
    if (text.size() != kPasswordSize) {
      Say(Characters(text.size()) + ", where a right one has " + std::to_string(kPasswordSize));
    }
  }

  void PasswordBytes(std::string_view text, const std::string& bytes) {
    if (bytes.size() == kMacBytes + 1) {
      Version(bytes);
      return;
    }
    if (text.starts_with("AKIA") && text.size() == 20) {
      Say("20 characters that begin with AKIA: an access key id, where a password belongs");
      return;
    }
    if (bytes.size() == kMacBytes) {
      Say(std::string("base64 of 32 bytes: a MAC without its version byte") +
          (text.ends_with('=') ? "" : ", and without the padding that then belongs at its end"));
      return;
    }
    if (!TextInBytes(bytes) && !LongVersion(bytes)) OtherSize(text, bytes);
  }

  void OtherSize(std::string_view text, const std::string& bytes) {
    SayLength(text);
    const std::string_view hash = HashOfSize(bytes.size() - 1);
    if (!hash.empty()) {
      Say("base64 of " + std::to_string(bytes.size()) + " bytes: a version and the " +
          std::to_string(bytes.size() - 1) + " of HMAC with " + std::string(hash) +
          ", not with SHA-256");
      return;
    }
    if (text.size() == 40 && !text.ends_with('='))
      Say("as long as secret access keys are: the secret itself?");
    constexpr std::ptrdiff_t kMany = 4;
    if (bytes.size() <= kMacBytes && std::ranges::count(bytes, '\xFD') >= kMany) {
      Say("many bytes 0xfd in it, the low ones of U+FFFD: the MAC was decoded as UTF-8");
    }
    Say("base64 of " + std::to_string(bytes.size()) +
        " bytes, where there are 33: a version and "
        "the 32 of a MAC");
  }

  std::string ExpectedVersion() const {
    if (right_.form.version.size() != 1) return "the version byte";
    return "the byte " + std::to_string(static_cast<unsigned char>(right_.form.version[0]));
  }

  static std::string ByteName(char c) {
    return "the byte 0x" + ToHex(AsBytes(std::string_view(&c, 1)));
  }

  void Version(const std::string& bytes) {
    const std::string& version = right_.form.version;
    if (version.size() != 1 || bytes[0] == version[0]) return;
    if (bytes[0] >= '0' && bytes[0] <= '9') {
      Say("the first byte is the digit " + std::string(1, bytes[0]) + " (" + ByteName(bytes[0]) +
          "), where " + ExpectedVersion() + " belongs");
    } else if (bytes[0] >= 0 && bytes[0] <= 4) {
      Say("version " + std::to_string(bytes[0]) + ", where " + ExpectedVersion() + " belongs");
    } else if (bytes.back() == version[0]) {
      Say(ExpectedVersion() + " stands at the end, where it belongs before the MAC");
    } else {
      Say(ByteName(bytes[0]) + " in front, where " + ExpectedVersion() + " belongs");
    }
  }

  /// What stands in the place of the MAC's bytes is text of them.
  bool TextInBytes(const std::string& bytes) {
    std::string_view after = bytes;
    after.remove_prefix(std::min<std::size_t>(1, after.size()));
    if (after.size() == 2 * kMacBytes && IsHex(after)) {
      Say("base64 of a byte and 64 hex digits: the MAC was taken as hex, not as bytes");
      Version(bytes);
    } else if (bytes.size() == 2 * (kMacBytes + 1) && IsHex(bytes)) {
      Say("base64 of 66 hex digits, where it is that of the 33 bytes themselves");
    } else if (bytes.size() == kPasswordSize && DecodeAnyBase64(bytes)) {
      Say("base64 of base64: it was encoded twice");
      for (std::string& sentence : Describer(right_).Password(bytes)) Say(std::move(sentence));
    } else if ((after.starts_with("b'") && after.ends_with('\'')) ||
               (after.starts_with("b\"") && after.ends_with('"'))) {
      Say("base64 of b'...': Python's str() of bytes stands in the place of the MAC");
      Version(bytes);
    } else if (bytes.size() > kMacBytes + 1 && IsUtf8(bytes) && !IsPrintable(after)) {
      Say("base64 of " + std::to_string(bytes.size()) +
          " bytes that are UTF-8: the MAC's bytes were taken for characters");
    } else {
      return false;
    }
    return true;
  }

  /// Several bytes stand in the place of the version.
  bool LongVersion(const std::string& bytes) {
    constexpr std::size_t kMostVersionBytes = 16;
    if (bytes.size() <= kMacBytes || bytes.size() > kMacBytes + kMostVersionBytes) return false;
    std::string_view version = bytes;
    version.remove_suffix(kMacBytes);
    const std::string instead = ", where " + ExpectedVersion() + " belongs";
    constexpr std::string_view kPythonNul("\0x", 2);
    if (version.size() == 4 && version.starts_with(std::string_view("\0\0\0", 3))) {
      Say("the version was written as an integer of 4 bytes" + instead);
    } else if (version.starts_with("-en")) {
      Say(Quoted(version) + " in front: what the echo of a plain sh prints" + instead);
    } else if (version.starts_with(kPythonNul)) {
      Say(R"(a NUL, "x" and a digit in front, which Python makes of '\0x4')" + instead);
    } else if (IsPrintable(version)) {
      Say("the text " + Quoted(version) + " in front" + instead);
    } else {
      return false;
    }
    return true;
  }

  void HexDigits(std::string_view text) {
    const std::size_t digits = 2 * kMacBytes;
    if (text.size() == digits) {
      Say("hex digits in upper case, where lower case belongs");
      return;
    }
    const std::optional<Bytes> bytes = FromHex(text);
    if (bytes && text.size() == 2 * digits && IsHex(AsText(*bytes))) {
      Say("hex of hex digits: it was encoded twice");
      return;
    }
    Say(std::to_string(text.size()) + " hex digits, where a right one has 64" +
        (bytes && bytes->size() != kMacBytes ? OfHashInstead(bytes->size()) : ""));
    if (HasUpperCase(text)) Say("hex digits in upper case, where lower case belongs");
  }

  static std::string OfHashInstead(std::size_t size) {
    const std::string_view hash = HashOfSize(size);
    return hash.empty() ? "" : ": as many as HMAC with " + std::string(hash) + " gives";
  }

  /// 33 bytes.
  static constexpr std::size_t kPasswordSize = 44;

  const Derivation& right_;
  std::vector<std::string> sentences_;
};

}  // namespace

std::vector<std::string> DescribeStructure(const Derivation& right, const Stage& stage,
                                           std::string_view value) {
  switch (stage.kind) {
    case Stage::Kind::kCanonicalRequest:
    case Stage::Kind::kStringToSign:
      return {};
    case Stage::Kind::kKey:
      return Describer(right).HexMac(value);
    case Stage::Kind::kFinal:
      break;
  }
  if (right.product == Product::kPassword) return Describer(right).Password(value);
  if (right.product == Product::kChain) return Describer(right).Chain(value);
  return Describer(right).HexMac(value);
}

}  // namespace sigvet
