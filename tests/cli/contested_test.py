"""Contested cases: out of the default run, in everything else."""

import json

from sigvet import GOOD_CASE, TestCase, main

# The first message of aws-c-auth's tests; the expected signature is made up.
ACTUAL = "7aabf85b765e6a4d0d500b6e968657b14726fa3e1eb7e839302728ffd77629a5"
CONTESTED = f"""\
sigvet: 1
suite: "mine/contested"
about: "A suite for a test."
cases:
  - id: "event"
    why: "They disagree."
    operation: "sigv4-event"
    input:
      secret: "secret"
      region: "us-east-1"
      service: "demo"
      timestamp: "19810116T063001Z"
      prior_signature: "e1d8e8c8815e60969f2a34765c9a15945ffc0badbaa4b7e3b163ea19131e949b"
      payload: "A"
    compute:
      signature: "{"1" * 64}"
    provenance:
      kind: "contested"
      source: "Nobody gives the expected value."
      observed:
        - {{signature: "{ACTUAL}", by: ["aws-c-auth 0.6", "another 1.0"]}}
        - {{signature: "{"1" * 64}", by: ["nobody 1.0"]}}
"""


class Contested(TestCase):
    def setUp(self):
        super().setUp()
        self.write("corpus/good.yaml", GOOD_CASE)
        self.write("corpus/contested.yaml", CONTESTED)
        self.corpus = ["--corpus", self.folder / "corpus"]

    def test_a_run_leaves_them_out_and_says_so(self):
        for filters in ([], ["--filter", "**"], ["--filter", "mine"]):
            report = self.folder / "report.json"
            out, _ = self.sigvet("run", *self.corpus, *filters, "--backend", "builtin",
                                 "--report", f"json={report}")
            self.assertIn("1 passed, 0 failed", out)
            self.assertIn("1 contested case was left out: --filter mine/contested runs it\n", out)
            corpus = json.loads(report.read_text())["corpus"]
            self.assertEqual((corpus["case_count"], corpus["selected_count"]), (2, 1))
            self.assertEqual(corpus["contested_left_out"], 1)
            self.assertEqual(corpus["contested_suites"], ["mine/contested"])

    def test_nothing_is_said_where_a_filter_excluded_them(self):
        for choice in (["--filter", "mine/first"], ["--skip", "mine/contested"]):
            out, _ = self.sigvet("run", *self.corpus, *choice)
            self.assertNotIn("contested", out.replace("contested.yaml", ""))

    def test_a_filter_that_names_their_suite_runs_them(self):
        for pattern in ("mine/contested", "mine/contested/**", "mine/contested/event"):
            out, _ = self.sigvet("run", *self.corpus, "--filter", pattern, "--backend", "builtin",
                                 expect=1)
            self.assertIn("0 passed, 1 failed", out)
            self.assertNotIn("left out", out)
            text = " ".join(out.split())
            self.assertIn("wrong signature; the signature is that of aws-c-auth 0.6, another 1.0", text)

    def test_a_filter_that_matches_nothing_else_says_how(self):
        out, err = self.sigvet("run", *self.corpus, "--filter", "mine/*/event", expect=4)
        self.assertEqual(out, "")
        self.assert_one_line(err, "sigvet: only contested cases match "
                                  "(--filter mine/contested runs them)")

    def test_list_and_check_corpus_have_them(self):
        out, _ = self.sigvet("list", "cases", *self.corpus)
        lines = out.splitlines()
        self.assertEqual(len(lines), 2)
        self.assertRegex(lines[0], r"^mine/contested/event +\S+/contested\.yaml:5  contested$")
        self.assertNotIn("contested", lines[1])
        out, _ = self.sigvet("check-corpus", self.folder / "corpus")
        self.assertIn("2 cases in 2 files", out)

    def test_show_says_who_gives_what(self):
        out, _ = self.sigvet("show", "mine/contested/event", *self.corpus, "--backend", "builtin")
        self.assertIn("  kind           contested\n", out)
        self.assertIn(f"  observed       {ACTUAL}\n"
                      "                   from aws-c-auth 0.6\n"
                      "                   from another 1.0\n", out)
        self.assertIn("fail: wrong signature; the signature is that of aws-c-auth 0.6", out)


if __name__ == "__main__":
    main()
