#include <algorithm>
#include <exception>
#include <nlohmann/json.hpp>
#include <utility>

#include "diagnosis/server_reply_format.h"

namespace sigvet {
namespace {

using Json = nlohmann::json;

constexpr int kMostDepth = 20;

/// Which part of a reply a member is; the first of its kind counts.
std::string* PartOf(ServerReply& reply, std::string_view member) {
  if (member == "code" || member == "Code" || member == "__type") return &reply.code;
  if (member == "message" || member == "Message") return &reply.message;
  if (member == "CanonicalRequest") return &reply.canonical_request;
  if (member == "StringToSign") return &reply.string_to_sign;
  if (member == "SignatureProvided") return &reply.signature_provided;
  return nullptr;
}

/// Picks the members out of the stream of events, at whatever depth they stand.
class Reader : public nlohmann::json_sax<Json> {
 public:
  ServerReply Take() { return std::move(reply_); }
  std::size_t error_offset() const { return error_offset_; }
  bool is_too_deep() const { return depth_ > kMostDepth; }

  bool null() override { return true; }
  bool boolean(bool) override { return true; }
  bool number_integer(number_integer_t) override { return true; }
  bool number_unsigned(number_unsigned_t) override { return true; }
  bool number_float(number_float_t, const string_t&) override { return true; }
  bool binary(binary_t&) override { return true; }
  bool string(string_t& value) override {
    if (part_ != nullptr && part_->empty()) *part_ = value;
    part_ = nullptr;
    return true;
  }
  bool key(string_t& name) override {
    part_ = PartOf(reply_, name);
    return true;
  }
  bool start_object(std::size_t) override { return Enter(); }
  bool end_object() override { return Leave(); }
  bool start_array(std::size_t) override { return Enter(); }
  bool end_array() override { return Leave(); }
  bool parse_error(std::size_t position, const std::string&,
                   const nlohmann::detail::exception&) override {
    error_offset_ = position > 0 ? position - 1 : 0;
    return false;
  }

 private:
  bool Enter() {
    part_ = nullptr;
    return ++depth_ <= kMostDepth;
  }
  bool Leave() {
    --depth_;
    return true;
  }

  ServerReply reply_;
  std::string* part_ = nullptr;
  int depth_ = 0;
  std::size_t error_offset_ = 0;
};

}  // namespace

Result<ServerReply> ReadJsonReply(std::string_view text) {
  try {
    Reader reader;
    if (!Json::sax_parse(text, &reader)) {
      if (reader.is_too_deep()) {
        return Error{"not a reply: more than 20 objects or lists within each other"};
      }
      const std::size_t offset = std::min(reader.error_offset(), text.size());
      const bool at_end = offset == text.size();
      return Error{at_end ? "not JSON: unexpected end" : "not JSON: unexpected character",
                   PlaceOf(text, offset)};
    }
    ServerReply reply = reader.Take();
    // As in `com.amazon.coral.service#InvalidSignatureException`, or with a URL after a colon.
    const std::size_t hash = reply.code.rfind('#');
    if (hash != std::string::npos) reply.code.erase(0, hash + 1);
    reply.code.erase(std::min(reply.code.find(':'), reply.code.size()));
    return reply;
  } catch (const std::exception& error) {
    return Error{std::string("not JSON: ") + error.what()};
  }
}

}  // namespace sigvet
