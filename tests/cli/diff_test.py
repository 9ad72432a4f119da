"""sigvet diff: what it says of two runs."""

import json
import re

from sigvet import BAD_CASE, GOOD_CASE, TestCase, main, run

TWO_CASES = GOOD_CASE + GOOD_CASE[GOOD_CASE.index('  - id'):].replace('id: "first"', 'id: "second"')


class Diff(TestCase):
    def run_of(self, name, cases, *arguments, backends=("openssl", "builtin")):
        """The path of the report of a run."""
        corpus, report = self.write("corpus.yaml", cases), self.folder / name
        named = [argument for backend in backends for argument in ("--backend", backend)]
        run("run", "--corpus", corpus, *named, "--report", f"json={report}", *arguments)
        return report

    def test_the_same(self):
        report = self.run_of("a.json", TWO_CASES)
        out, err = self.sigvet("diff", report, report)
        self.assertEqual(out, "nothing newly fails\n4 results in both runs, 4 of them pass as before\n")
        self.assertEqual(err, "")

    def test_newly_failing_and_fixed(self):
        good, bad = self.run_of("good.json", GOOD_CASE), self.run_of("bad.json", BAD_CASE)
        out, _ = self.sigvet("diff", good, bad, expect=3)
        self.assertTrue(out.startswith("2 newly failing\n"), out)
        self.assertIn("\nnewly failing\n  openssl, builtin: disputed: wrong password", out)
        self.assertIn("mine: first\n", out)
        self.assertRegex(out, r"\n  corpus digest: [0-9a-f]{12} before, [0-9a-f]{12} now\n")
        out, _ = self.sigvet("diff", bad, good)
        self.assertTrue(out.startswith("nothing newly fails, 2 fixed\n"), out)
        self.assertIn("\nfixed (as it failed before)\n  openssl, builtin: disputed: wrong ", out)
        out, _ = self.sigvet("diff", bad, bad)
        self.assertTrue(out.startswith("nothing newly fails; 2 still failing\n"), out)

    def test_the_command_that_it_shows_repeats_the_failure(self):
        good = self.run_of("good.json", GOOD_CASE, backends=["builtin"])
        bad = self.run_of("bad.json", BAD_CASE, backends=["builtin"])
        out, _ = self.sigvet("diff", good, bad, expect=3)
        command = re.search(r"^    repeat    sigvet (run .*)$", out, re.M)[1]
        self.sigvet(*command.split(), expect=1)

    def test_newly_run_and_no_longer_run(self):
        one = self.run_of("one.json", GOOD_CASE, backends=["openssl"])
        two = self.run_of("two.json", TWO_CASES)
        out, _ = self.sigvet("diff", one, two)
        self.assertTrue(out.startswith("nothing newly fails; 3 newly run\n"), out)
        self.assertIn("\n  openssl: not among the cases, in 1 case\n    cases     mine: second\n", out)
        self.assertIn("\n  builtin: not among the subjects, in 2 cases\n", out)
        out, _ = self.sigvet("diff", two, one)
        self.assertTrue(out.startswith("nothing newly fails; 3 no longer run\n"), out)
        # What is newly run and fails is a regression.
        bad = self.run_of("bad.json", TWO_CASES.replace("BLBM", "BLBN"), "--filter", "mine/second")
        first = self.run_of("first.json", TWO_CASES, "--filter", "mine/first")
        out, _ = self.sigvet("diff", first, bad, expect=3)
        self.assertTrue(out.startswith("2 of 2 newly run fail; 2 no longer run\n"), out)
        self.assertIn("\n  --filter: mine/first before, mine/second now\n", out)

    def test_known_failures_count_as_passed(self):
        known = self.write("known.txt", "builtin:mine/first\n")
        bad = self.run_of("bad.json", BAD_CASE, backends=["builtin"])
        expected = self.run_of("known.json", BAD_CASE, "--known-failing", known, backends=["builtin"])
        self.assertEqual(json.loads(expected.read_text())["totals"]["failed"], 0)
        self.sigvet("diff", expected, bad, expect=3)
        self.sigvet("diff", bad, expected)

    def test_a_new_problem_is_a_regression(self):
        known = self.write("known.txt", "openssl:mine/nothing\n")
        good = self.run_of("good.json", GOOD_CASE)
        problem = self.run_of("problem.json", GOOD_CASE, "--known-failing", known)
        self.assertEqual(len(json.loads(problem.read_text())["problems"]), 1)
        out, _ = self.sigvet("diff", good, problem, expect=3)
        self.assertTrue(out.startswith("1 new problem\n"), out)
        self.assertIn("\nnew problems\n  ", out)
        out, _ = self.sigvet("diff", problem, good)
        self.assertTrue(out.startswith("nothing newly fails, 1 problem solved\n"), out)

    def test_stdin(self):
        report = self.run_of("a.json", GOOD_CASE)
        out, _ = self.sigvet("diff", "-", report, stdin=report.read_bytes())
        self.assertTrue(out.startswith("nothing newly fails\n"), out)
        _, err = self.sigvet("diff", "-", "-", expect=2)
        self.assert_one_line(err, "sigvet: only one input can come from stdin (give the other as a file)")

    def test_bad_files(self):
        report = self.run_of("a.json", GOOD_CASE)
        text = report.read_text()
        for bad in ("", "[]", "{}", text[:-10], text.replace('"cases"', '"casis"')):
            path = self.write("bad.json", bad)
            for files in ((path, report), (report, path)):
                out, err = self.sigvet("diff", *files, expect=65)
                self.assertEqual(out, "")
                self.assertEqual(err.count("\n"), 1, err)
                self.assertIn("bad.json", err)
        out, err = self.sigvet("diff", report, self.folder / "none.json", expect=2)
        self.assertEqual(out, "")
        self.assertIn("none.json", err)
        self.sigvet("diff", report, expect=2)


if __name__ == "__main__":
    main()
