"""What a user types wrong gets one line that says what is wrong and what would be right."""

from sigvet import TestCase, main


class Errors(TestCase):
    def check(self, arguments, expected, code=2):
        out, err = self.sigvet(*arguments.split(), expect=code)
        self.assertEqual(out, "")
        self.assert_one_line(err, "sigvet: " + expected)

    def test_commands(self):
        self.check("", "sigvet needs a command (see sigvet --help)")
        self.check("rnu", 'no command rnu (did you mean "run"?)')
        self.check("frobnicate", "no command frobnicate (see sigvet --help)")
        self.check("list", "sigvet list needs a command (see sigvet list --help)")
        self.check("list case", 'no command case (did you mean "cases"?)')

    def test_options(self):
        self.check("run --bakend openssl", 'unknown option --bakend (did you mean "--backend"?)')
        self.check("run --bakend=openssl", 'unknown option --bakend (did you mean "--backend"?)')
        self.check("run --zzz", "unknown option --zzz (see sigvet run --help)")
        self.check("--zzz", "unknown option --zzz (see sigvet --help)")
        self.check("run -x", "unknown option -x (see sigvet run --help)")
        self.check("run extra", "unexpected argument extra (see sigvet run --help)")
        self.check("run --backend", "--backend: 1 required ID missing (see sigvet run --help)")
        self.check("show", "CASE is required (see sigvet show --help)")

    def test_values(self):
        self.check("run --jobs 0", "--jobs: Value 0 not in range 1 to 256 (see sigvet run --help)")
        self.check("run --jobs x", "--jobs: Value x not in range 1 to 256 (see sigvet run --help)")
        self.check("run --backend opensll", 'unknown backend "opensll" (did you mean "openssl"?)')
        self.check("run --report junti=a.xml", 'no report format "junti" (did you mean "junit"?)')
        self.check("run --report yaml=a", 'no report format "yaml" (there are json, junit)')
        self.check("run --report json",
                   "--report json has no path (as in --report json=run.json)")
        self.check("run --report json=- --report junit=-", "two reports have the same path: -")
        self.check("password --version 3 --region us-east-1",
                   "--version: 3 not in {2,4} (see sigvet password --help)")

    def test_selection(self):
        self.check("run --filter ses/publishd",
                   '--filter ses/publishd matches no case (did you mean "ses/published"?)', 4)
        self.check("run --skip nothing/like/this",
                   "--skip nothing/like/this matches no case (sigvet list cases shows them all)", 4)
        self.check("run --filter ses --skip ses",
                   "no case is left to run (--skip takes all of them out)", 4)
        self.check("show ses/published/rust-sampel",
                   'no case ses/published/rust-sampel (did you mean "ses/published/rust-sample"?)', 4)

    def test_paths(self):
        self.check("run --report json=no/such/folder/x",
                   "can't write no/such/folder/x: No such file or directory")
        self.check("run --known-failing no-such-file",
                   "can't read no-such-file: No such file or directory")
        _, err = self.sigvet("run", "--corpus", "no-such-file.yaml", expect=65)
        self.assertIn("no-such-file.yaml: ", err)
        self.assertIn("No such file or directory", err)

    def test_nothing_a_terminal_would_act_on(self):
        _, err = self.sigvet("run", "--backend", "\x1b[31mred", expect=2)
        self.assertNotIn("\x1b", err)

    def test_help_names_every_exit_code(self):
        for arguments in (["--help"], ["run", "--help"]):
            out, err = self.sigvet(*arguments)
            self.assertEqual(err, "")
            for code in ("0 ", "1 ", "2 ", "4 ", "65 ", "70 ", "130 "):
                self.assertIn(code, out)
            self.assertIn("Examples:", out)


if __name__ == "__main__":
    main()
