"""Ports in exec mode that hang, die and babble: one process a case, one verdict a case."""

import json
import os
import signal
import sys

from hostile import FIXTURES, PLENTY_MS, SHORT_MS, TOKEN, HostileTestCase
from sigvet import ROOT, main

REGIONS = ("us-east-1", "us-east-2", "us-west-1", "us-west-2")
GUILTY_REGION = "us-west-1"


class Exec(HostileTestCase):
    def exec_port(self, how, answer_ms=PLENTY_MS, secret="stdin", more=""):
        command = [sys.executable, "-B", str(FIXTURES / "exec_port.py"), "{region}", how]
        self.write("ports/hostile/port.yaml", f"""\
sigvet: 1
id: "hostile"
language: "Python"
mode: "exec"
ops: ["ses-smtp-password"]
versions: [4]
secret: "{secret}"
start: {json.dumps(command)}
env:
  {TOKEN}: "{self.folder.name}"
limits:
  answer_ms: {answer_ms}
{more}""")
        return self.folder / "ports/hostile"

    def run_exec(self, how, *arguments, expect=1, regions="us-*", environment=None, **options):
        folder = self.exec_port(how, **options)
        return self.run_ports("--port", folder, "--filter", f"ses/regions/{regions}", *arguments,
                              corpus=ROOT / "vectors/ses/regions.yaml", expect=expect,
                              environment=environment)

    def assert_guilty_region(self, ended, verdict, reason):
        for region in REGIONS:
            if region != GUILTY_REGION:
                self.assert_result(ended, region, "pass")
        return self.assert_result(ended, GUILTY_REGION, verdict, reason)

    def test_honest(self):
        self.run_exec("honest", expect=0)
        self.run_exec("honest", expect=0, secret="env:SECRET")
        self.run_exec("honest", "--jobs", 4, expect=0)

    def test_hangs(self):
        for how in ("hangs", "ignores-term", "hangs-after-its-answer", "closes-stdout"):
            with self.subTest(how=how):
                ended = self.run_exec(how, answer_ms=3 * SHORT_MS)
                self.assert_guilty_region(ended, "error", "^timeout: ")

    def test_dies(self):
        for how, reason in (("dies", "^crash: killed by SIGKILL"),
                            ("fails", "^crash: exit code 1")):
            with self.subTest(how=how):
                ended = self.run_exec(how)
                result = self.assert_guilty_region(ended, "error", reason)
                self.assertEqual(result["stderr"], "this is its standard error\n")
                self.assertIn("this is its standard error", ended.out)

    def test_dies_always(self):
        ended = self.run_exec("always-dies", "--jobs", 1, regions="*")
        reasons = [result["reason"] for result in ended.results().values()]
        self.assertGreater(len(reasons), 10)
        for number, reason in enumerate(reasons):
            begin = "crash: killed by SIGKILL" if number < 5 else "not run: "
            self.assertTrue(reason.startswith(begin), reason)
        self.assertTrue(ended.problems())

    def test_refuses(self):
        ended = self.run_exec("refuses", more="refusal_exit_code: 7\n")
        self.assert_guilty_region(ended, "fail", "^refused .*this is its standard error")
        ended = self.run_exec("refuses", more="refusal_exit_code: 6\n")
        result = self.assert_guilty_region(ended, "error", "^crash: exit code 7")
        self.assertNotIn("hint", result)
        ended = self.run_exec("refuses")
        result = self.assert_guilty_region(ended, "error", "^crash: exit code 7")
        self.assertIn("refusal_exit_code: 7 in port.yaml", result["hint"])

    def test_writes_nothing(self):
        ended = self.run_exec("nothing")
        self.assert_guilty_region(ended, "fail", "wrong password|missing password")

    def test_line_breaks(self):
        for how, strip, passes in (("newline", True, True), ("newline", False, False),
                                   ("two-newlines", True, False)):
            with self.subTest(how=how, strip=strip):
                more = f"strip_newline: {str(strip).lower()}\n"
                ended = self.run_exec(how, more=more, expect=0 if passes else 1)
                if passes:
                    continue
                result = self.assert_guilty_region(ended, "fail", "^wrong password")
                self.assertEqual("strip_newline: true" in result.get("hint", ""), not strip)

    def test_writes_what_is_no_text(self):
        ended = self.run_exec("not-text")
        self.assert_guilty_region(ended, "fail", "^wrong password")

    def test_floods(self):
        ended = self.run_exec("floods")
        self.assert_guilty_region(ended, "error", "")
        self.run_exec("floods-stderr", expect=0)

    def test_does_not_read(self):
        self.run_exec("ignores-stdin", expect=0)

    def test_grandchildren(self):
        for how in ("grandchild", "grandchild-session"):
            with self.subTest(how=how):
                self.run_exec(how, expect=0)

    def test_nothing_of_the_caller_but_what_is_named(self):
        caller = {"AWS_SECRET_ACCESS_KEY": "not-for-ports", "GITHUB_TOKEN": "not-for-ports"}
        ended = self.run_exec("environment", environment=caller)
        result = self.assert_guilty_region(ended, "fail", "^wrong password")
        self.assertNotIn("not-for-ports", result["actual"])
        self.assertNotIn("wJalr", result["actual"])
        ended = self.run_exec("environment", environment=caller,
                              secret="env:AWS_SECRET_ACCESS_KEY")
        result = self.assert_guilty_region(ended, "fail", "^wrong password")
        self.assertNotIn("not-for-ports", result["actual"])
        self.assertIn("wJalrXUtnFEMI/K7MDENG", result["actual"])

    def test_a_secret_in_the_arguments_needs_leave(self):
        folder = self.exec_port("honest", secret="argv")
        ended = self.run_ports("--port", folder, expect=65)
        self.assertIn("allow_secret_in_argv", ended.err)

    def test_interrupted(self):
        folder = self.exec_port("ignores-term")
        process = self.start("--corpus", ROOT / "vectors/ses/regions.yaml", "--port", folder,
                             "--filter", "ses/regions/us-*")
        self.wait_for((folder / "hangs").exists)
        process.send_signal(signal.SIGINT)
        ended = self.wait(process)
        self.assertEqual(ended.code, 130)
        self.assertTrue(ended.report["context"]["interrupted"])
        self.assert_result(ended, GUILTY_REGION, "skip")
        self.assertTrue(os.path.exists(folder / "hangs"))


if __name__ == "__main__":
    main()
