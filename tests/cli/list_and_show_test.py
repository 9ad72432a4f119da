"""sigvet list, sigvet show and sigvet --version."""

import re

from sigvet import BAD_CASE, ROOT, TestCase, main


REQUEST = """\
sigvet: 1
suite: "mine"
about: "A suite for a test."
cases:
  - id: "get"
    why: "Every kind of input."
    operation: "sigv4-sign"
    input:
      access_key_id: "AKIDEXAMPLE"
      secret: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"
      region: "us-east-1"
      service: "service"
      timestamp: "20150830T123600Z"
      method: "GET"
      path: "/"
      headers: [["Host", "example.amazonaws.com"], ["X-Empty", ""], ["X-Fold", "a\\r\\n b"]]
      normalize: false
    refuse: "Nobody looks at the stages."
    provenance: {kind: "derived", source: "A test."}
"""


class ListAndShow(TestCase):
    def test_version(self):
        project = re.search(r"project\(sigvet VERSION (\S+)", (ROOT / "CMakeLists.txt").read_text())
        out, err = self.sigvet("--version")
        backends, _ = self.sigvet("list", "backends")
        self.assertEqual((out, err), (f"sigvet {project[1]}\n{backends}", ""))

    def test_version_with_an_unknown_kernel(self):
        out, err = self.sigvet("--version", environment={"SIGVET_KERNEL": "none-such"})
        self.assertRegex(out, r'\nbuiltin +unavailable, because of SIGVET_KERNEL: .*"none-such"')
        self.assertEqual(err, "")

    def test_backends(self):
        out, _ = self.sigvet("list", "backends")
        rows = {line.split()[0]: line for line in out.splitlines()}
        self.assertEqual(list(rows), ["openssl", "botan", "cryptopp", "builtin"])
        self.assertRegex(rows["openssl"], r"OpenSSL 3\.|unavailable: ")
        self.assertRegex(rows["botan"], r"Botan [23]\.|unavailable: ")
        self.assertRegex(rows["cryptopp"], r"Crypto\+\+ \d|unavailable: ")
        self.assertRegex(rows["builtin"], r"sigvet .*(sha-ni|portable)")

    def test_cases(self):
        out, _ = self.sigvet("list", "cases")
        self.assertGreater(len(out.splitlines()), 210)
        some, _ = self.sigvet("list", "cases", "--filter", "ses/regions/us-*")
        self.assertTrue(some)
        for line in some.splitlines():
            self.assertRegex(line, r"^ses/regions/us-\S+ +vectors/ses/regions\.yaml:\d+$")

    def test_show_gives_every_stage(self):
        out, _ = self.sigvet("show", "ses/published/rust-sample")
        for text in ("date_key", "5e88ec44617a177b45690a3e5fcf20c17099739a24aef34200b96801db651ecc",
                     "BLBM/9hSUELfq8Gw+rU1YcBjkOxGbhT2XG763xVLGWL9", "vectors/ses/published.yaml:",
                     "openssl", "published"):
            self.assertIn(text, out)

    def test_show_tells_who_gave_which_value(self):
        corpus = self.write("bad.yaml", BAD_CASE)
        out, _ = self.sigvet("show", "mine/first", "--corpus", corpus, "--backend", "builtin")
        self.assertIn("from expected", out)
        self.assertIn("from builtin", out)
        self.assertIn("fail: wrong password", out)

    def test_show_makes_control_characters_visible(self):
        cases, _ = self.sigvet("list", "cases", "--filter", "ses/secrets")
        for line in cases.splitlines():
            out, _ = self.sigvet("show", line.split()[0], "--backend", "builtin")
            self.assertFalse(re.search(r"[\x00-\x09\x0b-\x1f\x7f]", out), line)

    def test_show_lists_headers_and_indents_texts_of_several_lines(self):
        corpus = self.write("request.yaml", REQUEST)
        out, _ = self.sigvet("show", "mine/get", "--corpus", corpus, "--backend", "builtin")
        self.assertIn("  headers                Host: example.amazonaws.com\n"
                      "                         X-Empty:\n"
                      "                         X-Fold: a\\r\\n b\n", out)
        self.assertIn("  normalize              false\n", out)
        self.assertNotIn("session_token ", out.replace("sign_session_token", ""))
        self.assertIn("  string_to_sign\n"
                      "      AWS4-HMAC-SHA256\n"
                      "      20150830T123600Z\n"
                      "      20150830/us-east-1/service/aws4_request\n", out)
        self.assertIn("  canonical_request\n"
                      "      GET\n"
                      "      /\n"
                      "\n"
                      "      host:example.amazonaws.com\n"
                      "      x-amz-date:20150830T123600Z\n", out)


if __name__ == "__main__":
    main()
