"""sigvet bench: what it prints and writes, what it refuses, how it ends. No time is ever asserted."""

import json
import os
import re
import signal
import subprocess
import time

from sigvet import SIGVET, TestCase, main, run

# Quick ones, and as few rounds as there may be.
WORKLOADS = ["ses-password", "base64-encode"]
QUICK = ["--repetitions", "9", *(word for id in WORKLOADS for word in ("--workload", id))]
ROW = re.compile(r"^  (\S+) +([0-9.]+) .*\.\.[0-9.]+~? +([0-9.]+)(?:  (\S+))?$", re.M)


def backends():
    """Those that this build has and this machine runs."""
    out = run("list", "backends").stdout.decode()
    return [line.split()[0] for line in out.splitlines() if " unavailable: " not in line]


class Bench(TestCase):
    def bench(self, *arguments, **options):
        return self.sigvet("bench", *QUICK, *arguments, **options)

    def rows(self, out):
        """By workload: its contenders, the fastest first, with how many times as fast each is."""
        found = {}
        for block in out.split("\n\n")[1:]:
            found[block.split()[0]] = {row[0].rstrip("*"): row[2] for row in ROW.findall(block)}
        return found

    def test_every_backend_and_what_people_write(self):
        out, err = self.bench()
        self.assertEqual(err, "")
        rows = self.rows(out)
        self.assertGreaterEqual(set(rows), set(WORKLOADS))
        for id in WORKLOADS:
            self.assertLessEqual(set(backends()), set(rows[id]), out)
            if "openssl" in backends():
                self.assertEqual(rows[id]["openssl"], "1.00")
                self.assertIn("openssl-naive*", out)
        self.assertRegex(out, r"^machine   \S.*, \d+ processors?\ntimed     9 rounds of 2 workloads")
        self.assertRegex(out, r"\nbuild     sigvet \d")
        self.assertIn("builtin", rows["ses-password"])

    def test_it_fits_and_has_no_colour_in_a_pipe(self):
        for columns, locale in (("60", "C"), ("80", "C"), ("80", "C.UTF-8")):
            with self.subTest(columns=columns, locale=locale):
                out, err = self.bench("--backend", "builtin", "--backend", "builtin-portable",
                                      environment={"COLUMNS": columns, "LANG": locale,
                                                   "TERM": "xterm"})
                self.assertNotIn("\x1b", out + err)
                for line in out.splitlines():
                    self.assertLessEqual(len(line), int(columns), line)
                has_room = columns != "60"
                self.assertEqual("#" in out, has_room and locale == "C", out)
                self.assertEqual("\u2588" in out, has_room and locale == "C.UTF-8", out)

    def test_forms_by_name(self):
        out, _ = self.bench("--backend", "builtin-portable", "--backend", "builtin",
                            "--backend", "builtin")
        rows = self.rows(out)
        for id in WORKLOADS:
            self.assertEqual(set(rows[id]), {"builtin", "builtin-portable"})
        self.assertIn("x slowest", out)

    def test_globs_and_folders(self):
        out, _ = self.sigvet("bench", "--repetitions", "9", "--backend", "builtin",
                             "--workload", "many-keys", "--workload", "sha256/?4")
        ids = re.findall(r"^(\S+/\d+)  ", out, re.M)
        self.assertIn("many-keys/16", ids)
        self.assertIn("many-keys/4096", ids)
        self.assertEqual([id for id in ids if not id.startswith("many-keys")], ["sha256/64"])

    def test_choose(self):
        out, err = self.bench("--choose")
        self.assertEqual(err, "")
        lines = out.splitlines()
        for id in WORKLOADS:
            line = next(line for line in lines if line.startswith(id + " "))
            self.assertTrue(any(name in line for name in ("all ", *backends())), line)
            self.assertRegex(line, r"times as fast as|equal|nothing else ran")
        overall = out[out.index("\noverall: "):].split("\n\n")[0]
        self.assertTrue(any(backend in overall for backend in backends()), overall)
        self.assertNotIn("naive", out)


class Reports(TestCase):
    def test_the_json_is_google_benchmarks(self):
        path = self.folder / "bench.json"
        out, err = self.sigvet("bench", *QUICK, "--backend", "builtin", "--backend",
                               "builtin-portable", "--report", f"json={path}")
        self.assertEqual(err, "")
        self.assertIn("ses-password", out)
        report = json.loads(path.read_text())
        # docs/user_guide.md of google/benchmark, "Output Formats".
        self.assertLessEqual({"date", "num_cpus", "caches", "load_avg", "library_build_type"},
                             set(report["context"]))
        runs = [entry for entry in report["benchmarks"] if entry["run_type"] == "iteration"]
        self.assertEqual(len(runs), 2 * 2 * 9)
        for entry in runs:
            self.assertLessEqual({"name", "run_name", "repetitions", "repetition_index",
                                  "iterations", "real_time", "cpu_time", "time_unit"}, set(entry))
            self.assertGreater(entry["iterations"], 0)
            self.assertGreater(entry["cpu_time"], 0)
        names = {entry["run_name"] for entry in runs}
        self.assertEqual(names, {f"{id}/{contender}" for id in WORKLOADS
                                 for contender in ("builtin", "builtin-portable")})
        for name in names:
            self.assertEqual(sorted(entry["repetition_index"] for entry in runs
                                    if entry["run_name"] == name), list(range(9)))
        self.assertEqual(sorted(file.name for file in self.folder.iterdir()), ["bench.json"])

    def test_a_report_on_stdout_and_the_kernel_in_it(self):
        out, err = self.sigvet("bench", *QUICK, "--backend", "builtin", "--report", "json=-",
                               environment={"SIGVET_KERNEL": "portable"})
        self.assertEqual(json.loads(out)["context"]["sigvet"]["kernel"], "portable")
        self.assertIn("ses-password", err)
        self.assertIn("kernel portable", err)

    def test_ctrl_c_leaves_nothing_behind(self):
        process = subprocess.Popen(
            [SIGVET, "bench", "--workload", "sha256", "--repetitions", "200", "--report",
             f"json={self.folder / 'bench.json'}"],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, env={"PATH": os.environ["PATH"]})
        while not list(self.folder.glob("bench.json.part-*")):  # handlers stand before it is opened
            self.assertIsNone(process.poll(), "ended before it could be interrupted")
            time.sleep(0.001)
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=120)
        self.assertEqual(process.returncode, 130, err)
        self.assertEqual(out, b"")
        self.assert_one_line(err.decode(), "sigvet: interrupted; nothing is reported")
        self.assertEqual(list(self.folder.iterdir()), [])


class Errors(TestCase):
    def check(self, arguments, expected, code=2, **options):
        out, err = self.sigvet("bench", *arguments.split(), expect=code, **options)
        self.assertEqual(out, "")
        self.assert_one_line(err, "sigvet: " + expected)

    def test_usage(self):
        for count in ("8", "201", "-1", "abc"):
            self.check(f"--repetitions {count}", f"--repetitions: Value {count} not in range 9 to "
                                                 "200 (see sigvet bench --help)")
        _, err = self.sigvet("bench", "--backend", "bultin", expect=2)
        self.assertIn('unknown backend or form "bultin" (did you mean "builtin"?)', err)
        _, err = self.sigvet("bench", "--backend", "zzz", expect=2)
        self.assertIn('"zzz" (sigvet bench --help lists them)', err)
        self.check("--choose --backend builtin --backend builtin-portable",
                   "builtin-portable is a form of builtin, and --choose compares backends at their "
                   "best (name builtin, or leave --choose out)")
        self.check("--choose --backend builtin",
                   "--choose is among backends: name two at least (or leave --backend out)")
        self.check("--report junit=x", 'no report format "junit" (there are csv, html, json)')
        self.check("--report jsn=x", 'no report format "jsn" (did you mean "json"?)')
        self.check("--report json", "--report json has no path (as in --report json=run.json)")
        self.check("--report json=no/such/folder/x",
                   "can't write no/such/folder/x: No such file or directory")

    def test_nothing_selected(self):
        self.check("--workload hmca", '--workload hmca matches no workload (did you mean "hmac"?)', 4)
        self.check("--workload ses-password --workload zzz",
                   "--workload zzz matches no workload (sigvet bench --help lists them)", 4)
        self.check("--choose --workload load-corpus",
                   "there is no backend to choose: sigvet itself does these workloads (sigvet bench "
                   "--workload without --choose times them)", 4)

    def test_masks_are_refused_where_there_is_something_to_compare(self):
        for name, value in (("OPENSSL_ia32cap", "~0x200000200000000:~0x20000000"),
                            ("BOTAN_CLEAR_CPUID", "sha_ni")):
            self.check("--workload ses-password",
                       f"{name}={value} hides features of the CPU from one library alone: times "
                       f"would not compare (unset {name}, or name one --backend alone)",
                       environment={name: value})
            out, _ = self.sigvet("bench", *QUICK, "--backend", "builtin", environment={name: value})
            self.assertIn(f"\nmasked    {name}=", out)

    def test_an_unknown_kernel(self):
        _, err = self.sigvet("bench", *QUICK, expect=2, environment={"SIGVET_KERNEL": "sse9"})
        self.assertIn("sse9", err)

    def test_help_names_what_there_is(self):
        out, _ = self.sigvet("bench", "--help")
        for word in ("--choose", "openssl-naive", "builtin-portable", "many-keys/256", "load-corpus",
                     "Examples:", "130 "):
            if word.startswith("openssl") and "openssl" not in backends():
                continue
            self.assertIn(word, out)
        for line in out.splitlines():
            self.assertLessEqual(len(line), 100, line)


if __name__ == "__main__":
    main()
