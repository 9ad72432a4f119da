#include "signing/http_parser.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace sigvet {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

/// `line:column: message (hint)`, or "parsed".
std::string ErrorOf(std::string_view text) {
  const Result<HttpRequest> request = ParseHttpRequest(text);
  if (request) return "parsed";
  EXPECT_EQ(request.error().place.file, "");
  const std::string line = ToString(request.error());
  return line.substr(line.starts_with(':') ? 1 : 0);
}

HttpRequest Parsed(std::string_view text) {
  Result<HttpRequest> request = ParseHttpRequest(text);
  EXPECT_TRUE(request.ok()) << (request ? "" : ToString(request.error()));
  return request ? *std::move(request) : HttpRequest();
}

TEST(HttpParser, TakesEveryPart) {
  const HttpRequest request = Parsed(
      "POST /a/b%20c?x=1&y HTTP/1.1\r\n"
      "Host: example.com\r\n"
      "X-Empty:\r\n"
      "x-twice:1\r\n"
      "X-Twice: a:b \r\n"
      "\r\n"
      "line\r\n\r\nline");
  EXPECT_EQ(request.method, "POST");
  EXPECT_EQ(request.path, "/a/b%20c");
  EXPECT_EQ(request.query, "x=1&y");
  EXPECT_THAT(request.headers,
              ElementsAre(HttpHeader{"Host", " example.com"}, HttpHeader{"X-Empty", ""},
                          HttpHeader{"x-twice", "1"}, HttpHeader{"X-Twice", " a:b "}));
  EXPECT_EQ(request.body, "line\r\n\r\nline");
}

TEST(HttpParser, LinesMayEndInLineFeeds) {
  const std::string crlf = "PUT / HTTP/1.1\r\nHost:a\r\nB:c\r\n\r\nbody";
  std::string lf;
  std::string mixed;
  for (const char c : crlf) {
    if (c != '\r') lf += c;
    if (c != '\r' || mixed.find('\n') == mixed.npos) mixed += c;
  }
  EXPECT_EQ(Parsed(lf), Parsed(crlf));
  EXPECT_EQ(Parsed(mixed), Parsed(crlf));
}

TEST(HttpParser, TheEmptyLineMayBeMissingWithoutABody) {
  for (const char* text : {"GET / HTTP/1.1\nHost:a", "GET / HTTP/1.1\nHost:a\n",
                           "GET / HTTP/1.1\nHost:a\n\n", "GET / HTTP/1.1\r\nHost:a\r\n\r\n"}) {
    const HttpRequest request = Parsed(text);
    EXPECT_THAT(request.headers, ElementsAre(HttpHeader{"Host", "a"})) << text;
    EXPECT_EQ(request.body, "") << text;
  }
  EXPECT_THAT(Parsed("GET / HTTP/1.0").headers, IsEmpty());
}

// The body is what was sent, whatever Content-Length says: to compare them is the caller's work.
TEST(HttpParser, TheBodyIsAllThatFollowsTheEmptyLine) {
  EXPECT_EQ(Parsed("PUT / HTTP/1.1\nHost:a\nContent-Length: 3\n\nabc").body, "abc");
  EXPECT_EQ(Parsed("PUT / HTTP/1.1\nHost:a\nContent-Length: 3\n\nabc\n").body, "abc\n");
  EXPECT_EQ(Parsed("PUT / HTTP/1.1\nHost:a\n\n\nabc").body, "\nabc");
  const std::string bytes("\0\r\x01\x7f\xff\n", 6);
  EXPECT_EQ(Parsed("PUT / HTTP/1.1\n\n" + bytes).body, bytes);
  const std::string large(kMaxHeadBytes * 2, 'x');
  EXPECT_EQ(Parsed("PUT / HTTP/1.1\n\n" + large).body, large);
}

TEST(HttpParser, TargetsMayHoldBlanksAndAnyCharacters) {
  EXPECT_EQ(Parsed("GET /a b/ HTTP/1.1\n").path, "/a b/");
  EXPECT_EQ(Parsed("GET /a HTTP/1.1 b HTTP/1.1\n").path, "/a HTTP/1.1 b");
  EXPECT_EQ(Parsed("GET /a  HTTP/1.1\n").path, "/a ");
  EXPECT_EQ(Parsed("GET /\xe1\x88\xb4?\xe1\x88\xb4=b c HTTP/1.1\n").path, "/\xe1\x88\xb4");
  EXPECT_EQ(Parsed("GET /\xe1\x88\xb4?\xe1\x88\xb4=b c HTTP/1.1\n").query, "\xe1\x88\xb4=b c");
  EXPECT_EQ(Parsed("GET //a/../b//?a?b=c?d HTTP/1.1\n").path, "//a/../b//");
  EXPECT_EQ(Parsed("GET //a/../b//?a?b=c?d HTTP/1.1\n").query, "a?b=c?d");
  EXPECT_EQ(Parsed("GET /? HTTP/1.1\n").query, "");
}

TEST(HttpParser, TargetsMayBeUrls) {
  HttpRequest request = Parsed("GET https://Example.com:8443/a?b HTTP/1.1\nX:y\n");
  EXPECT_EQ(request.path, "/a");
  EXPECT_EQ(request.query, "b");
  EXPECT_THAT(request.headers,
              ElementsAre(HttpHeader{"Host", "Example.com:8443"}, HttpHeader{"X", "y"}));
  request = Parsed("GET HTTP://a/b HTTP/1.1\nX:y\nhOST:c\n");
  EXPECT_EQ(request.path, "/b");
  EXPECT_THAT(request.headers, ElementsAre(HttpHeader{"X", "y"}, HttpHeader{"hOST", "c"}));
  EXPECT_EQ(Parsed("GET http://a HTTP/1.1\n").path, "");
  request = Parsed("GET http://a?b=/c HTTP/1.1\n");
  EXPECT_EQ(request.path, "");
  EXPECT_EQ(request.query, "b=/c");
  EXPECT_THAT(request.headers, ElementsAre(HttpHeader{"Host", "a"}));
}

TEST(HttpParser, FoldsStayInTheValue) {
  const HttpRequest request =
      Parsed("GET / HTTP/1.1\nHost:a\nX:1\n  2\n\t3 \nY: \r\n z\r\nZ:\n\n 4");
  EXPECT_THAT(request.headers, ElementsAre(HttpHeader{"Host", "a"}, HttpHeader{"X", "1\n  2\n\t3 "},
                                           HttpHeader{"Y", " \r\n z"}, HttpHeader{"Z", ""}));
  EXPECT_EQ(request.body, " 4");
}

TEST(HttpParser, RefusesBrokenRequestLines) {
  EXPECT_EQ(ErrorOf(""), "there is no request (as in GET /path?query HTTP/1.1)");
  EXPECT_EQ(ErrorOf("\nGET / HTTP/1.1\n"),
            "1:1: the request line is empty (as in GET /path?query HTTP/1.1)");
  EXPECT_EQ(ErrorOf(" GET / HTTP/1.1\n"),
            "1:1: this is no method (letters, digits and !#$%&'*+-.^_`|~ only (RFC 9110 section "
            "5.6.2))");
  EXPECT_EQ(ErrorOf("G(T / HTTP/1.1\n").substr(0, 23), "1:1: this is no method ");
  for (const char* line : {"GET", "GET /", "GET / HTTP/", "GET / HTTP/2.1", "GET / HTTP/4",
                           "GET / HTTP/1.", "GET / HTTP/1.11", "GET / HTTP/1.2", "GET / http/1.1",
                           "GET / HTTP/1.1 ", "GET /HTTP/1.1"}) {
    const std::string column = std::to_string(std::string_view(line).size() + 1);
    EXPECT_EQ(ErrorOf(std::string(line) + "\n"),
              "1:" + column +
                  ": the request line does not end in HTTP/1.1 (as in GET /path?query "
                  "HTTP/1.1)");
  }
  EXPECT_EQ(ErrorOf("GET HTTP/1.1\n"),
            "1:4: the request line has no target (as in GET /path?query HTTP/1.1)");
}

// What curl -v and other tools show of a request that was sent by HTTP/2 or HTTP/3.
TEST(HttpParser, TakesEveryVersionThatToolsShow) {
  for (const char* version : {"1.0", "1.1", "2", "2.0", "3", "3.0"}) {
    const HttpRequest request = Parsed("GET /a?b HTTP/" + std::string(version) + "\nHost:h\n");
    EXPECT_EQ(request.path, "/a") << version;
    EXPECT_EQ(request.query, "b") << version;
  }
  EXPECT_EQ(Parsed("GET /a HTTP/2 b HTTP/1.1\n").path, "/a HTTP/2 b");
}

TEST(HttpParser, SaysWhatToDoAboutTheTextsOfTools) {
  using ::testing::HasSubstr;
  constexpr char kCurl[] = "(of what curl -v prints take the lines that begin with \"> \", without";
  EXPECT_THAT(ErrorOf("> GET / HTTP/2\n> Host: h\n"), HasSubstr(kCurl));
  EXPECT_THAT(ErrorOf("* Connected to h\n"), HasSubstr(kCurl));
  EXPECT_THAT(ErrorOf("GET / HTTP/2\n> Host: h\n"), HasSubstr(kCurl));
  EXPECT_THAT(ErrorOf("GET / HTTP/2\nHost: h\n< HTTP/2 200\n"), HasSubstr(kCurl));
  EXPECT_THAT(ErrorOf(":method: GET\n:path: /\n"), HasSubstr("write GET /path?query HTTP/1.1)"));
  EXPECT_THAT(ErrorOf("GET / HTTP/2\n:authority: h\n"), HasSubstr("the header Host :authority;"));
  for (const char* url : {"https://h/a?b\nHost: h\n", "HTTP://h/"}) {
    EXPECT_EQ(ErrorOf(url), "1:1: this is no method (write a request line: GET URL HTTP/1.1)");
  }
}

TEST(HttpParser, RefusesBrokenTargets) {
  for (const char* target : {"", " /", "*", "a", "?a", "example.com:443", "ftp://a/", "http:/a"}) {
    EXPECT_EQ(ErrorOf("GET " + std::string(target) + " HTTP/1.1\n"),
              "1:5: the target is neither a path that begins with a slash nor a URL (as in GET "
              "/path?query HTTP/1.1)");
  }
  EXPECT_EQ(ErrorOf("GET http:// HTTP/1.1\n"), "1:12: the URL has no host");
  EXPECT_EQ(ErrorOf("GET https:///a HTTP/1.1\n"), "1:13: the URL has no host");
  EXPECT_EQ(ErrorOf("GET http://me:secret@a/ HTTP/1.1\n"),
            "1:12: the URL has a user name (RFC 9110 section 4.2.4 forbids it)");
}

TEST(HttpParser, RefusesBrokenHeaders) {
  const auto error_of = [](const std::string& header) {
    return ErrorOf("GET / HTTP/1.1\r\n" + header + "\r\n\r\n");
  };
  EXPECT_EQ(error_of("Host"),
            "2:1: a header without a colon (an empty line must stand before the body)");
  EXPECT_EQ(error_of(":a").substr(0, 28), "2:1: a header without a name");
  EXPECT_EQ(error_of("Host : a"),
            "2:5: white space before the colon of a header (RFC 9112 section 5.1 forbids it)");
  EXPECT_EQ(error_of("Host\t: a"),
            "2:5: white space before the colon of a header (RFC 9112 section 5.1 forbids it)");
  for (const char* name : {"My Header", "a(b", "\xc3\xa4", "a\"b\"", "a/b", "a@b"}) {
    EXPECT_EQ(error_of("A:b\r\n" + std::string(name) + ":c"),
              "3:1: this is no name of a header (letters, digits and !#$%&'*+-.^_`|~ only (RFC "
              "9110 section 5.6.2))");
  }
  EXPECT_EQ(error_of(" A:b"),
            "2:1: white space at the beginning of the first header (only the continuation of a "
            "header begins with white space)");
  EXPECT_EQ(error_of("A:b\r\n \t"),
            "3:1: a line of white space alone (the line before the body is empty)");
}

TEST(HttpParser, RefusesControlCharactersInTheHead) {
  const std::string hint = " (only a body may hold any bytes)";
  const std::string nul("GET / HTTP/1.1\nA:b\0c\n", 21);
  EXPECT_EQ(ErrorOf(nul), "2:4: a NUL byte" + hint);
  EXPECT_EQ(ErrorOf(std::string("GE\0T / HTTP/1.1\n", 16)), "1:3: a NUL byte" + hint);
  EXPECT_EQ(ErrorOf("GET /\t HTTP/1.1\n"), "1:6: a tab" + hint);
  EXPECT_EQ(ErrorOf("GET / HTTP/1.1\nA:\x1b[1m\n"), "2:3: a control character" + hint);
  EXPECT_EQ(ErrorOf("GET / HTTP/1.1\nA:b\n \x7f\n"), "3:2: a control character" + hint);
  const std::string bare = ": a carriage return without a line feed" + hint;
  EXPECT_EQ(ErrorOf("GET / HTTP/1.1\rA:b\n"), "1:15" + bare);
  EXPECT_EQ(ErrorOf("GET / HTTP/1.1\nA:b\r\r\n"), "2:4" + bare);
  EXPECT_EQ(ErrorOf("GET / HTTP/1.1\nA:b\r"), "2:4" + bare);
  EXPECT_EQ(ErrorOf("GET / HTTP/1.1\n\r"), "2:1" + bare);
  EXPECT_EQ(ErrorOf("GET / HTTP/1.1\nA:\tb\tc\n"), "parsed");
}

TEST(HttpParser, LimitsTheNumberOfHeaders) {
  std::string text = "GET / HTTP/1.1\n";
  for (int i = 0; i < 500; ++i) text += "A:b\n";
  EXPECT_EQ(Parsed(text).headers.size(), 500U);
  EXPECT_EQ(ErrorOf(text + "A:b\n"), "502:1: more than 500 headers");
}

TEST(HttpParser, LimitsTheSizeOfTheHead) {
  const std::string start = "GET / HTTP/1.1\nA:";
  const std::string value(kMaxHeadBytes - start.size() - 1, 'x');
  EXPECT_EQ(Parsed(start + value + "\n\nbody").body, "body");
  const std::string error = "2: request line and headers are over 256 KiB";
  EXPECT_EQ(ErrorOf(start + value + "x\n\nbody"), error);
  EXPECT_EQ(ErrorOf(start + value + std::string(1 << 20, 'x')), error);
  EXPECT_EQ(ErrorOf(std::string(1 << 20, 'x')), "1: request line and headers are over 256 KiB");
  std::string folds = start;
  while (folds.size() < kMaxHeadBytes) folds += "\n x";
  EXPECT_EQ(ErrorOf(folds).substr(5), ": request line and headers are over 256 KiB");
}

}  // namespace
}  // namespace sigvet
