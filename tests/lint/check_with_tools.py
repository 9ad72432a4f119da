#!/usr/bin/python3
"""Runs the linters of the development packages: clang-format, shellcheck and yamllint. A tool that
is not installed is skipped, but not in CI."""

import os
import pathlib
import shutil
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
SKIPPED = 77
YAML_RULES = "{extends: default, rules: {line-length: disable, document-start: disable}}"


def files_of(*patterns):
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", *patterns],
        cwd=ROOT, capture_output=True, text=True, check=True).stdout.splitlines()
    assert listed, f"no files match {patterns}"
    return listed


def shell_scripts():
    return [name for name in files_of("scripts/*", ".ci/*")
            if (ROOT / name).read_bytes().startswith(b"#!/usr/bin/env bash")]


def main():
    commands = {
        "clang-format-16": ["scripts/format", "--check"],
        "shellcheck": ["shellcheck", *shell_scripts()],
        "yamllint": ["yamllint", "--strict", "-d", YAML_RULES, *files_of("vectors/*.yaml")],
    }
    failed = missing = False
    for tool, command in commands.items():
        if not shutil.which(tool):
            print(f"{tool} is not installed: scripts/setup --dev")
            missing = True
            continue
        print(f"{tool} ...", flush=True)
        failed |= subprocess.run(command, cwd=ROOT, check=False).returncode != 0
    if failed or (missing and os.environ.get("CI")):
        return 1
    return SKIPPED if missing else 0


if __name__ == "__main__":
    sys.exit(main())
