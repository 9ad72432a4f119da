"""What the tests of the command line share."""

import os
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
SIGVET = os.environ["SIGVET"]

GOOD_CASE = """\
sigvet: 1
suite: "mine"
about: "A suite for a test."
cases:
  - id: "first"
    why: "The value that a public Rust sample expects."
    operation: "ses-smtp-password"
    input:
      version: 4
      secret: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"
      region: "us-east-1"
    compute:
      password: "BLBM/9hSUELfq8Gw+rU1YcBjkOxGbhT2XG763xVLGWL9"
    provenance:
      kind: "published"
      source: "a public Rust sample"
"""
# The same with a wrong expected value.
BAD_CASE = GOOD_CASE.replace("BLBM/9hSUELfq8Gw", "BLBM/9hSUELfq8Gx")


def templates():
    """Of docs/adding-a-port.md: the name of the file, the language, and the program."""
    text = (ROOT / "docs/adding-a-port.md").read_text()
    return re.findall(r"`(my_port\.\w+)`:\n\n```(\w+)\n(.*?)^```", text, re.M | re.S)


def run(*arguments, stdin=b"", environment=None, timeout=120):
    """Runs sigvet with nothing of the caller's environment but what is named."""
    return subprocess.run(
        [SIGVET, *map(str, arguments)], input=stdin, capture_output=True, timeout=timeout,
        env={"PATH": os.environ["PATH"], "COLUMNS": "80", **(environment or {})}, check=False)


class TestCase(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def write(self, name, text):
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        return path

    def sigvet(self, *arguments, expect=0, **options):
        """Runs sigvet, checks how it ends, and returns (stdout, stderr)."""
        done = run(*arguments, **options)
        out, err = done.stdout.decode(), done.stderr.decode()
        self.assertEqual(done.returncode, expect, f"stdout:\n{out}\nstderr:\n{err}")
        return out, err

    def assert_one_line(self, text, expected):
        """An error is one line, and says this."""
        self.assertEqual(text, expected + "\n")


def main():
    sys.exit(not unittest.main(exit=False, verbosity=0).result.wasSuccessful())
