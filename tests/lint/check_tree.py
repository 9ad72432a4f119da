#!/usr/bin/python3
"""Holds what a reader counts on: files of a size that can be read, a folder for each room, and no
path of anybody's machine."""

import re
import sys

from project import ROOT, files

MOST_LINES = 400
CODE = {".cc", ".h", ".py", ".cmake", ""}
TOP_LEVEL = {
    "backends", "base", "bench", "cli", "cmake", "diagnosis", "docs", "harness", "ports", "reports", "scripts", "signing",
    "tests", "vectors", ".ci", ".github",
}
MACHINE_PATH = re.compile(r"(?<![\w.])/(home|root|Users|work|mnt)/\w")


def main():
    listed = files()
    problems = []
    for name in listed:
        path = ROOT / name
        folder = name.split("/")[0]
        if "/" in name and folder not in TOP_LEVEL:
            problems.append(f"{name}: a folder that the plan does not have")
        try:
            text = path.read_text()
        except UnicodeDecodeError:
            continue  # a fixture that is no text on purpose
        lines = text.splitlines()
        if path.suffix in CODE and len(lines) > MOST_LINES:
            problems.append(f"{name}: {len(lines)} lines; split what has more than {MOST_LINES}")
        if name.startswith(("tests/corpora/", "tests/fuzz/corpora/")):
            continue  # fixtures are as broken as they have to be
        if text and not text.endswith("\n"):
            problems.append(f"{name}: no line break at the end")
        for number, line in enumerate(lines, 1):
            if line != line.rstrip() and path.suffix != ".golden":
                problems.append(f"{name}:{number}: white space at the end")
            if MACHINE_PATH.search(line):
                problems.append(f"{name}:{number}: a path of somebody's machine")
    if len(listed) < 50:
        problems.append(f"only {len(listed)} files were found: is this the whole project?")
    print("\n".join(problems) or f"{len(listed)} files, all as they should be")
    return bool(problems)


if __name__ == "__main__":
    sys.exit(main())
