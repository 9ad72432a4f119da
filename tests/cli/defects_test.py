"""sigvet defects: the list of mistakes, and that the corpus detects each of them."""

import re

from sigvet import GOOD_CASE, ROOT, TestCase, main

SUITE = ROOT.parent / "shared/suites/aws-sig-v4/v4"

# Of requests that no signer makes (verify meets them), and what 33 bytes can't show.
REQUESTS_ALONE = {"header-content-sha256-signed-too", "header-content-type-signed-too",
                  "headers-as-listed", "padding-stripped", "payload-cut", "signed-headers-as-listed"}


class Defects(TestCase):
    def ids(self):
        out, _ = self.sigvet("defects", "--quiet")
        return out.split()

    def test_the_list(self):
        ids = self.ids()
        self.assertGreater(len(ids), 100)
        self.assertEqual(len(ids), len(set(ids)))
        for name in ids:
            self.assertRegex(name, r"^[a-z0-9]+(-[a-z0-9]+)*$")
        out, _ = self.sigvet("defects")
        words = set(out.split())
        self.assertEqual([name for name in ids if name not in words], [])
        for line in out.splitlines():
            self.assertLessEqual(len(line), 80, line)

    def test_no_defect_that_a_case_could_show_is_missed(self):
        """A new defect needs a case that detects it; the matrix names those that have none."""
        out, _ = self.sigvet("defects", "--kill-matrix", timeout=280)
        self.assertRegex(out, r"^every one of \d+ defects is detected by a case\n")
        detected = set(re.findall(r"^(\S+) +\d+/\d+(?: |$)", out, re.M))
        text, _ = self.sigvet("defects")
        seen, unseen = map(int, re.findall(r"(\d+) (?:defects that|that no) ", text)[:2])
        self.assertEqual(seen + unseen, len(self.ids()))
        of_no_case = set(self.ids()[:seen]) - detected
        self.assertEqual({name for name in of_no_case if name not in REQUESTS_ALONE}, set())

    def test_a_corpus_that_misses_some(self):
        corpus = self.write("one.yaml", GOOD_CASE)
        out, _ = self.sigvet("defects", "--kill-matrix", "--corpus", corpus, expect=1)
        self.assertIn("key-cut-at-nul", out)

    def test_a_suite_beside_the_built_in_cases(self):
        suite = ROOT / "tests/suites/good"
        out, _ = self.sigvet("defects", "--kill-matrix", "--suite", f"aws-sig-v4:{suite}",
                             expect=1, timeout=280)
        self.assertIn("aws-sig-v4", out)

    def test_the_public_suite_misses_a_path_that_is_encoded_once(self):
        if not SUITE.is_dir():
            self.skipTest("AWS's suite is not beside the project: ../shared/suites/aws-sig-v4/v4")
        out, _ = self.sigvet("defects", "--kill-matrix", "--suite", f"aws-sig-v4:{SUITE}", expect=1,
                             timeout=280)
        blind = out.split("\n\n")
        self.assertTrue(any("path-encoded-once" in part for part in blind), out)

    def test_usage(self):
        for arguments in (["--filter", "ses"], ["--corpus", "x"], ["--suite", "aws-sig-v4:x"]):
            _, err = self.sigvet("defects", *arguments, expect=2)
            self.assert_one_line(err, "sigvet: --corpus, --suite and --filter choose cases for "
                                      "--kill-matrix (add --kill-matrix)")
        _, err = self.sigvet("defects", "--kill-matrix", "--filter", "sess", expect=4)
        self.assertIn("sess", err)


if __name__ == "__main__":
    main()
