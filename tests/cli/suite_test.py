"""--suite: AWS's own suite, and suites of its format, with every option that takes cases."""

import json
import re
import shlex
import shutil
import subprocess

from sigvet import GOOD_CASE, ROOT, SIGVET, TestCase, main

GOOD = ROOT / "tests/suites/good"
AWS = ROOT.parent / "shared/suites/aws-sig-v4/v4"


class Suite(TestCase):
    def suite(self, folder=GOOD):
        return ["--suite", f"aws-sig-v4:{folder}"]

    def copy(self):
        return shutil.copytree(GOOD, self.folder / "my suite")

    def spoil(self, folder, name="header-signature.txt"):
        """Replaces the signature of the form that `name` belongs to by another one."""
        path = folder / "value-order" / name
        path.write_text("0" * 64 + "\n")

    def test_all_backends_pass_aws_own_suite(self):
        if not AWS.is_dir():
            self.skipTest("AWS's suite is not beside the project: ../shared/suites/aws-sig-v4/v4")
        cases = 2 * sum(path.is_dir() for path in AWS.iterdir())
        self.assertGreaterEqual(cases, 60)
        for backend in ("openssl", "botan", "cryptopp", "builtin"):
            if f"\n{backend} " not in "\n" + self.sigvet("list", "backends")[0]:
                continue
            out, err = self.sigvet("run", *self.suite(AWS), "--backend", backend)
            self.assertEqual(out.splitlines()[-1], f"{cases} passed, 0 failed")
            self.assertEqual(err, "")

    def test_it_replaces_the_built_in_corpus(self):
        out, err = self.sigvet("run", *self.suite(), "--backend", "builtin")
        self.assertIn(f"aws-sig-v4:{GOOD}", out.replace("\n          ", ""))
        self.assertIn("(2 files): 4 cases", out.replace("\n          ", ""))
        self.assertEqual(out.splitlines()[-1], "4 passed, 0 failed")
        self.assertEqual(err, "")

    def test_it_runs_beside_a_corpus(self):
        mine = self.write("mine.yaml", GOOD_CASE)
        out, _ = self.sigvet("list", "cases", "--corpus", mine, *self.suite())
        self.assertEqual([line.split()[0] for line in out.splitlines()],
                         ["mine/first", "aws-sig-v4/body-and-late-token/header",
                          "aws-sig-v4/body-and-late-token/query", "aws-sig-v4/value-order/header",
                          "aws-sig-v4/value-order/query"])
        out, _ = self.sigvet("run", "--quiet", "--backend", "builtin", "--corpus", mine, *self.suite())
        self.assertEqual(out, "5 passed, 0 failed\n")

    def test_filters_skips_and_jobs(self):
        run = ["run", *self.suite(), "--backend", "builtin", "--quiet"]
        for arguments, count in ((["--filter", "aws-sig-v4/*/header"], 2),
                                 (["--skip", "**/query", "--jobs", "1"], 2),
                                 (["--filter", "aws-sig-v4/value-order", "--jobs", "8"], 2)):
            self.assertEqual(self.sigvet(*run, *arguments)[0], f"{count} passed, 0 failed\n")
        _, err = self.sigvet(*run, "--filter", "ses", expect=4)
        self.assertIn("ses", err)

    def test_list_show_and_check(self):
        out, _ = self.sigvet("list", "cases", *self.suite(), "--filter", "**/value-order/query")
        self.assertEqual(out.split(), ["aws-sig-v4/value-order/query",
                                       f"{GOOD}/value-order/request.txt:1"])
        out, _ = self.sigvet("show", "aws-sig-v4/value-order/header", *self.suite())
        self.assertIn("fa3a6381870a5302796b5025765861497c5c928c6d15ae3e04751034cd035815", out)
        self.assertIn("awslabs/aws-c-auth", out)
        out, _ = self.sigvet("check-corpus", *self.suite())
        self.assertRegex(out, r"^no errors: 4 cases in 2 files, digest [0-9a-f]{64}\n$")
        both, _ = self.sigvet("check-corpus", self.write("mine.yaml", GOOD_CASE), *self.suite())
        self.assertRegex(both, r"^no errors: 5 cases in 3 files, digest ")

    def test_a_wrong_expectation_is_seen_in_every_form(self):
        for name, case, stage in (("header-signature.txt", "header", "signature"),
                                  ("query-signature.txt", "query", "signature")):
            folder = self.copy()
            self.spoil(folder, name)
            out, _ = self.sigvet("run", *self.suite(folder), "--backend", "builtin", expect=1)
            self.assertIn(f"aws-sig-v4/value-order/{case}", out)
            self.assertIn(f"wrong {stage} (stage 3 of ", out)
            self.assertEqual(out.splitlines()[-1], "3 passed, 1 failed")
            shutil.rmtree(folder)

    def test_every_part_of_the_signed_request_is_compared(self):
        for name, old, new, stage in (
                ("header-signed-request.txt", "X-Amz-Date:2", "X-Amz-Date:1", "added_headers"),
                ("header-signed-request.txt", "SignedHeaders=host;", "SignedHeaders=h;", "authorization"),
                ("query-signed-request.txt", "X-Amz-Expires=3600", "X-Amz-Expires=3601", "url"),
                ("query-signed-request.txt", "GET /?", "GET /b?", "url")):
            with self.subTest(name=name, new=new):
                folder = self.copy()
                path = folder / "value-order" / name
                text = path.read_text()
                self.assertIn(old, text)
                path.write_text(text.replace(old, new))
                out, _ = self.sigvet("run", *self.suite(folder), "--backend", "builtin", expect=1)
                self.assertIn(f"wrong {stage}", out)
                shutil.rmtree(folder)

        differs = "it differs from byte 1 on"
        for name, old, new, place, part, hint in (
                ("header-signed-request.txt", "GET /", "DELETE /", ":1:1", "method",
                 '"DELETE" here, "GET" there'),
                ("header-signed-request.txt", "GET /?a=2&a=1 ", "GET /other?x=1 ", ":1:5", "target",
                 '"/other?x=1" here, "/?a=2&a=1" there'),
                ("query-signed-request.txt", "GET /", "DELETE /", ":1:1", "method",
                 '"DELETE" here, "GET" there'),
                ("header-signed-request.txt", "\n\n", "\n\nx", "", "body", differs),
                ("query-signed-request.txt", "\n\n", "\n\nx", "", "body", differs)):
            with self.subTest(name=name, part=part):
                folder = self.copy()
                path = folder / "value-order" / name
                text = path.read_text()
                self.assertEqual(text.count(old), 1)
                path.write_text(text.replace(old, new))
                _, err = self.sigvet("run", *self.suite(folder), "--backend", "builtin", expect=65)
                self.assertEqual(err.splitlines()[0],
                                 f"sigvet: {path}{place}: the {part} contradicts request.txt ({hint})")
                shutil.rmtree(folder)

    def test_the_order_of_a_url_says_nothing(self):
        folder = self.copy()
        path = folder / "value-order/query-signed-request.txt"
        text = path.read_text()
        swapped = text.replace("X-Amz-SignedHeaders=host&X-Amz-Expires=3600",
                               "X-Amz-Expires=3600&X-Amz-SignedHeaders=host")
        self.assertNotEqual(text, swapped)
        path.write_text(swapped)
        self.sigvet("run", *self.suite(folder), "--backend", "builtin")

    def test_a_failure_shows_how_to_repeat_it(self):
        folder = self.copy()
        self.spoil(folder)
        out, _ = self.sigvet("run", *self.suite(folder), "--backend", "builtin", expect=1)
        command = next(line for line in out.splitlines() if "sigvet run" in line)
        words = shlex.split(command[command.index("sigvet run"):])
        self.assertIn(f"aws-sig-v4:{folder}", words)
        again = subprocess.run([SIGVET, *words[1:]], capture_output=True, check=False,
                               env={"COLUMNS": "80"})
        self.assertEqual(again.returncode, 1, again.stderr)
        self.assertIn("0 passed, 1 failed", again.stdout.decode())

    def test_reports_and_known_failures(self):
        folder = self.copy()
        self.spoil(folder)
        known = self.write("known.txt", "aws-sig-v4/value-order/header  # wrong signature\n")
        out, _ = self.sigvet("run", *self.suite(folder), "--backend", "builtin", "--known-failing", known,
                             "--report", "json=-", "--report", f"junit={self.folder}/run.xml")
        report = json.loads(out)
        self.assertEqual(report["context"]["suite_paths"], [f"aws-sig-v4:{folder}"])
        self.assertEqual(report["context"]["corpus_paths"], [])
        self.assertEqual([suite["suite"] for suite in report["suites"]], ["aws-sig-v4"])
        self.assertEqual(sorted(result["verdict"] for result in report["results"]),
                         ["expected-fail", "pass", "pass", "pass"])
        self.assertIn("sigvet.builtin.aws-sig-v4", (self.folder / "run.xml").read_text())

    def test_every_error_of_a_broken_suite(self):
        folder = self.copy()
        (folder / "value-order/context.json").write_text("{")
        (folder / "value-order/header-signature.txt").write_text("none\n")
        (folder / "body-and-late-token/request.txt").unlink()
        _, err = self.sigvet("run", *self.suite(folder), expect=65)
        lines = err.splitlines()
        self.assertEqual(len(lines), 4, err)
        self.assertEqual(lines[0], f"sigvet: {folder}/body-and-late-token/request.txt: can't be read: "
                                   "No such file or directory")
        self.assertTrue(lines[1].startswith(f"sigvet: {folder}/value-order/context.json:1:"), lines[1])
        self.assertEqual(lines[2], f"sigvet: {folder}/value-order/header-signature.txt: this is no signature "
                                   "(64 lower-case hex digits)")
        self.assertEqual(lines[3], "sigvet: 3 errors in the corpus; nothing was run")

    def test_what_is_no_suite(self):
        (self.folder / "empty").mkdir()
        for name, reason in (("none", "can't be read: No such file or directory"),
                             ("empty", "no case folder in this folder (give the folder that has get-vanilla "
                                       "and others in it)")):
            path = self.folder / name
            _, err = self.sigvet("check-corpus", *self.suite(path), expect=65)
            self.assertEqual(err, f"sigvet: {path}: {reason}\nsigvet: 1 error in the corpus\n")

    def test_usage(self):
        for value, error in (
                ("v4", "--suite v4 is not FORMAT:DIR (as in aws-sig-v4:v4)"),
                ("aws-sig-v4:", "--suite aws-sig-v4: is not FORMAT:DIR (as in aws-sig-v4:v4)"),
                ("aws-sigv4:v4", 'unknown suite format aws-sigv4 (did you mean "aws-sig-v4"?)'),
                ("wycheproof:v4", "unknown suite format wycheproof (known: aws-sig-v4)")):
            for command in (["run"], ["list", "cases"], ["show", "x"], ["check-corpus"]):
                _, err = self.sigvet(*command, "--suite", value, expect=2)
                self.assert_one_line(err, "sigvet: " + error)

    def test_help_names_it(self):
        for command in (["run"], ["list", "cases"], ["show"], ["check-corpus"]):
            out, _ = self.sigvet(*command, "--help")
            self.assertTrue(re.search(r"--suite FORMAT:DIR", out), out)


if __name__ == "__main__":
    main()
