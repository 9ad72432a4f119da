"""sigvet check-corpus and broken corpora."""

from sigvet import GOOD_CASE, TestCase, main


class CheckCorpus(TestCase):
    def test_a_good_file(self):
        out, err = self.sigvet("check-corpus", self.write("good.yaml", GOOD_CASE))
        self.assertRegex(out, r"^no errors: 1 case in 1 file, digest [0-9a-f]{64}\n$")
        self.assertEqual(err, "")

    def test_every_error_of_every_file(self):
        self.write("a.yaml", GOOD_CASE.replace("region:", "regoin:"))
        self.write("b.yaml", GOOD_CASE.replace("version: 4", 'version: "4"')
                   .replace('kind: "published"', "kind: published"))
        for arguments, count in (
                (["check-corpus", self.folder], "5 errors in the corpus"),
                (["list", "cases", "--corpus", self.folder], "5 errors in the corpus"),
                (["run", "--corpus", self.folder], "5 errors in the corpus; nothing was run")):
            out, err = self.sigvet(*arguments, expect=65)
            self.assertEqual(out, "")
            self.assertIn(f"{self.folder}/a.yaml:11:7: ", err)
            self.assertIn('did you mean "region"?', err)
            self.assertIn(f"{self.folder}/b.yaml:9:16: ", err)
            self.assertIn(f"{self.folder}/b.yaml:15:13: ", err)
            self.assertEqual(err.splitlines()[-1], "sigvet: " + count)

    def test_a_tab_is_one_error(self):
        bad = self.write("bad.yaml", GOOD_CASE.replace("    why:", "\twhy:"))
        _, err = self.sigvet("check-corpus", bad, expect=65)
        self.assertEqual(err, f"sigvet: {bad}:6:2: not valid YAML: a key must stand here (are the "
                         "lines indented alike, and is every string in quotes?)\n"
                         "sigvet: 1 error in the corpus\n")

    def test_every_bad_path(self):
        good = self.write("good.yaml", GOOD_CASE)
        (self.folder / "empty").mkdir()
        paths = [self.folder / "none", good, self.folder / "empty"]
        options = [word for path in paths for word in ("--corpus", path)]
        errors = (f"sigvet: {self.folder}/none: can't be read: No such file or directory\n"
                  f"sigvet: {self.folder}/empty: no .yaml file in this folder\n"
                  "sigvet: 2 errors in the corpus")
        for arguments, end in ((["check-corpus", *paths], ""),
                               (["run", *options], "; nothing was run")):
            out, err = self.sigvet(*arguments, expect=65)
            self.assertEqual(out, "")
            self.assertEqual(err, errors + end + "\n")

    def test_the_count_of_errors(self):
        start, case = GOOD_CASE.split("  - ")
        case = "  - " + case.replace('"first"', "First")
        for cases, count in ((1, "1 error"), (1000, "1000 errors"), (1001, "more than 1000 errors")):
            path = self.write("bad.yaml", start + cases * case)
            _, err = self.sigvet("check-corpus", path, expect=65)
            lines = err.splitlines()
            self.assertEqual(len(lines), min(cases, 1000) + 1)
            self.assertEqual(lines[-1], f"sigvet: {count} in the corpus")

    def test_a_path_that_is_not_there_hides_no_other_error(self):
        broken = self.write("a.yaml", GOOD_CASE.replace("region:", "regoin:"))
        _, err = self.sigvet("check-corpus", "no-such.yaml", broken, expect=65)
        self.assertIn("no-such.yaml: can't be read: No such file or directory\n", err)
        self.assertIn(f"{broken}:11:7: unknown key", err)

    def test_the_digest_tells_content_not_place(self):
        here, _ = self.sigvet("check-corpus", self.write("a/x.yaml", GOOD_CASE))
        there, _ = self.sigvet("check-corpus", self.write("b/y.yaml", GOOD_CASE))
        other, _ = self.sigvet("check-corpus", self.write("b/z.yaml", GOOD_CASE + "\n"))
        self.assertEqual(here, there)
        self.assertNotEqual(here, other)


if __name__ == "__main__":
    main()
