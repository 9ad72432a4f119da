#!/usr/bin/python3
"""Holds check_vectors.py and the schema to the loader: what that refuses they refuse, and what it takes
they take. tests/corpora has files of both kinds."""

import pathlib
import tempfile
import unittest

import check_vectors
from project import ROOT

CORPORA = ROOT / "tests" / "corpora"
# The loader reads bytes and counts; neither YAML's events nor a schema can tell.
LEFT_TO_THE_LOADER = {
    "bytes-byte-order-mark", "bytes-carriage-return", "bytes-control-c1", "input-base64-trailing-bits",
    "input-repeat-too-long", "top-suite-after-cases", "top-synthetic-after-cases",
}
# {hex: ...} may be upper-case for the loader, but not in vectors/.
STRICTER = {"operations", "strings"}

SIGNATURES = ["0" * 64, "1" * 64]
CONTESTED = (CORPORA / "good" / "contested.yaml").read_text(encoding="utf-8")


class CheckVectors(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.validator = check_vectors.make_validator()

    def problems(self, text, suite):
        with tempfile.NamedTemporaryFile("w", suffix=".yaml", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            return check_vectors.check_file(pathlib.Path(file.name), suite, self.validator)[0]

    def test_takes_what_the_loader_takes(self):
        for path in sorted((CORPORA / "good").glob("*.yaml")):
            problems, _ = check_vectors.check_file(path, f"good/{path.stem}", self.validator)
            self.assertEqual(bool(problems), path.stem in STRICTER, f"{path.name}: {problems}")

    def test_refuses_what_the_loader_refuses(self):
        for path in sorted((CORPORA / "bad").glob("*.yaml")):
            try:
                document = path.read_text(encoding="utf-8")
                suite = next((line.split('"')[1] for line in document.splitlines()
                              if line.startswith('suite: "')), "")
                problems, _ = check_vectors.check_file(path, suite, self.validator)
            except UnicodeDecodeError as error:
                problems = [error]
            self.assertEqual(bool(problems), path.stem not in LEFT_TO_THE_LOADER,
                             f"{path.name}: {problems}")

    def test_contested_cases_stand_by_themselves(self):
        self.assertEqual(self.problems(CONTESTED, "good/contested"), [])
        elsewhere = self.problems(CONTESTED.replace('"good/contested"', '"good/events"'), "good/events")
        self.assertEqual(len(elsewhere), 2)
        self.assertIn("stand in a suite named contested", elsewhere[0])
        others = (CORPORA / "good" / "sigv4.yaml").read_text(encoding="utf-8")
        among = self.problems(others.replace('"good/sigv4"', '"contested"'), "contested")
        self.assertIn("stand in a suite named contested", among[0])

    def test_says_what_is_wrong_with_an_observation(self):
        for old, new, message in (
                (f'signature: "{SIGNATURES[1]}"\n', f'signature: "{"2" * 64}"\n', "nobody was observed"),
                (f'{{signature: "{SIGNATURES[0]}"', f'{{signature: "{SIGNATURES[1]}"', "observed twice"),
                ('"two 2.0"', '"one 1.0"', "one 1.0 gives two signatures")):
            problems = self.problems(CONTESTED.replace(old, new), "good/contested")
            self.assertTrue(any(message in problem for problem in problems), (message, problems))


if __name__ == "__main__":
    unittest.main()
