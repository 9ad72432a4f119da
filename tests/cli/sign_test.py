"""sigvet sign, against the values that AWS publishes."""

import re

from sigvet import TestCase, main

# AWS IAM User Guide, Amazon S3 API Reference: two different example secrets.
IAM = {"AWS_ACCESS_KEY_ID": "AKIDEXAMPLE",
       "AWS_SECRET_ACCESS_KEY": "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"}
S3 = {"AWS_ACCESS_KEY_ID": "AKIAIOSFODNN7EXAMPLE",
      "AWS_SECRET_ACCESS_KEY": "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"}
LIST_USERS = "https://iam.amazonaws.com/?Action=ListUsers&Version=2010-05-08"
FORM = "Content-Type: application/x-www-form-urlencoded; charset=utf-8"
EMPTY_HASH = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
BUCKET = "https://examplebucket.s3.amazonaws.com"


class Sign(TestCase):
    def sign(self, *arguments, credentials=None, **options):
        out, err = self.sigvet("sign", *arguments, environment=credentials, **options)
        for secret in (IAM, S3):
            self.assertNotIn(secret["AWS_SECRET_ACCESS_KEY"], out + err)
        return out, err

    def iam(self, *arguments, **options):
        return self.sign("--region", "us-east-1", "--service", "iam", "--timestamp",
                         "20150830T123600Z", *arguments, credentials={**IAM, **options.pop(
                             "more", {})}, **options)

    def s3(self, *arguments, **options):
        return self.sign("--region", "us-east-1", "--service", "s3", "--timestamp",
                         "20130524T000000Z", *arguments, credentials=S3, **options)

    def test_list_users(self):
        out, err = self.iam("-H", FORM, LIST_USERS)
        self.assertEqual(out, """\
X-Amz-Date: 20150830T123600Z
Authorization: AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/iam/aws4_request, \
SignedHeaders=content-type;host;x-amz-date, \
Signature=5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7
""")
        self.assertEqual(err, "")

    def test_list_users_as_a_raw_request(self):
        raw = f"GET /?Action=ListUsers&Version=2010-05-08 HTTP/1.1\r\nHost: iam.amazonaws.com\r\n{FORM}"
        expected, _ = self.iam("-H", FORM, LIST_USERS)
        self.assertEqual(self.iam(stdin=raw.encode() + b"\r\n\r\n")[0], expected)
        # The time of a request that has one is the time of signing.
        dated = raw.encode() + b"\r\nX-Amz-Date: 20150830T123600Z\r\n\r\n"
        out, _ = self.sign("--region", "us-east-1", "--service", "iam", credentials=IAM, stdin=dated)
        self.assertEqual(out, expected.splitlines(keepends=True)[1])

    def test_list_users_presigned(self):
        out, _ = self.iam("-H", FORM, "--presign", "--expires", "60", LIST_USERS)
        self.assertEqual(out, LIST_USERS + "&X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential="
                         "AKIDEXAMPLE%2F20150830%2Fus-east-1%2Fiam%2Faws4_request&X-Amz-Date="
                         "20150830T123600Z&X-Amz-Expires=60&X-Amz-SignedHeaders=content-type%3Bhost"
                         "&X-Amz-Signature="
                         "37ac2f4fde00b0ac9bd9eadeb459b1bbee224158d66e7ae5fcadb70b2d181d02\n")

    def test_stages(self):
        out, _ = self.iam("-H", FORM, "--stages", LIST_USERS)
        names = [line for line in out.splitlines() if line and not line.startswith(" ")]
        self.assertEqual(names, ["canonical request", "canonical request hash", "string to sign",
                                 "signature", "headers to add"])
        self.assertIn("\n  f536975d06c0309214f805bb90ccff089219ecd68b2577efef23edd43b7e1a59\n", out)
        self.assertIn("canonical request\n  GET\n  /\n  Action=ListUsers&Version=2010-05-08\n", out)
        self.assertIn("  X-Amz-Date: 20150830T123600Z\n  Authorization: AWS4-HMAC-SHA256 ", out)
        # The signing key that AWS publishes for this day.
        self.assertNotIn("c4afb1cc5771d871763a393e44b703571b55cc28424d1a5e86da6ed3c154a4b9", out)
        out, _ = self.iam("--stages", "--presign", LIST_USERS)
        self.assertRegex(out, r"\nURL\n  https://iam\.amazonaws\.com/\S+&X-Amz-Expires=3600&\S+\n$")

    def check_s3(self, signature, *arguments):
        out, _ = self.s3(*arguments)
        self.assertIn(f"Signature={signature}\n", out)
        return out

    def test_s3(self):
        out = self.check_s3("f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41",
                            "-H", "Range: bytes=0-9", BUCKET + "/test.txt")
        self.assertIn(f"X-Amz-Content-Sha256: {EMPTY_HASH}\n", out)
        put = ("-X", "PUT", "-H", "Date: Fri, 24 May 2013 00:00:00 GMT", "-H",
               "x-amz-storage-class: REDUCED_REDUNDANCY")
        body = self.write("body", "Welcome to Amazon S3.")
        signature = "98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd"
        url = BUCKET + "/test$file.text"
        self.check_s3(signature, *put, "-d", "Welcome to Amazon S3.", url)
        self.check_s3(signature, *put, "-d", f"@{body}", url)
        self.check_s3("fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543",
                      BUCKET + "/?lifecycle")
        self.check_s3("34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7",
                      BUCKET + "/?max-keys=2&prefix=J#fragment")
        out, _ = self.s3(*put, "-d", "@-", url, stdin=b"Welcome to Amazon S3.")
        self.assertIn(signature, out)

    def test_s3_presigned(self):
        signature = "aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404"
        for url in (BUCKET, BUCKET + ":443", BUCKET.replace("https", "http") + ":80"):
            out, _ = self.s3("--presign", "--expires", "86400", url + "/test.txt")
            self.assertTrue(out.endswith(f"&X-Amz-Signature={signature}\n"))
            self.assertTrue(out.startswith(re.sub(r":\d+$", "", url) + "/test.txt?"))

    def test_session_tokens(self):
        token = {"AWS_SESSION_TOKEN": "TOKEN/with+chars=="}
        vanilla = ("--service", "service", "--region", "us-east-1", "--timestamp",
                   "20150830T123600Z", "https://example.amazonaws.com/")
        out, _ = self.sign(*vanilla, credentials={**IAM, **token})
        self.assertIn("X-Amz-Security-Token: TOKEN/with+chars==\n", out)
        # Made by AWS CRT 0.16.8 too.
        self.assertIn("72da297cedb60f3186d91d5bd1113d1155b497eeaee0826a9b3daee11f1035c5", out)
        out, _ = self.sign(*vanilla, "--unsigned-session-token", credentials={**IAM, **token})
        # AWS's suite: get-vanilla, which has no token.
        self.assertIn("5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31", out)
        self.assertIn("X-Amz-Security-Token: TOKEN/with+chars==\n", out)
        out, _ = self.sign(*vanilla, "--presign", credentials={**IAM, **token})
        self.assertIn("&X-Amz-Security-Token=TOKEN%2Fwith%2Bchars%3D%3D&", out)

    def path_of(self, *arguments):
        out, _ = self.iam("--stages", *arguments)
        return out.splitlines()[2].strip()

    def test_path_rules(self):
        url = "https://h/a//./b%20c"
        self.assertEqual(self.path_of(url), "/a/b%2520c")
        self.assertEqual(self.path_of("--uri-encode", "single", url), "/a/b%20c")
        self.assertEqual(self.path_of("--no-normalize", url), "/a//./b%2520c")
        self.assertEqual(self.s3("--stages", url)[0].splitlines()[2].strip(), "/a//./b%20c")
        out, _ = self.s3("--stages", "--normalize", "--uri-encode", "double", url)
        self.assertEqual(out.splitlines()[2].strip(), "/a/b%2520c")

    def test_what_is_signed_is_what_is_sent(self):
        """A raw blank or UTF-8 goes on the wire encoded: the presigned URL itself must verify."""
        for target in ("/a b", "/caf\u00e9/~x", "/a%20b/(c)", "/a/../b//c", ""):
            url = "https://example.amazonaws.com" + target
            presigned, _ = self.iam("--presign", url)
            raw = f"GET {presigned.strip()} HTTP/1.1\r\n\r\n"
            out, _ = self.sigvet("verify", environment=IAM, stdin=raw.encode())
            self.assertTrue(out.startswith("valid"), f"{target}: {out}")
            from_raw, _ = self.iam("--presign", stdin=f"GET {url} HTTP/1.1\r\n\r\n".encode())
            self.assertEqual(from_raw, presigned)

    def test_requests(self):
        out, _ = self.iam("--stages", "-d", "a", "-H", "Host: other:444", "-H", "X-Empty;",
                          "https://h:8443/")
        self.assertIn("  POST\n  /\n  \n  host:other:444\n  x-amz-date:20150830T123600Z\n  "
                      "x-empty:\n", out)
        out, _ = self.iam("--stages", "https://h:8443")
        self.assertIn("  GET\n  /\n  \n  host:h:8443\n", out)
        out, _ = self.iam("--stages", "--payload-hash", "UNSIGNED-PAYLOAD", "-X", "PUT", "-d", "a",
                          "https://h/")
        self.assertIn("  UNSIGNED-PAYLOAD\n\ncanonical request hash", out)

    def test_the_clock_is_the_default(self):
        out, _ = self.sign("--region", "r", "--service", "s", "https://h/", credentials=IAM)
        self.assertRegex(out, r"^X-Amz-Date: 20\d{6}T\d{6}Z\n")

    def check(self, arguments, error, credentials=None, stdin=b""):
        out, err = self.sign("--region", "r", "--service", "s", *arguments, expect=2, stdin=stdin,
                             credentials=IAM if credentials is None else credentials)
        self.assertEqual(out, "")
        self.assert_one_line(err, "sigvet: " + error)

    def test_credentials_that_are_missing(self):
        hint = " (credentials come from the environment)"
        url = ["https://h/"]
        self.check(url, "AWS_ACCESS_KEY_ID is not set" + hint, {})
        self.check(url, "AWS_SECRET_ACCESS_KEY is not set" + hint, {"AWS_ACCESS_KEY_ID": "a"})
        self.check(url, "AWS_SECRET_ACCESS_KEY is longer than 4096 bytes",
                   {"AWS_ACCESS_KEY_ID": "a", "AWS_SECRET_ACCESS_KEY": "x" * 4097})
        self.check(url, "AWS_ACCESS_KEY_ID has white space or control characters in it",
                   {**IAM, "AWS_ACCESS_KEY_ID": "a "})
        _, err = self.sign("--region", "r", "--service", "s", *url, credentials={
            **IAM, "AWS_SECRET_ACCESS_KEY": IAM["AWS_SECRET_ACCESS_KEY"] + "\n"})
        self.assert_one_line(err, "sigvet: warning: the secret begins or ends with white space")

    def test_what_options_get_wrong(self):
        for arguments in ([], ["--region", "r"], ["--service", "s"]):
            _, err = self.sign(*arguments, "https://h/", credentials=IAM, expect=2)
            self.assert_one_line(
                err, "sigvet: a signature belongs to a region and a service (add --region "
                     "us-east-1 --service execute-api, or whichever it is)")
        url_hint = " (as in https://iam.amazonaws.com/?Action=ListUsers)"
        for url in ("wJalrXUtnFEMI", "ftp://h/", "h/path"):
            self.check([url], "the URL begins with neither https:// nor http://" + url_hint)
        self.check(["https:///a"], "the URL has no host")
        self.check(["https://u@h/"], "the URL has a user name (RFC 9110 section 4.2.4 forbids it)")
        self.check(["https://h/\n"], "the URL has a control character in it (percent-encode it)")
        self.check(["-X", "G T", "https://h/"],
                   "--request G T is no method (as in --request PUT)")
        header_hint = " (as in --header 'Content-Type: text/plain')"
        self.check(["-H", "a b: c", "https://h/"], "--header a b is no header" + header_hint)
        self.check(["-H", "a", "https://h/"], "--header a is no header" + header_hint)
        self.check(["-H", "a;b", "https://h/"], "--header a has no colon" + header_hint)
        self.check(["-H", "a:", "https://h/"],
                   "--header a has no value (write 'Name;' for an empty value, as for curl)")
        self.check(["-d", "a", "-d", "b", "https://h/"],
                   "--data stands there twice (join the parts with & yourself)")
        self.check(["-d", "@/no/such", "https://h/"],
                   "can't read /no/such: No such file or directory")
        self.check(["-X", "PUT"], "--request, --header and --data belong to a URL, and there is "
                   "none (give the URL; a raw request on stdin has them in itself)")
        self.check(["--expires", "60", "https://h/"], "--expires belongs to --presign")

    def test_what_cannot_be_signed(self):
        self.check(["--presign", "--expires", "604801", "https://h/"],
                   "a presigned URL can't expire after 604801 s (from 1 s to 604800 s, which is a "
                   "week)")
        self.check(["--timestamp", "2015-08-30", "https://h/"],
                   'the timestamp "2015-08-30" is no time (UTC, as in 20150830T123600Z)')
        self.check(["https://h/%zz"], 'the path has a percent sign without two hex digits: "%zz" at '
                   "byte 2 (a percent sign itself is %25)")
        self.check([], "stdin:2:1: a header without a colon (an empty line must stand before the "
                   "body)", stdin=b"GET / HTTP/1.1\nfoo\n")
        self.check([], "stdin: there is no request (as in GET /path?query HTTP/1.1)")

    def test_the_texts_of_tools(self):
        curl = ("of what curl -v prints take the lines that begin with \"> \", without the \"> \"")
        self.check([], f"stdin:1:1: this is no method ({curl})", stdin=b"> GET / HTTP/2\n> Host: h\n")
        self.check([], "stdin:1:31: the request line does not end in HTTP/1.1 (as in GET "
                   "/path?query HTTP/1.1)", stdin=b"GET https://h.amazonaws.com/?b\n")
        expected, _ = self.iam(stdin=b"GET /a?b HTTP/1.1\nHost: h\n")
        self.assertEqual(self.iam(stdin=b"GET /a?b HTTP/2\nHost: h\n")[0], expected)

    def test_a_url_alone_is_a_get_of_it(self):
        expected, _ = self.iam("--presign", "http://h/a b?c=d")
        self.assertRegex(expected, r"^http://h/a%20b\?.*&c=d&")
        for text in ("http://h/a%20b?c=d", "http://h/a%20b?c=d\n", " \thttp://h:80/a%20b?c=d#e \r\n\n"):
            out, err = self.iam("--presign", stdin=text.encode())
            self.assertEqual((out, err), (expected, ""), text)
        self.check([], "stdin: the URL has a user name (RFC 9110 section 4.2.4 forbids it)",
                   stdin=b"https://me@h/\n")
        self.check([], "stdin:1:1: this is no method (write a request line: GET URL HTTP/1.1)",
                   stdin=b"https://h/\nHost: h\n")
        # What presign prints, verify takes.
        for url in ("https://h.example/a b?c=d", "http://h.example:80/"):
            presigned, _ = self.iam("--presign", url)
            out, _ = self.sigvet("verify", environment=IAM, stdin=presigned.encode())
            self.assertTrue(out.startswith("valid"), out)
            path = self.write("url.txt", presigned)
            out, _ = self.sigvet("verify", path, environment=IAM)
            self.assertTrue(out.startswith("valid"), out)

    def test_an_ampersand_of_html_is_warned_of(self):
        warning = ("sigvet: warning: the query has &amp; in it: where the URL was copied from HTML, "
                   "write & for &amp;")
        for arguments, stdin in ((["https://h/?a=b&amp;c=d"], b""),
                                 ([], b"GET /?a=b&amp;c=d HTTP/1.1\nHost: h\n"),
                                 ([], b"https://h/?a=b&amp;c=d")):
            out, err = self.iam(*arguments, stdin=stdin)
            self.assertIn("Signature=", out)
            self.assert_one_line(err, warning)

    def test_upper_case_in_the_scope_is_warned_of(self):
        for region, service, warning in (
                ("us-east-1", "S3", "--service S3: services and regions are in lower case: s3"),
                ("US-EAST-1", "s3", "--region US-EAST-1: services and regions are in lower case: "
                 "us-east-1")):
            out, err = self.sign("--region", region, "--service", service, "https://h/",
                                 credentials=IAM)
            self.assertIn(f"/{region}/{service}/aws4_request", out)
            self.assert_one_line(err, "sigvet: warning: " + warning)

    def test_an_argument_that_may_be_a_secret_is_not_repeated(self):
        secret = IAM["AWS_SECRET_ACCESS_KEY"]
        self.check(["https://h/", secret], "unexpected argument (see sigvet sign --help)")
        self.check([secret], "the URL begins with neither https:// nor http:// (as in "
                   "https://iam.amazonaws.com/?Action=ListUsers)")

    def test_help(self):
        out, _ = self.sigvet("sign", "--help")
        for text in ("never from an argument", "nor from stdin, which is the request's",
                     "--data-binary", "Examples:", "Exit codes: 0 ",
                     "never printed"):
            self.assertIn(text, out)


if __name__ == "__main__":
    main()
