#!/usr/bin/python3
"""Runs the linters of the development packages: clang-format, shellcheck and yamllint. A tool that
is not installed is skipped, but not in CI."""

import os
import shutil
import subprocess
import sys

from project import ROOT, SKIPPED, files

YAML_RULES = "{extends: default, rules: {line-length: disable, document-start: disable}}"


def shell_scripts():
    run = [name for name in files("scripts/*", ".ci/*", "ports/*")
           if (ROOT / name).read_bytes().startswith((b"#!/usr/bin/env bash", b"#!/usr/bin/bash"))]
    return run + files("cli/completions/*.bash")


def main():
    commands = {
        "clang-format-16": ["scripts/format", "--check"],
        "shellcheck": ["shellcheck", *shell_scripts()],
        "yamllint": ["yamllint", "--strict", "-d", YAML_RULES, *files("vectors/*.yaml", "ports/*.yaml")],
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
