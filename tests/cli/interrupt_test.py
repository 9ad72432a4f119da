"""Ctrl-C: what is done so far is reported, and nothing is left behind."""

import json
import os
import pty
import signal
import subprocess
import time

from sigvet import SIGVET, TestCase, main

CASES = 20_000


class Interrupt(TestCase):
    def setUp(self):
        super().setUp()
        self.sigvet("generate", "--cases", CASES, self.folder / "large")

    def start(self, stderr):
        return subprocess.Popen(
            [SIGVET, "run", "--corpus", self.folder / "large", "--report",
             f"json={self.folder / 'run.json'}"],
            stdout=subprocess.PIPE, stderr=stderr,
            env={"PATH": os.environ["PATH"], "TERM": "xterm"})

    def files(self):
        return sorted(path.name for path in self.folder.iterdir())

    def test_while_the_corpus_is_loaded(self):
        process = self.start(subprocess.PIPE)
        while not list(self.folder.glob("run.json.part-*")):  # handlers stand before it is opened
            self.assertIsNone(process.poll(), "ended before it could be interrupted")
            time.sleep(0.001)
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=120)
        self.assertEqual(process.returncode, 130, err)
        self.assertEqual(out, b"")
        self.assert_one_line(
            err.decode(), "sigvet: interrupted while the corpus was loaded; nothing was run")
        self.assertEqual(self.files(), ["large"])

    def interrupt_run(self):
        """Ends a run by Ctrl-C once it shows progress; returns how it ended and what it printed."""
        terminal, stderr = pty.openpty()
        process = self.start(stderr)
        os.close(stderr)
        shown = b""
        while b" answers (" not in shown:
            shown += os.read(terminal, 10_000)
        process.send_signal(signal.SIGINT)
        out, _ = process.communicate(timeout=120)
        os.close(terminal)
        return process.returncode, out.decode()

    def test_an_interrupted_run_still_reports(self):
        for _ in range(20):  # on a busy machine the run may end before the signal comes
            code, out = self.interrupt_run()
            if code != 0:
                break
        self.assertEqual(code, 130)
        self.assertIn("interrupted", out)
        self.assertRegex(out.splitlines()[-1], r"^\d+ passed, 0 failed, \d+ skipped$")
        report = json.loads((self.folder / "run.json").read_text())
        self.assertTrue(report["context"]["interrupted"])
        self.assertEqual(self.files(), ["large", "run.json"])


if __name__ == "__main__":
    main()
