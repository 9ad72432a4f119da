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
TIMEOUT_S = 300


class Unusable(Exception):
    """A tool is installed but can't be used: no module, no place for its cache."""


def build(command, folder=None, environment=None):
    result = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True,
                            check=False)
    if result.returncode != 0:
        raise Unusable((result.stderr.strip() or f"{command[0]} failed").splitlines()[0])


def script(*command):
    return lambda _folder: [*command[:-1], str(HERE / command[-1])]


def go_program(*sources, environment=None):
    def command(folder):
        program = folder / "program"
        build(["go", "build", "-o", str(program), *(str(HERE / source) for source in sources)],
              folder, {**os.environ, **(environment or {})})
        return [str(program)]
    return command


def java_program(folder):
    build(["javac", "-d", str(folder), str(HERE / "Answer.java")])
    return ["java", "-cp", str(folder), "Answer"]


# The word with which an entry of `agree` begins, the tools it takes, and how it is started.
LANGUAGES = {
    "CPython": (["/usr/bin/python3"], script(*PYTHON, "answer.py")),
    "Perl": (["perl"], script("perl", "answer.pl")),
    "Go": (["go"], go_program("answer.go")),
    "OpenJDK": (["javac", "java"], java_program),
}
# Signers that other people wrote and maintain.
SIGNERS = {
    "awscrt": (["/usr/bin/python3"], script(*PYTHON, "crt.py")),
    "botocore": (["/usr/bin/python3"], script(*PYTHON, "botocore_signer.py")),
    "node-aws4": (["node"], script("node", "aws4.js")),
    "aws-sigv4": (["ruby"], script("ruby", "ruby_sigv4.rb")),
    "aws-sdk-go-v2": (["go"], go_program("aws_sdk.go", "question.go", environment=GO)),
    "minio-go": (["go"], go_program("minio.go", "question.go", environment=GO)),
}
ALL = {**LANGUAGES, **SIGNERS}


def ask(name, questions):
    """The version that an implementation reports, and its answer to each question."""
    tools, start = ALL[name]
    missing = [tool for tool in tools if shutil.which(tool) is None]
    if missing:
        raise Unusable(f"{', '.join(missing)} not found")
    text = "".join(question + "\n" for question in questions)
    with tempfile.TemporaryDirectory(prefix="cross-check-") as folder:
        try:
            result = subprocess.run(start(pathlib.Path(folder)), input=text, capture_output=True,
                                    text=True, check=False, env={**os.environ, **GO},
                                    timeout=TIMEOUT_S)
        except subprocess.TimeoutExpired as error:
            raise Unusable(f"no end after {TIMEOUT_S} s") from error
    version, *answers = result.stdout.split("\n")[:-1] or [""]
    if result.returncode != 0 or len(answers) != len(questions):
        raise Unusable((result.stderr.strip() or "answers missing").splitlines()[-1])
    return version, answers


def is_version(named, reported):
    """Whether a reported version is the one that an entry of `agree` names, or one within it."""
    wanted, installed = named.split()[1], reported.split()[1].rstrip(",")
    return installed == wanted or installed.startswith(wanted + ".")
