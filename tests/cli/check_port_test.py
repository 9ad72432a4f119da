"""sigvet check-port: what it says of a program that is not a port yet, step by step."""

import json
import sys

from hostile import CASES, FIXTURES, GUILTY, HostileTestCase, corpus
from sigvet import SIGVET, main


class CheckPort(HostileTestCase):
    def setUp(self):
        super().setUp()
        self.one = self.write("one.yaml", corpus({GUILTY: (f'"{GUILTY}"', CASES[GUILTY])}))

    def check(self, *command, options=(), expect=1, corpus=None):
        """Checks `command`; returns what is printed, in one line."""
        ended = self.wait(self.start_command("check-port", "--corpus", corpus or self.one,
                                             *options, "--", *command))
        self.assertEqual(ended.code, expect, ended.out + ended.err)
        self.assertNotIn("\x1b", ended.out + ended.err)
        return " ".join(ended.out.split())

    def check_fixture(self, fixture, *arguments, **options):
        return self.check(sys.executable, "-B", FIXTURES / fixture, *arguments, self.token,
                          **options)

    def test_a_good_port(self):
        said = self.check_fixture("honest.py", expect=0, corpus=self.corpus)
        self.assertNotIn("BAD", said)
        self.assertIn("hostile 1.0 (Python, none)", said)
        self.assertIn("ok greets: hostile 1.0 (Python, none) ok answers base64-encode: "
                      "well-formed, with every stage", said)
        self.assertNotIn("not run", said)
        self.assertTrue(said.endswith("6 passed, 0 failed"), said)

    def test_crlf_is_accepted(self):
        self.assertNotIn("BAD", self.check_fixture("crlf.py", expect=0))

    def test_no_greeting(self):
        said = self.check_fixture("not_flushed.py", "ready")
        self.assertIn("BAD greets", said)
        self.assertTrue(said.endswith("its cases were not run"), said)
        self.assertIn("flush", said)

    def test_no_answer(self):
        said = self.check_fixture("not_flushed.py")
        self.assertIn("ok greets", said)
        self.assertIn("BAD answers base64-encode", said)
        self.assertIn("flush", said)

    def test_a_debug_line(self):
        for where in ("before-ready", "before", "instead"):
            with self.subTest(where=where):
                said = self.check_fixture("prints_garbage.py", where)
                self.assertIn("BAD greets" if where == "before-ready" else "BAD answers", said)
                self.assertIn("= us-east-1", said)
                self.assertIn("standard error", said)

    def test_a_wrong_id(self):
        for arguments in ((), ("missing",), ("number",)):
            with self.subTest(arguments=arguments):
                said = self.check_fixture("wrong_id.py", *arguments)
                self.assertRegex(said, r"BAD answers base64-encode.*\bid\b")

    def test_a_wrong_type(self):
        for what in ("number", "list", "string", "null", "nothing", "both", "bad-base64", "empty"):
            with self.subTest(what=what):
                said = self.check_fixture("wrong_type.py", what)
                self.assertIn("BAD answers base64-encode", said)

    def test_an_answer_twice(self):
        self.assertIn("answered twice", self.check_fixture("answers_twice.py"))

    def test_a_death_shows_standard_error(self):
        said = self.check_fixture("dies_on_one_case.py", "SIGSEGV")
        self.assertIn("killed by SIGSEGV", said)
        self.assertIn("about to die, says the port", said)

    def test_does_not_end(self):
        said = self.check_fixture("ignores_the_end.py", expect=0)
        self.assertIn("does not end when its standard input closes", said)

    def test_an_unknown_operation(self):
        said = self.check_fixture("wrong_greeting.py", "unknown-operation", expect=0)
        self.assertIn("note declares md5", said)

    def test_no_operation(self):
        self.assertIn("BAD declares no operation",
                      self.check_fixture("wrong_greeting.py", "no-operations"))

    def test_a_wrong_protocol(self):
        self.assertIn("protocol", self.check_fixture("wrong_greeting.py", "protocol"))

    def test_a_wrong_answer_is_found_by_the_run(self):
        said = self.check_fixture("shows_its_environment.py")
        self.assertIn("ok answers base64-encode", said)
        self.assertIn("wrong text", said)
        self.assertIn(f"show sigvet show rfc/{GUILTY} --corpus {self.one}", said)
        self.assertNotIn("repeat", said)

    def test_a_backslash_is_escaped_once(self):
        said = self.check("printf", "%s", r"C:\port")
        self.assertIn(r": C:\\port", said)

    def test_reports(self):
        report = self.folder / "run.json"
        options = ("--report", f"json={report}")
        ended = self.wait(self.start_command("check-port", "--corpus", self.corpus, *options, "--",
                                             sys.executable, "-B", FIXTURES / "honest.py"))
        self.assertEqual(ended.code, 0, ended.out + ended.err)
        self.assertEqual(ended.report["totals"], {"passed": 6, "failed": 0, "skipped": 0})
        self.assertEqual(ended.report["context"]["corpus_paths"], [str(self.corpus)])
        self.assertTrue(ended.report["context"]["system"])
        self.check("false", options=options)
        problems = json.loads(report.read_text())["problems"]
        self.assertEqual(len(problems), 1)
        self.assertIn("greets: can't start: exit code 1", problems[0]["message"])

    def test_a_report_on_stdout_is_alone_there(self):
        ended = self.wait(self.start_command("check-port", "--corpus", self.corpus, "--report",
                                             "json=-", "--", sys.executable, "-B",
                                             FIXTURES / "honest.py"))
        self.assertEqual(json.loads(ended.out)["totals"]["passed"], 6)
        self.assertIn("greets: hostile 1.0", ended.err)
        self.assertIn("6 passed, 0 failed", ended.err)

    def test_no_such_program(self):
        self.assertIn("BAD", self.check(self.folder / "nothing"))

    def test_exec(self):
        options = ("--exec", "--op", "ses-smtp-password", "--secret", "stdin", "--filter",
                   "ses/regions/us-*")
        command = (sys.executable, "-B", FIXTURES / "exec_port.py", "{region}")
        vectors = FIXTURES.parents[1] / "vectors/ses/regions.yaml"
        said = self.check(*command, "honest", options=options, expect=0, corpus=vectors)
        self.assertIn("note asks version 4 alone: {region} but no {version} among the arguments ok "
                      "answers ses-smtp-password, version 4: its output, 44 bytes, is taken as the "
                      "password", said)
        said = self.check(*command, "dies", options=options, corpus=vectors)
        self.assertIn("killed by SIGKILL", said)
        said = self.check(*command, "always-dies", options=options, corpus=vectors)
        self.assertIn("BAD answers ses-smtp-password", said)
        self.assertIn("killed by SIGKILL", said)

    def test_exec_asks_the_versions_that_it_is_told(self):
        vectors = FIXTURES.parents[1] / "vectors/ses/published.yaml"
        options = ("--exec", "--op", "ses-smtp-password", "--filter", "ses/published/*v2*")
        command = (SIGVET, "password", "--version", "2")
        said = self.check(*command, options=(*options, "--version", "2"), expect=0, corpus=vectors)
        self.assertIn("note asks version 2 alone: as --version says", said)
        self.assertNotIn("version 4", said)
        said = self.check(SIGVET, "password", "--version", "{version}", "--region", "{region}",
                          options=options, expect=0, corpus=vectors)
        self.assertNotIn("alone", said)
        said = self.check(*command, "{region}", options=options, corpus=vectors)
        self.assertIn("BAD is asked nothing", said)
        self.assertIn("does not do version 2", said)
        self.assertTrue(said.endswith("its cases were not run"), said)


if __name__ == "__main__":
    main()
