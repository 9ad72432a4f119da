"""sigvet verify: published requests are valid, and what was done wrong is named."""

import hashlib
import hmac
import json
import os
import pty
import subprocess

from sigvet import ROOT, SIGVET, TestCase, main

# AWS IAM User Guide, Amazon S3 API Reference: two different example secrets.
IAM_SECRET = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"
S3_SECRET = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"
SUITE = ROOT.parent / "shared/suites/aws-sig-v4/v4"

LIST_USERS = """\
GET /?Action=ListUsers&Version=2010-05-08 HTTP/1.1\r
Host: iam.amazonaws.com\r
Content-Type: application/x-www-form-urlencoded; charset=utf-8\r
X-Amz-Date: 20150830T123600Z\r
Authorization: AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/iam/aws4_request, \
SignedHeaders=content-type;host;x-amz-date, \
Signature=5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7\r
\r
"""
CANONICAL_REQUEST = """\
GET
/
Action=ListUsers&Version=2010-05-08
content-type:application/x-www-form-urlencoded; charset=utf-8
host:iam.amazonaws.com
x-amz-date:20150830T123600Z

content-type;host;x-amz-date
e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"""
STRING_TO_SIGN = """\
AWS4-HMAC-SHA256
20150830T123600Z
20150830/us-east-1/iam/aws4_request
f536975d06c0309214f805bb90ccff089219ecd68b2577efef23edd43b7e1a59"""
PRESIGNED = ("GET https://examplebucket.s3.amazonaws.com/test.txt?X-Amz-Algorithm=AWS4-HMAC-SHA256&"
             "X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524%2Fus-east-1%2Fs3%2Faws4_request&"
             "X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400&X-Amz-SignedHeaders=host&"
             "X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404 "
             "HTTP/1.1\n")
S3_PUT = """\
PUT /test$file.text HTTP/1.1
Host: examplebucket.s3.amazonaws.com
Date: Fri, 24 May 2013 00:00:00 GMT
x-amz-date: 20130524T000000Z
x-amz-storage-class: REDUCED_REDUNDANCY
x-amz-content-sha256: 44ce7dd67c959e0d3524ffac1771dfbba87d2b6b4b4e99e42034a8b803f8b072
Authorization: AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request,\
SignedHeaders=date;host;x-amz-content-sha256;x-amz-date;x-amz-storage-class,\
Signature=98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd

Welcome to Amazon S3."""


def signature_over(canonical_request, secret=IAM_SECRET):
    """The signature that a program gives which has this canonical request."""
    def mac(key, text):
        return hmac.new(key, text.encode(), hashlib.sha256).digest()
    key = ("AWS4" + secret).encode()
    for text in ("20150830", "us-east-1", "iam", "aws4_request"):
        key = mac(key, text)
    lines = STRING_TO_SIGN.splitlines()[:3]
    lines.append(hashlib.sha256(canonical_request.encode()).hexdigest())
    return mac(key, "\n".join(lines)).hex()


def signed(canonical_request, secret=IAM_SECRET, request=LIST_USERS):
    """The request, with a signature over another canonical request than its own."""
    return request.replace("5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7",
                           signature_over(canonical_request, secret))


class Verify(TestCase):
    def verify(self, request, *arguments, secret=IAM_SECRET, expect=0, as_file=False, **options):
        environment = {} if secret is None else {"AWS_SECRET_ACCESS_KEY": secret}
        if as_file:
            arguments = [*arguments, self.write("request.txt", request)]
        else:
            options["stdin"] = request.encode()
        out, err = self.sigvet("verify", *arguments, environment=environment, expect=expect,
                               **options)
        for known in (IAM_SECRET, S3_SECRET):
            self.assertNotIn(known, out + err)
        return out, err

    def not_valid(self, request, reason, *arguments, **options):
        out, _ = self.verify(request, *arguments, expect=1, **options)
        first = " ".join(out.split("\n\n")[0].split())
        self.assertEqual(first, "not valid: " + reason, out)
        for line in out.splitlines():
            self.assertLessEqual(len(line), 80, line)
        return out

    def test_published_requests_are_valid(self):
        for request, secret in ((LIST_USERS, IAM_SECRET), (PRESIGNED, S3_SECRET),
                                (S3_PUT, S3_SECRET)):
            for as_file in (False, True):
                out, err = self.verify(request, secret=secret, as_file=as_file)
                self.assertTrue(out.startswith("valid: the signature is right. "), out)
                self.assertEqual(err, "")
        out, _ = self.verify(PRESIGNED, secret=S3_SECRET)
        self.assertIn("for 86400 s; the body is not signed", out)

    def test_awss_suite_is_valid(self):
        if not SUITE.is_dir():
            self.skipTest("AWS's suite is not beside the project: ../shared/suites/aws-sig-v4/v4")
        cases = sorted(SUITE.iterdir())
        self.assertGreater(len(cases), 20)
        for case in cases:
            context = json.loads((case / "context.json").read_text())
            options = [] if context["normalize"] else ["--no-normalize"]
            if context.get("omit_session_token"):
                options.append("--unsigned-session-token")
            secret = context["credentials"]["secret_access_key"]
            for form in ("header", "query"):
                with self.subTest(case=case.name, form=form):
                    file = case / f"{form}-signed-request.txt"
                    self.sigvet("verify", *options, file,
                                environment={"AWS_SECRET_ACCESS_KEY": secret})

    def test_the_secret_from_stdin(self):
        file = self.write("request.txt", LIST_USERS)
        self.sigvet("verify", file, stdin=IAM_SECRET.encode() + b"\n")
        out, _ = self.sigvet("verify", file, stdin=S3_SECRET.encode(), expect=1)
        self.assertTrue(out.startswith("not valid: "), out)

    def test_mistakes_are_named(self):
        query = "Action=ListUsers&Version=2010-05-08"
        for old, new, reason in (
                (query, "Version=2010-05-08&Action=ListUsers", None),
                ("GET", "POST", "the request was signed for POST"),
                (query, "", "the query was not signed"),
                ("\n/\n", "\n\n", "the empty path was not signed as /"),
                (".com\n", ".com:443\n",
                 "the host was signed with the port 443, and sent without"),
                ("host:", "Host:", None),
                ("e3b0c442", "E3b0c442", None),
                ("852b855", "852b855\n",
                 "the canonical request was hashed with a line break at its end")):
            request = signed(CANONICAL_REQUEST.replace(old, new))
            out, _ = self.verify(request, expect=1)
            if reason is None:
                self.assertIn("no mistake that is known here explains it", out)
                self.assertIn("mistakes were tried, alone and in pairs.", out)
            else:
                out = self.not_valid(request, reason)
                self.assertIn("This is certain: with that mistake exactly the request's signature "
                              "comes out.", out)

    def test_a_query_that_was_not_sorted(self):
        swapped = LIST_USERS.replace("Action=ListUsers&Version=2010-05-08",
                                     "Version=2010-05-08&Action=ListUsers")
        request = signed(CANONICAL_REQUEST.replace("Action=ListUsers&Version=2010-05-08",
                                                   "Version=2010-05-08&Action=ListUsers"),
                         request=swapped)
        out = self.not_valid(request, "the parameters of the query were not sorted")
        self.assertIn("""
canonical request, line 3: the query
  expected: this request, by the rules; actual: what was signed
  expected  Action=ListUsers&Version=2010-05-08
  actual    Version=2010-05-08&Action=ListUsers
            ^^^^^^^""", out)
        self.assertIn("\nwhat to do\n  - encode names and values, then sort by name", out)

    def test_the_secret_is_the_mistake(self):
        self.not_valid(signed(CANONICAL_REQUEST, IAM_SECRET + "\n"),
                       "the secret had a newline at its end")
        out = self.not_valid(LIST_USERS, "the white space around the secret given here was not used",
                             secret=IAM_SECRET + " ")
        self.assertIn("give the secret without it", out)

    def test_what_is_wrong_whatever_the_signature_is(self):
        fine = "the signature is right, but services refuse the request: "
        order = LIST_USERS.replace("=content-type;host;", "=host;content-type;")
        self.not_valid(order, fine + "SignedHeaders is not sorted")
        self.not_valid(LIST_USERS.replace("\r\n\r\n", "\r\nX-Amz-Meta-A: b\r\n\r\n"),
                       fine + "SignedHeaders leaves x-amz-meta-a out, which is sent")
        self.not_valid(LIST_USERS.replace("\r\n\r\n", "\r\nContent-Length: 4\r\n\r\n"),
                       fine + "Content-Length is 4, but the body here has 0 bytes")
        self.not_valid(LIST_USERS.replace("Date: 20150830", "Date: 20150831"),
                       "the date in Credential is 20150830, but X-Amz-Date says 20150831T123600Z")
        out, _ = self.verify(S3_PUT + "\n", secret=S3_SECRET, expect=1)
        self.assertIn("X-Amz-Content-Sha256 is not the SHA-256 of the body here", " ".join(out.split()))

    def test_authorization_that_is_malformed(self):
        out = self.not_valid(LIST_USERS.replace(", SignedHeaders", " SignedHeaders"),
                             "Authorization, byte 77: no comma before SignedHeaders")
        self.assertIn("what is right: as in AWS4-HMAC-SHA256", out)
        self.not_valid("GET / HTTP/1.1\n\n", "the request is not signed: it has neither the header "
                       "Authorization nor the parameter X-Amz-Signature")
        self.not_valid(PRESIGNED.replace("&X-Amz-Expires=86400", ""),
                       "the query has no X-Amz-Expires", secret=S3_SECRET)

    def test_the_other_sides_canonical_request(self):
        theirs = CANONICAL_REQUEST.replace("; charset", ";charset")
        file = self.write("canonical.txt", theirs + "\n")
        out = self.not_valid(signed(theirs), "the canonical request differs in the header "
                             "content-type", "--canonical-request", file)
        self.assertIn("""
canonical request, line 4: the header content-type
  expected: this request, by the rules; actual: the given file
  expected  content-type:application/x-www-form-urlencoded; charset=utf-8
                                                           ^
  actual    content-type:application/x-www-form-urlencoded;charset=utf-8
                                                           ^
  likely    white space in the value was not trimmed, or runs of it not made one
            blank
""", out)
        self.assertIn("The request's signature is over the given canonical request", out)
        out, _ = self.verify(signed("other"), "--canonical-request", file, expect=1)
        self.assertIn("does not lead to the request's signature either", " ".join(out.split()))

    def test_without_the_secret_texts_are_compared(self):
        file = self.write("canonical.txt", CANONICAL_REQUEST)
        out, _ = self.verify(LIST_USERS, "--canonical-request", file, secret=None)
        self.assertTrue(out.startswith("not checked: without the secret"), out)
        file = self.write("sts.txt", STRING_TO_SIGN.replace("us-east-1", "us-east-2"))
        self.not_valid(LIST_USERS, "key and credential scope were made for the region us-east-2",
                       "--string-to-sign", file, secret=None)
        file = self.write("sts.txt", STRING_TO_SIGN.replace("us-east-1", "mars-east-1"))
        out = self.not_valid(LIST_USERS, "the string to sign differs in the credential scope",
                             "--string-to-sign", file, secret=None)
        self.assertIn("string to sign, line 3: the credential scope", out)
        self.assertIn("The signature itself was not checked: AWS_SECRET_ACCESS_KEY is not set.", out)

    def reply(self, canonical_request=CANONICAL_REQUEST, string_to_sign=STRING_TO_SIGN):
        message = ("The request signature we calculated does not match the signature you provided."
                   "\n\nThe Canonical String for this request should have been\n"
                   f"'{canonical_request}'\n\nThe String-to-Sign should have been\n"
                   f"'{string_to_sign}'\n")
        return self.write("reply", json.dumps({"__type": "InvalidSignatureException",
                                               "message": message}))

    def test_what_the_service_computed(self):
        hash_of = hashlib.sha256
        theirs = CANONICAL_REQUEST.replace("; charset=utf-8", "")
        string = STRING_TO_SIGN.splitlines()[:3] + [hash_of(theirs.encode()).hexdigest()]
        reply = self.reply(theirs, "\n".join(string))
        for secret in (IAM_SECRET, None):
            out = self.not_valid(LIST_USERS, "the canonical request differs in the header "
                                 "content-type", "--server-reply", reply, secret=secret)
            self.assertIn("""
  expected: the service's reply; actual: this request, by the rules
  expected  content-type:application/x-www-form-urlencoded
                                                          ^
  actual    content-type:application/x-www-form-urlencoded; charset=utf-8
                                                          ^^^^^^^^^^^^^^^
""", out)

    def test_a_service_with_another_secret(self):
        self.not_valid(LIST_USERS, "the secret given here made the signature, and the service "
                       "computed the same string to sign: it has another secret for AKIDEXAMPLE",
                       "--server-reply", self.reply())

    def test_replies_in_xml(self):
        xml = ("<?xml version=\"1.0\"?><Error><Code>SignatureDoesNotMatch</Code><Message>m</Message>"
               "<StringToSign>{}</StringToSign><SignatureProvided>{}</SignatureProvided>"
               "<CanonicalRequest>{}</CanonicalRequest></Error>")
        file = self.write("reply.xml", xml.format(STRING_TO_SIGN, "0" * 64, CANONICAL_REQUEST
                                                  .replace("&", "&amp;").replace("GET", "PUT")))
        other = "the reply is about another request: the signature that it names is not this one"
        out, _ = self.verify(LIST_USERS, "--server-reply", file)
        self.assertIn("valid: the signature is right; " + other, " ".join(out.split()))
        out, _ = self.verify(LIST_USERS, "--server-reply", file, secret=None, expect=1)
        self.assertIn("not checked: " + other, " ".join(out.split()))
        file = self.write("reply.xml", file.read_text().replace(
            "0" * 64, "5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7"))
        out = self.not_valid(LIST_USERS, "the canonical request differs in the method",
                             "--server-reply", file)
        self.assertIn("what the service computed is what comes out where\n"
                      "  - the request was signed for PUT\n", out)

    def test_other_errors_of_services(self):
        file = self.write("reply.xml", "<Error><Code>RequestTimeTooSkewed</Code>"
                          "<Message>The difference is too large.</Message></Error>")
        out = self.not_valid(LIST_USERS, "the request's time is more than 15 minutes from the "
                             "service's", "--server-reply", file)
        self.assertIn('it says "The difference is too large."', " ".join(out.split()))

    def test_side_files_dont_make_a_right_signature_wrong(self):
        file = self.write("other", CANONICAL_REQUEST.replace("GET", "PUT"))
        out, _ = self.verify(LIST_USERS, "--canonical-request", file)
        self.assertIn("valid: the signature is right; the given canonical request is not what was "
                      "signed", " ".join(out.split()))
        self.assertIn("canonical request, line 1: the method", out)
        for reply, words in (
                ("<Error><Code>NoSuchKey</Code><Message>m</Message></Error>",
                 "; the service's error NoSuchKey is not about it."),
                ('{"message": "No way."}', '; the service says "No way.".')):
            out, _ = self.verify(LIST_USERS, "--server-reply", self.write("reply", reply))
            self.assertIn("valid: the signature is right" + words, " ".join(out.split()))
            self.assertNotIn("to do", out)

    def test_one_text_given_as_the_other(self):
        request = self.write("request.txt", LIST_USERS)
        canonical = self.write("canonical", CANONICAL_REQUEST)
        string = self.write("string", STRING_TO_SIGN)
        self.check(["--canonical-request", string, request], f"{string} is a string to sign, not a "
                   "canonical request (give it as --string-to-sign)")
        self.check(["--string-to-sign", canonical, request], f"{canonical} is a canonical request, "
                   "not a string to sign (give it as --canonical-request)")

    def test_what_signers_disagree_on_is_a_case(self):
        request = LIST_USERS.replace("ListUsers", "a+b")
        theirs = CANONICAL_REQUEST.replace("ListUsers", "a%20b")
        port = CANONICAL_REQUEST.replace("amazonaws.com", "amazonaws.com:443")
        for text in (signed(theirs, request=request), signed(port)):
            out, _ = self.verify(text, expect=1)
            case = " ".join(out.split()).split("sigvet show ")[1].split()[0]
            self.assertTrue(case.startswith("sigv4/contested/"), case)
            self.sigvet("show", case, "--backend", "builtin")

    def check(self, arguments, error, secret=IAM_SECRET, stdin=b""):
        out, err = self.sigvet("verify", *arguments, expect=2, stdin=stdin, environment={
            "AWS_SECRET_ACCESS_KEY": secret} if secret else {})
        self.assertEqual(out, "")
        self.assert_one_line(err, "sigvet: " + error)

    def test_what_cannot_be_read(self):
        good = self.write("request.txt", LIST_USERS)
        bad = self.write("bad.txt", "GET / HTTP/1.1\nHost: h\nfoo\n")
        self.check(["/no/such"], "can't read /no/such: No such file or directory")
        self.check([self.folder], f"can't read {self.folder}: Is a directory")
        self.check([bad], f"{bad}:3:1: a header without a colon (an empty line must stand before "
                          "the body)")
        for option in ("--canonical-request", "--string-to-sign", "--server-reply"):
            self.check([option, "/no/such", good], "can't read /no/such: No such file or directory")
        self.check(["--canonical-request", self.write("empty", ""), good],
                   f"{self.folder}/empty is empty")
        reply = self.write("reply", "{\n  \"message\": }")
        self.check(["--server-reply", reply, good], f"{reply}:2:14: not JSON: unexpected character")
        reply = self.write("reply", "<a>" + " " * (1 << 20))
        self.check(["--server-reply", reply, good], f"{reply} is longer than 1 MiB")
        self.check(["--server-reply", "-"], "only one input can come from stdin (give the others as "
                   "files)")
        self.check([], "AWS_SECRET_ACCESS_KEY is not set (the request comes from stdin, so the "
                   "secret can't; or give the request as a file)", None, LIST_USERS.encode())
        self.check([good], "there is no secret access key (set AWS_SECRET_ACCESS_KEY, or give it on "
                   "stdin)", None)

    def test_a_terminal_is_not_waited_for(self):
        terminal, ours = pty.openpty()
        done = subprocess.run([SIGVET, "verify"], stdin=ours, capture_output=True, check=False,
                              env={}, timeout=60)
        os.close(terminal)
        os.close(ours)
        self.assertEqual(done.returncode, 2)
        self.assert_one_line(done.stderr.decode(),
                             "sigvet: stdin is a terminal (give a file, or pipe into it)")

    def test_what_sign_makes_is_valid(self):
        credentials = {"AWS_ACCESS_KEY_ID": "AKIDEXAMPLE", "AWS_SECRET_ACCESS_KEY": IAM_SECRET,
                       "AWS_SESSION_TOKEN": "t/o+k="}
        for service, options in (("iam", []), ("s3", []), ("iot", ["--unsigned-session-token"])):
            url = "https://h:8443/a//b%20c?z=1&a=%2F&a"
            arguments = ["sign", "--region", "r", "--service", service, *options, url]
            headers, _ = self.sigvet(*arguments, environment=credentials)
            raw = f"GET {url} HTTP/1.1\n{headers}\n"
            self.verify(raw, *options)
            presigned, _ = self.sigvet(*arguments, "--presign", environment=credentials)
            self.verify(f"GET {presigned.strip()} HTTP/1.1\n", *options)

    def test_help(self):
        out, _ = self.sigvet("verify", "--help")
        for text in ("never from an argument", "Examples:", "Exit codes: 0 valid"):
            self.assertIn(text, out)


if __name__ == "__main__":
    main()
