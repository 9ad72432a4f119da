"""sigvet diagnose: what came out is right, or which mistake it comes from is named."""

import base64
import hashlib
import hmac
import re

from sigvet import TestCase, main

# AWS's two example secrets: SES and S3, IAM and the SigV4 test suite.
SECRET = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"
PLUS_SECRET = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"
# Published: a Rust sample, AWS's Java sample, AWS's signing-key example and ListUsers example.
V4 = "BLBM/9hSUELfq8Gw+rU1YcBjkOxGbhT2XG763xVLGWL9"
V2 = "An60U4ZD3sd4fg+FvXUjayOipTt8LO4rUUmhpdX6ctDy"
SIGNING_KEY = "c4afb1cc5771d871763a393e44b703571b55cc28424d1a5e86da6ed3c154a4b9"
SIGNATURE = "5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7"

CREDENTIAL = "AKIDEXAMPLE/20150830/us-east-1/iam/aws4_request"
AUTHORIZATION = (f"AWS4-HMAC-SHA256 Credential={CREDENTIAL}, "
                 f"SignedHeaders=content-type;host;x-amz-date, Signature={SIGNATURE}")
LIST_USERS = """\
access_key_id: "AKIDEXAMPLE"
region: "us-east-1"
service: "iam"
timestamp: "20150830T123600Z"
method: "GET"
path: "/"
query: "Action=ListUsers&Version=2010-05-08"
headers:
  - ["Content-Type", "application/x-www-form-urlencoded; charset=utf-8"]
  - ["Host", "iam.amazonaws.com"]
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


def mac(key, text):
    return hmac.new(key, text.encode(), hashlib.sha256).digest()


def ladder(secret, *texts, prefix="AWS4"):
    key = (prefix + secret).encode()
    for text in texts:
        key = mac(key, text)
    return key


def password(secret=SECRET, region="us-east-1", prefix="AWS4", version=b"\4"):
    key = ladder(secret, "11111111", region, "ses", "aws4_request", "SendRawEmail", prefix=prefix)
    return base64.b64encode(version + key).decode()


def signature_over(canonical_request, secret=PLUS_SECRET):
    digest = hashlib.sha256(canonical_request.encode()).hexdigest()
    scope = CREDENTIAL.partition("/")[2]
    text = f"AWS4-HMAC-SHA256\n20150830T123600Z\n{scope}\n{digest}"
    return ladder(secret, *scope.split("/"), text).hex()


def one_line(text):
    return " ".join(text.split())


class Diagnose(TestCase):
    def diagnose(self, *arguments, secret=SECRET, expect=1, **options):
        environment = {} if secret is None else {"AWS_SECRET_ACCESS_KEY": secret}
        out, err = self.sigvet("diagnose", *arguments, environment=environment, expect=expect,
                               **options)
        for private in (SECRET, PLUS_SECRET, V4, V2, SIGNING_KEY, SIGNATURE):
            self.assertNotIn(private, out + err)
        for line in out.splitlines():
            self.assertLessEqual(len(line), 80, line)
        return out, err

    def defects(self, *arguments, **options):
        """The ids of the defects that are named."""
        out, _ = self.diagnose(*arguments, **options)
        return re.findall(r"^  defect +(\S+)$", out, re.M)

    def of_password(self, got, *arguments, **options):
        return self.defects("--op", "ses-smtp-password", "--region", "us-east-1", "--got", got,
                            *arguments, **options)

    def list_users(self, *arguments, **options):
        file = self.write("request.yaml", LIST_USERS)
        return ["--op", "sigv4-sign", "--input", file, *arguments], {"secret": PLUS_SECRET, **options}

    def of_request(self, *arguments, **options):
        arguments, options = self.list_users(*arguments, **options)
        return self.defects(*arguments, **options)

    def test_right_values(self):
        key = ["--op", "sigv4-signing-key", "--region", "us-east-1", "--service", "iam"]
        for arguments, secret, first in (
                (["--op", "ses-smtp-password", "--region", "us-east-1", "--got", V4], SECRET,
                 "the password is right"),
                (["--op", "ses-smtp-password", "--version", "2", "--got", V2], SECRET,
                 "the password is right"),
                ([*key, "--date", "20150830", "--got", SIGNING_KEY], PLUS_SECRET,
                 "the signing key is right"),
                (["ses/published/rust-sample", "--got", V4], None, "the password is right")):
            with self.subTest(arguments=arguments):
                out, err = self.diagnose(*arguments, secret=secret, expect=0)
                self.assertEqual((out.splitlines()[0], err), (first, ""))
        for got in (SIGNATURE, AUTHORIZATION):
            arguments, options = self.list_users("--got", got, expect=0)
            out, _ = self.diagnose(*arguments, **options)
            self.assertIn(" is right\n", out)

    def test_wrong_passwords(self):
        for got, defect in (
                (password(prefix=""), "key-without-prefix"),
                (password(prefix="aws4"), "prefix-lower-case"),
                (password(region=""), "region-empty"),
                (password(region="US-EAST-1"), "region-upper-case"),
                (password(version=b"\2"), "version-byte-2"),
                (V2, "version-2-for-4"),
                (V4.replace("/", "_").replace("+", "-"), "base64-url-safe"),
                (f"b'{V4}'", "result-python-quotes")):
            with self.subTest(defect=defect, got=got):
                self.assertEqual(self.of_password(got), [defect])

    def test_the_secret_is_to_blame(self):
        out, _ = self.diagnose("--op", "ses-smtp-password", "--region", "us-east-1", "--got",
                               password(SECRET + "\n"))
        self.assertTrue(one_line(out).startswith("wrong secret: the program is right; the secret "
                                                 "had a newline at its end"), out)

    def test_the_region_is_to_blame(self):
        out, _ = self.diagnose("--op", "ses-smtp-password", "--region", "us-east-1", "--got",
                               password(region="eu-west-1"))
        self.assertIn("eu-west-1", out)

    def test_two_mistakes_at_once(self):
        got = password(prefix="", version=b"\2")
        self.assertEqual(set(self.of_password(got)), {"key-without-prefix", "version-byte-2"})

    def test_every_stage(self):
        key = ladder(SECRET, "11111111", "us-east-1", prefix="").hex()
        self.assertEqual(self.of_password(key, "--stage", "region_key"), ["key-without-prefix"])
        key = ladder(PLUS_SECRET, "20150830", "us-east-1", "iam", "aws4_request", prefix="").hex()
        self.assertEqual(
            self.defects("--op", "sigv4-signing-key", "--region", "us-east-1", "--service", "iam",
                         "--date", "20150830", "--got", key, secret=PLUS_SECRET),
            ["key-without-prefix"])

    def test_wrong_requests(self):
        wrong = CANONICAL_REQUEST.replace("\n/\n", "\n\n")
        for arguments in (["--got", signature_over(wrong)],
                          ["--got", AUTHORIZATION.replace(SIGNATURE, signature_over(wrong))],
                          ["--stage", "canonical_request", "--got", wrong],
                          ["--stage", "canonical_request", "--got-file",
                           self.write("wrong.txt", wrong + "\n")]):
            with self.subTest(arguments=arguments):
                self.assertEqual(self.of_request(*arguments), ["path-empty"])
        arguments, options = self.list_users("--stage", "canonical_request", "--got-file",
                                             self.write("right.txt", CANONICAL_REQUEST + "\n"))
        self.diagnose(*arguments, **options, expect=0)

    def test_a_header_whose_signature_is_right(self):
        arguments, options = self.list_users("--got", AUTHORIZATION.replace("us-east-1", "eu-west-1"))
        out, _ = self.diagnose(*arguments, **options)
        self.assertEqual(out, "wrong authorization: its signature is right, but field Credential is not\n")

    def test_a_case_has_its_own_secret(self):
        for secret in (None, "another"):
            self.assertEqual(self.defects("ses/published/rust-sample", "--got", password(prefix=""),
                                          secret=secret), ["key-without-prefix"])

    def test_a_file_may_have_the_secret(self):
        file = self.write("in.yaml", f'region: "us-east-1"\nsecret: "{SECRET}"\n')
        for secret in (None, "another"):
            self.assertEqual(self.defects("--op", "ses-smtp-password", "--input", file, "--got",
                                          password(prefix=""), secret=secret),
                             ["key-without-prefix"])

    def test_the_secret_from_stdin(self):
        self.assertEqual(self.of_password(password(prefix=""), secret=None,
                                          stdin=SECRET.encode() + b"\n"), ["key-without-prefix"])

    def test_stdin_gives_one_thing(self):
        got = password(prefix="")
        self.assertEqual(self.defects("--op", "ses-smtp-password", "--input", "-", "--got", got,
                                      stdin=b'region: "us-east-1"\n'), ["key-without-prefix"])
        self.assertEqual(self.defects("ses/published/rust-sample", "--got-file", "-", secret=None,
                                      stdin=got.encode()), ["key-without-prefix"])
        for arguments in (["--input", "-", "--got", got], ["--region", "r", "--got-file", "-"]):
            _, err = self.diagnose("--op", "ses-smtp-password", *arguments, secret=None, expect=2,
                                   stdin=b'region: "us-east-1"\n')
            self.assert_one_line(
                err, "sigvet: AWS_SECRET_ACCESS_KEY is not set (another input comes from stdin, "
                     "so the secret can't; or give that one as a file)")
        _, err = self.diagnose("--op", "ses-smtp-password", "--input", "-", "--got-file", "-",
                               expect=2)
        self.assert_one_line(
            err, "sigvet: only one input can come from stdin (give the other as a file)")

    def test_what_nothing_explains(self):
        for got in (password(SECRET[::-1]), hashlib.sha256(b"unrelated").hexdigest(), "hello"):
            out, _ = self.diagnose("--op", "ses-smtp-password", "--region", "us-east-1", "--got",
                                   got)
            self.assertTrue(out.startswith("not explained: none of "), out)
            self.assertNotIn("  defect ", out)

    def test_odd_secrets_are_warned_about(self):
        _, err = self.diagnose("--op", "ses-smtp-password", "--region", "us-east-1", "--got", V2,
                               secret=SECRET + " ")
        self.assert_one_line(err, "sigvet: warning: the secret begins or ends with white space")

    def test_a_bad_file(self):
        file = self.write("in.yaml", 'regoin: "us-east-1"\nsecret: plain\n')
        out, err = self.diagnose("--op", "ses-smtp-password", "--input", file, "--got", "x",
                                 expect=65)
        self.assertEqual(out, "")
        self.assertEqual(err, f'sigvet: {file}:1:1: unknown key "regoin" (did you mean "region"?)\n'
                              f'sigvet: {file}:2:9: unquoted string: write "plain"\n')
        file = self.write("in.yaml", 'region: "us-east-1"\n')
        _, err = self.diagnose("--op", "ses-smtp-password", "--input", file, "--region", "r",
                               "--got", "x", expect=65)
        self.assert_one_line(
            err, f'sigvet: {file}:1:1: "region" is given by --region too (leave one of them out)')

    def test_usage(self):
        op = ["--op", "ses-smtp-password"]
        for arguments, code, expected in (
                (["--got", "x"], 2, "neither --op nor a CASE says what was derived (known: "),
                (["--op", "sha256", "--got", "x"], 2, "--op: sha256 derives nothing (known: "),
                (["--op", "sigv4-sing", "--got", "x"], 2,
                 '--op: sigv4-sing is no operation (did you mean "sigv4-sign"?)'),
                (op, 2, "there is no value to diagnose (--got VALUE gives it)"),
                ([*op, "--region", "r", "--got", ""], 2, "the value to diagnose is empty"),
                ([*op, "--got", "x", "--got-file", "y"], 2, "--got and --got-file both give"),
                ([*op, "--got", "x"], 2, "ses-smtp-password needs region (add --region)"),
                ([*op, "--version", "3", "--region", "r", "--got", "x"], 2,
                 "unknown version 3 (known: 2, 4)"),
                ([*op, "--version", "2", "--region", "r", "--got", "x"], 2,
                 "--region belongs to version 4, this case is of version 2"),
                ([*op, "--region", "r", "--date", "20150830", "--got", "x"], 2,
                 "--date: ses-smtp-password has no such input (known: version, secret, region)"),
                ([*op, "--region", "", "--got", "x"], 2, "the region is empty"),
                ([*op, "--region", "r", "--stage", "region-key", "--got", "x"], 2,
                 "--stage: ses-smtp-password has no stage region-key "
                 '(did you mean "region_key"?)'),
                (["--op", "sigv4-sign", "--region", "r", "--got", "x"], 2,
                 "sigv4-sign needs access_key_id, service, timestamp, method, path, headers (write "
                 "them into a file, and give that as --input)"),
                (["--op", "sigv4-signing-key", "--region", "r", "--got", "x"], 2,
                 "sigv4-signing-key needs date, service (add --date, --service)"),
                (["ses/published/rust-sample", "--region", "r", "--got", "x"], 2,
                 "--region: the inputs are those of case ses/published/rust-sample"),
                (["ses/published/rust-sample", "--op", "sigv4-sign", "--got", "x"], 2,
                 "--op sigv4-sign: the case is one of ses-smtp-password (leave --op out)"),
                (["ses/published/rust-smaple", "--got", "x"], 4,
                 'no case ses/published/rust-smaple (did you mean "ses/published/rust-sample"?)'),
                ([*op, "--corpus", "vectors", "--got", "x"], 2,
                 "--corpus and --suite say where a CASE is, and there is none (give its id)"),
                ([*op, "--input", "/nowhere/x", "--got", "x"], 2, "can't read /nowhere/x: ")):
            with self.subTest(arguments=arguments):
                out, err = self.diagnose(*arguments, expect=code)
                self.assertEqual(out, "")
                self.assertTrue(err.startswith("sigvet: " + expected), err)
                self.assertEqual(err.count("\n"), 1)

    def test_a_text_needs_its_stage(self):
        arguments, options = self.list_users("--got", CANONICAL_REQUEST, expect=2)
        _, err = self.diagnose(*arguments, **options)
        self.assertTrue(err.startswith("sigvet: the value has several lines, so it is no signature "
                                       "(--stage says what it is"), err)
        arguments, options = self.list_users("--stage", "added_headers", "--got", "x", expect=2)
        _, err = self.diagnose(*arguments, **options)
        self.assert_one_line(err, "sigvet: stage added_headers can't be diagnosed (it only repeats "
                                  "what other stages say)")

    def test_a_case_that_must_be_refused(self):
        _, err = self.diagnose("ses/refusals/empty-region", "--got", V2, expect=2)
        self.assert_one_line(err, "sigvet: must be refused: A version 4 password belongs to a region.")

    def test_no_argument_is_a_secret(self):
        for arguments in ([SECRET, "--got", "x"], ["--op", SECRET, "--got", "x"],
                          ["--op", "ses-smtp-password", "--stage", SECRET, "--got", "x"],
                          ["--op", "ses-smtp-password", "--input", SECRET, "--got", "x"],
                          ["--op", "ses-smtp-password", "--region", "r", "--secret", SECRET]):
            out, err = self.sigvet("diagnose", *arguments, expect=4 if arguments[0] == SECRET else 2,
                                   environment={"AWS_SECRET_ACCESS_KEY": "x" * 40})
            self.assertNotIn(SECRET, out + err)

    def test_help(self):
        out, _ = self.sigvet("diagnose", "--help")
        for text in ("Examples:", "Exit codes: 0 the value is right, 1 it is wrong", "never from an\n"):
            self.assertIn(text, out)


if __name__ == "__main__":
    main()
