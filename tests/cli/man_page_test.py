"""The manual page: clean, and with every command, option, exit code and nothing else."""

import os
import re
import shutil
import subprocess
import unittest

from sigvet import ROOT, SIGVET, TestCase, main

PAGE = ROOT / "docs/sigvet.1"
FLAG = re.compile(r"\bFl (-?[A-Za-z][a-z-]*)")
HELP_FLAG = re.compile(r"^  ((?:-\w,)?--[a-z-]+)", re.M)
MANDOC = unittest.skipUnless(shutil.which("mandoc") or "CI" in os.environ, "no mandoc here")


def sections(text, macro):
    """The title of each section and its text."""
    parts = re.split(rf"^\.{macro} (.*)\n", text, flags=re.M)
    return dict(zip(parts[1::2], parts[2::2]))


class ManPage(TestCase):
    @classmethod
    def setUpClass(cls):
        cls.text = PAGE.read_text()
        cls.sections = sections(cls.text, "Sh")

    def commands(self, *command):
        """Each command without commands of its own, and the flags that its help has."""
        text, _ = self.sigvet(*command, "--help")
        options = text[text.index("\nOptions:"):]
        options, rest = options[:options.index("\n\n")], options[options.index("\n\n"):]
        flags = {flag for flags in HELP_FLAG.findall(options) for flag in flags.split(",")}
        groups = re.findall(r"^[A-Z][a-z ]+:\n((?:  .*\n)+)", rest, re.M)
        names = [name for group in groups for name in re.findall(r"^  ([a-z-]+) {2,}", group, re.M)]
        if command and command[-1] != "list":
            names = []
        if not names:
            yield " ".join(command), flags - {"-h", "--help"}
        for name in names:
            yield from self.commands(*command, name)

    def described(self):
        """The same as the page has it: a subsection for each command, with a list of flags."""
        for section in self.sections.values():
            for title, text in sections(section, "Ss").items():
                flags = {f"-{flag}" for item in re.findall(r"^\.It (.*)", text, re.M)
                         for flag in FLAG.findall(item)}
                yield re.match(r"[a-z -]+?(?= [A-Z]|$)", title)[0], flags

    def test_every_command_and_flag(self):
        described, commands = dict(self.described()), dict(self.commands())
        self.assertGreater(len(commands), 14)
        self.assertEqual(sorted(described), sorted(commands))
        for command, flags in commands.items():
            with self.subTest(command=command):
                self.assertEqual(described[command], flags)

    def test_no_flag_that_is_none(self):
        known = {"-h", "--help", "--version"}.union(*(flags for _, flags in self.commands()))
        mentioned = {f"-{flag}" for flag in FLAG.findall(self.text)}
        self.assertLessEqual(mentioned, known)
        self.assertGreater(len(mentioned), 50)

    def test_exit_status(self):
        codes = re.findall(r"^  kExit\w+ = (\d+)", (ROOT / "cli/exit_code.h").read_text(), re.M)
        listed = re.findall(r"^\.It (\d+)$", self.sections["EXIT STATUS"], re.M)
        self.assertGreater(len(codes), 6)
        self.assertEqual(listed, codes)

    def test_every_variable_that_is_read(self):
        """As string constants of the code have them, in files that read the environment."""
        read = set()
        for path in (path for room in ("backends", "bench", "cli", "harness") for path in (ROOT / room).rglob("*.cc")):
            text = path.read_text()
            if "getenv" in text and not path.name.endswith("_test.cc"):
                read |= set(re.findall(r'"((?:[A-Z]+_[A-Z_]+|OPENSSL_\w+|TERM|COLUMNS|HOME|PATH|LANG))"', text))
        listed = set(re.findall(r"\w{3,}", " ".join(re.findall(r"^\.It Ev (.*)", self.text, re.M))))
        self.assertGreater(len(read), 10)
        self.assertEqual(listed, read | {"TMPDIR"})

    def test_every_example_runs(self):
        examples = self.sections["EXAMPLES"]
        commands = re.findall(r"^\.Dl (.*)", examples, re.M)
        commands += re.findall(r"^\.Bd .*\n((?:[^.].*\n)+)\.Ed", examples, re.M)
        self.assertGreater(len(commands), 5)
        self.write("bin/.keep", "")
        (self.folder / "bin/sigvet").symlink_to(SIGVET)
        environment = {"PATH": f"{self.folder}/bin:{os.environ['PATH']}"}
        for command in commands:
            with self.subTest(command=command):
                done = subprocess.run(["bash", "-ec", command.replace("\\e", "\\")], cwd=self.folder, env=environment,
                                      capture_output=True, text=True, timeout=250, check=False)
                self.assertEqual(done.returncode, 0, done.stdout + done.stderr)

    @MANDOC
    def test_lint(self):
        done = subprocess.run(["mandoc", "-T", "lint", "-W", "style", PAGE],
                              capture_output=True, text=True, check=False)
        self.assertEqual((done.returncode, done.stdout + done.stderr), (0, ""))

    @MANDOC
    def test_fits_a_terminal(self):
        done = subprocess.run(["mandoc", "-T", "utf8", "-O", "width=78", PAGE],
                              capture_output=True, text=True, check=True)
        lines = re.sub(".\b", "", done.stdout).splitlines()
        self.assertGreater(len(lines), 300)
        self.assertLessEqual(max(map(len, lines)), 80)


if __name__ == "__main__":
    main()
