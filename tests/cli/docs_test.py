"""Every command of the documentation runs as it stands there: the lines of its ```sh blocks."""

import os
import pathlib
import re
import shutil
import subprocess

from sigvet import ROOT, SIGVET, TestCase, main

# What sets the machine up, builds, or is a test of its own. CI runs these itself.
RUN_BY_CI = re.compile(r"scripts/(setup|run|test|tidy|fuzz|format|package|bench|cross-check|gate-instructions)\b|\.ci/run")
# What only some machines have; in CI it is a failure.
OPTIONAL_TOOLS = {"jq"}
BLOCK = re.compile(r"^```sh\n(.*?)^```", re.M | re.S)
# `name`: and the text of a file, which the commands of the page work with.
FILE = re.compile(r"`([\w./-]+\.\w+)`:\n\n```\w+\n(.*?)^```", re.M | re.S)
# A command and lines that it prints; those that are left out are three dots.
SHOWN = re.compile(r"^```console\n\$ (sigvet [^\n]*)\n([^$]*?)^```", re.M | re.S)
# A command that has something wrong to say, and all that it says.
DIAGNOSIS = re.compile(r"^```sh\n([^`]*?sigvet diagnose[^`]*)```\n\n```text\n(.*?)^```", re.M | re.S)


def documents():
    return sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md"), *ROOT.glob("*/README.md")])


def commands(document):
    for block in BLOCK.findall(document.read_text()):
        for line in block.replace("\\\n", "").splitlines():
            if line.strip() and not line.startswith("#"):
                yield line


def anchors(document):
    """What the headings of a page can be linked as."""
    headings = re.findall(r"^#+ (.*)$", re.sub(r"^```.*?^```", "", document.read_text(), flags=re.M | re.S), re.M)
    return {re.sub(r"[^\w -]", "", heading).lower().replace(" ", "-") for heading in headings}


def hide_digest(text):
    return re.sub(r"digest [0-9a-f]{12}\b", "digest", text)


class Docs(TestCase):
    def setUp(self):
        super().setUp()
        self.write("bin/.keep", "")
        (self.folder / "bin/sigvet").symlink_to(SIGVET)
        self.work = self.folder / "project"
        self.work.mkdir()
        for entry in ROOT.iterdir():  # so that what a command writes lands beside, not in, the project
            (self.work / entry.name).symlink_to(entry)
        for document in documents():
            for name, text in FILE.findall(document.read_text()):
                self.assertFalse((self.work / pathlib.PurePath(name).parts[0]).is_symlink(), name)
                self.write(f"project/{name}", text)
        self.environment = {"PATH": f"{self.folder}/bin:{os.environ['PATH']}", "COLUMNS": "80",
                            "XDG_CACHE_HOME": str(self.folder / "cache")}

    def run_line(self, line):
        return subprocess.run(["bash", "-c", line], cwd=self.work, env=self.environment,
                              capture_output=True, text=True, timeout=600, check=False)

    def test_every_command(self):
        ran = 0
        self.run_line("sigvet run --quiet --report json=run.json")
        for document in documents():
            for line in commands(document):
                tool = line.split()[0]
                if RUN_BY_CI.match(line):
                    self.assertTrue((ROOT / tool).is_file(), f"{document.name}: {line}")
                    continue
                if tool in OPTIONAL_TOOLS and not shutil.which(tool) and "CI" not in os.environ:
                    continue
                with self.subTest(document=document.name, line=line):
                    done = self.run_line(line)
                    self.assertEqual(done.returncode, int("sigvet diagnose" in line),
                                     done.stdout + done.stderr)
                    ran += 1
        self.assertGreater(ran, 10)

    def test_the_descriptions_of_ports(self):
        """Each port.yaml of the page describes a port, given its program."""
        text = (ROOT / "docs/adding-a-port.md").read_text()
        blocks = re.findall(r"^```yaml\n(.*?)^```", text, re.M | re.S)
        whole, rest = blocks
        head = whole[:whole.index("needs:")]
        tool = self.work / "my-tool"
        tool.write_text('#!/bin/sh\nexec sigvet password "$@"\n')
        tool.chmod(0o755)
        for description, passed in ((whole, 16), (head + rest, 13)):
            with self.subTest(description=description):
                (self.work / "port.yaml").write_text(description)
                done = self.run_line("sigvet run --port . --filter ses/published")
                self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
                self.assertIn(f"\n{passed} passed, 0 failed", done.stdout)

    def test_diagnoses_are_what_is_printed(self):
        shown = 0
        for document in documents():
            for command, answer in DIAGNOSIS.findall(document.read_text()):
                with self.subTest(document=document.name, command=command):
                    self.assertEqual(self.run_line(command).stdout, answer)
                    shown += 1
        self.assertGreater(shown, 3)

    def test_links_lead_somewhere(self):
        for document in documents():
            for link, anchor in re.findall(r"\]\(([^)#:]*)(?:#([^)]*))?\)", document.read_text()):
                page = document.parent / link if link else document
                self.assertTrue(page.exists(), f"{document.name}: {link}")
                if anchor:
                    self.assertIn(anchor, anchors(page), f"{document.name}: {link}")

    def test_what_is_shown_is_printed(self):
        shown = 0
        for document in documents():
            for command, lines in SHOWN.findall(document.read_text()):
                with self.subTest(document=document.name, command=command):
                    done = self.run_line(command)
                    printed = (done.stdout + done.stderr).splitlines()
                    for line in lines.splitlines():
                        if line != "...":
                            self.assertIn(line, printed)
                    shown += 1
        self.assertGreater(shown, 1)

    def test_the_readme_shows_a_real_run(self):
        """Every line of the run that the README shows is printed by a run, but for versions."""
        block = re.search(r"^```text\n(corpus .*?)^```", (ROOT / "README.md").read_text(), re.M | re.S)
        shown = [line for line in hide_digest(block[1]).splitlines() if line not in ("", "...")]
        printed = hide_digest(self.run_line("sigvet run").stdout).splitlines()
        self.assertGreater(len(shown), 8)
        for line in shown:
            if re.match(r"subjects|  +(botan|cryptopp|builtin) ", line):
                continue
            self.assertIn(line, printed)


if __name__ == "__main__":
    main()
