"""What the tests of what is installed share."""

import os
import pathlib
import re
import shutil
import subprocess
import sys

from sigvet import ROOT, SIGVET, TestCase

BUILD = pathlib.Path(SIGVET).resolve().parent
LINK = re.compile(r"\]\(([^)#:]+)(?:#[^)]*)?\)")
# Some pages lead to sources, which are not installed.
SOURCES = re.compile(r"\.\./(backends|bench|signing|tests)\b")


def require(**packages):
    """Skips the whole test where one of these programs is missing; in CI that is a failure."""
    missing = [f"{tool} (Debian package {package})" for tool, package in packages.items()
               if not shutil.which(tool)]
    if missing:
        print("missing:", ", ".join(missing))
        sys.exit(1 if "CI" in os.environ else 77)


def call(*command, cwd=None, environment=None, expect=0):
    """Runs a command in a plain environment, checks how it ends, and returns stdout and stderr."""
    done = subprocess.run(
        [str(word) for word in command], cwd=cwd, capture_output=True, text=True, timeout=280, check=False,
        env={"PATH": os.environ["PATH"], "COLUMNS": "80", **(environment or {})})
    assert done.returncode == expect, f"{command} ended with {done.returncode}:\n{done.stdout}{done.stderr}"
    return done.stdout + done.stderr


def cached(name):
    """A variable of the build that is installed."""
    found = re.search(rf"^{name}:\w+=(.*)$", (BUILD / "CMakeCache.txt").read_text(), re.M)
    return found[1]


def files_below(folder):
    return sorted(path for path in folder.rglob("*") if path.is_file() and not path.is_symlink())


class InstalledCase(TestCase):
    def assert_no_path_of_the_build(self, folder, *others):
        """No file names the folders that it was built in, or was first installed to."""
        for path in files_below(folder):
            content = path.read_bytes()
            for place in (ROOT, BUILD, *others):
                self.assertFalse(os.fsencode(place) in content, f"{path} names {place}")

    def assert_links_lead_somewhere(self, folder):
        documents = list(folder.rglob("*.md"))
        self.assertGreater(len(documents), 5)
        for document in documents:
            for link in LINK.findall(document.read_text()):
                if not SOURCES.match(link):
                    self.assertTrue((document.parent / link).exists(), f"{document.name}: {link}")

    def assert_works(self, prefix):
        """The program of this prefix finds all that came with it, and changes none of it."""
        program = prefix / "bin/sigvet"
        away = self.folder / "away"
        away.mkdir()
        environment = {"XDG_CACHE_HOME": str(self.folder / "cache"), "HOME": str(self.folder)}
        before = files_below(prefix)

        def sigvet(*arguments, expect=0):
            return call(program, *arguments, cwd=away, environment=environment, expect=expect)

        self.assertEqual(sigvet("--version"), call(SIGVET, "--version"))
        self.assertIn(" passed, 0 failed", sigvet("run", "--filter", "ses/published"))
        self.assertIn(" passed, 0 failed", sigvet("run", "--port", "python", "--filter", "*/published"))
        self.assertIn("python", sigvet("list", "ports"))
        self.assertRegex(sigvet("bench", "--workload", "port-round-trip/32", "--repetitions", "9"),
                         r"\nport-round-trip/32 ")

        vectors = prefix / "share/sigvet/vectors"
        self.assertEqual(sigvet("check-corpus", vectors), sigvet("check-corpus"))
        self.assertEqual(sigvet("check-corpus", "vectors/ses", expect=65).splitlines()[0],
                         "sigvet: vectors/ses: can't be read: No such file or directory "
                         f"(the built-in cases are in {vectors}/ses)")
        self.assertNotIn("(", sigvet("check-corpus", "vectors/none", expect=65).splitlines()[0])

        self.assertEqual(files_below(prefix), before)
        self.assertEqual(list(away.iterdir()), [])
