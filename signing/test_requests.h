#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "signing/sigv4_request.h"

namespace sigvet {

/// AWS's pages use two example secrets, which differ in one character: the first on the pages of
/// S3, the second in the test suite and on the pages of IAM.
inline constexpr std::string_view kSlashSecret = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
inline constexpr std::string_view kPlusSecret = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";

inline Sigv4Credentials S3Credentials() { return {"AKIAIOSFODNN7EXAMPLE", Secret(kSlashSecret)}; }

inline Sigv4Settings S3Settings() {
  return {"us-east-1", "s3", "20130524T000000Z", {UriEncoding::kSingle, false}};
}

inline Sigv4Credentials SuiteCredentials(std::string session_token = {}) {
  return {"AKIDEXAMPLE", Secret(kPlusSecret), std::move(session_token)};
}

inline Sigv4Settings SuiteSettings() { return {"us-east-1", "service", "20150830T123600Z"}; }

/// A request as in AWS's test suite.
inline HttpRequest SuiteGet(std::string path = "/", std::string query = "",
                            const std::vector<HttpHeader>& more_headers = {}) {
  HttpRequest request = {
      "GET", std::move(path), std::move(query), {{"Host", "example.amazonaws.com"}}, ""};
  request.headers.insert(request.headers.end(), more_headers.begin(), more_headers.end());
  return request;
}

}  // namespace sigvet
