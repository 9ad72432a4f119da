"""sigvet check-corpus and broken corpora."""

from sigvet import GOOD_CASE, TestCase, main


class CheckCorpus(TestCase):
    def test_a_good_file(self):
        out, err = self.sigvet("check-corpus", self.write("good.yaml", GOOD_CASE))
        self.assertRegex(out, r"^no errors: 1 cases? in 1 files?, digest [0-9a-f]{64}\n$")
        self.assertEqual(err, "")

    def test_every_error_of_every_file(self):
        self.write("a.yaml", GOOD_CASE.replace("region:", "regoin:"))
        self.write("b.yaml", GOOD_CASE.replace("version: 4", 'version: "4"')
                   .replace('kind: "published"', "kind: published"))
        for arguments in (["check-corpus", self.folder], ["run", "--corpus", self.folder]):
            out, err = self.sigvet(*arguments, expect=65)
            self.assertEqual(out, "")
            self.assertIn(f"{self.folder}/a.yaml:11:7: ", err)
            self.assertIn('did you mean "region"?', err)
            self.assertIn(f"{self.folder}/b.yaml:9:16: ", err)
            self.assertIn(f"{self.folder}/b.yaml:15:13: ", err)
            self.assertIn("errors in the corpus", err)

    def test_the_digest_tells_content_not_place(self):
        here, _ = self.sigvet("check-corpus", self.write("a/x.yaml", GOOD_CASE))
        there, _ = self.sigvet("check-corpus", self.write("b/y.yaml", GOOD_CASE))
        other, _ = self.sigvet("check-corpus", self.write("b/z.yaml", GOOD_CASE + "\n"))
        self.assertEqual(here, there)
        self.assertNotEqual(here, other)


if __name__ == "__main__":
    main()
