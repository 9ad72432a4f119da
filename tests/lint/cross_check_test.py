#!/usr/bin/python3
"""scripts/cross-check finds what it is there for: cases that claim what is not so.

The implementations are stand-ins that answer with the check's own Python, or with what a test says.
"""

import contextlib
import copy
import importlib.machinery
import importlib.util
import io
import sys
import unittest
import unittest.mock

from project import ROOT

sys.path.insert(0, str(ROOT / "scripts" / "cross_check"))

import implementations  # noqa: E402
import sigv4  # noqa: E402
from cases import Case  # noqa: E402
from protocol import format_fields, parse_question  # noqa: E402

VERSIONS = {"CPython": "CPython 3.11.2, OpenSSL", "awscrt": "awscrt 0.16.8",
            "botocore": "botocore 1.29.27", "node-aws4": "node-aws4 1.11.0"}
REQUEST = {
    "access_key_id": "AKIDEXAMPLE", "secret": "synthetic-secret", "region": "us-east-1",
    "service": "service", "timestamp": "20150830T123600Z", "method": "GET", "path": "/",
    "headers": [["Host", "example.amazonaws.com"]],
}
TRAILER = {
    "secret": "synthetic-secret", "region": "us-east-1", "service": "s3",
    "timestamp": "20150830T123600Z", "prior_signature": "0" * 64, "trailers": [["x-a", "1"]],
}


def load_script():
    loader = importlib.machinery.SourceFileLoader("cross_check_script",
                                                  str(ROOT / "scripts" / "cross-check"))
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader(loader.name, loader))
    loader.exec_module(module)
    return module


SCRIPT = load_script()


def right_answer(question):
    operation, inputs = parse_question(question)
    return format_fields(sigv4.ANSWER[operation](inputs))


def case_of(operation="sigv4-sign", request=None, **provenance):
    case = {"id": "case", "operation": operation, "input": copy.deepcopy(request or REQUEST),
            "compute": {}, "provenance": {"kind": "cross-checked", **provenance}}
    stages = sigv4.ANSWER[operation](parse_question(Case("suite", case).question)[1])
    case["compute"] = {name: stage.decode() for name, stage in stages.items()}
    return case


class CrossCheckTest(unittest.TestCase):
    def check(self, case, answers=None, differences=None):
        """The exit code and what was printed; `answers` are those that are not the right one."""
        def ask(name, questions):
            if name not in VERSIONS:
                raise implementations.Absent("not here")
            given = (answers or {}).get(name, right_answer)
            if isinstance(given, Exception):
                raise given
            return VERSIONS[name], [given(question) for question in questions]

        original, implementations.ask = implementations.ask, ask
        try:
            check = SCRIPT.Check([Case("suite", case)], differences or {})
            with contextlib.redirect_stdout(io.StringIO()) as printed:
                check.ask_all()
                check.print_table()
                check.excuse_known_differences()
                return check.report(), printed.getvalue()
        finally:
            implementations.ask = original

    def assert_wrong(self, case, reason, **more):
        code, printed = self.check(case, **more)
        self.assertEqual(code, SCRIPT.EXIT_WRONG, printed)
        self.assertIn(reason, printed)

    def test_two_signers_verify_a_request(self):
        code, printed = self.check(case_of(agree=["awscrt 0.16.8", "botocore 1.29.27"]))
        self.assertEqual(code, SCRIPT.EXIT_OK, printed)
        self.assertIn("1 cases verified", printed)

    def test_one_signer_and_python_are_not_enough(self):
        self.assert_wrong(case_of(agree=["awscrt 0.16.8", "CPython 3.11 hmac"]),
                          "fewer than two signers of others agree")

    def test_a_link_of_a_chain_needs_a_signer_and_one_more(self):
        own = "CPython 3.11 hmac"
        for agree, reason in [([own, "Perl 5.36 Digest::SHA"], "no signer of others agrees"),
                              (["botocore 1.29.27"], "fewer than two independent")]:
            with self.subTest(agree=agree):
                self.assert_wrong(case_of("sigv4-trailer", TRAILER, agree=agree), reason)
        case = case_of("sigv4-trailer", TRAILER, agree=["botocore 1.29.27", own])
        code, printed = self.check(case)
        self.assertEqual(code, SCRIPT.EXIT_OK, printed)
        # One of two signers and Python are no verification of a request.
        code, printed = self.check(case_of(agree=["botocore 1.29.27", "minio-go 7.0.46", own]))
        self.assertEqual(code, SCRIPT.EXIT_NOT_VERIFIED, printed)

    def test_a_signer_that_is_installed_and_fails(self):
        self.assert_wrong(case_of(agree=["awscrt 0.16.8", "botocore 1.29.27"]),
                          "node-aws4: installed, and fails: a reason",
                          answers={"node-aws4": implementations.Broken("a reason")})

    def test_a_signer_that_is_named_and_gives_no_answer(self):
        self.assert_wrong(case_of(agree=["awscrt 0.16.8", "botocore 1.29.27"]),
                          "names botocore, which gives no answer",
                          answers={"botocore": lambda _: "unsupported another question"})

    def test_a_signer_that_is_named_and_disagrees(self):
        def other(question):
            return right_answer(question.replace(b"service".hex(), b"another".hex()))
        self.assert_wrong(case_of(agree=["awscrt 0.16.8", "botocore 1.29.27"]),
                          "suite/case: botocore 1.29.27:", answers={"botocore": other})

    def test_a_signer_that_is_not_named_and_disagrees(self):
        def other(question):
            return right_answer(question.replace(b"service".hex(), b"another".hex()))
        case = case_of(agree=["awscrt 0.16.8", "botocore 1.29.27"])
        self.assert_wrong(case, "suite/case: node-aws4 1.11.0:", answers={"node-aws4": other})
        parsed = Case("suite", case)
        gives = parsed.signature_in(other(parsed.question)).decode()
        known = {("suite/case", "node-aws4"): SCRIPT.Difference(gives, "a reason")}
        code, printed = self.check(case, answers={"node-aws4": other}, differences=known)
        self.assertEqual(code, SCRIPT.EXIT_OK, printed)
        for garbage in (format_fields({"signature": "garbage"}), "refused"):
            self.assert_wrong(case, f"node-aws4 is known to give {gives}", differences=known,
                              answers={"node-aws4": lambda _, garbage=garbage: garbage})

    def test_a_known_difference_that_is_none(self):
        self.assert_wrong(case_of(agree=["awscrt 0.16.8", "botocore 1.29.27"]),
                          "node-aws4 does not differ",
                          differences={("suite/case", "node-aws4"):
                                       SCRIPT.Difference("0" * 64, "a reason")})

    def test_other_signed_headers_are_another_question(self):
        def more(question):
            operation, inputs = parse_question(question)
            inputs["headers"].append((b"Accept", b"*/*"))
            return format_fields(sigv4.ANSWER[operation](inputs))
        code, printed = self.check(case_of(agree=["awscrt 0.16.8", "botocore 1.29.27"]),
                                   answers={"node-aws4": more})
        self.assertEqual(code, SCRIPT.EXIT_OK, printed)
        self.assertIn("as it signed headers of its own: 1 (accept)", printed)

    def test_headers_left_out_are_counted(self):
        def less(question):
            operation, inputs = parse_question(question)
            inputs["headers"] = [pair for pair in inputs["headers"] if pair[0] != b"Accept"]
            return format_fields(sigv4.ANSWER[operation](inputs))
        request = {**REQUEST, "headers": [*REQUEST["headers"], ["Accept", "*/*"]]}
        case = case_of(request=request, agree=["awscrt 0.16.8", "botocore 1.29.27"])
        code, printed = self.check(case, answers={"node-aws4": less})
        self.assertEqual(code, SCRIPT.EXIT_OK, printed)
        self.assertIn("as it left out headers that it was given: 1 (accept)", printed)

    def test_stages_that_do_not_follow_from_one_another(self):
        for name, value in [("canonical_request", "GET\n/other"), ("signature", "0" * 64),
                            ("string_to_sign", "AWS4-HMAC-SHA256")]:
            with self.subTest(stage=name):
                case = case_of(agree=["awscrt 0.16.8", "botocore 1.29.27"])
                case["compute"][name] = value
                self.assertIsNotNone(Case("suite", case).broken_link())

    def test_nothing_that_it_names_is_installed(self):
        code, printed = self.check(case_of(agree=["aws-sigv4 1.5.1", "aws-sdk-go-v2 1.17.1"]))
        self.assertEqual(code, SCRIPT.EXIT_NOT_VERIFIED, printed)

    def test_another_version_is_said(self):
        _, printed = self.check(case_of(agree=["awscrt 0.17.0", "botocore 1.29.27"]))
        self.assertIn("another version than the corpus names: awscrt 0.17.0", printed)

    def test_observations_of_a_contested_case(self):
        case = case_of()
        own, other = case["compute"]["signature"], "0" * 64
        case["provenance"] = {"kind": "contested", "observed": [
            {"signature": own, "by": ["awscrt 0.16.8", "node-aws4 1.11.0"]},
            {"signature": other, "by": ["botocore 1.29.27"]}]}
        answers = {"botocore": lambda _: format_fields({"signature": other})}
        code, printed = self.check(case, answers=answers)
        self.assertEqual(code, SCRIPT.EXIT_OK, printed)
        self.assert_wrong(case, "suite/case: botocore")
        del case["provenance"]["observed"][1]
        self.assert_wrong(case, "is not in `observed`", answers=answers)

    def test_a_refusal_that_is_signed(self):
        case = case_of()
        del case["compute"]
        case["refuse"] = "A reason."
        case["provenance"] = {"kind": "derived", "source": "A rule."}
        self.assert_wrong(case, "computes what the case refuses")


class AskTest(unittest.TestCase):
    """Programs that are not installed, and programs that are and fail."""

    def ask(self, code, library="pass"):
        python = [sys.executable, "-c"]
        program = ([sys.executable], lambda _folder: [*python, code], [*python, library])
        with unittest.mock.patch.dict(implementations.ALL, {"program": program}):
            return implementations.ask("program", ["a question", "another"])

    def test_answers(self):
        self.assertEqual(self.ask("print('program 1.0\\na\\nb')"), ("program 1.0", ["a", "b"]))

    def test_its_library_is_not_installed(self):
        with self.assertRaisesRegex(implementations.Absent, "its library is not installed"):
            self.ask("print('program 1.0\\na\\nb')", library="raise SystemExit(1)")

    def test_it_is_not_installed(self):
        program = (["no-such-program"], None)
        with unittest.mock.patch.dict(implementations.ALL, {"program": program}), \
                self.assertRaisesRegex(implementations.Absent, "no-such-program not found"):
            implementations.ask("program", [])

    def test_it_crashes(self):
        with self.assertRaisesRegex(implementations.Broken, "ValueError: the last line"):
            self.ask("print('program 1.0\\na\\nb'); raise ValueError('the last line')")

    def test_it_answers_too_little(self):
        with self.assertRaisesRegex(implementations.Broken, "1 answers to 2 questions"):
            self.ask("print('program 1.0\\na')")


if __name__ == "__main__":
    unittest.main()
