#!/usr/bin/python3
"""scripts/gate-instructions reads callgrind's profiles, and tells what is a regression.

The profiles are written by hand after "Callgrind Format Specification" of Valgrind's manual.
Valgrind does not run here: what would be counted is what a test says.
"""

import contextlib
import importlib.machinery
import importlib.util
import io
import json
import pathlib
import sys
import tempfile
import unittest
import unittest.mock

from project import ROOT

sys.dont_write_bytecode = True

PROGRAM = "/build/probe"
# Its own: main 10 + 5 + 2, Work 100 + 7 + 4, and 1 behind the library's, which are 1000.
PROFILE = """\
# callgrind format
version: 1
creator: callgrind-3.19.0
pid: 25271
cmd: /build/probe ses-password
part: 1

desc: Trigger: Program termination

positions: line
events: Ir
summary: 1129

ob=(1) /build/probe
fl=(1) probe.cc
fn=(1) main(int, char**)
16 10
+2 5
cfn=(2) Work()
calls=3 20
16 111
cob=(2) /lib/libc.so.6
cfi=(2) malloc.c
cfn=(3) malloc
calls=1 50
* 1000
-1 2

fn=(2)
20 100
fi=(3) inlined.h
5 7
fe=(1)
* 4

ob=(2)
fl=(2)
fn=(3)
50 400
* 600

ob=(1)
fl=(4) other.cc
fn=(4) operator=(int)
7 1
8

totals: 1129
"""
TOOLCHAIN = {"machine": "x86_64", "compiler": "GNU 12.2.0", "valgrind": "3.19.0"}
OTHER = {**TOOLCHAIN, "compiler": "GNU 13.1.0"}


def load_script():
    loader = importlib.machinery.SourceFileLoader("gate_instructions_script",
                                                  str(ROOT / "scripts" / "gate-instructions"))
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader(loader.name, loader))
    loader.exec_module(module)
    return module


SCRIPT = load_script()


class ProfileTest(unittest.TestCase):
    def count(self, text, program=PROGRAM):
        return SCRIPT.own_instructions(text.splitlines(keepends=True), program)

    def assert_broken(self, text, words, program=PROGRAM):
        with self.assertRaisesRegex(SCRIPT.Broken, words):
            self.count(text, program)

    def test_adds_up_what_an_object_executed_itself(self):
        self.assertEqual(self.count(PROFILE), 129)
        self.assertEqual(self.count(PROFILE, "/lib/libc.so.6"), 1000)

    def test_names_may_stand_in_full_each_time(self):
        text = PROFILE.replace("ob=(1) /build/probe", "ob=/build/probe")
        text = text.replace("ob=(1)\n", "ob=/build/probe\n")
        self.assertEqual(self.count(text), 129)

    def test_an_object_that_is_first_named_by_a_call_keeps_its_name(self):
        self.assertLess(PROFILE.index("cob=(2) /lib"), PROFILE.index("\nob=(2)\n"))
        self.assert_broken(PROFILE.replace("cob=(2) /lib/libc.so.6\n", ""), r"names \(2\) but")

    def test_a_cost_that_is_missed_is_noticed(self):
        self.assert_broken(PROFILE.replace("+2 5\n", ""), "do not add up")
        self.assert_broken(PROFILE.replace("calls=3 20\n", ""), "do not add up")
        self.assert_broken(PROFILE.replace("totals: 1129\n", ""), "do not add up")

    def test_another_kind_of_profile_is_refused(self):
        self.assert_broken(PROFILE.replace("events: Ir", "events: Ir Dr"), "another kind")
        self.assert_broken(PROFILE.replace("positions: line", "positions: instr line"),
                           "another kind")
        self.assert_broken("", "another kind")

    def test_a_profile_without_the_program_is_refused(self):
        self.assert_broken(PROFILE, "nothing of /build/another", "/build/another")


class GateTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = pathlib.Path(folder.name)
        (self.root / "bench").mkdir()
        self.baseline = self.root / "bench" / "instructions.json"

    def gate(self, now, is_update=False, toolchain=None):
        """The exit code and what was printed, where `now` is counted."""
        names = {"ROOT": self.root, "BASELINE": self.baseline,
                 "PROFILES": self.root / "profiles", "toolchain": lambda: toolchain or TOOLCHAIN,
                 "count_all": lambda: dict(now)}
        with unittest.mock.patch.multiple(SCRIPT, **names), \
                contextlib.redirect_stdout(io.StringIO()) as printed:
            code = SCRIPT.gate(is_update)
        return code, printed.getvalue()

    def test_over_2_percent_more_is_a_regression(self):
        self.gate({"some-work": 10_000, "other": 10_000}, is_update=True)
        code, printed = self.gate({"some-work": 10_201, "other": 9_000})
        self.assertEqual(code, 3)
        self.assertRegex(printed, r"some-work +10,000 +10,201 +\+2\.01 %")
        self.assertRegex(printed, r"other +10,000 +9,000 +-10\.00 %")
        self.assertIn("REGRESSION: 1 of 2 workloads", printed)
        self.assertIn("callgrind_annotate profiles/some-work.out", printed)

    def test_the_worst_is_where_to_look(self):
        self.gate({"a": 100, "b/hollow": 100, "c": 100}, is_update=True)
        printed = self.gate({"a": 103, "b/hollow": 150, "c": 110})[1]
        self.assertIn("callgrind_annotate profiles/b-hollow.out", printed)

    def test_2_percent_more_is_none(self):
        self.gate({"some-work": 10_000}, is_update=True)
        for now in 10_200, 10_000, 9_800:
            code, printed = self.gate({"some-work": now})
            self.assertEqual(code, 0)
            self.assertIn("No workload executes over 2 % more", printed)

    def test_what_became_faster_or_is_new_asks_for_an_update(self):
        self.gate({"some-work": 10_000}, is_update=True)
        for now in {"some-work": 9_700}, {"some-work": 10_000, "new": 5}:
            code, printed = self.gate(now)
            self.assertEqual(code, 0)
            self.assertIn("scripts/gate-instructions --update", printed)

    def test_what_is_gone_is_a_regression(self):
        self.gate({"some-work": 10_000}, is_update=True)
        code, printed = self.gate({"another": 10_000})
        self.assertEqual(code, 3)
        self.assertRegex(printed, r"some-work .* gone")

    def test_another_toolchain_is_not_compared(self):
        self.gate({"some-work": 10_000}, is_update=True)
        code, printed = self.gate({"some-work": 99_999}, toolchain=OTHER)
        self.assertEqual(code, 0)
        self.assertIn("NOT COMPARED", printed)
        self.assertIn("compiler GNU 13.1.0", printed)
        self.assertIn("scripts/gate-instructions --update", printed)

    def test_without_a_baseline_nothing_is_compared(self):
        code, printed = self.gate({"some-work": 10_000})
        self.assertEqual(code, 0)
        self.assertIn("NOT COMPARED", printed)

    def test_update_keeps_other_toolchains(self):
        self.gate({"some-work": 7}, is_update=True, toolchain=OTHER)
        self.gate({"some-work": 8}, is_update=True)
        self.gate({"some-work": 9}, is_update=True)
        self.assertEqual(json.loads(self.baseline.read_text(encoding="utf-8")),
                         [{"toolchain": TOOLCHAIN, "instructions": {"some-work": 9}},
                          {"toolchain": OTHER, "instructions": {"some-work": 7}}])
        self.assertEqual(list(self.baseline.parent.iterdir()), [self.baseline])

    def test_a_broken_baseline_is_no_empty_one(self):
        for text in "", "[", "{}", '[{"toolchain": {}}]', "[1]":
            self.baseline.write_text(text, encoding="utf-8")
            with self.assertRaisesRegex(SCRIPT.Broken, "bench/instructions.json"):
                self.gate({"some-work": 1})


class BaselineOfTheTreeTest(unittest.TestCase):
    def test_is_as_update_writes_it(self):
        entries = json.loads(SCRIPT.BASELINE.read_text(encoding="utf-8"))
        self.assertEqual(SCRIPT.BASELINE.read_text(encoding="utf-8"),
                         json.dumps(entries, indent=2) + "\n")
        for entry in entries:
            self.assertEqual(set(entry), {"toolchain", "instructions"})
            self.assertTrue(entry["instructions"])
            self.assertTrue(all(count > 0 for count in entry["instructions"].values()))


if __name__ == "__main__":
    unittest.main()
