#include <algorithm>
#include <exception>
#include <optional>
#include <pugixml.hpp>

#include "base/bytes.h"
#include "base/hex.h"
#include "diagnosis/server_reply_format.h"

namespace sigvet {
namespace {

/// All of the element's own text: a CDATA section may stand between other parts.
std::string TextOf(const pugi::xml_node& parent, const char* name) {
  std::string text;
  for (const pugi::xml_node& part : parent.child(name).children()) {
    if (part.type() == pugi::node_pcdata || part.type() == pugi::node_cdata) text += part.value();
  }
  return text;
}

/// What the element says in hex, two digits a byte with blanks between; else what `name` says.
std::string ExactText(const pugi::xml_node& parent, const char* bytes_name, const char* name) {
  std::string digits = TextOf(parent, bytes_name);
  std::erase_if(digits, [](char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; });
  const std::optional<Bytes> bytes = FromHex(digits);
  if (bytes && !bytes->empty()) return std::string(AsText(*bytes));
  return TextOf(parent, name);
}

Result<ServerReply> Read(std::string_view text) {
  pugi::xml_document document;
  // Line ends as they are: they may be what differs.
  const unsigned flags = (pugi::parse_default | pugi::parse_ws_pcdata_single) & ~pugi::parse_eol;
  const pugi::xml_parse_result parsed = document.load_buffer(text.data(), text.size(), flags);
  if (!parsed) {
    const std::size_t offset = std::min(static_cast<std::size_t>(parsed.offset), text.size());
    return Error{std::string("not XML: ") + parsed.description(), PlaceOf(text, offset)};
  }
  const pugi::xml_node code = document.find_node([](const pugi::xml_node& node) {
    const std::string_view name = node.name();
    return name == "Code" || name == "code";
  });
  if (!code) return Error{"the reply has no element Code: it is no error of a service"};
  const pugi::xml_node error = code.parent();
  ServerReply reply;
  reply.code = TextOf(error, code.name());
  reply.message = TextOf(error, error.child("Message") ? "Message" : "message");
  reply.canonical_request = ExactText(error, "CanonicalRequestBytes", "CanonicalRequest");
  reply.string_to_sign = ExactText(error, "StringToSignBytes", "StringToSign");
  reply.signature_provided = TextOf(error, "SignatureProvided");
  return reply;
}

}  // namespace

Result<ServerReply> ReadXmlReply(std::string_view text) {
  try {
    return Read(text);
  } catch (const std::exception& error) {
    return Error{std::string("not XML: ") + error.what()};
  }
}

}  // namespace sigvet
