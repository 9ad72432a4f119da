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


def case_of(request=None, **provenance):
    case = {"id": "case", "operation": "sigv4-sign", "input": copy.deepcopy(request or REQUEST),
            "compute": {}, "provenance": {"kind": "cross-checked", **provenance}}
    stages = sigv4.ANSWER["sigv4-sign"](Case("suite", case).inputs)
    case["compute"] = {name: stage.decode() for name, stage in stages.items()}
    return case


class CrossCheckTest(unittest.TestCase):
    def check(self, case, answers=None, differences=None):
        """The exit code and what was printed; `answers` are those that are not the right one."""
        def ask(name, questions):
            if name not in VERSIONS:
                raise implementations.Unusable("not here")
            given = (answers or {}).get(name, right_answer)
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
                          "fewer than two independent implementations agree")

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
        code, printed = self.check(case, answers={"node-aws4": other},
                                   differences={("suite/case", "node-aws4"): "a reason"})
        self.assertEqual(code, SCRIPT.EXIT_OK, printed)

    def test_a_known_difference_that_is_none(self):
        self.assert_wrong(case_of(agree=["awscrt 0.16.8", "botocore 1.29.27"]),
                          "node-aws4 does not differ",
                          differences={("suite/case", "node-aws4"): "a reason"})

    def test_other_signed_headers_are_another_question(self):
        def more(question):
            operation, inputs = parse_question(question)
            inputs["headers"].append((b"Accept", b"*/*"))
            return format_fields(sigv4.ANSWER[operation](inputs))
        code, printed = self.check(case_of(agree=["awscrt 0.16.8", "botocore 1.29.27"]),
                                   answers={"node-aws4": more})
        self.assertEqual(code, SCRIPT.EXIT_OK, printed)

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


if __name__ == "__main__":
    unittest.main()
