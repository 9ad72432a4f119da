#include "diagnosis/test_ladder.h"

#include <algorithm>
#include <stdexcept>
#include <utility>

#include "backends/backend_registry.h"
#include "diagnosis/other_macs.h"
#include "diagnosis/right_derivation.h"
#include "signing/http_parser.h"

namespace sigvet {
namespace {

constexpr std::string_view kVanilla =
    "GET / HTTP/1.1\n"
    "Host:example.amazonaws.com\n"
    "X-Amz-Date:20150830T123600Z\n"
    "Authorization: AWS4-HMAC-SHA256 "
    "Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, "
    "SignedHeaders=host;x-amz-date, "
    "Signature=5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31\n\n";

}  // namespace

LadderCase::LadderCase(const LadderGiven& given) : backend_(*MakeAnyBackend()) {
  given_.secret = std::make_shared<const Secret>(given.secret);
  given_.access_key_id =
      given.product == Product::kPassword ? "AKIAIOSFODNN7EXAMPLE" : "AKIDEXAMPLE";
  given_.version = given.version;
  given_.date = given.product == Product::kPassword ? "11111111" : "20150830";
  given_.region = given.version == 2 ? "" : given.region;
  given_.service = given.service;
  switch (given.product) {
    case Product::kPassword:
      right_ = RightPassword(given_);
      break;
    case Product::kSigningKey:
      right_ = RightSigningKey(given_);
      break;
    default: {
      given_.timestamp = "20150830T123600Z";
      HttpRequest request = ParseHttpRequest(kVanilla).value();
      Sigv4Claim claim = ReadSigv4Claim(request).value();
      signed_request_ = {std::move(request), std::move(claim)};
      right_ = RightSignature(*backend_, signed_request_, given_).value();
    }
  }
  input_.reset(new DefectInput{*backend_, signed_request_, hashes_, given_});
}

std::string LadderCase::ValueWith(std::string_view defects) const {
  const Explanation explanation = ReadExplanation(defects);
  return ValueAt(*backend_, WithDefects(*input_, right_, explanation), {});
}

Explanation ReadExplanation(std::string_view defects) {
  constexpr std::string_view kAnd = " + ";
  Explanation explanation;
  while (!defects.empty()) {
    const std::string_view one = defects.substr(0, defects.find(kAnd));
    defects.remove_prefix(std::min(defects.size(), one.size() + kAnd.size()));
    const std::size_t sign = std::min(one.find('='), one.size());
    const Defect* const defect = FindDefect(one.substr(0, sign));
    if (defect == nullptr) throw std::invalid_argument("no defect " + std::string(one));
    explanation.defects.push_back(
        {defect, std::string(one.substr(std::min(one.size(), sign + 1)))});
  }
  return explanation;
}

bool NeedsOtherHash(const LadderRow& row) {
  static const bool has_others = !OtherHmac(OtherHash::kSha1, {}, {}).empty();
  constexpr std::string_view kIds[] = {"hmac-sha1", "hmac-sha512", "hmac-md5", "hmac-sha3"};
  return !has_others && std::ranges::any_of(kIds, [&row](std::string_view id) {
    return row.defects.find(id) != std::string_view::npos;
  });
}

}  // namespace sigvet
