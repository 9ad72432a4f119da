"""What a user types wrong gets one line that says what is wrong and what would be right."""

from sigvet import TestCase, main, run


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
        self.check("run extra", "unexpected argument (see sigvet run --help)")
        self.check("run --backend", "--backend: 1 required ID missing (see sigvet run --help)")
        self.check("show", "CASE is required (see sigvet show --help)")

    def test_what_may_be_a_secret_is_not_repeated(self):
        secret = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"
        for arguments, expected in (
                (secret, "unknown command (see sigvet --help)"),
                (f"list {secret}", "unknown command (see sigvet list --help)"),
                (f"run {secret}", "unexpected argument (see sigvet run --help)"),
                (f"show case {secret}", "unexpected argument (see sigvet show --help)"),
                (f"run --secret={secret}", "unknown option --secret (see sigvet run --help)"),
                (f"run --secret {secret}", "unknown option --secret (see sigvet run --help)"),
                (f"run -s{secret}", "unknown option (see sigvet run --help)"),
                (f"password {secret}", "unexpected argument (see sigvet password --help)"),
                (f"password --region us-east-1 {secret}",
                 "unexpected argument (see sigvet password --help)"),
                (f"password --region us-east-1 --secret={secret}",
                 "unknown option --secret (see sigvet password --help)")):
            self.check(arguments, expected)

    def test_what_looks_like_a_secret_is_shown_in_no_message(self):
        # The documentation's: one with slashes, one with a plus.
        for secret in ("wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
                       "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"):
            for arguments in (["verify", secret], ["verify", "--canonical-request", secret, "-"],
                              ["verify", "--server-reply", secret, "-"], ["show", secret],
                              ["run", "--filter", secret], ["run", "--backend", secret],
                              ["run", "--report", f"json={secret}"], ["run", "--report", secret],
                              ["run", "--known-failing", secret], ["run", "--suite", secret],
                              ["run", "--suite", f"aws-sig-v4:{secret}"],
                              ["run", "--jobs", secret], ["check-corpus", secret],
                              ["sign", "--region", secret, "--service", "s", "https://h/"],
                              ["sign", "--region", "r", "--service", secret, "https://h/"],
                              ["sign", "--region", "r", "--service", "s", "-H", secret,
                               "https://h/"],
                              ["sign", "--region", "r", "--service", "s", "-d", f"@{secret}",
                               "https://h/"],
                              ["sign", "--region", "r", "--service", "s", "--timestamp", secret,
                               "https://h/"],
                              ["password", "--region", secret]):
                done = run(*arguments, stdin=b"GET / HTTP/1.1\nHost: h\n", environment={
                    "AWS_ACCESS_KEY_ID": "AKIDEXAMPLE", "AWS_SECRET_ACCESS_KEY": "x" * 40})
                printed = done.stdout + done.stderr
                self.assertTrue(printed, arguments)
                self.assertNotIn(secret[:13].lower(), printed.decode().lower(), arguments)
                self.assertIn("looks like a secret", printed.decode(), arguments)
        # The two variables swapped.
        _, err = self.sigvet("sign", "--region", "r", "--service", "s", "https://h/", expect=2,
                             environment={"AWS_ACCESS_KEY_ID": secret,
                                          "AWS_SECRET_ACCESS_KEY": "AKIDEXAMPLE"})
        self.assertNotIn(secret, err)
        self.assertIn("AWS_ACCESS_KEY_ID looks like a secret access key, and would be printed", err)

    def test_what_does_not_look_like_a_secret_is_shown(self):
        for path in ("a" * 39 + "B.txt", "dir-" + "aB" * 20, "ab" * 20, "aB" * 19 + "c",
                     "aB" * 20 + "c", "aB" * 19 + "_c"):
            self.check(f"run --known-failing {path}",
                       f"can't read {path}: No such file or directory")
        self.check(f"verify {'aB' * 20}", "can't read the file given (not shown: it looks like a "
                   "secret): No such file or directory")

    def test_values(self):
        self.check("run --jobs 0", "--jobs: Value 0 not in range 1 to 256 (see sigvet run --help)")
        self.check("run --jobs x", "--jobs: Value x not in range 1 to 256 (see sigvet run --help)")
        self.check("run --backend opensll", 'unknown backend "opensll" (did you mean "openssl"?)')
        self.check("run --report junti=a.xml", 'no report format "junti" (did you mean "junit"?)')
        self.check("run --report yaml=a", 'no report format "yaml" (there are badge, ctrf, github, html, '
                   'json, junit, markdown, tap)')
        self.check("run --report json",
                   "--report json has no path (as in --report json=run.json)")
        self.check("run --report json=- --report junit=-", "two reports have the same path: -")
        self.check("password --version 3 --region us-east-1",
                   "--version: 3 not in {2,4} (see sigvet password --help)")

    def test_a_wrong_value_before_the_mark(self):
        help_text = "(see sigvet check-port --help)"
        self.check("check-port --exec --refusal-exit-code 0 -- true",
                   f"--refusal-exit-code: Value 0 not in range 1 to 255 {help_text}")
        self.check("check-port --jobs 1 -- true", f"unknown option --jobs {help_text}")
        self.check("check-port --reprot json=x -- true",
                   'unknown option --reprot (did you mean "--report"?)')
        self.check("check-port --", f"command is required {help_text}")
        self.check("check-port --op ses-smtp-password -- true", f"--op requires --exec {help_text}")

    def test_the_command_of_check_port(self):
        command = "check-port --exec --op ses-smtp-password"
        fit = "ses-smtp-password, sigv4-signing-key"
        self.check("check-port --exec -- true", f"--exec needs --op (known: {fit})")
        self.check("check-port --exec --op sigv4-sign -- true {region}",
                   f"--op: sigv4-sign can't be done with --exec (known: {fit})")
        self.check("check-port --exec --op ses -- true {region}",
                   f"--op: ses is no operation (known: {fit})")
        self.check("check-port --exec --op sigv4-signing-keys -- true",
                   '--op: sigv4-signing-keys is no operation (did you mean "sigv4-signing-key"?)')
        self.check(f"{command} -- true {{regoin}} {{version}}",
                   'unknown placeholder "{regoin}" (did you mean "{region}"?)')
        self.check(f"{command} --secret argv -- true {{region}}",
                   'no "{secret}" among the arguments, though the secret is given by "argv"')
        self.check(f"{command} -- true {{region}} {{secret}}",
                   '"{secret}" among the arguments, though the secret is not given by "argv" (take '
                   'it out, or give the secret by "argv")')
        self.check(f"{command} --secret file -- true {{region}}",
                   "--secret: file is no way to hand over a secret (stdin, env:NAME, or argv with "
                   "{secret} among the arguments)")
        self.check("check-port -- true {region}", 'unknown placeholder "{region}" (only --exec fills '
                   "them in; braces of another meaning belong into a script)")
        self.check(f"{command} -- sigvet password --region us-east-1",
                   "neither {region} nor {version} among the arguments (write {region} where the "
                   "program takes the region, or give --version 2 where its passwords have none)")
        self.check(f"{command} --version 3 -- true",
                   "--version: there is no version 3 of ses-smtp-password")

    def test_selection(self):
        self.check("run --filter ses/publishd",
                   '--filter ses/publishd matches no case (did you mean "ses/published"?)', 4)
        self.check("run --skip nothing/like/this",
                   "--skip nothing/like/this matches no case (sigvet list cases shows them all)", 4)
        self.check("run --filter ses --skip ses",
                   "no case is left to run (--skip takes all of them out)", 4)
        self.check("show ses/published/rust-sampel",
                   'no case ses/published/rust-sampel (did you mean "ses/published/rust-sample"?)', 4)
        self.check("show rust-sample",
                   'no case rust-sample (did you mean "ses/published/rust-sample"?)', 4)
        self.check("run --filter contested",
                   '--filter contested matches no case (did you mean "sigv4/contested"?)', 4)
        self.check("show aws-sig-v4/get-vanilla/header",
                   "no case aws-sig-v4/get-vanilla/header (such cases come from --suite "
                   "aws-sig-v4:DIR)", 4)

    def test_paths(self):
        self.check("run --report json=no/such/folder/x",
                   "can't write no/such/folder/x: No such file or directory")
        self.check("run --known-failing no-such-file",
                   "can't read no-such-file: No such file or directory")
        _, err = self.sigvet("run", "--corpus", "no-such-file.yaml", expect=65)
        self.assertIn("no-such-file.yaml: ", err)
        self.assertIn("No such file or directory", err)

    def test_kernel(self):
        for arguments in (["--help"], ["--version"], ["bench", "--help"]):
            _, err = self.sigvet(*arguments, environment={"SIGVET_KERNEL": "portabel"})
            self.assertEqual(err, "")
        for arguments in (["list", "cases"], ["password", "--region", "us-east-1"], ["bench"]):
            out, err = self.sigvet(*arguments, environment={"SIGVET_KERNEL": "portabel"}, expect=2)
            self.assertEqual(out, "")
            self.assertIn('sigvet: SIGVET_KERNEL: unknown kernel "portabel" '
                          '(did you mean "portable"? this build has ', err)
            self.assert_one_line(err, err.rstrip("\n"))
        out, err = self.sigvet("list", "backends", environment={"SIGVET_KERNEL": "portable"})
        self.assertEqual(err, "")
        self.assertRegex(out, r"(?m)^builtin .*\bportable\b|^builtin .*not in this build")

    def test_nothing_a_terminal_would_act_on(self):
        _, err = self.sigvet("run", "--backend", "\x1b[31mred", expect=2)
        self.assertNotIn("\x1b", err)
        _, err = self.sigvet("run", "--jobs", "\x1b[31m\n", expect=2)  # CLI11 words this one
        self.assert_one_line(err, "sigvet: --jobs: Value \\x1b[31m\\n not in range 1 to 256 "
                                  "(see sigvet run --help)")
        corpus = self.write("\x1b.yaml", "- \x01\n")
        _, err = self.sigvet("run", "--corpus", corpus, expect=65)
        self.assertIn("\\x1b.yaml:1:3: control character U+0001", err)
        self.assertIn(r"(write \x01 in a double-quoted string)", err)
        self.assertNotIn("\x1b", err)

    def test_a_backslash_is_escaped_once(self):
        _, err = self.sigvet("run", "--filter", "a\\b", expect=4)
        self.assertIn(r"--filter a\\b matches no case", err)

    def test_help_names_every_exit_code(self):
        for arguments in (["--help"], ["run", "--help"]):
            out, err = self.sigvet(*arguments)
            self.assertEqual(err, "")
            for code in ("0 ", "1 ", "2 ", "4 ", "65 ", "70 ", "130 "):
                self.assertIn(code, out)
            self.assertIn("Examples:", out)


if __name__ == "__main__":
    main()
