"""What the lint checks share."""

import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
SKIPPED = 77


def files(*patterns):
    """The project's files, of all or of these patterns; ends the check where this is no checkout."""
    try:
        listed = subprocess.run(
            ["git", "ls-files", "--cached", "--others", "--exclude-standard", *patterns],
            cwd=ROOT, capture_output=True, text=True, check=True).stdout.splitlines()
    except (OSError, subprocess.CalledProcessError):
        print("skipped: this is no checkout of git")
        sys.exit(SKIPPED)
    assert listed, f"no files match {patterns}"
    return [name for name in listed if (ROOT / name).exists()]
