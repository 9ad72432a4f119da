#include "harness/run/random_case.h"

#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

#include "base/check.h"
#include "base/hex.h"
#include "harness/corpus/parse_inputs.h"

namespace sigvet {
namespace {

using Inputs = std::vector<GivenInput>;

constexpr std::string_view kLower = "abcdefghijklmnopqrstuvwxyz";
constexpr std::string_view kUpperDigits = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
constexpr std::string_view kBase64 =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::string_view kRegions[] = {
    "us-east-1",      "us-east-2",      "us-west-1",  "us-west-2",      "ca-central-1",
    "sa-east-1",      "eu-west-1",      "eu-west-2",  "eu-central-1",   "eu-north-1",
    "eu-south-1",     "ap-south-1",     "ap-east-1",  "ap-southeast-1", "ap-southeast-2",
    "ap-northeast-1", "ap-northeast-2", "me-south-1", "af-south-1",     "us-gov-west-1"};
constexpr std::string_view kServices[] = {"s3",  "iam", "sts", "ec2",    "sqs",
                                          "kms", "ses", "sns", "lambda", "execute-api"};
constexpr std::string_view kWords[] = {"photos",      "invoices",   "2024", "backup", "a b",
                                       "caf\xc3\xa9", "index.html", "x=1",  "~user",  "report (1)"};

/// AWS's own have 40 characters; others have what they like, also more than a block of SHA-256.
std::string DrawSecret(Draws& draws) {
  constexpr std::size_t kLengths[] = {40, 40, 40, 40, 40, 40, 16, 59, 60, 61, 128};
  return draws.Text(kBase64, draws.OneOf(kLengths));
}

std::string TwoDigits(std::size_t number) {
  return std::string(number < 10 ? "0" : "") + std::to_string(number);
}

std::string DrawDate(Draws& draws) {
  std::string date = std::to_string(draws.Between(2012, 2039));
  date += TwoDigits(draws.Between(1, 12));
  return date + TwoDigits(draws.Between(1, 28));
}

std::string DrawTimestamp(Draws& draws) {
  std::string time = DrawDate(draws) + "T";
  time += TwoDigits(draws.Below(24));
  time += TwoDigits(draws.Below(60));
  return time + TwoDigits(draws.Below(60)) + "Z";
}

std::string PercentEncode(std::string_view text) {
  constexpr std::string_view kUnreserved =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
  std::string encoded;
  for (const char c : text) {
    if (kUnreserved.find(c) != std::string_view::npos) {
      encoded += c;
    } else {
      encoded += "%" + ToUpperHex(AsBytes(std::string_view(&c, 1)));
    }
  }
  return encoded;
}

std::string DrawPath(Draws& draws, std::size_t most_parts) {
  std::string path;
  for (std::size_t parts = draws.Between(0, most_parts); parts > 0; --parts) {
    path += "/" + PercentEncode(draws.OneOf(kWords));
  }
  return path.empty() || draws.OneIn(8) ? path + "/" : path;
}

std::string DrawQuery(Draws& draws) {
  constexpr std::string_view kNames[] = {"Action",    "Version",  "list-type",  "prefix",
                                         "delimiter", "max-keys", "partNumber", "uploadId",
                                         "a",         "A",        "filter[]"};
  std::string query;
  for (std::size_t count = draws.Below(6); count > 0; --count) {
    if (!query.empty()) query += "&";
    query += PercentEncode(draws.OneOf(kNames)) + "=";
    if (!draws.OneIn(5)) query += PercentEncode(draws.OneOf(kWords));
  }
  return query;
}

std::string DrawJson(Draws& draws) {
  std::string json = R"({"TableName":")" + draws.Text(kLower, draws.Between(3, 20)) + "\"";
  for (std::size_t count = draws.Below(8); count > 0; --count) {
    // One draw a statement: the operands of + are evaluated in any order.
    json += ",\"" + draws.Text(kLower, 6) + R"(":{"S":")";
    json += draws.Text(kBase64, draws.Between(0, 60)) + "\"}";
  }
  return json + "}";
}

/// What the kinds of services have in common.
struct Traffic {
  std::string service = {};
  std::string host = {};
  std::string method = {};
  std::string path = {};
  std::string query = {};
  std::string body = {};
  std::vector<HttpHeader> headers = {};
  bool is_s3 = false;
};

Traffic DrawS3(Draws& draws, std::string_view region) {
  constexpr std::string_view kMethods[] = {"GET", "GET", "PUT", "HEAD", "DELETE", "POST"};
  Traffic traffic = {.service = "s3", .is_s3 = true};
  traffic.host =
      draws.Text(kLower, draws.Between(3, 24)) + ".s3." + std::string(region) + ".amazonaws.com";
  traffic.method = draws.OneOf(kMethods);
  traffic.path = DrawPath(draws, 5);
  traffic.query = DrawQuery(draws);
  if (traffic.method == "PUT" || traffic.method == "POST") {
    traffic.body = draws.Bytes(draws.Below(400));
    traffic.headers.push_back({"Content-Type", "application/octet-stream"});
    traffic.headers.push_back({"x-amz-meta-title", "  two   words "});
  }
  return traffic;
}

Traffic DrawJsonApi(Draws& draws, std::string_view region) {
  constexpr std::string_view kApis[] = {"dynamodb", "kms", "logs", "ecs"};
  constexpr std::string_view kTargets[] = {"PutItem", "Encrypt", "GetLogEvents", "ListTasks"};
  Traffic traffic = {.service = std::string(draws.OneOf(kApis)), .method = "POST", .path = "/"};
  traffic.host = traffic.service + "." + std::string(region) + ".amazonaws.com";
  traffic.body = DrawJson(draws);
  traffic.headers = {{"Content-Type", "application/x-amz-json-1.0"},
                     {"X-Amz-Target", "Api_20120810." + std::string(draws.OneOf(kTargets))}};
  return traffic;
}

Traffic DrawForm(Draws& draws) {
  constexpr std::string_view kApis[] = {"sts", "iam", "sqs", "sns"};
  Traffic traffic = {.service = std::string(draws.OneOf(kApis)), .method = "POST", .path = "/"};
  traffic.host = traffic.service + ".amazonaws.com";
  traffic.body = "Action=GetCallerIdentity&Version=2011-06-15&X=" + PercentEncode(draws.Bytes(6));
  traffic.headers = {{"Content-Type", "application/x-www-form-urlencoded; charset=utf-8"}};
  return traffic;
}

Traffic DrawRest(Draws& draws, std::string_view region) {
  constexpr std::string_view kMethods[] = {"GET", "GET", "POST", "PATCH", "DELETE"};
  Traffic traffic = {.service = "execute-api", .method = std::string(draws.OneOf(kMethods))};
  traffic.host = draws.Text(kLower, 10) + ".execute-api." + std::string(region) + ".amazonaws.com";
  traffic.path = "/prod" + DrawPath(draws, 4);
  traffic.query = DrawQuery(draws);
  traffic.headers = {{"Accept", "application/json"}};
  if (traffic.method == "POST") traffic.body = DrawJson(draws);
  return traffic;
}

Traffic DrawTraffic(Draws& draws, std::string_view region) {
  switch (draws.Below(4)) {
    case 0:
      return DrawS3(draws, region);
    case 1:
      return DrawJsonApi(draws, region);
    case 2:
      return DrawForm(draws);
    default:
      return DrawRest(draws, region);
  }
}

/// The inputs that signing and presigning have in common, but for the token.
Inputs RequestInputs(Draws& draws, std::string_view region, Traffic traffic) {
  traffic.headers.insert(traffic.headers.begin(), {"Host", traffic.host});
  Inputs inputs = {{"access_key_id", "AKIA" + draws.Text(kUpperDigits, 16)},
                   {"secret", DrawSecret(draws)},
                   {"region", std::string(region)},
                   {"service", traffic.service},
                   {"timestamp", DrawTimestamp(draws)},
                   {"method", traffic.method},
                   {"path", traffic.path},
                   {"headers", std::move(traffic.headers)}};
  if (!traffic.query.empty()) inputs.push_back({"query", traffic.query});
  if (traffic.is_s3) {
    inputs.push_back({"uri_encode", "single"});
    inputs.push_back({"normalize", false});
  }
  return inputs;
}

/// With a session token, now and then.
std::string AddToken(Draws& draws, Inputs& inputs) {
  if (!draws.OneIn(3)) return "";
  inputs.push_back({"session_token", draws.Text(kBase64, draws.Between(60, 360)) + "=="});
  return " with a session token";
}

Case MakeCase(std::string_view operation, std::string why, const Inputs& inputs, Backend& decoder) {
  ParsedInputs parsed = ParseInputs(*FindOperation(operation), inputs, decoder);
  Check(parsed.errors.empty(), "drawn inputs are good ones");
  parsed.c.why = std::move(why);
  return std::move(parsed.c);
}

Case DrawPassword(Draws& draws, Backend& decoder) {
  const std::int64_t version = draws.OneIn(4) ? 2 : 4;
  Inputs inputs = {{"version", version}, {"secret", DrawSecret(draws)}};
  if (version == 4) inputs.push_back({"region", std::string(draws.OneOf(kRegions))});
  return MakeCase("ses-smtp-password", "an SMTP password of version " + std::to_string(version),
                  inputs, decoder);
}

Case DrawSigningKey(Draws& draws, Backend& decoder) {
  return MakeCase("sigv4-signing-key", "a signing key",
                  {{"secret", DrawSecret(draws)},
                   {"date", DrawDate(draws)},
                   {"region", std::string(draws.OneOf(kRegions))},
                   {"service", std::string(draws.OneOf(kServices))}},
                  decoder);
}

Case DrawSigned(Draws& draws, Backend& decoder) {
  const std::string_view region = draws.OneOf(kRegions);
  Traffic traffic = DrawTraffic(draws, region);
  std::string why = "a " + traffic.method + " request to " + traffic.service;
  const bool is_s3 = traffic.is_s3;
  const std::string body = traffic.body;
  Inputs inputs = RequestInputs(draws, region, std::move(traffic));
  if (!body.empty()) inputs.push_back({"body", body});
  if (is_s3) inputs.push_back({"content_sha256_header", true});
  why += AddToken(draws, inputs);
  return MakeCase("sigv4-sign", std::move(why), inputs, decoder);
}

Case DrawPresigned(Draws& draws, Backend& decoder) {
  constexpr std::int64_t kTimes[] = {1, 60, 300, 3600, 86'400, 604'800};
  const std::string_view region = draws.OneOf(kRegions);
  Traffic traffic = DrawS3(draws, region);
  traffic.headers.clear();
  std::string why = "a presigned URL of a " + traffic.method + " request";
  Inputs inputs = RequestInputs(draws, region, std::move(traffic));
  inputs.push_back({"expires_s", draws.OneOf(kTimes)});
  inputs.push_back({"payload_hash", "UNSIGNED-PAYLOAD"});
  why += AddToken(draws, inputs);
  return MakeCase("sigv4-presign", std::move(why), inputs, decoder);
}

Case DrawPrimitive(Draws& draws, Backend& decoder) {
  // Around the sizes of blocks, where padding goes wrong.
  constexpr std::size_t kSizes[] = {0, 1, 3, 31, 32, 55, 56, 63, 64, 65, 119, 120, 128, 200, 400};
  const std::size_t size = draws.OneOf(kSizes);
  std::string bytes = draws.Bytes(size);
  const std::string sized = " of " + std::to_string(size) + " bytes";
  switch (draws.Below(4)) {
    case 0:
      return MakeCase("sha256", "the digest" + sized, {{"message", bytes}}, decoder);
    case 1:
      return MakeCase("hmac-sha256", "the MAC" + sized,
                      {{"key", draws.Bytes(draws.OneOf(kSizes))}, {"message", bytes}}, decoder);
    case 2:
      return MakeCase("base64-encode", "base64" + sized, {{"bytes", bytes}}, decoder);
    default:
      return MakeCase("base64-decode", "base64 that stands for " + std::to_string(size) + " bytes",
                      {{"text", decoder.Base64Encode(AsBytes(bytes))}}, decoder);
  }
}

}  // namespace

Case DrawCase(Draws& draws, Backend& decoder) {
  const std::size_t kind = draws.Below(20);
  if (kind < 6) return DrawPassword(draws, decoder);
  if (kind < 10) return DrawSigningKey(draws, decoder);
  if (kind < 15) return DrawSigned(draws, decoder);
  if (kind < 18) return DrawPresigned(draws, decoder);
  return DrawPrimitive(draws, decoder);
}

}  // namespace sigvet
