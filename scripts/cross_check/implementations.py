"""The programs that answer cross-check's questions: what they need, how they are built and run."""

import os
import pathlib
import shutil
import subprocess
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
PYTHON = ["/usr/bin/python3", "-B"]
# Debian's packages put the sources of Go libraries here.
GO = {"GO111MODULE": "off", "GOFLAGS": "", "GOPATH": "/usr/share/gocode"}
NODE_PATHS = ("/usr/share/nodejs", "/usr/local/lib/node_modules", "/usr/lib/node_modules")
TIMEOUT_S = 300


class Absent(Exception):
    """A tool or a library is not installed."""


class Broken(Exception):
    """What is installed fails: it can't be built, crashes, or answers too little."""


def last_line(result, otherwise):
    return (result.stderr.strip() or otherwise).splitlines()[-1]


def build(command, folder=None, environment=None):
    result = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True,
                            check=False)
    if result.returncode != 0:
        raise Broken(f"{command[0]}: {last_line(result, 'failed')}")


def script(*command):
    return lambda _folder: [*command[:-1], str(HERE / command[-1])]


def go_program(*sources, environment=None):
    def command(folder):
        program = folder / "program"
        variables = {**os.environ, **(environment or {})}
        if not variables.keys() & {"GOCACHE", "XDG_CACHE_HOME", "HOME"}:
            variables["GOCACHE"] = str(folder / "cache")  # Go builds nothing without one
        build(["go", "build", "-o", str(program), *(str(HERE / source) for source in sources)],
              folder, variables)
        return [str(program)]
    return command


def java_program(folder):
    build(["javac", "-d", str(folder), str(HERE / "Answer.java")])
    return ["java", "-cp", str(folder), "Answer"]


# Commands that fail where a library is not installed.


def python_module(name):
    found = f"import importlib.util, sys; sys.exit(importlib.util.find_spec('{name}') is None)"
    return [*PYTHON, "-c", found]


def node_module(name):
    return ["node", "-e", f"module.paths.push(...{list(NODE_PATHS)}); require.resolve('{name}')"]


def ruby_gem(name):
    return ["ruby", "-e", f"begin; require '{name}'; rescue LoadError; exit 1; end"]


def go_package(name):
    return ["go", "list", name]


# The word with which an entry of `agree` begins: the tools it takes, how it is started, and for a
# signer the command that looks for its library.
LANGUAGES = {
    "CPython": (["/usr/bin/python3"], script(*PYTHON, "answer.py")),
    "Perl": (["perl"], script("perl", "answer.pl")),
    "Go": (["go"], go_program("answer.go")),
    "OpenJDK": (["javac", "java"], java_program),
}
# Signers that other people wrote and maintain.
SIGNERS = {
    "awscrt": (["/usr/bin/python3"], script(*PYTHON, "crt.py"), python_module("awscrt")),
    "botocore": (["/usr/bin/python3"], script(*PYTHON, "botocore_signer.py"),
                 python_module("botocore")),
    "node-aws4": (["node"], script("node", "aws4.js"), node_module("aws4")),
    "aws-sigv4": (["ruby"], script("ruby", "ruby_sigv4.rb"), ruby_gem("aws-sigv4")),
    "aws-sdk-go-v2": (["go"], go_program("aws_sdk.go", "question.go", environment=GO),
                      go_package("github.com/aws/aws-sdk-go-v2/aws/signer/v4")),
    "minio-go": (["go"], go_program("minio.go", "question.go", environment=GO),
                 go_package("github.com/minio/minio-go/v7/pkg/signer")),
}
ALL = {**LANGUAGES, **SIGNERS}


def check_installed(tools, library):
    missing = [tool for tool in tools if shutil.which(tool) is None]
    if missing:
        raise Absent(f"{', '.join(missing)} not found")
    for command in library:
        result = subprocess.run(command, capture_output=True, check=False, env={**os.environ, **GO})
        if result.returncode != 0:
            raise Absent("its library is not installed")


def ask(name, questions):
    """The version that an implementation reports, and its answer to each question."""
    tools, start, *library = ALL[name]
    check_installed(tools, library)
    text = "".join(question + "\n" for question in questions)
    with tempfile.TemporaryDirectory(prefix="cross-check-") as folder:
        try:
            result = subprocess.run(start(pathlib.Path(folder)), input=text, capture_output=True,
                                    text=True, check=False, env={**os.environ, **GO},
                                    timeout=TIMEOUT_S)
        except subprocess.TimeoutExpired as error:
            raise Broken(f"no end after {TIMEOUT_S} s") from error
    version, *answers = result.stdout.split("\n")[:-1] or [""]
    if result.returncode != 0:
        raise Broken(last_line(result, f"exit code {result.returncode}"))
    if len(answers) != len(questions):
        raise Broken(f"{len(answers)} answers to {len(questions)} questions; "
                     f"{last_line(result, 'it says nothing')}")
    return version, answers


def is_version(named, reported):
    """Whether a reported version is the one that an entry of `agree` names, or one within it."""
    wanted, installed = named.split()[1], reported.split()[1].rstrip(",")
    return installed == wanted or installed.startswith(wanted + ".")
