"""Colour, progress and width: on a terminal, and only there."""

import fcntl
import os
import pty
import struct
import termios

from sigvet import BAD_CASE, SIGVET, TestCase, main


class OnATerminal(TestCase):
    def show(self, *arguments, environment=None, columns=80):
        """What a terminal of that width gets to see."""
        child, terminal = pty.fork()
        if child == 0:
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", 50, columns, 0, 0))
            os.execve(SIGVET, [SIGVET, *arguments],
                      {"PATH": os.environ["PATH"], "TERM": "xterm", **(environment or {})})
        shown = b""
        while True:
            try:
                shown += os.read(terminal, 10_000)
            except OSError:
                break
        os.waitpid(child, 0)
        return shown.decode()

    def failing(self, **options):
        corpus = self.write("bad.yaml", BAD_CASE)
        return self.show("run", "--corpus", str(corpus), "--backend", "builtin", **options)

    def test_color(self):
        self.assertIn("\x1b[31m", self.failing().replace("\x1b[1;31m", "\x1b[31m"))

    def test_no_color(self):
        self.assertNotIn("\x1b[3", self.failing(environment={"NO_COLOR": "1"}))
        self.assertNotIn("\x1b", self.failing(environment={"TERM": "dumb"}))

    def test_progress_is_shown_and_taken_away(self):
        shown = self.show("run")
        self.assertRegex(shown, r"\r\d+ of \d+ answers \(\d+ %\)")
        self.assertLess(shown.rindex("\r\x1b[K"), shown.index("suite"))

    def test_a_benchmark(self):
        arguments = ["bench", "--workload", "base64-encode", "--backend", "builtin", "--backend",
                     "builtin-portable", "--repetitions", "9"]
        shown = self.show(*arguments)
        self.assertRegex(shown, r"\r\d+ of \d+ samples \(\d+ %\)")
        self.assertLess(shown.rindex("\r\x1b[K"), shown.index("machine"))
        self.assertIn("\x1b[32m", shown)
        self.assertNotIn("\x1b[3", self.show(*arguments, environment={"NO_COLOR": "1"}))

    def test_width(self):
        for columns in (60, 80, 120):
            shown = self.show("run", environment={"NO_COLOR": "1"}, columns=columns)
            table = shown[shown.rindex("\x1b[K") + 3:]
            self.assertLessEqual(max(map(len, table.split("\r\n"))), columns)

    def test_a_pipe_gets_neither(self):
        out, err = self.sigvet("run", environment={"TERM": "xterm"})
        self.assertNotIn("\x1b", out + err)
        self.assertEqual(err, "")


if __name__ == "__main__":
    main()
