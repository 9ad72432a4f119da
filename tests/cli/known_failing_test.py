"""sigvet run --known-failing."""

from sigvet import BAD_CASE, TestCase, main


class KnownFailing(TestCase):
    def run_with(self, known, expect, *more):
        corpus = self.write("bad.yaml", BAD_CASE)
        return self.sigvet("run", "--corpus", corpus, "--known-failing",
                           self.write("known.txt", known), *more, expect=expect)

    def test_what_is_known_passes(self):
        out, _ = self.run_with("# why\nmine/first  # wrong password\n", 0)
        self.assertRegex(out.splitlines()[-1], r"^\d passed, 0 failed$")

    def test_one_that_fails_differently(self):
        out, _ = self.run_with("mine/first  # wrong region_key\n", 1, "--backend", "builtin")
        self.assertIn('knows it to fail with "wrong region_key"', " ".join(out.split()))

    def test_one_that_passes(self):
        known = self.write("known.txt", "builtin:ses/published/rust-sample\n")
        out, _ = self.sigvet("run", "--known-failing", known, expect=1)
        self.assertIn("is known to fail", " ".join(out.split()))
        self.assertIn(f"--filter ses/published/rust-sample --known-failing {known}\n", out)
        self.assertTrue(out.splitlines()[-1].endswith(" passed, 1 failed"))

    def test_one_that_matches_nothing(self):
        out, _ = self.run_with("mine/first\nmine/second\n", 1)
        self.assertIn("matches no case: mine/second", " ".join(out.split()))

    def test_one_that_is_not_selected(self):
        known = self.write("known.txt", "openssl:ses/published/rust-sample\n")
        self.sigvet("run", "--known-failing", known, "--backend", "builtin")

    def test_a_broken_file(self):
        _, err = self.run_with("a b\n:\n", 2)
        self.assertIn(f"{self.folder}/known.txt:1: a pattern with a blank in it", err)
        self.assertIn(f"{self.folder}/known.txt:2: a known failure without a pattern", err)


if __name__ == "__main__":
    main()
