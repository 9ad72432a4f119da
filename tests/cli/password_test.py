"""sigvet password: the tool that the samples were written for."""

import os
import pty
import signal
import subprocess
import termios

import yaml

from sigvet import ROOT, SIGVET, TestCase, main

SECRET = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"
V4 = "BLBM/9hSUELfq8Gw+rU1YcBjkOxGbhT2XG763xVLGWL9\n"
V2 = "An60U4ZD3sd4fg+FvXUjayOipTt8LO4rUUmhpdX6ctDy\n"


class Password(TestCase):
    def password(self, *arguments, secret=SECRET, **options):
        return self.sigvet("password", *arguments,
                           environment={"AWS_SECRET_ACCESS_KEY": secret}, **options)

    def test_from_the_environment(self):
        self.assertEqual(self.password("--region", "us-east-1"), (V4, ""))

    def test_from_stdin_without_one_line_break(self):
        for end in (b"", b"\n", b"\r\n"):
            out = self.sigvet("password", "--region", "us-east-1", stdin=SECRET.encode() + end)
            self.assertEqual(out, (V4, ""))

    def test_version_2_warns(self):
        out, err = self.password("--version", "2")
        self.assertEqual(out, V2)
        self.assertIn("sigvet: warning: ", err)
        self.assertIn("version 4", err)

    def test_warnings_do_not_stop_it(self):
        for secret, region, warning in (
                (SECRET + " ", "us-east-1", "white space"),
                (SECRET + "\n", "us-east-1", "white space"),
                ("a b" + SECRET[3:], "us-east-1", "white space"),
                (f'"{SECRET}"', "us-east-1", "quotation mark"),
                (SECRET[:-1], "us-east-1", "39 bytes"),
                (V4.strip(), "us-east-1", "derived already"),
                ("AKIAIOSFODNN7EXAMPLE", "us-east-1", "access key id"),
                (SECRET, "us-esat-1", 'did you mean "us-east-1"?')):
            out, err = self.password("--region", region, secret=secret)
            self.assertRegex(out, r"^B[A-P][A-Za-z0-9+/]{42}\n$")
            self.assertIn("sigvet: warning: ", err)
            self.assertIn(warning, err)
            self.assertNotIn(SECRET[3:30], err)

    def test_what_it_cannot_do(self):
        _, err = self.password(expect=2)
        self.assert_one_line(
            err, "sigvet: a version 4 password belongs to a region (add --region us-east-1)")
        _, err = self.sigvet("password", "--region", "us-east-1", expect=2)
        self.assert_one_line(err, "sigvet: there is no secret access key "
                                  "(set AWS_SECRET_ACCESS_KEY, or give it on stdin)")
        _, err = self.sigvet("password", "--region", "us-east-1", stdin=b"x" * 4097, expect=2)
        self.assertIn("longer than 4096 bytes", err)

    def test_a_secret_is_no_argument(self):
        for arguments in ([SECRET], ["--region", "us-east-1", SECRET]):
            out, err = self.password(*arguments, expect=2)
            self.assertEqual(out, "")
            self.assert_one_line(
                err, "sigvet: unexpected argument (see sigvet password --help)")
        out, _ = self.sigvet("password", "--help")
        self.assertIn("never from an argument", out)

    def test_no_known_region_is_warned_about(self):
        corpus = yaml.safe_load((ROOT / "vectors/ses/regions.yaml").read_text())
        self.assertGreater(len(corpus["cases"]), 30)
        for case in corpus["cases"]:
            out, err = self.password("--region", case["input"]["region"],
                                     secret=case["input"]["secret"])
            self.assertEqual((out, err), (case["compute"]["password"] + "\n", ""))

    def test_output_that_cannot_be_written(self):
        with open("/dev/full", "wb") as full:
            done = subprocess.run([SIGVET, "password", "--region", "us-east-1"], stdout=full,
                                  stderr=subprocess.PIPE, check=False,
                                  env={"AWS_SECRET_ACCESS_KEY": SECRET})
        self.assertEqual(done.returncode, 70)
        self.assert_one_line(done.stderr.decode(),
                             "sigvet: can't write the output: No space left on device")

    def ask_on_terminal(self, typed):
        """Types into a terminal; returns all that it shows and how the program ended."""
        child, terminal = pty.fork()
        if child == 0:
            os.environ.pop("AWS_SECRET_ACCESS_KEY", None)
            os.execv(SIGVET, [SIGVET, "password", "--region", "us-east-1"])
        shown = b""
        while b"not shown" not in shown:
            shown += os.read(terminal, 1000)
        os.write(terminal, typed)
        while True:
            try:
                shown += os.read(terminal, 1000)
            except OSError:
                break
        return shown.decode(), os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])

    def test_a_terminal_does_not_show_it(self):
        shown, code = self.ask_on_terminal(SECRET.encode() + b"\n")
        self.assertEqual(code, 0)
        self.assertIn(V4.strip(), shown)
        self.assertNotIn(SECRET, shown)

    def test_ctrl_c_at_the_prompt(self):
        shown, code = self.ask_on_terminal(b"abc\x03")
        self.assertEqual(code, -signal.SIGINT)
        self.assertNotIn("abc", shown)

    def test_a_signal_at_the_prompt_leaves_the_echo_on(self):
        for number in (signal.SIGTERM, signal.SIGHUP):
            terminal, ours = pty.openpty()
            process = subprocess.Popen([SIGVET, "password", "--region", "us-east-1"],
                                       stdin=ours, stdout=subprocess.PIPE,
                                       stderr=subprocess.PIPE, env={})
            asked = b""
            while b"not shown" not in asked:
                asked += os.read(process.stderr.fileno(), 1000)
                self.assertTrue(asked, "ended before it asked")
            self.assertFalse(termios.tcgetattr(ours)[3] & termios.ECHO)
            process.send_signal(number)
            os.write(terminal, b"abc\n")
            out, _ = process.communicate(timeout=60)
            self.assertEqual((process.returncode, out), (-number, b""))
            self.assertTrue(termios.tcgetattr(ours)[3] & termios.ECHO)
            os.close(terminal)
            os.close(ours)


if __name__ == "__main__":
    main()
