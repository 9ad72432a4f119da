"""sigvet run --report."""

import json
import os
import subprocess
import xml.etree.ElementTree

from sigvet import BAD_CASE, ROOT, SIGVET, TestCase, main


class Reports(TestCase):
    def test_both_at_once(self):
        run_json, junit = self.folder / "run.json", self.folder / "junit.xml"
        out, _ = self.sigvet("run", "--report", f"json={run_json}", "--report", f"junit={junit}")
        report = json.loads(run_json.read_text())
        passed = report["totals"]["passed"]
        self.assertEqual(out.splitlines()[-1], f"{passed} passed, 0 failed")
        self.assertEqual(len(report["results"]), passed)
        cases = xml.etree.ElementTree.parse(junit).getroot().iter("testcase")
        names = [(case.get("classname"), case.get("name")) for case in cases]
        self.assertGreaterEqual(len(names), passed)
        self.assertEqual(len(set(names)), len(names))
        self.assertEqual(sorted(path.name for path in self.folder.iterdir()),
                         ["junit.xml", "run.json"])

    def test_stdout(self):
        out, err = self.sigvet("run", "--report", "json=-", "--filter", "ses/published")
        self.assertEqual(json.loads(out)["totals"]["failed"], 0)
        self.assertIn(" passed, 0 failed\n", err)

    def test_a_failure_is_in_them(self):
        corpus = self.write("bad.yaml", BAD_CASE)
        out, _ = self.sigvet("run", "--corpus", corpus, "--backend", "builtin",
                             "--report", "json=-", expect=1)
        result, = json.loads(out)["results"]
        self.assertEqual(result["verdict"], "fail")
        self.assertEqual(result["stage"], "password")
        self.assertTrue(result["expected"].startswith("BLBM/9hSUELfq8Gx"))
        self.assertTrue(result["actual"].startswith("BLBM/9hSUELfq8Gw"))
        self.assertEqual(result["place"], {"file": str(corpus), "line": 5})

    def test_a_report_replaces_the_old_one_only_when_it_is_whole(self):
        report = self.write("run.json", "old")
        self.sigvet("run", "--corpus", "no-such.yaml", "--report", f"json={report}", expect=65)
        self.assertEqual(report.read_text(), "old")
        self.sigvet("run", "--report", f"json={report}")
        self.assertNotEqual(report.read_text(), "old")

    def test_a_full_disk_is_an_error(self):
        _, err = self.sigvet("run", "--report", "json=/dev/full", expect=70)
        self.assertIn("can't write /dev/full: No space left on device", err)

    def test_two_reports_at_one_place(self):
        (self.folder / "link").symlink_to("a.out")
        for other in ("./a.out", "../" + self.folder.name + "/a.out", "link"):
            done = subprocess.run(
                [SIGVET, "run", "--report", "json=a.out", "--report", f"junit={other}",
                 "--corpus", "no-such.yaml"],
                cwd=self.folder, capture_output=True, check=False)
            self.assertEqual(done.returncode, 2)
            self.assert_one_line(done.stderr.decode(), "sigvet: two reports have the same path: "
                                 + str(self.folder.resolve() / "a.out"))
            self.assertEqual([path.name for path in self.folder.iterdir()], ["link"])

    def test_a_reader_that_goes_away_is_an_error(self):
        junit = self.folder / "junit.xml"
        for json_path in ("-", "/dev/stdout"):
            reader, writer = os.pipe()
            os.close(reader)
            done = subprocess.run(
                [SIGVET, "run", "--report", f"json={json_path}", "--report", f"junit={junit}"],
                stdout=writer, stderr=subprocess.PIPE, check=False)
            os.close(writer)
            self.assertEqual(done.returncode, 70)
            self.assertIn(b": Broken pipe\n", done.stderr)
            self.assertEqual([path.name for path in self.folder.iterdir()], ["junit.xml"])

    def test_the_umask_counts(self):
        report = self.folder / "run.json"
        subprocess.run([SIGVET, "run", "--quiet", "--report", f"json={report}"], check=True,
                       stdout=subprocess.DEVNULL, preexec_fn=lambda: os.umask(0o027))
        self.assertEqual(report.stat().st_mode & 0o777, 0o640)


class ReportCommand(TestCase):
    """sigvet report: what a run would have written."""

    def test_the_same_as_from_the_run(self):
        corpus = self.write("bad.yaml", BAD_CASE)
        written = {name: self.folder / f"run.{name}" for name in ("json", "junit")}
        shown, _ = self.sigvet("run", "--corpus", corpus, "--backend", "builtin", expect=1, *(
            word for name, path in written.items() for word in ("--report", f"{name}={path}")))
        for name, path in written.items():
            with self.subTest(format=name):
                out, _ = self.sigvet("report", written["json"], "--to", f"{name}=-")
                self.assertEqual(out, path.read_text())
        self.assertEqual(self.sigvet("report", written["json"])[0], shown)
        self.assertEqual(self.sigvet("report", "-", stdin=written["json"].read_bytes())[0], shown)

    def test_results_of_a_benchmark(self):
        results = ROOT / "docs/examples/bench-baseline.json"
        out, _ = self.sigvet("report", results, "--to", "json=-")
        self.assertEqual(json.loads(out), json.loads(results.read_text()))
        self.assertIn("openssl", self.sigvet("report", results)[0])
        _, err = self.sigvet("report", results, "--to", "junit=-", expect=2)
        self.assertIn('no report format "junit"', err)

    def test_errors(self):
        _, err = self.sigvet("report", self.write("x.json", "{}"), expect=65)
        self.assertIn("no report of a run: the report: \"format_version\" is missing", err)
        _, err = self.sigvet("report", self.folder / "none.json", expect=2)
        self.assertIn("No such file", err)
        self.sigvet("run", "--backend", "builtin", "--filter", "ses/published",
                    "--report", f"json={self.folder / 'run.json'}")
        _, err = self.sigvet("report", self.folder / "run.json", "--to", "jsn=x", expect=2)
        self.assertIn('did you mean "json"?', err)
        _, err = self.sigvet("report", self.folder / "run.json", "--to", "json", expect=2)
        self.assertIn("--to json has no path (as in --to json=run.json)", err)


if __name__ == "__main__":
    main()
