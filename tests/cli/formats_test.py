"""Every format of `sigvet run --report`, of a port that is wrong in a known way."""

import json
import pathlib
import re
import shutil
import xml.etree.ElementTree as ElementTree

from sigvet import ROOT, TestCase, main

FORMATS = ("badge", "ctrf", "github", "html", "json", "junit", "markdown", "tap")
CORPUS = ROOT / "vectors/ses/published.yaml"


class Formats(TestCase):
    def wrong_port(self):
        """One that writes the version as "0x02"; without the list of its known failures."""
        port = self.folder / "wrong"
        shutil.copytree(ROOT / "ports/samples/python-0x2", port)
        manifest = port / "port.yaml"
        manifest.write_text(manifest.read_text().split("# ")[0].split("known_failures:")[0])
        return port

    def run_all(self, *arguments, expect):
        paths = {name: self.folder / f"report.{name}" for name in FORMATS}
        reports = [argument for name, path in paths.items() for argument in ("--report", f"{name}={path}")]
        self.sigvet("run", *arguments, *reports, expect=expect,
                    environment={"XDG_CACHE_HOME": str(self.folder / "cache")})
        return {name: path.read_text() for name, path in paths.items()}

    def test_a_wrong_port(self):
        port = self.wrong_port()
        written = self.run_all("--port", port, "--corpus", CORPUS, expect=1)
        report = json.loads(written["json"])
        finding = report["findings"][0]
        sentence = finding["mistakes"][0]["sentence"]
        failed, passed = report["totals"]["failed"], report["totals"]["passed"]
        example = next(result for result in report["results"] if result.get("finding") == 0)

        badge = ElementTree.fromstring(written["badge"])
        self.assertEqual(badge.get("aria-label"), f"sigvet: {failed} failed of {failed + passed}")

        ctrf = json.loads(written["ctrf"])["results"]
        self.assertEqual(ctrf["summary"]["failed"], failed)
        bad = next(test for test in ctrf["tests"] if test["name"].endswith(" " + example["case"]))
        self.assertEqual((bad["status"], bad["filePath"], bad["line"]),
                         ("failed", str(CORPUS), example["place"]["line"]))
        self.assertIn(sentence, bad["message"])

        first = written["github"].splitlines()[0]
        place = re.match(r"::error file=(.*?),line=(\d+),title=(.*?)::(.*)", first)
        self.assertEqual(pathlib.Path(place[1]), CORPUS)
        self.assertIn(finding["subject"], place[3])
        self.assertIn(sentence, place[4])
        self.assertTrue(all(line.startswith("::") for line in written["github"].splitlines()))

        tap = written["tap"].splitlines()
        self.assertEqual(tap[0], "TAP version 14")
        self.assertEqual(sum(line.startswith("not ok ") for line in tap), failed)
        self.assertIn(f"  mistake: {json.dumps(sentence)}", tap)

        self.assertTrue(written["markdown"].startswith(f"## ❌ sigvet: {failed} failed, "))
        for name in ("html", "junit"):
            self.assertIn(finding["subject"], written[name])

    def test_the_commands_of_the_reports_repeat_the_failure(self):
        """What each of them says to repeat it with fails again, and for the same reason."""
        written = self.run_all("--port", self.wrong_port(), "--corpus", CORPUS, expect=1)
        commands = {
            "markdown": re.search(r"```sh\nsigvet (run .*)\n", written["markdown"])[1],
            "tap": re.search(r'^  repeat: "sigvet (run .*)"$', written["tap"], re.M)[1],
            "github": re.search(r"%0Arepeat: sigvet (run .*)$", written["github"], re.M)[1],
        }
        for name, command in commands.items():
            with self.subTest(format=name, command=command):
                self.assertNotRegex(command, r"['\"\\%]")
                out, _ = self.sigvet(*command.split(), expect=1,
                                     environment={"XDG_CACHE_HOME": str(self.folder / "cache")})
                self.assertIn("one mistake explains its one failure", out)

    def test_the_built_in_corpus_is_no_file_of_the_user(self):
        written = self.run_all("--port", self.wrong_port(), "--filter", "ses/published", expect=1)
        self.assertTrue(written["github"].startswith("::error title="), written["github"])

    def test_a_run_in_which_all_is_well(self):
        written = self.run_all("--backend", "builtin", "--filter", "ses/published", expect=0)
        passed = json.loads(written["json"])["totals"]["passed"]
        self.assertGreater(passed, 0)
        self.assertEqual(written["github"], "")
        self.assertIn(f"sigvet: {passed} passed", written["badge"])
        self.assertTrue(written["markdown"].startswith(f"## ✅ sigvet: {passed} passed\n"))
        self.assertNotIn("not ok", written["tap"])
        self.assertEqual(json.loads(written["ctrf"])["results"]["summary"]["passed"], passed)


if __name__ == "__main__":
    main()
