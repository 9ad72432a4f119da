"""The ports that come with sigvet: each passes every case that it claims, each sample of a wrong
program fails exactly as recorded, and the templates of the documentation are ports."""

import json
import os
import re
import shutil
import subprocess

from sigvet import ROOT, TestCase, main, templates

LANGUAGES = {"bash", "erlang", "go", "java", "node", "perl", "php", "powershell", "python", "ruby", "rust"}
SIGNING = {"go", "java", "node", "php", "python", "ruby"}
# In no package of Debian; everything else is there where CI has run scripts/setup --ports.
NOT_IN_CI = {"powershell"}
TEMPLATES = {"python": "python3", "javascript": "node", "go": "go"}


class Ports(TestCase):
    def setUp(self):
        super().setUp()
        self.environment = {"XDG_CACHE_HOME": str(self.folder / "cache"),
                            "HOME": os.environ.get("HOME", str(self.folder))}

    def run_report(self, *arguments):
        report = self.folder / "report.json"
        self.sigvet("run", *arguments, "--report", f"json={report}", "--quiet",
                    environment=self.environment, timeout=600)
        return json.loads(report.read_text())

    def test_every_port_passes_every_case_that_it_claims(self):
        report = self.run_report("--ports", "all")
        subjects = {subject["id"]: subject for subject in report["subjects"]}
        self.assertEqual(set(subjects), LANGUAGES)
        missing = {name for name, subject in subjects.items() if subject.get("unavailable_because")}
        if "CI" in os.environ:
            self.assertEqual(missing, NOT_IN_CI)
        passed = {name: set() for name in subjects}
        for result in report["results"]:
            if result["verdict"] == "pass":
                passed[result["subject"]].add(result["operation"])
        claimed = {"ses-smtp-password", "sigv4-signing-key"}
        for name in LANGUAGES - missing:
            with self.subTest(port=name):
                also = {"sigv4-sign", "sigv4-presign"} if name in SIGNING else set()
                self.assertEqual(passed[name], claimed | also)
        self.assertEqual(report["totals"]["failed"], 0)

    def test_the_page_shows_the_matrix(self):
        """Every line of it, where every language of it is there."""
        block = re.search(r"^```text\n(suite .*?)^```", (ROOT / "ports/README.md").read_text(), re.M | re.S)
        shown = block[1].splitlines()
        names = shown[0].split()[2:]
        self.assertEqual(set(names), LANGUAGES - NOT_IN_CI)
        if "CI" not in os.environ:
            self.skipTest("not every language need be here")
        out, _ = self.sigvet("run", *(word for name in names for word in ("--port", name)), timeout=600,
                             environment={**self.environment, "COLUMNS": "140"})
        for line in shown:
            self.assertIn(line, out.splitlines())

    def test_the_samples_fail_exactly_as_recorded(self):
        report = self.run_report("--ports", ROOT / "ports/samples")
        failing = {result["subject"] for result in report["results"]
                   if result["verdict"] == "expected-fail"}
        ran = {subject["id"] for subject in report["subjects"]
               if not subject.get("unavailable_because")}
        self.assertEqual(failing, ran, "a sample that shows nothing")
        if "CI" in os.environ:
            self.assertEqual(len(ran), len(list((ROOT / "ports/samples").glob("*/port.yaml"))))

    def test_a_folder_has_the_name_of_its_port(self):
        for file in ROOT.glob("ports/**/port.yaml"):
            self.assertIn(f'\nid: "{file.parent.name}"\n', file.read_text(), file)

    def test_the_templates_of_the_documentation(self):
        self.assertEqual({language for _, language, _ in templates()}, set(TEMPLATES))
        for name, language, code in templates():
            if not shutil.which(TEMPLATES[language]) and "CI" not in os.environ:
                continue
            with self.subTest(language=language):
                program = self.write(name, code)
                command = [self.build_go(program)] if language == "go" else [TEMPLATES[language], program]
                out, _ = self.sigvet("check-port", "--", *command, environment=self.environment)
                self.assertIn("311 passed, 0 failed", out)

    def build_go(self, program):
        binary = self.folder / "my_port"
        subprocess.run(["go", "build", "-o", binary, program], check=True, cwd=self.folder,
                       env={"PATH": os.environ["PATH"], **self.environment})
        return binary


if __name__ == "__main__":
    main()
