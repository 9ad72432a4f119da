"""sigvet run --report."""

import json
import os
import subprocess
import xml.etree.ElementTree

from sigvet import BAD_CASE, SIGVET, TestCase, main


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


if __name__ == "__main__":
    main()
