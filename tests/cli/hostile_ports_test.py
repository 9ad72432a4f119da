"""Ports that break the protocol: the case that is to blame, and no other."""

import json
import sys

from hostile import (CASES, GUILTY, SHORT_MS, HostileTestCase, corpus, large_cases,
                     many_cases)
from sigvet import ROOT, main

BOTH = (1, 32)


class Silence(HostileTestCase):
    def hang(self, *arguments):
        for in_flight in BOTH:
            with self.subTest(in_flight=in_flight):
                ended = self.run_port("hangs_on_one_case.py", *arguments, in_flight=in_flight,
                                      answer_ms=SHORT_MS)
                self.assert_guilty(ended, "error", "^timeout: no answer within ")

    def test_hangs_on_one_case(self):
        self.hang()

    def test_ignores_term(self):
        self.hang("ignores-term")

    def test_is_stopped(self):
        self.hang("stops")

    def test_a_late_answer_is_not_taken(self):
        self.hang("late")

    def test_hangs_at_start(self):
        ended = self.run_port("hangs_at_start.py", start_ms=SHORT_MS)
        self.assert_never_started(ended, "can't start")

    def test_does_not_flush_its_answers(self):
        two = {name: (f'"{name}"', CASES[name]) for name in ("f", "fo")}
        ended = self.run_port("not_flushed.py", answer_ms=SHORT_MS,
                              corpus=self.write("two.yaml", corpus(two)))
        for case in two:
            result = self.assert_result(ended, case, "error", "^timeout: ")
            self.assertIn("flush", result["hint"])

    def test_does_not_flush_its_greeting(self):
        ended = self.run_port("not_flushed.py", "ready", start_ms=SHORT_MS)
        self.assert_never_started(ended, "can't start")
        self.assertIn("flush", ended.problems())

    def test_does_not_read(self):
        two = self.write("large.yaml", corpus(large_cases(2, 200_000)))
        ended = self.run_port("reads_slowly.py", "never", in_flight=32, answer_ms=SHORT_MS,
                              corpus=two)
        for case in ("large-0", "large-1"):
            self.assert_result(ended, case, "error", "^timeout: ")

    def test_reads_slowly(self):
        ten = self.write("large.yaml", corpus(large_cases(10, 100_000)))
        for in_flight in BOTH:
            self.run_port("reads_slowly.py", in_flight=in_flight, expect=0, corpus=ten)

    def test_does_not_end(self):
        for arguments in ((), ("ignores-term",)):
            self.run_port("ignores_the_end.py", *arguments, expect=0)


class Death(HostileTestCase):
    def test_dies_on_one_case(self):
        for how, reason in (("SIGSEGV", "^crash: killed by SIGSEGV"),
                            ("SIGKILL", "^crash: killed by SIGKILL"),
                            ("3", "^crash: exit code 3"),
                            ("0", "^crash: exit code 0 before it answered")):
            for in_flight in BOTH:
                with self.subTest(how=how, in_flight=in_flight):
                    ended = self.run_port("dies_on_one_case.py", how, in_flight=in_flight)
                    result = self.assert_guilty(ended, "error", reason)
                    self.assertEqual(result["stderr"], "about to die, says the port\n")
                    self.assertIn("about to die, says the port", ended.out)

    def test_a_death_that_is_known(self):
        known = f"""\
known_failures:
  - case: "rfc/{GUILTY}"
    reason: "killed by SIGSEGV"
"""
        ended = self.run_port("dies_on_one_case.py", "SIGSEGV", more=known, expect=0)
        self.assert_guilty(ended, "expected-fail", "SIGSEGV")

    def test_dies_always(self):
        most = 6  # five restarts
        for in_flight in BOTH:
            with self.subTest(in_flight=in_flight):
                ended = self.run_port("dies_always.py", in_flight=in_flight,
                                      corpus=ROOT / "vectors/primitives/base64-encode.yaml")
                results = list(ended.results().values())
                self.assertGreater(len(results), most)
                for number, result in enumerate(results):
                    begin = "crash: exit code 9" if number < most else "not run: "
                    self.assertTrue(result["reason"].startswith(begin), result)
                self.assertRegex(ended.problems(), "gave up after 5 restarts")
                self.assertIn("no such library, says the port", ended.out)

    def test_dies_before_it_is_ready(self):
        for when in ("before-ready", "at-once"):
            with self.subTest(when=when):
                ended = self.run_port("dies_always.py", when)
                self.assert_never_started(ended, "can't start.* exit code 9")
        self.run_port("dies_always.py", "before-ready")
        self.assertIn("no such library, says the port", (self.folder / "out").read_text())

    def test_exits_after_an_answer(self):
        """No case is to blame, as a fresh process answers it; but the run fails."""
        ended = self.run_port("exits_early.py")
        for case in CASES:
            self.assert_result(ended, case, "pass")
        self.assertIn("died 5 times while cases were pending", ended.problems())
        self.assertIn("exit code 0 before it answered", ended.problems())

    def test_half_a_line_and_the_end(self):
        for in_flight in BOTH:
            ended = self.run_port("half_a_line.py", in_flight=in_flight)
            self.assert_guilty(ended, "error", "^crash: exit code 0 before it answered")

    def test_half_a_line_and_silence(self):
        for in_flight in BOTH:
            ended = self.run_port("half_a_line.py", "hangs", in_flight=in_flight,
                                  answer_ms=SHORT_MS)
            result = self.assert_guilty(ended, "error", "^timeout: ")
            self.assertIn("no line break", result["hint"])

    def test_half_a_greeting(self):
        ended = self.run_port("half_a_line.py", "ready", start_ms=SHORT_MS)
        self.assert_never_started(ended, "can't start")

    def test_closes_standard_input(self):
        for in_flight in BOTH:
            ended = self.run_port("closes_a_stream.py", "stdin", in_flight=in_flight,
                                  answer_ms=SHORT_MS)
            # Where nothing is sent any more, nobody can tell that it does not listen.
            self.assert_guilty(ended, "error", "^timeout: |^crash: closed its standard input")

    def test_closes_standard_input_early(self):
        for in_flight in BOTH:
            ended = self.run_port("closes_a_stream.py", "early-stdin", in_flight=in_flight)
            self.assert_never_started(ended, "can't start: closed its standard input")

    def test_closes_standard_output(self):
        for in_flight in BOTH:
            ended = self.run_port("closes_a_stream.py", "stdout", in_flight=in_flight)
            self.assert_guilty(ended, "error", "^crash: closed its standard output")


class Babble(HostileTestCase):
    def guilty_line(self, *arguments, reason="^protocol error: ", **options):
        """The case that it is about is a protocol error, however many were pending."""
        for in_flight in BOTH:
            with self.subTest(arguments=arguments, in_flight=in_flight):
                ended = self.run_port(*arguments, in_flight=in_flight)
                result = self.assert_guilty(ended, "error", reason, **options)
        return ended, result

    def test_a_debug_line(self):
        for where in ("before", "instead", "late"):
            ended, result = self.guilty_line("prints_garbage.py", where)
            self.assertIn("= us-east-1", result["reason"])
            self.assertIn("standard error", result["hint"])
            self.assertIn("standard error", ended.out)

    def test_a_debug_line_before_it_is_ready(self):
        ended = self.run_port("prints_garbage.py", "before-ready")
        self.assert_never_started(ended, "can't start")
        self.assertIn("= us-east-1", ended.problems())
        self.assertIn("standard error", ended.problems())

    def test_nothing_but_debug_lines(self):
        """A second one with no answer since may belong to the first: each costs a fresh process."""
        many = self.write("many.yaml", corpus(many_cases(30)))
        for in_flight in BOTH:
            ended = self.run_port("prints_garbage.py", "always", corpus=many, in_flight=in_flight)
            reasons = [result["reason"] for result in ended.results().values()]
            self.assertEqual([r.split(": ")[0] for r in reasons[:5]], ["protocol error"] * 5)
            self.assertTrue(reasons[-1].startswith("not run: gave up after 5 restarts"), reasons[-1])
            self.assertIn("= us-east-1", ended.problems())

    def test_more_debug_lines_than_are_borne(self):
        many = self.write("many.yaml", corpus(many_cases(30)))
        ended = self.run_port("prints_garbage.py", "before-each", corpus=many)
        reasons = [result.get("reason", "") for result in ended.results().values()]
        self.assertGreaterEqual(sum(r.startswith("protocol error: ") for r in reasons), 20)
        self.assertTrue(reasons[-1].startswith("not run: "), reasons[-1])
        self.assertIn("more than 20 lines that are no answers", ended.problems())

    def test_an_answer_that_nobody_asked_for(self):
        self.guilty_line("prints_garbage.py", "unasked", case="f")

    def test_invalid_utf8(self):
        self.guilty_line("invalid_utf8.py")

    def test_a_wrong_id(self):
        for arguments in ((), ("missing",), ("number",)):
            self.guilty_line("wrong_id.py", *arguments)

    def test_an_answer_twice(self):
        for arguments in ((), ("at-end",)):
            self.guilty_line("answers_twice.py", *arguments, reason="answered twice")

    def test_wrong_types(self):
        for what in ("number", "list", "string", "null", "nothing", "both", "bad-base64", "empty"):
            self.guilty_line("wrong_type.py", what)

    def test_lists_in_lists(self):
        self.guilty_line("deep_json.py")
        ended = self.run_port("deep_json.py", "ready")
        self.assert_never_started(ended, "can't start")


class NotThere(HostileTestCase):
    NEEDS = """\
needs:
  - program: "sigvet-has-no-such-program"
    package: "no-such-package"
"""

    def test_its_toolchain_is_not(self):
        folder = self.port("honest.py", more=self.NEEDS)
        ended = self.run_ports("--port", folder)
        for word in ("sigvet-has-no-such-program", "no-such-package"):
            self.assertIn(word, ended.problems())
        self.assertEqual(ended.results(), {})

    def test_its_toolchain_is_not_among_others(self):
        folder = self.port("honest.py", port_id="lacking", more=self.NEEDS).parent
        self.port("honest.py")
        ended = self.run_ports("--ports", folder, expect=0)
        lacking = next(s for s in ended.report["subjects"] if s["id"] == "lacking")
        self.assertIn("no-such-package", lacking["unavailable_because"])
        self.assertEqual(len(ended.results()), len(CASES))

    def test_none_of_all_is(self):
        folder = self.port("honest.py", more=self.NEEDS).parent
        self.assertTrue(self.run_ports("--ports", folder).report["problems"])

    def test_its_program_is_not(self):
        folder = self.port("honest.py")
        manifest = folder / "port.yaml"
        manifest.write_text(manifest.read_text().replace(sys.executable, "./no-such-program"))
        for option, value in (("--port", folder), ("--ports", folder.parent)):
            ended = self.run_ports(option, value)
            self.assert_never_started(ended, "can't start.*no-such-program")

    def test_it_can_not_be_built(self):
        program = [sys.executable, "-c", "import sys; sys.exit('no compiler, says the build')"]
        folder = self.port("honest.py", more=f"build: {json.dumps(program)}\n")
        cache = {"XDG_CACHE_HOME": str(self.folder / "cache")}
        for option, value in (("--port", folder), ("--ports", folder.parent)):
            ended = self.run_ports(option, value, environment=cache)
            self.assertIn("no compiler, says the build", ended.problems())

    def test_there_is_no_such_port(self):
        self.port("honest.py")  # `ports` is where an id is looked for
        for named in ("no-such-port", self.folder / "nothing"):
            ended = self.run_ports("--port", named, expect=2)
            self.assertIn(str(named), ended.err)


class Greeting(HostileTestCase):
    def test_what_is_not_accepted(self):
        for what, why in (("protocol", "protocol"),
                          ("no-operations", "base64-encode"),
                          ("other-operations", "base64-encode|sha256"),
                          ("more-operations", "sha256"),
                          ("unknown-operation", "md5")):
            with self.subTest(what=what):
                ended = self.run_port("wrong_greeting.py", what)
                self.assert_never_started(ended, f"can't start.*({why})")

    def test_more_cases_at_once_than_are_sent(self):
        self.run_port("wrong_greeting.py", "too-many", expect=0)

    def test_a_run_without_a_case_fails(self):
        folder = self.port("honest.py")
        ended = self.run_ports("--port", folder,
                               corpus=ROOT / "vectors/primitives/sha256.yaml")
        self.assertEqual({r["verdict"] for r in ended.report["results"]}, {"skip"})
        self.assertTrue(ended.report["problems"])

    def test_an_operation_that_is_required(self):
        folder = self.port("honest.py")
        self.run_ports("--port", folder, "--require-op", "base64-encode", expect=0)
        ended = self.run_ports("--port", folder, "--require-op", "sha256")
        self.assertIn("sha256", ended.problems())


class Allowed(HostileTestCase):
    def test_honest(self):
        for in_flight in BOTH:
            self.run_port("honest.py", in_flight=in_flight, expect=0)

    def test_any_order(self):
        self.run_port("random_order.py", in_flight=32, expect=0)
        many = self.write("many.yaml", corpus(many_cases(100)))
        for in_flight in (3, 32):
            self.run_port("random_order.py", in_flight=in_flight, expect=0, corpus=many)

    def test_crlf(self):
        self.run_port("crlf.py", expect=0)


class Fickle(HostileTestCase):
    def test_changes_its_answer(self):
        ended = self.run_port("changes_its_answer.py", run=("--repeat", "3"))
        self.assert_guilty(ended, "fail", "^flaky: ")

    def test_remembers_the_case_before(self):
        self.run_port("changes_its_answer.py", "remembers", expect=0)
        ended = self.run_port("changes_its_answer.py", "remembers", run=("--repeat", "5"))
        self.assert_guilty(ended, "fail", "^flaky: ")

    def test_the_same_each_time(self):
        self.run_port("honest.py", run=("--repeat", "3"), in_flight=32, expect=0)


if __name__ == "__main__":
    main()
