"""Ports that flood, fork and do not end: memory is bounded, nothing is left, and Ctrl-C works."""

import json
import os
import pathlib
import signal

from hostile import CASES, GUILTY, SHORT_MS, HostileTestCase, processes_of
from sigvet import main

STDERR_TAIL = 64 << 10


def has_pending(pid, number):
    """Whether a signal was sent to the process that it has not got yet. proc(5)"""
    status = pathlib.Path(f"/proc/{pid}/status").read_text()
    pending = next(line for line in status.splitlines() if line.startswith("ShdPnd:"))
    return int(pending.split()[1], 16) >> (number - 1) & 1


class Floods(HostileTestCase):
    """That memory is bounded is held for each run, see HostileTestCase.wait."""

    def test_one_line(self):
        for arguments in ((), ("endless",)):
            for in_flight in (1, 32):
                ended = self.run_port("floods.py", *arguments, in_flight=in_flight)
                self.assert_guilty(ended, "error", "^protocol error: ")

    def test_lines(self):
        for arguments in (("lines",), ("lines", "endless")):
            ended = self.run_port("floods.py", *arguments)
            self.assert_guilty(ended, "error", "^protocol error: ")

    def test_an_answer_of_many_megabytes(self):
        ended = self.run_port("answers_too_much.py")
        self.assertIn(ended.results()[GUILTY]["verdict"], ("fail", "error"))
        self.assertLess((self.folder / "run.json").stat().st_size, 2 << 20)

    def test_before_it_is_ready(self):
        for arguments in ((), ("lines",), ("endless",)):
            ended = self.run_port("floods.py", "at-start", *arguments)
            self.assert_never_started(ended, "can't start")

    def test_standard_error(self):
        self.run_port("endless_stderr.py", expect=0)
        self.run_port("endless_stderr.py", "binary", in_flight=32, expect=0)

    def test_the_end_of_standard_error_is_kept(self):
        ended = self.run_port("endless_stderr.py", "hangs", answer_ms=SHORT_MS)
        result = self.assert_guilty(ended, "error", "^timeout: ")
        self.assertLessEqual(len(result["stderr"]), STDERR_TAIL)
        self.assertGreaterEqual(len(result["stderr"]), STDERR_TAIL - 100)
        self.assertIn("a line of the log", ended.out)
        self.assertLess(len(ended.out), 2 * STDERR_TAIL)

    def test_standard_error_that_is_no_text(self):
        ended = self.run_port("endless_stderr.py", "hangs", "binary", answer_ms=SHORT_MS)
        result = self.assert_guilty(ended, "error", "^timeout: ")
        self.assertTrue(result["stderr"])
        self.assertIn("bytes", ended.out)


class Processes(HostileTestCase):
    """That none is left is held for each run, too."""

    def test_a_grandchild(self):
        for arguments in ((), ("session",)):
            with self.subTest(arguments=arguments):
                self.run_port("leaves_a_grandchild.py", *arguments, expect=0)

    def test_a_grandchild_of_a_port_that_dies(self):
        for arguments in (("dies",), ("dies", "session")):
            with self.subTest(arguments=arguments):
                ended = self.run_port("leaves_a_grandchild.py", *arguments)
                self.assert_guilty(ended, "error", "^crash: killed by SIGKILL")

    def test_forks_at_every_case(self):
        ended = self.run_port("forks_repeatedly.py", answer_ms=SHORT_MS)
        self.assert_guilty(ended, "error", "^timeout: ")

    def test_a_process_that_forks_and_exits(self):
        for arguments in ((), ("session",)):
            with self.subTest(arguments=arguments):
                ended = self.run_port("forks_repeatedly.py", "walks", *arguments,
                                      answer_ms=SHORT_MS)
                self.assert_guilty(ended, "error", "^timeout: ")

    def test_orphans_that_die_are_taken_away(self):
        self.run_port("forks_repeatedly.py", "zombies", expect=0)
        zombies = int((self.folder / "ports/hostile/zombies").read_text())
        self.assertLess(zombies, 30)

    def test_ports_side_by_side(self):
        self.port("honest.py", port_id="a-honest")
        self.port("hangs_on_one_case.py", port_id="b-hangs", answer_ms=SHORT_MS)
        self.port("dies_on_one_case.py", "SIGABRT", port_id="c-dies", in_flight=32)
        self.port("prints_garbage.py", "instead", port_id="d-babbles", in_flight=4)
        self.port("leaves_a_grandchild.py", "session", port_id="e-forks")
        found = []
        for jobs in (1, 8):
            ended = self.run_ports("--ports", self.folder / "ports", "--jobs", jobs)
            found.append(ended.report["results"])
            guilty = {r["subject"]: r["verdict"] for r in ended.report["results"]
                      if r["case"] == f"rfc/{GUILTY}"}
            self.assertEqual(guilty, {"a-honest": "pass", "b-hangs": "error", "c-dies": "error",
                                      "d-babbles": "error", "e-forks": "pass"})
        self.assertEqual(found[0], found[1])
        self.assertEqual(sum(r["verdict"] != "pass" for r in found[0]), 3)


class Environment(HostileTestCase):
    def test_nothing_of_the_caller_but_what_is_named(self):
        folder = self.port("shows_its_environment.py", more='pass_env: ["WANTED"]\n')
        caller = {"AWS_SECRET_ACCESS_KEY": "wJalr-not-for-ports", "AWS_PROFILE": "not-for-ports",
                  "aws_session_token": "not-for-ports", "GITHUB_TOKEN": "not-for-ports",
                  "LD_LIBRARY_PATH": "/not-for-ports", "WANTED": "yes"}
        ended = self.run_ports("--port", folder, environment=caller)
        result = self.assert_guilty(ended, "fail", "^wrong text")
        shown = json.loads(result["actual"])
        self.assertNotIn("not-for-ports", result["actual"])
        self.assertEqual(shown["environment"]["WANTED"], "yes")
        self.assertEqual(shown["environment"]["TZ"], "UTC")
        self.assertEqual(os.path.realpath(shown["folder"]), os.path.realpath(folder))

    def test_aws_variables_can_not_be_asked_for(self):
        for more in ('pass_env: ["AWS_SECRET_ACCESS_KEY"]\n', 'pass_env: ["AWS_PROFILE"]\n'):
            folder = self.port("shows_its_environment.py", more=more)
            ended = self.run_ports("--port", folder, expect=65)
            self.assertIn("port.yaml:", ended.err)


class Interrupt(HostileTestCase):
    def hanging(self, fixture, *arguments, **options):
        folder = self.port(fixture, *arguments, **options)
        process = self.start("--corpus", self.corpus, "--port", folder)
        self.wait_for((folder / "hangs").exists)
        self.assertTrue(processes_of(self.token))
        return process

    def check_interrupted(self, ended, answered):
        self.assertEqual(ended.code, 130, ended.err)
        self.assertTrue(ended.report["context"]["interrupted"])
        for case in CASES:
            self.assert_result(ended, case, "pass" if case in answered else "skip")

    def test_ends_all_and_reports(self):
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT):
            for how in ((), ("ignores-term",)):
                with self.subTest(number=number, how=how):
                    process = self.hanging("hangs_on_one_case.py", *how)
                    process.send_signal(number)
                    self.check_interrupted(self.wait(process), ("f", "fo", "foo"))
                    (self.folder / "ports/hostile/hangs").unlink()

    def test_at_the_start(self):
        process = self.hanging("hangs_at_start.py")
        process.send_signal(signal.SIGINT)
        self.check_interrupted(self.wait(process), ())

    def test_grandchildren_too(self):
        process = self.hanging("forks_repeatedly.py")
        process.send_signal(signal.SIGINT)
        self.check_interrupted(self.wait(process), ("f", "fo", "foo"))

    def test_the_second_ends_it_at_once(self):
        for _ in range(10):  # on a busy machine all may be over before the second
            process = self.hanging("hangs_on_one_case.py", "ignores-term")
            os.kill(process.pid, signal.SIGINT)
            self.wait_for(lambda: not has_pending(process.pid, signal.SIGINT))
            os.kill(process.pid, signal.SIGINT)
            _, status = os.waitpid(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
            # Who was killed as it ended comes to this process, which takes its place as init.
            self.wait_for(lambda: not self.reap())
            self.assertEqual(processes_of(self.token), [])
            (self.folder / "ports/hostile/hangs").unlink()
            if process.returncode != 130:
                break
        self.assertEqual(process.returncode, -signal.SIGINT)


if __name__ == "__main__":
    main()
