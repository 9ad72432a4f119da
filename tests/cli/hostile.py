"""What the tests of hostile ports share: a run against one, watched from outside."""

import base64
import ctypes
import functools
import json
import os
import pathlib
import signal
import subprocess
import sys
import threading
import time

from sigvet import ROOT, SIGVET, TestCase

FIXTURES = ROOT / "tests/hostile_ports"
# RFC 4648, section 10.
CASES = {"f": "Zg==", "fo": "Zm8=", "foo": "Zm9v", "foob": "Zm9vYg==", "fooba": "Zm9vYmE=",
         "foobar": "Zm9vYmFy"}
GUILTY = "foob"

# Far more than any of these runs takes; only a harness that hangs meets it.
GUARD_S = 150
# A limit that a port which does answer does not meet, however busy the machine is.
PLENTY_MS = 60_000
# One that ports which never answer do meet. The others are warm by then.
SHORT_MS = 1_500
# More than it takes when it does nothing: a GiB that is kept shows.
MOST_MEMORY_KIB = 180 << 10
# The address sanitizer holds back what is freed.
SANITIZER_OPTIONS = {"ASAN_OPTIONS": "quarantine_size_mb=8"}
TOKEN = "SIGVET_HOSTILE_TEST"
PR_SET_CHILD_SUBREAPER = 36


def corpus(cases, suite="rfc"):
    """The text of a corpus that encodes the keys, of which the values are the base64."""
    text = f'sigvet: 1\nsuite: "{suite}"\nabout: "Of RFC 4648, section 10."\ncases:\n'
    for name, (written, expected) in cases.items():
        text += f"""\
  - id: "{name}"
    why: "A case of a test."
    operation: "base64-encode"
    input:
      bytes: {written}
    compute:
      text: "{expected}"
    provenance:
      kind: "published"
      source: "RFC 4648"
"""
    return text


def large_cases(count, size):
    """Cases whose lines do not fit into a pipe."""
    expected = base64.b64encode(b"a" * size).decode()
    return {f"large-{i}": (f'{{repeat: "a", count: {size}}}', expected) for i in range(count)}


def many_cases(count):
    return {f"case-{i}": (f'"{i}"', base64.b64encode(str(i).encode()).decode())
            for i in range(count)}


def adopt_orphans():
    """What sigvet leaves behind comes to this process, dead or alive."""
    ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def processes_of(token):
    """The processes that have `token` in their environment or arguments, or inherited it."""
    found = []
    for folder in pathlib.Path("/proc").glob("[0-9]*"):
        try:
            shown = (folder / "environ").read_bytes() + (folder / "cmdline").read_bytes()
        except OSError:
            continue
        if token.encode() in shown:
            found.append(int(folder.name))
    return found


def children():
    """Those of this process, the adopted ones too."""
    found = []
    for stat in pathlib.Path("/proc").glob("[0-9]*/stat"):
        try:
            _, parent = stat.read_text().rpartition(")")[2].split()[:2]
        except OSError:
            continue
        if int(parent) == os.getpid():
            found.append(int(stat.parent.name))
    return found


@functools.cache
def idle_memory_kib():
    """What sigvet takes when it does nothing: 160 MiB with sanitizers, else a tenth of it."""
    process = subprocess.Popen([SIGVET, "--version"], stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return usage.ru_maxrss


class Ended:
    """A run of sigvet that has ended."""

    def __init__(self, code, out, err, memory_kib, report):
        self.code, self.out, self.err = code, out, err
        self.memory_kib, self.report = memory_kib, report

    def results(self, subject="hostile"):
        """By the case's name without its suite."""
        return {result["case"].rpartition("/")[2]: result for result in self.report["results"]
                if result["subject"] == subject}

    def problems(self):
        return "\n".join(p["message"] + " " + p.get("hint", "") for p in self.report["problems"])


class HostileTestCase(TestCase):
    def setUp(self):
        super().setUp()
        adopt_orphans()
        self.token = f"{TOKEN}={self.folder.name}"
        self.addCleanup(self.end_what_is_left)
        rfc = {name: (f'"{name}"', text) for name, text in CASES.items()}
        self.corpus = self.write("rfc.yaml", corpus(rfc))

    def end_what_is_left(self):
        """Only where a test has failed is there anything."""
        while self.reap():
            for pid in children():
                os.kill(pid, signal.SIGKILL)
            time.sleep(0.01)

    def port(self, fixture, *arguments, port_id="hostile", in_flight=1, start_ms=PLENTY_MS,
             answer_ms=PLENTY_MS, operations=("base64-encode",), more=""):
        """Writes the port.yaml of a fixture and returns its folder."""
        command = [sys.executable, "-B", str(FIXTURES / fixture), *arguments]
        self.write(f"ports/{port_id}/port.yaml", f"""\
sigvet: 1
id: "{port_id}"
language: "Python"
ops: {json.dumps(operations)}
start: {json.dumps(command)}
env:
  IN_FLIGHT: "{in_flight}"
  {TOKEN}: "{self.folder.name}"
limits:
  start_ms: {start_ms}
  answer_ms: {answer_ms}
{more}""")
        return self.folder / "ports" / port_id

    def start(self, *arguments, environment=None):
        """Begins `sigvet run` with a JSON report in run.json."""
        report = self.folder / "run.json"
        report.unlink(missing_ok=True)
        return self.start_command("run", *arguments, "--report", f"json={report}",
                                  environment=environment)

    def start_command(self, *arguments, environment=None):
        with open(self.folder / "out", "wb") as out, open(self.folder / "err", "wb") as err:
            return subprocess.Popen(
                [SIGVET, *map(str, arguments)], cwd=self.folder, stdin=subprocess.DEVNULL,
                stdout=out, stderr=err,
                env={"PATH": os.environ["PATH"], "COLUMNS": "200", **SANITIZER_OPTIONS,
                     **(environment or {})})

    def wait(self, process):
        """Waits for its end: nothing of it may be left then, and its memory was bounded."""
        guard = threading.Timer(GUARD_S, process.kill)
        guard.start()
        _, status, usage = os.wait4(process.pid, 0)
        guard.cancel()
        process.returncode = os.waitstatus_to_exitcode(status)
        out, err = ((self.folder / name).read_bytes().decode() for name in ("out", "err"))
        shown = f"exit code {process.returncode}\nstdout:\n{out}\nstderr:\n{err}"
        self.assertNotEqual(process.returncode, -signal.SIGKILL, f"hung; {shown}")
        left = processes_of(self.token)
        self.assertEqual(left, [], f"left running; {shown}")
        self.assertFalse(self.reap(), f"left a process unreaped; {shown}")
        self.assertLess(usage.ru_maxrss, idle_memory_kib() + MOST_MEMORY_KIB)
        report = self.folder / "run.json"
        report = json.loads(report.read_text()) if report.exists() else None
        return Ended(process.returncode, out, err, usage.ru_maxrss, report)

    @staticmethod
    def reap():
        """Whether this process has children, of which a dead one is taken away."""
        try:
            os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return False
        return True

    def run_ports(self, *arguments, expect=1, corpus=None, **options):
        ended = self.wait(self.start("--corpus", corpus or self.corpus, *arguments, **options))
        self.assertEqual(ended.code, expect,
                         f"stdout:\n{ended.out}\nstderr:\n{ended.err}")
        self.assertNotIn("\x1b", ended.out + ended.err)
        return ended

    def run_port(self, fixture, *arguments, run=(), expect=1, corpus=None, **options):
        """Runs one fixture over the cases."""
        folder = self.port(fixture, *arguments, **options)
        return self.run_ports("--port", folder, *run, expect=expect, corpus=corpus)

    def assert_result(self, ended, case, verdict, reason=""):
        """`reason` is a regular expression that is found in the result's."""
        result = ended.results()[case]
        self.assertEqual(result["verdict"], verdict, f"{result}\n{ended.out}")
        if reason:
            self.assertRegex(result["reason"], reason, ended.out)
        return result

    def assert_guilty(self, ended, verdict, reason, case=GUILTY):
        """That case alone has the verdict; all others pass. Returns its result."""
        for other in CASES:
            if other != case:
                self.assert_result(ended, other, "pass")
        return self.assert_result(ended, case, verdict, reason)

    def assert_never_started(self, ended, why):
        for case in CASES:
            self.assert_result(ended, case, "skip", "^not run: ")
        self.assertRegex(ended.problems(), why)

    def wait_for(self, condition):
        """Waits until it holds; for what follows from something that has happened."""
        end = time.monotonic() + GUARD_S
        while not condition():
            self.assertLess(time.monotonic(), end, "waited for in vain")
            time.sleep(0.01)
