#include "diagnosis/server_reply.h"

#include <algorithm>
#include <cstdint>
#include <utility>

#include "diagnosis/server_reply_format.h"
#include "signing/canonical_headers.h"

namespace sigvet {
namespace {

constexpr std::string_view kCanonicalPhrase =
    "The Canonical String for this request should have been";
constexpr std::string_view kStringToSignPhrase = "The String-to-Sign should have been";
constexpr std::string_view kSpace = " \t\r\n";
constexpr const char* kHint =
    "save the body of the answer as it came, as in curl -s ... > reply.xml";

/// The status line and headers that `curl -i` shows before the body, and what they end with; empty
/// where there are none.
std::string_view HeadOf(std::string_view text) {
  if (!text.starts_with("HTTP/")) return {};
  const std::size_t crlf = text.find("\r\n\r\n");
  const std::size_t lf = text.find("\n\n");
  if (std::min(crlf, lf) == text.npos) return {};
  return text.substr(0, crlf < lf ? crlf + 4 : lf + 2);
}

/// What the header x-amzn-errortype says, which services of the REST-JSON protocol send in place of
/// a code in the body.
std::string ErrorTypeOf(std::string_view head) {
  while (!head.empty()) {
    const std::string_view line = head.substr(0, head.find('\n'));
    head.remove_prefix(std::min(line.size() + 1, head.size()));
    const std::size_t colon = line.find(':');
    if (colon == line.npos || !SameHeaderName(line.substr(0, colon), "x-amzn-errortype")) continue;
    std::string_view value = line.substr(colon + 1);
    value.remove_prefix(std::min(value.find_first_not_of(kSpace), value.size()));
    return std::string(value.substr(0, value.find_first_of(": \r")));
  }
  return {};
}

/// What stands between apostrophes at the beginning of `text`: the last one ends it, since a value
/// may hold others. Empty where a reply was cut short.
std::string Quotation(std::string_view text) {
  text.remove_prefix(std::min(text.find_first_not_of(kSpace), text.size()));
  const std::size_t end = text.rfind('\'');
  if (!text.starts_with('\'') || end == 0) return {};
  return std::string(text.substr(1, end - 1));
}

void ReadMessage(std::string_view message, ServerReply& reply) {
  const std::size_t canonical = message.find(kCanonicalPhrase);
  const std::size_t string_to_sign = message.find(kStringToSignPhrase);
  if (canonical != message.npos && reply.canonical_request.empty()) {
    const std::size_t start = canonical + kCanonicalPhrase.size();
    const bool before = string_to_sign != message.npos && string_to_sign > start;
    reply.canonical_request =
        Quotation(message.substr(start, before ? string_to_sign - start : message.npos));
  }
  if (string_to_sign != message.npos && reply.string_to_sign.empty()) {
    reply.string_to_sign = Quotation(message.substr(string_to_sign + kStringToSignPhrase.size()));
  }
}

/// `text` with `\n` and the like, as logs write them, turned into what they stand for.
std::string Unescaped(std::string_view text) {
  std::string plain;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char next = text[i] == '\\' && i + 1 < text.size() ? text[i + 1] : '\0';
    if (next == 'n' || next == 't' || next == '\\' || next == '"' || next == '/') {
      plain += next == 'n' ? '\n' : next == 't' ? '\t' : next;
      ++i;
    } else {
      plain += text[i];
    }
  }
  return plain;
}

/// The message by itself, or in JSON that is none because its line breaks are raw, as some
/// gateways write it.
ServerReply ReadPlainReply(std::string_view text) {
  ServerReply reply;
  const bool has_line_breaks =
      text.substr(std::min(text.find(kCanonicalPhrase), text.size())).find('\n') != text.npos;
  reply.message = has_line_breaks ? std::string(text) : Unescaped(text);
  return reply;
}

bool HoldsPhrase(std::string_view text) {
  return text.find(kCanonicalPhrase) != text.npos || text.find(kStringToSignPhrase) != text.npos;
}

Result<ServerReply> ReadFormat(std::string_view text) {
  if (text.front() == '<') return ReadXmlReply(text);
  if (text.front() == '{' || text.front() == '[') {
    Result<ServerReply> reply = ReadJsonReply(text);
    if (reply || !HoldsPhrase(text)) return reply;
  }
  if (HoldsPhrase(text)) return ReadPlainReply(text);
  return Error{"this is neither XML nor JSON nor the message of an error", {}, kHint};
}

}  // namespace

Place PlaceOf(std::string_view text, std::size_t offset) {
  const std::string_view before = text.substr(0, offset);
  const std::size_t line_start = before.rfind('\n') + 1;  // npos + 1 is 0
  return {{},
          static_cast<std::uint32_t>(1 + std::ranges::count(before, '\n')),
          static_cast<std::uint32_t>(1 + before.size() - line_start)};
}

Result<ServerReply> ReadServerReply(std::string_view text) {
  if (text.size() > kMaxReplyBytes) return Error{"the reply is longer than 1 MiB", {}, kHint};
  if (text.starts_with("\xef\xbb\xbf")) text.remove_prefix(3);
  const std::string_view head = HeadOf(text);
  const std::string error_type = ErrorTypeOf(head);
  text.remove_prefix(head.size());
  text.remove_prefix(std::min(text.find_first_not_of(kSpace), text.size()));
  if (text.empty() && error_type.empty()) return Error{"the reply is empty", {}, kHint};
  Result<ServerReply> reply = text.empty() ? ServerReply() : ReadFormat(text);
  if (!reply) return reply;
  if (reply->code.empty()) reply->code = error_type;
  ReadMessage(reply->message, *reply);
  if (reply->code.empty() && reply->message.empty() && reply->canonical_request.empty() &&
      reply->string_to_sign.empty()) {
    return Error{"the reply says nothing of an error: it has no code and no message", {}, kHint};
  }
  return reply;
}

}  // namespace sigvet
