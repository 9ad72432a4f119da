#include "harness/corpus/aws_sig_v4_suite.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>

#include "harness/corpus/parse_test_helper.h"
#include "harness/corpus/read_file.h"

namespace sigvet {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

const std::string kGood = SIGVET_SUITES_DIR "/good";

AwsSigV4Texts TextsOf(const std::string& folder) {
  AwsSigV4Texts texts;
  for (std::size_t i = 0; i < texts.size(); ++i) {
    texts[i] = ReadRegularFile(folder + "/" + std::string(kAwsSigV4FileNames[i])).value();
  }
  return texts;
}

/// The errors of the case `value-order` in a folder "s/value-order" where one of its files, `name`,
/// was changed. The files' names begin with "s/value-order/", which is left out.
std::vector<std::string> ErrorsWith(std::string_view name,
                                    const std::function<void(std::string&)>& change) {
  AwsSigV4Texts texts = TextsOf(kGood + "/value-order");
  const auto found = std::ranges::find(kAwsSigV4FileNames, name);
  EXPECT_NE(found, kAwsSigV4FileNames.end()) << name;
  std::string& text = texts[static_cast<std::size_t>(found - kAwsSigV4FileNames.begin())].value();
  change(text);
  ParsedFile file("s/value-order/request.txt");
  ParseAwsSigV4Texts("s/value-order", texts, file);
  EXPECT_EQ(file.cases.empty(), file.errors.size() != 0);
  std::vector<std::string> lines = Lines(file.errors.Take());
  for (std::string& line : lines) {
    const std::string_view folder = "s/value-order/";
    EXPECT_TRUE(line.starts_with(folder)) << line;
    line.erase(0, folder.size());
  }
  return lines;
}

std::vector<std::string> ErrorsReplacing(std::string_view name, std::string_view old_text,
                                         std::string_view new_text) {
  return ErrorsWith(name, [&](std::string& text) {
    const std::size_t at = text.find(old_text);
    ASSERT_NE(at, text.npos) << old_text;
    text.replace(at, old_text.size(), new_text);
  });
}

std::string Stage(const Case& c, std::string_view name) {
  for (const StageValue& value : c.expected) {
    if (value.stage->name == name) return value.value;
  }
  return "no such stage";
}

TEST(AwsSigV4Suite, GivesTwoCasesAFolder) {
  const LoadedCorpus loaded = LoadAwsSigV4Suites({kGood});
  ASSERT_THAT(Lines(loaded.errors), IsEmpty());
  const Corpus& corpus = loaded.corpus;
  std::vector<std::string> ids;
  for (const Case& c : corpus.cases) ids.push_back(c.id);
  EXPECT_THAT(ids, ElementsAre("aws-sig-v4/body-and-late-token/header",
                               "aws-sig-v4/body-and-late-token/query",
                               "aws-sig-v4/value-order/header", "aws-sig-v4/value-order/query"));
  ASSERT_EQ(corpus.suites.size(), 1U);
  EXPECT_EQ(corpus.suites[0].name, "aws-sig-v4");
  ASSERT_EQ(corpus.files.size(), 2U);
  EXPECT_EQ(corpus.PlaceOf(corpus.cases[3]), (Place{kGood + "/value-order/request.txt", 1, 1}));
  for (const Case& c : corpus.cases) {
    EXPECT_EQ(c.suite, 0U);
    EXPECT_EQ(c.requirement, Requirement::kCompute);
    EXPECT_EQ(c.provenance->kind, Provenance::Kind::kPublished);
    EXPECT_FALSE(c.why.empty());
    EXPECT_TRUE(c.is_synthetic);
  }
}

TEST(AwsSigV4Suite, TakesTheInputsOfTheHeaderForm) {
  const LoadedCorpus loaded = LoadAwsSigV4Suites({kGood});
  ASSERT_EQ(loaded.corpus.cases.size(), 4U);
  const Case& c = loaded.corpus.cases[0];
  EXPECT_EQ(c.operation->name, "sigv4-sign");
  EXPECT_EQ(c.Text("access_key_id"), "AKIDEXAMPLE");
  EXPECT_EQ(c.Text("secret"), "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY");
  EXPECT_EQ(c.OptionalText("session_token"), "a+token/with==");
  EXPECT_EQ(c.Text("region"), "eu-west-1");
  EXPECT_EQ(c.Text("service"), "demo");
  EXPECT_EQ(c.Text("timestamp"), "20150830T123600Z");
  EXPECT_EQ(c.Text("method"), "PUT");
  EXPECT_EQ(c.Text("path"), "/a/../b c");
  EXPECT_EQ(c.Text("query"), "q=x y");
  EXPECT_THAT(c.Headers("headers"), ElementsAre(HttpHeader{"Host", " example.amazonaws.com"},
                                                HttpHeader{"X-Folded", "one\n  two\n\tthree"},
                                                HttpHeader{"Content-Length", "11"}));
  EXPECT_EQ(c.Text("body"), "some words\n");
  EXPECT_EQ(c.OptionalText("payload_hash"), std::nullopt);
  EXPECT_EQ(c.Text("uri_encode"), "double");
  EXPECT_FALSE(c.Boolean("normalize"));
  EXPECT_TRUE(c.Boolean("content_sha256_header"));
  EXPECT_FALSE(c.Boolean("sign_session_token"));
}

TEST(AwsSigV4Suite, TakesTheStagesOfTheHeaderForm) {
  const LoadedCorpus loaded = LoadAwsSigV4Suites({kGood});
  ASSERT_EQ(loaded.corpus.cases.size(), 4U);
  const Case& c = loaded.corpus.cases[0];
  EXPECT_EQ(
      Stage(c, "canonical_request"),
      "PUT\n/a/../b%20c\nq=x%20y\ncontent-length:11\nhost:example.amazonaws.com\n"
      "x-amz-content-sha256:a5a9a794705f990e1cc7b119ee122ba5cbfc0b93e181d70c5955f19d5e9eda05\n"
      "x-amz-date:20150830T123600Z\nx-folded:one two three\n\n"
      "content-length;host;x-amz-content-sha256;x-amz-date;x-folded\n"
      "a5a9a794705f990e1cc7b119ee122ba5cbfc0b93e181d70c5955f19d5e9eda05");
  const std::string signature = "e22c7cd874edd79336df1e48eccef3f391f46cbd087a8329b12545e220bf7540";
  EXPECT_EQ(Stage(c, "signature"), signature);
  EXPECT_EQ(
      Stage(c, "added_headers"),
      "x-amz-content-sha256:a5a9a794705f990e1cc7b119ee122ba5cbfc0b93e181d70c5955f19d5e9eda05\n"
      "x-amz-date:20150830T123600Z\nx-amz-security-token:a+token/with==");
  EXPECT_EQ(Stage(c, "authorization"),
            "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/eu-west-1/demo/aws4_request, "
            "SignedHeaders=content-length;host;x-amz-content-sha256;x-amz-date;x-folded, "
            "Signature=" +
                signature);
}

TEST(AwsSigV4Suite, TakesTheQueryForm) {
  const LoadedCorpus loaded = LoadAwsSigV4Suites({kGood});
  ASSERT_EQ(loaded.corpus.cases.size(), 4U);
  const Case& c = loaded.corpus.cases[3];
  EXPECT_EQ(c.operation->name, "sigv4-presign");
  EXPECT_EQ(c.Integer("expires_s"), 3600);
  EXPECT_EQ(c.OptionalText("session_token"), std::nullopt);
  EXPECT_TRUE(c.Boolean("normalize"));
  EXPECT_TRUE(c.Boolean("sign_session_token"));
  EXPECT_EQ(Stage(c, "string_to_sign").substr(0, 34), "AWS4-HMAC-SHA256\n20150830T123600Z\n");
  EXPECT_EQ(Stage(c, "url"),
            "https://example.amazonaws.com/?a=2&a=1&X-Amz-Algorithm=AWS4-HMAC-SHA256&"
            "X-Amz-Credential=AKIDEXAMPLE%2F20150830%2Fus-east-1%2Fservice%2Faws4_request&"
            "X-Amz-Date=20150830T123600Z&X-Amz-SignedHeaders=host&X-Amz-Expires=3600&"
            "X-Amz-Signature=178d91cae4ffa99580e0f2778e9d95adafd8c34fdb920e851eec89461136c90d");
}

TEST(AwsSigV4Suite, FilesNeedNoLineBreakAtTheEnd) {
  for (const std::string_view name : kAwsSigV4FileNames) {
    EXPECT_THAT(ErrorsWith(name, [](std::string& text) { text.pop_back(); }), IsEmpty()) << name;
  }
}

TEST(AwsSigV4Suite, NamesTheContextThatIsWrong) {
  EXPECT_THAT(ErrorsReplacing("context.json", "3600,", "3600"),
              ElementsAre(testing::StartsWith("context.json:7:13: this is no JSON (")));
  EXPECT_THAT(ErrorsReplacing("context.json", "\"region\"", "\"regoin\""),
              ElementsAre("context.json: missing key \"region\"",
                          "context.json:8:3: unknown key \"regoin\" (did you mean \"region\"?)"));
}

TEST(AwsSigV4Suite, RefusesBrokenRequests) {
  EXPECT_THAT(ErrorsReplacing("request.txt", "HTTP/1.1", "HTTP/4"),
              ElementsAre("request.txt:1:21: the request line does not end in HTTP/1.1 (as in GET "
                          "/path?query HTTP/1.1)"));
  EXPECT_THAT(ErrorsReplacing("header-signed-request.txt", "Host:", "Host "),
              ElementsAre("header-signed-request.txt:2:1: a header without a colon (an empty line "
                          "must stand before the body)"));
  EXPECT_THAT(ErrorsReplacing("request.txt", "Host", "Hast"),
              ElementsAre("header-signed-request.txt: the header Hast of request.txt is missing or "
                          "different",
                          "query-signed-request.txt: the header Hast of request.txt is missing or "
                          "different",
                          "query-signed-request.txt: the header Host is not in request.txt",
                          "request.txt: the request has no header Host"));
}

TEST(AwsSigV4Suite, RefusesSignedRequestsOfOtherRequests) {
  EXPECT_THAT(ErrorsReplacing("header-signed-request.txt", "Host:example", "Host:other"),
              ElementsAre("header-signed-request.txt: the header Host of request.txt is missing or "
                          "different"));
  EXPECT_THAT(ErrorsReplacing("header-signed-request.txt", "Authorization", "Authorisation"),
              ElementsAre("header-signed-request.txt: the header Authorization is missing"));
  EXPECT_THAT(ErrorsReplacing("header-signed-request.txt", "X-Amz-Date", "Authorization"),
              ElementsAre("header-signed-request.txt: two headers Authorization"));
  EXPECT_THAT(ErrorsReplacing("query-signed-request.txt", "\n\n", "\nX-Amz-Date:1\n\n"),
              ElementsAre("query-signed-request.txt: the header X-Amz-Date is not in request.txt"));
}

TEST(AwsSigV4Suite, RefusesSignedRequestsThatContradictTheRequest) {
  const std::string methods =
      ":1:1: the method contradicts request.txt (\"DELETE\" here, \"GET\" there)";
  const std::string bodies = ": the body contradicts request.txt (it differs from byte ";
  for (const std::string name : {"header-signed-request.txt", "query-signed-request.txt"}) {
    EXPECT_THAT(ErrorsReplacing(name, "GET", "DELETE"), ElementsAre(name + methods));
    EXPECT_THAT(ErrorsWith(name, [](std::string& text) { text += "x"; }),
                ElementsAre(name + bodies + "1 on)"));
  }
  const std::string targets = "header-signed-request.txt:1:5: the target contradicts request.txt (";
  EXPECT_THAT(ErrorsReplacing("header-signed-request.txt", "/?", "/other?"),
              ElementsAre(targets + "\"/other?a=2&a=1\" here, \"/?a=2&a=1\" there)"));
  EXPECT_THAT(ErrorsReplacing("header-signed-request.txt", "a=2&a=1", "a=1&a=2"),
              ElementsAre(targets + "\"/?a=1&a=2\" here, \"/?a=2&a=1\" there)"));
  EXPECT_THAT(ErrorsWith("request.txt", [](std::string& text) { text += "\nab"; }),
              ElementsAre("header-signed-request.txt" + bodies + "1 on)",
                          "query-signed-request.txt" + bodies + "1 on)"));
}

TEST(AwsSigV4Suite, AFormOfTheTargetThatMeansTheSameIsNoContradiction) {
  EXPECT_THAT(
      ErrorsReplacing("header-signed-request.txt", "GET /?", "GET https://example.amazonaws.com?"),
      IsEmpty());
  for (const std::string name : {"header-signed-request.txt", "query-signed-request.txt"}) {
    const auto to_crlf = [](std::string& text) {
      for (std::size_t at = 0; (at = text.find('\n', at)) != text.npos; at += 2) {
        text.insert(at, 1, '\r');
      }
    };
    EXPECT_THAT(ErrorsWith(name, to_crlf), IsEmpty()) << name;
  }
}

TEST(AwsSigV4Suite, BodiesAreComparedToTheirLastByte) {
  AwsSigV4Texts texts = TextsOf(kGood + "/body-and-late-token");
  const auto errors = [&] {
    ParsedFile file("");
    ParseAwsSigV4Texts("s", texts, file);
    return Lines(file.errors.Take());
  };
  EXPECT_THAT(errors(), IsEmpty());
  texts[3]->pop_back();
  EXPECT_THAT(errors(), ElementsAre("s/header-signed-request.txt: the body contradicts "
                                    "request.txt (it differs from byte 11 on)"));
}

TEST(AwsSigV4Suite, PairsRepeatedHeadersInAnyOrder) {
  std::string forwards;
  std::string backwards;
  for (int i = 100; i < 590; ++i) {
    const std::string line = "X-Many: " + std::to_string(i) + std::string(400, 'a') + "\n";
    forwards += line;
    backwards.insert(0, line);
  }
  AwsSigV4Texts texts = TextsOf(kGood + "/value-order");
  const auto errors = [&] {
    ParsedFile file("");
    ParseAwsSigV4Texts("s", texts, file);
    return Lines(file.errors.Take());
  };
  const auto insert = [&](std::size_t index, const std::string& lines) {
    texts[index]->insert(texts[index]->find("Host"), lines);
  };
  insert(3, backwards);
  insert(7, forwards);
  insert(9, forwards);
  EXPECT_THAT(errors(), IsEmpty());
  insert(9, "x-twice:1\nX-TWICE: 1 \n");
  insert(7, "X-Twice:1\n");
  insert(3, "X-Twice:1\nX-Twice:1\nX-Twice:1\n");
  EXPECT_THAT(errors(), ElementsAre("s/query-signed-request.txt: the header X-TWICE of request.txt "
                                    "is missing or different"));
}

TEST(AwsSigV4Suite, RefusesBrokenTexts) {
  const auto upper = [](std::string& text) {
    std::ranges::transform(text, text.begin(), ::toupper);
  };
  const std::string no_signature = ": this is no signature (64 lower-case hex digits)";
  for (const std::string name : {"header-signature.txt", "query-signature.txt"}) {
    EXPECT_THAT(ErrorsWith(name, upper), ElementsAre(name + no_signature));
    EXPECT_THAT(ErrorsWith(name, [](std::string& text) { text.erase(0, 1); }),
                ElementsAre(name + no_signature));
    EXPECT_THAT(ErrorsWith(name, [](std::string& text) { text[5] = 'g'; }),
                ElementsAre(name + no_signature));
    EXPECT_THAT(ErrorsWith(name, [](std::string& text) { text += "\n"; }),
                ElementsAre(name + no_signature));
  }
  for (const std::string name : {"header-canonical-request.txt", "header-string-to-sign.txt",
                                 "query-canonical-request.txt", "query-string-to-sign.txt"}) {
    EXPECT_THAT(ErrorsWith(name, [](std::string& text) { text = "\n"; }),
                ElementsAre(name + ": the file is empty"));
    EXPECT_THAT(ErrorsReplacing(name, "\n", "\r\n"),
                ElementsAre(name + ": lines end in CRLF (what is signed has line feeds alone)"));
  }
}

TEST(AwsSigV4Suite, RefusesFoldersWithOddNames) {
  const AwsSigV4Texts texts = TextsOf(kGood + "/value-order");
  for (const std::string& name :
       std::vector<std::string>{"Value_Order", "a--b", "a b", std::string(81, 'a')}) {
    ParsedFile file(name);
    ParseAwsSigV4Texts("s/" + name, texts, file);
    EXPECT_THAT(Lines(file.errors.Take()),
                ElementsAre("s/" + name +
                            "/request.txt: the folder's name is no name of a case (up "
                            "to 80 lower-case letters, digits and single hyphens, as in "
                            "get-vanilla)"));
  }
}

}  // namespace
}  // namespace sigvet
