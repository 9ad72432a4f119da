"""sigvet gate: what it says of two results of sigvet bench."""

import json
import random
import re

from sigvet import ROOT, TestCase, main

PAGE = ROOT / "docs/gating-speed.md"

LIBRARIES = [{"backend": "openssl", "library": "OpenSSL 3.0.0"},
             {"backend": "builtin", "library": "sigvet 0.1.0"}]


def results(seed, slowdown=1.0, repetitions=41, busy=0.4, **context):
    """A run of Google Benchmark's form; builtin takes `slowdown` times as long as in others.

    `busy` is the share of the samples that something else on the machine slows."""
    noise = random.Random(seed)
    sigvet = {"format_version": 1, "version": "0.1.0", "build": "g++ 12.2.0, release",
              "cpu": "Example CPU", "cpu_features": ["avx2", "sha_ni"], "masks": [],
              "kernel": "sha-ni", "corpus_digest": "0" * 64, "libraries": LIBRARIES,
              "left_out": [], **context}
    entries = []
    quiet = {"ses-password/openssl": 2600, "ses-password/builtin": 900 * slowdown,
             "hmac/64/openssl": 540, "hmac/64/builtin": 270 * slowdown}
    for family, (name, ns) in enumerate(quiet.items()):
        for repetition in range(repetitions):
            # What others do on the machine now and then makes a sample take longer.
            time = ns * noise.gauss(1, 0.004) * (1.5 if noise.random() < busy else 1)
            entries.append({"name": name, "family_index": family, "per_family_instance_index": 0,
                            "run_name": name, "run_type": "iteration", "repetitions": repetitions,
                            "repetition_index": repetition, "threads": 1, "iterations": 1000,
                            "real_time": time * 1.1, "cpu_time": time, "time_unit": "ns",
                            "items": 1.0, "label": "password"})
    return {"context": {"date": "2026-01-02T03:04:05Z", "host_name": "", "executable": "sigvet bench",
                        "num_cpus": 2, "mhz_per_cpu": 2300, "cpu_scaling_enabled": False,
                        "caches": [], "load_avg": [], "library_build_type": "release",
                        "sigvet": sigvet},
            "benchmarks": entries}


def without(run, name):
    run["benchmarks"] = [entry for entry in run["benchmarks"] if entry["name"] != name]
    return run


class Gate(TestCase):
    def gate(self, candidate, policy=None, baseline=None, expect=0):
        before = self.write("before.json", json.dumps(baseline or results(1)))
        after = self.write("after.json", json.dumps(candidate))
        arguments = ["--policy", self.write("policy.yaml", policy)] if policy else []
        return self.sigvet("gate", "--baseline", before, "--candidate", after, *arguments,
                           expect=expect)

    def test_above_the_threshold_and_not_certain(self):
        # Four quiet samples in the baseline and eight in the candidate, which takes 15 % longer.
        before, after = results(1, busy=0), results(2, slowdown=1.15, busy=0)
        for run, quiet in ((before, 4), (after, 8)):
            for entry in run["benchmarks"]:
                if "builtin" in entry["name"] and entry["repetition_index"] >= quiet:
                    entry["cpu_time"] *= 1.5
        out, _ = self.gate(after, baseline=before)
        self.assertTrue(out.startswith("no certain regression in 2 series; 2 are above their "), out)
        self.assertIn("\nabove the threshold, but not certain\n", out)
        self.assertIn("p is above the limit, 0.001, ", out)
        self.assertIn("--repetitions", out)

    def refused(self, candidate, words, expect=2, **options):
        out, err = self.gate(candidate, expect=expect, **options)
        self.assertEqual(out, "")
        self.assertEqual(err.count("\n"), 1, err)
        for word in words:
            self.assertIn(word, err)

    def test_the_same_is_no_regression(self):
        for seed in range(2, 12):
            out, err = self.gate(results(seed))
            self.assertTrue(out.startswith("no regression in 2 series, "), out)
            self.assertEqual(err, "")

    def test_slower_is_a_regression(self):
        for seed in range(2, 12):
            out, _ = self.gate(results(seed, slowdown=1.15), expect=3)
            self.assertTrue(out.startswith("2 regressions in 2 series, "), out)
            self.assertRegex(out, r"\n  ses-password/builtin +0\.3\d\d +0\.\d\d\d +\+1\d\.\d % ")
            self.assertIn("\nwhat to do\n", out)
            for line in out.splitlines():
                self.assertLessEqual(len(line), 80)

    def test_faster_is_none(self):
        out, _ = self.gate(results(2, slowdown=0.8))
        self.assertIn("\nfaster\n", out)

    def test_a_series_that_is_gone(self):
        out, _ = self.gate(without(results(2), "hmac/64/builtin"), expect=3)
        self.assertIn("\ngone ", out)
        self.assertIn("\n  hmac/64/builtin\n", out)
        out, _ = self.gate(results(2), baseline=without(results(1), "hmac/64/builtin"))
        self.assertIn("1 new: hmac/64/builtin", out)

    def test_what_cant_be_compared(self):
        self.refused(results(2, cpu_features=["avx2"]), ["CPU features differ", "sha_ni"])
        self.refused(results(2, kernel="portable"), ["kernels", "sha-ni", "portable"])
        self.refused(results(2, masks=["OPENSSL_ia32cap=0"]), ["hides CPU features",
                                                              "OPENSSL_ia32cap=0"])
        self.refused(results(2, repetitions=8), ["the candidate has 8 repetitions of",
                                                 "fewer than 9"])
        bare = without(without(results(2), "hmac/64/openssl"), "ses-password/openssl")
        self.refused(bare, ["the candidate has no series of the reference openssl"])
        self.refused(results(2), ["the baseline has no series of the reference opnssl",
                                  'did you mean "openssl"?'],
                     policy='sigvet: 1\nreference: "opnssl"\n')
        other = results(2)
        for entry in other["benchmarks"]:
            for key in ("name", "run_name"):
                entry[key] = "sha256/" + entry[key]
        self.refused(other, ["no series in common"])
        busy = results(2)
        for entry in busy["benchmarks"]:
            entry["cpu_time"] *= 1.5
        self.refused(results(2, build="g++ 12.2.0, debug"), ["kinds of build differ", "debug"])
        self.refused(results(2), ["the policy ignores every series"],
                     policy='sigvet: 1\nrules:\n  - workload: "**"\n    ignore: true\n')
        self.refused(busy, ["openssl itself took 1.", "times as long in the candidate"])

    def test_some_cant_be_judged(self):
        busy = results(2)
        for entry in busy["benchmarks"]:
            if entry["name"].startswith("hmac/"):
                entry["cpu_time"] *= 1.5
        out, _ = self.gate(busy)
        self.assertTrue(out.startswith("no regression in 1 series; 1 of 2 can't be judged: "), out)

    def test_a_policy(self):
        slow = results(2, slowdown=1.15)
        rule = 'sigvet: 1\nrules:\n  - contender: "builtin"\n    '
        out, _ = self.gate(slow, policy=rule + "threshold: 0.3\n")
        self.assertTrue(out.startswith("no regression in 2 series, "), out)
        out, _ = self.gate(slow, policy=rule + 'workload: "hmac"\n    ignore: true\n', expect=3)
        self.assertTrue(out.startswith("1 regression in 1 series, "), out)
        self.assertIn("1 ignored by the policy: hmac/64/builtin", out)
        out, _ = self.gate(results(2), policy=rule + 'workload: "hmca"\n    threshold: 0.3\n')
        self.assertIn("policy.yaml:3:5: the rule", out)

    def test_a_broken_policy(self):
        policy = 'sigvet: 1\ntreshold: 0.1\nsignificance: 5\nrules:\n  - workload: "a"\n'
        out, err = self.gate(results(2), policy=policy, expect=65)
        self.assertEqual(out, "")
        path = self.folder / "policy.yaml"
        self.assertEqual(err.splitlines(), [
            f'sigvet: {path}:2:1: unknown key "treshold" (did you mean "threshold"?)',
            f'sigvet: {path}:3:15: "5" is out of range (a number from 0.0001 to 0.1 without quotes)',
            f"sigvet: {path}:5:5: a rule that says nothing (add threshold: or ignore: true)"])

    def test_broken_results(self):
        self.refused([], ["after.json"], expect=65)
        self.refused({"context": {}}, ["after.json"], expect=65)
        broken = results(2)
        broken["benchmarks"][3]["cpu_time"] = "fast"
        self.refused(broken, ["after.json"], expect=65)
        for text in ("", "{", "no JSON", json.dumps(results(2))[:-2]):
            good = self.write("good.json", json.dumps(results(1)))
            bad = self.write("bad.json", text)
            _, err = self.sigvet("gate", "--baseline", bad, "--candidate", good, expect=65)
            self.assertIn("bad.json", err)
        _, err = self.sigvet("gate", "--baseline", bad, "--candidate", self.write("none.json", ""),
                             expect=65)
        self.assertRegex(err, r"\Asigvet: .*bad\.json: not JSON .*\nsigvet: .*none\.json: the file "
                              r"is empty: .*\n\Z")
        for time in (0, 1e-9, 1e300):
            broken["benchmarks"][3]["cpu_time"] = time
            self.refused(broken, ["after.json", "entry 4", "from 0.001 to 1e15"], expect=65)

    def test_usage(self):
        good = self.write("good.json", json.dumps(results(1)))
        _, err = self.sigvet("gate", "--baseline", good, expect=2)
        self.assertIn("--candidate is required", err)
        missing = self.folder / "missing.json"
        _, err = self.sigvet("gate", "--baseline", good, "--candidate", missing, expect=2)
        self.assert_one_line(err, f"sigvet: can't read {missing}: No such file or directory")
        _, err = self.sigvet("gate", "--baseline", "-", "--candidate", "-", expect=2)
        self.assert_one_line(err, "sigvet: only one input can come from stdin (give the others as "
                                  "files)")
        out, _ = self.sigvet("gate", "--baseline", "-", "--candidate", good,
                             stdin=good.read_bytes())
        self.assertTrue(out.startswith("no regression"), out)

    def test_the_page_shows_what_is_printed(self):
        examples = ROOT / "docs/examples"
        shown = re.search(r"^\$ sigvet gate .*?\n(.*?)^```", PAGE.read_text(), re.M | re.S)[1]
        out, _ = self.sigvet("gate", "--baseline", examples / "bench-baseline.json",
                             "--candidate", examples / "bench-candidate.json", expect=3)
        self.assertEqual(out, shown)

    def test_the_policy_of_the_page_is_one(self):
        policy = re.search(r"^```yaml\n(.*?)^```", PAGE.read_text(), re.M | re.S)[1]
        self.gate(results(2), policy=policy)

    def test_help_has_the_exit_codes(self):
        out, _ = self.sigvet("gate", "--help")
        self.assertIn("3 a regression", out)


if __name__ == "__main__":
    main()
