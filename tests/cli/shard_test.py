"""sigvet run --shard, and sigvet merge: shards, joined, give the report of one run."""

import json
import os
import random
import shutil
import subprocess

from sigvet import BAD_CASE, GOOD_CASE, ROOT, SIGVET, TestCase, main

SUITE = ROOT / "tests/suites/good"
SAMPLES = ROOT / "ports/samples"
PYTHON_SAMPLES = ["empty-body-hash", "python-0x2"]
PORT = """\
sigvet: 1
id: "always-wrong"
language: "Shell"
mode: "exec"
ops: ["sigv4-signing-key"]
secret: "stdin"
start: ["echo", "wrong"]
"""


class Sharded(TestCase):
    def shard(self, index, count, *options, expect=None, environment=None):
        """The path of a shard's report; where `expect` is None the run may fail or not."""
        path = self.folder / f"part-{index}-of-{count}.json"
        done = subprocess.run(
            [SIGVET, "run", *map(str, options), "--shard", f"{index}/{count}", "--report",
             f"json={path}", "--quiet"], capture_output=True, timeout=300, check=False,
            env={"PATH": os.environ["PATH"], "COLUMNS": "80", **(environment or {})})
        text = done.stdout.decode() + done.stderr.decode()
        self.assertIn(done.returncode, (0, 1) if expect is None else (expect,), text)
        return path

    def merge(self, parts, expect):
        merged = self.folder / "merged.json"
        self.sigvet("merge", *parts, "--report", f"json={merged}", expect=expect)
        return json.loads(merged.read_text())

    def without_times(self, report):
        self.assertRegex(report["context"].pop("started_at"), "^20[0-9-]+T[0-9:]+Z$")
        self.assertGreaterEqual(report["context"].pop("elapsed_ms"), 0)
        # Each shard searches as long for what no defect explains as a whole run does.
        report.pop("not_searched", None)
        return report

    def check_same(self, *options, counts=(1, 2, 3, 5, 60), expect=0, environment=None):
        """Merging gives what one run gives, in every way of sharding; returns that."""
        one = self.folder / "one.json"
        self.sigvet("run", *options, "--report", f"json={one}", expect=expect, timeout=300,
                    environment=environment)
        whole = self.without_times(json.loads(one.read_text()))
        for count in counts:
            parts = [self.shard(i, count, *options, environment=environment)
                     for i in range(1, count + 1)]
            random.Random(count).shuffle(parts)
            merged = self.without_times(self.merge(parts, expect))
            for member, value in whole.items():
                self.assertEqual(merged[member], value, f"{member} of {count} shards")
            self.assertEqual(merged, whole)
        return whole


class Shard(Sharded):
    def test_every_backend_over_the_built_in_corpus(self):
        whole = self.check_same()
        self.assertGreater(len(whole["cases"]), 900)
        self.assertGreater(whole["corpus"]["contested_left_out"], 0)

    def test_every_case_is_in_one_shard(self):
        parts = [json.loads(self.shard(i, 4, "--backend", "builtin", expect=0).read_text())
                 for i in range(1, 5)]
        cases = [case["case"] for part in parts for case in part["cases"]]
        self.assertEqual(len(cases), len(set(cases)))
        one = self.folder / "one.json"
        self.sigvet("run", "--backend", "builtin", "--report", f"json={one}")
        whole = json.loads(one.read_text())
        self.assertEqual(sorted(cases), sorted(case["case"] for case in whole["cases"]))
        for index, part in enumerate(parts):
            self.assertEqual(part["context"]["shard"], {"index": index + 1, "count": 4})
            self.assertEqual(part["corpus"]["digest"], whole["corpus"]["digest"])
            self.assertEqual(part["corpus"]["files"], whole["corpus"]["files"])
            # Files are what is dealt, so that the shards are not equally large.
            self.assertGreater(len(part["cases"]), len(cases) / 20)

    def test_files_and_an_imported_suite(self):
        self.write("corpus/a.yaml", GOOD_CASE)
        self.write("corpus/b.yaml", BAD_CASE.replace('"mine"', '"other/one"'))
        self.check_same("--corpus", self.folder / "corpus", "--suite", f"aws-sig-v4:{SUITE}",
                        "--repeat", 2, counts=(1, 2, 3, 9), expect=1)

    def test_selected_cases(self):
        self.check_same("--filter", "ses", "--filter", "primitives/*", "--skip", "**/us-*",
                        counts=(2, 5))
        # Two cases of one file: the other shards have none.
        whole = self.check_same("--filter", "ses/published", "--backend", "builtin", counts=(3, 60))
        self.assertLess(len(whole["cases"]), 60)

    def test_known_failures(self):
        self.write("corpus/a.yaml", GOOD_CASE)
        self.write("corpus/b.yaml", BAD_CASE.replace('"mine"', '"other/one"'))
        known = self.write("known.txt", "mine/first\nother/**  # wrong password\nopenssl:no/such\n"
                           "no-such-subject:mine\nother/one/first  # another reason\n")
        whole = self.check_same("--corpus", self.folder / "corpus", "--known-failing", known,
                                counts=(1, 2, 3), expect=1)
        self.assertEqual([problem["message"] for problem in whole["problems"]],
                         ["a known failure matches no case: no/such",
                          "a known failure matches no subject: no-such-subject"])

    def test_known_failures_of_several_files_keep_their_order(self):
        port = self.write("port/port.yaml", PORT).parent
        first = self.write("first.txt", "always-wrong:ses\n")  # judged by merge alone
        second = self.write("second.txt", "always-wrong:**\nno/such\n"
                            "x, which --require-op asks for:ses\n")
        whole = self.check_same("--port", port, "--known-failing", first, "--known-failing", second,
                                counts=(2,), expect=1)
        self.assertEqual([problem["message"] for problem in whole["problems"]],
                         ["a known failure never ran: always-wrong:ses",
                          "a known failure matches no case: no/such",
                          "a known failure matches no subject: x, which --require-op asks for"])

    def test_a_known_failure_that_runs_in_one_shard_alone(self):
        # The port does one operation; the cases of the others are skipped, in whole shards too.
        port = self.write("port/port.yaml", PORT).parent
        known = self.write("known.txt", "always-wrong:**\n")
        whole = self.check_same("--port", port, "--known-failing", known, counts=(2, 5), expect=0)
        self.assertEqual(whole["problems"], [])
        known.write_text("always-wrong:**\nalways-wrong:ses\n")
        whole = self.check_same("--port", port, "--known-failing", known, counts=(2, 5), expect=1)
        self.assertEqual([problem["message"] for problem in whole["problems"]],
                         ["a known failure never ran: always-wrong:ses"])

    def test_required_operations(self):
        operations = ["--require-op", "sigv4-signing-key", "--require-op", "ses-smtp-password"]
        self.check_same(*operations, counts=(2, 5, 60))
        port = self.write("port/port.yaml", PORT).parent
        known = self.write("known.txt", "always-wrong:**\n")
        whole = self.check_same("--port", port, "--known-failing", known, *operations,
                                counts=(2, 5), expect=1)
        self.assertEqual([problem["message"] for problem in whole["problems"]],
                         ["always-wrong ran no case of ses-smtp-password, which --require-op "
                          "asks for"])

    def test_a_required_operation_that_no_case_has_fails_every_shard(self):
        options = ["--filter", "ses", "--require-op", "base64-encode", "--backend", "builtin"]
        for index in (1, 2, 3):
            report = json.loads(self.shard(index, 3, *options, expect=1).read_text())
            self.assertEqual([problem["message"] for problem in report["problems"]],
                             ["no selected case is of base64-encode, which --require-op asks for"])
        self.check_same(*options, counts=(3,), expect=1)

    def test_findings_of_wrong_programs(self):
        ports = [option for name in PYTHON_SAMPLES for option in ("--port", SAMPLES / name)]
        # Their port.yaml says what they fail.
        whole = self.check_same(*ports, counts=(2, 5),
                                environment={"HOME": str(self.folder)})
        self.assertEqual({finding["subject"] for finding in whole["findings"]},
                         set(PYTHON_SAMPLES))

    def test_what_matches_nothing_fails_every_shard(self):
        known = self.write("known.txt", "ses/no-such-case\n")
        one = {}
        for count in (0, 2, 60):
            for index in range(1, min(count, 3) + 1) if count else [0]:
                shard = ["--shard", f"{index}/{count}"] if count else []
                for options, expect in [(["--filter", "ses/publisched"], 4),
                                        (["--skip", "sigv4/no-such/**"], 4),
                                        (["--filter", "ses", "--skip", "ses"], 4),
                                        (["--filter", "**/contested/*"], 4)]:
                    _, err = self.sigvet("run", "--backend", "builtin", *options, *shard,
                                         expect=expect)
                    message = err.split(" (")[0].strip()
                    self.assertEqual(message, one.setdefault(str(options), message))
                out, _ = self.sigvet("run", "--backend", "builtin", "--known-failing", known,
                                     *shard, expect=1)
                self.assertIn("a known failure matches no case: ses/no-such-case",
                              " ".join(out.split()))

    def test_errors_in_a_file_are_those_of_its_shard(self):
        self.write("corpus/a.yaml", GOOD_CASE)
        self.write("corpus/b.yaml", GOOD_CASE.replace('"mine"', '"other"').replace("why:", "what:"))
        options = ["--corpus", self.folder / "corpus", "--backend", "builtin"]
        codes = [subprocess.run([SIGVET, "run", *map(str, options), "--shard", f"{i}/2"],
                                capture_output=True, check=False).returncode for i in (1, 2)]
        self.assertEqual(sorted(codes), [0, 65])

    def test_a_shard_without_cases_says_so(self):
        out, _ = self.sigvet("run", "--backend", "builtin", "--shard", "59/60")
        self.assertIn("shard     59 of 60: no selected case is in it, others have some\n", out)
        self.assertEqual(out.splitlines()[-1], "0 passed, 0 failed")
        out, _ = self.sigvet("run", "--backend", "builtin", "--shard", "1/2")
        self.assertIn("shard     1 of 2\n", out)


class Choosing(TestCase):
    def run_with(self, environment, *options, expect=0):
        return self.sigvet("run", "--backend", "builtin", *options, environment=environment,
                           expect=expect)

    def test_the_environment_names_a_shard(self):
        status = self.folder / "status"
        out, _ = self.run_with({"TEST_TOTAL_SHARDS": "3", "TEST_SHARD_INDEX": "0",
                                "TEST_SHARD_STATUS_FILE": str(status)})
        self.assertIn("shard     1 of 3\n", out)
        self.assertTrue(status.is_file())
        self.assertIn("shard     1 of 3\n", self.run_with({}, "--shard", "1/3")[0])
        self.assertNotIn("shard", self.run_with({})[0])

    def test_the_option_goes_before_the_environment(self):
        status = self.folder / "status"
        out, _ = self.run_with({"TEST_TOTAL_SHARDS": "x", "TEST_SHARD_INDEX": "y",
                                "TEST_SHARD_STATUS_FILE": str(status)}, "--shard", "2/3")
        self.assertIn("shard     2 of 3\n", out)
        self.assertFalse(status.exists())

    def test_bad_values(self):
        for shard, message in [
                ("2", "--shard 2 is not I/N (as in --shard 2/4)"),
                ("a/4", "--shard a/4 is not I/N (as in --shard 2/4)"),
                ("+1/4", "--shard +1/4 is not I/N (as in --shard 2/4)"),
                ("1/4/5", "--shard 1/4/5 is not I/N (as in --shard 2/4)"),
                ("1/99999999999", "--shard 1/99999999999 is not I/N (as in --shard 2/4)"),
                ("0/4", "--shard 0/4: there is no such shard (I is from 1 to N)"),
                ("5/4", "--shard 5/4: there is no such shard (I is from 1 to N)"),
                ("0/0", "--shard 0/0: there is no such shard (I is from 1 to N)"),
                ("1/10001", "--shard 1/10001: more than 10000 shards")]:
            _, err = self.run_with({}, "--shard", shard, expect=2)
            self.assert_one_line(err, "sigvet: " + message)
        for total, index, message in [
                ("4", "", 'the environment variable TEST_SHARD_INDEX is no whole number: ""'),
                ("four", "0", 'the environment variable TEST_TOTAL_SHARDS is no whole number: "four"'),
                ("4", "-1", 'the environment variable TEST_SHARD_INDEX is no whole number: "-1"'),
                ("4", "4", "TEST_TOTAL_SHARDS=4 has no TEST_SHARD_INDEX=4 "
                           "(the index counts from 0)"),
                ("0", "0", "TEST_TOTAL_SHARDS=0 has no TEST_SHARD_INDEX=0 "
                           "(the index counts from 0)"),
                ("20000", "1", "TEST_TOTAL_SHARDS=20000: more than 10000 shards"),
                (None, "1", "TEST_SHARD_INDEX is set, but TEST_TOTAL_SHARDS is not "
                            "(set both, or give --shard)"),
                ("2", None, "TEST_TOTAL_SHARDS is set, but TEST_SHARD_INDEX is not "
                            "(set both, or give --shard)")]:
            environment = {"TEST_TOTAL_SHARDS": total, "TEST_SHARD_INDEX": index}
            _, err = self.run_with({k: v for k, v in environment.items() if v is not None},
                                   expect=2)
            self.assert_one_line(err, "sigvet: " + message)

    def test_a_status_file_that_cant_be_made(self):
        _, err = self.run_with({"TEST_TOTAL_SHARDS": "1", "TEST_SHARD_INDEX": "0",
                                "TEST_SHARD_STATUS_FILE": "/no/such/folder/x"}, expect=2)
        self.assertIn("TEST_SHARD_STATUS_FILE", err)


class Merge(Sharded):
    def parts(self, count, *options):
        return [self.shard(i, count, "--backend", "builtin", *options, expect=0)
                for i in range(1, count + 1)]

    def refused(self, *parts, expect=65):
        _, err = self.sigvet("merge", *parts, expect=expect)
        return err.replace(str(self.folder) + "/", "").replace("sigvet: ", "").strip()

    def test_missing_and_doubled_shards(self):
        parts = self.parts(4)
        self.assertEqual(self.refused(parts[0], parts[2], parts[3]),
                         "shard 2 of 4 is missing (give the reports of all shards)")
        self.assertEqual(self.refused(parts[1]),
                         "shards 1, 3, 4 of 4 are missing (give the reports of all shards)")
        again = shutil.copy(parts[1], self.folder / "again.json")
        self.assertEqual(self.refused(*parts, again),
                         "again.json: shard 2 of 4 again: it is part-2-of-4.json too")
        self.assertEqual(self.refused(*parts, parts[0], expect=2), "a file is given twice")

    def test_what_is_no_shard(self):
        whole = self.folder / "whole.json"
        self.sigvet("run", "--backend", "builtin", "--report", f"json={whole}")
        self.assertEqual(self.refused(whole), "whole.json: not the report of a shard "
                         "(sigvet run --shard I/N --report json=FILE writes one)")
        parts = self.parts(2)
        self.assertIn("whole.json: not the report of a shard", self.refused(*parts, whole))
        empty = self.write("empty.json", "{}")
        self.assertIn("empty.json: no report of a run", self.refused(parts[0], empty))
        self.assertIn("No such file", self.refused(parts[0], "/no/such/file", expect=2))

    def test_shards_of_different_runs(self):
        first = self.shard(1, 2, "--backend", "builtin")
        for options, what in [(["--backend", "builtin", "--filter", "ses"], "--filter"),
                              (["--backend", "builtin", "--skip", "ses"], "--skip"),
                              (["--backend", "builtin", "--repeat", "2"], "--repeat"),
                              (["--backend", "builtin", "--require-op", "sha256"], "--require-op"),
                              (["--backend", "builtin", "--known-failing", "/dev/null"],
                               "--known-failing"),
                              (["--backend", "builtin", "--backend", "openssl"], "who was run"),
                              (["--backend", "builtin", "--corpus", self.write("a.yaml", GOOD_CASE)],
                               "the digest of the corpus")]:
            other = self.shard(2, 2, *options)
            self.assertEqual(self.refused(first, other),
                             f"part-2-of-2.json: of another run than part-1-of-2.json "
                             f"({what} differs)")
        other = self.shard(2, 3, "--backend", "builtin")
        self.assertIn("how many shards there are differs", self.refused(first, other))

    def edited(self, path, edit):
        report = json.loads(path.read_text())
        edit(report)
        path.write_text(json.dumps(report))

    def test_machines_that_differ(self):
        parts = self.parts(2)
        self.edited(parts[1], lambda report: (report["subjects"][0].update(library="sigvet 9"),
                                              report["context"].update(system="Plan 9")))
        merged = self.merge(parts, 0)
        self.assertRegex(merged["subjects"][0]["library"], "^sigvet [0-9.]+ or sigvet 9$")
        self.assertRegex(merged["context"]["system"], "^Linux .* or Plan 9$")

    def test_a_subject_that_one_machine_lacks(self):
        parts = self.parts(2)

        def lose(report):
            report["subjects"][0]["unavailable_because"] = "no such CPU"
            report["results"] = []
        self.edited(parts[1], lose)
        self.assertEqual(self.refused(*parts), "part-2-of-2.json: builtin did not run, but did in "
                         "part-1-of-2.json (no such CPU)")

    def test_the_same_file_in_two_shards(self):
        parts = self.parts(2)
        report = json.loads(parts[0].read_text())
        report["context"]["shard"]["index"] = 2
        parts[1].write_text(json.dumps(report))
        self.assertRegex(self.refused(*parts), r"^part-2-of-2.json: the file vectors/.*\.yaml is in "
                         r"part-1-of-2.json too$")

    def test_what_no_run_writes(self):
        part, = self.parts(1)
        self.edited(part, lambda report: report["context"]["shard"].update(count=2**32 - 1))
        self.assertIn("11, ... of 4294967295 are missing", self.refused(part))
        self.edited(part, lambda report: (report["context"]["shard"].update(count=1),
                                          report.update(cases=[], results=[], suites=[])))
        out, _ = self.sigvet("merge", part, expect=1)
        self.assertIn("PROBLEM no case ran: none is selected\n", out)

    def test_the_exit_code_is_that_of_a_run(self):
        corpus = self.write("bad.yaml", BAD_CASE)
        parts = [self.shard(i, 2, "--corpus", corpus) for i in (1, 2)]
        out, _ = self.sigvet("merge", *parts, expect=1)
        self.assertIn("mine/first", out)
        self.assertNotIn("shard", out)
        self.edited(parts[1], lambda report: report["context"].update(interrupted=True))
        self.sigvet("merge", *parts, expect=130)

    def test_other_reports_come_of_it(self):
        junit = self.folder / "sigvet.xml"
        out, err = self.sigvet("merge", *self.parts(3), "--report", "json=-", "--report",
                               f"junit={junit}")
        self.assertEqual(json.loads(out)["totals"]["failed"], 0)
        self.assertIn(" passed, 0 failed", err)
        self.assertIn("<testsuites", junit.read_text())

    def test_gnu_parallel(self):
        if shutil.which("parallel") is None:
            if "CI" in os.environ:
                self.fail("GNU parallel is missing: apt-get install parallel")
            self.skipTest("GNU parallel is not installed")
        done = subprocess.run(
            ["sh", "-euc", 'parallel "$SIGVET" run --shard {}/4 --report json=part-{}.json '
             '">" /dev/null ::: 1 2 3 4 && "$SIGVET" merge part-*.json'], cwd=self.folder,
            env={"PATH": os.environ["PATH"], "HOME": str(self.folder), "SIGVET": SIGVET},
            capture_output=True, timeout=300, check=False)
        self.assertEqual(done.returncode, 0, done.stderr.decode())
        whole, _ = self.sigvet("run")
        self.assertEqual(done.stdout.decode().splitlines()[-1], whole.splitlines()[-1])


if __name__ == "__main__":
    main()
