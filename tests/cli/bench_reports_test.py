"""The formats of a benchmark's results, read by other programs than the one that wrote them."""

import csv
import io
import json
import re
import statistics
import subprocess
import sys

from sigvet import ROOT, TestCase, main

BASELINE = ROOT / "docs/examples/bench-baseline.json"


def samples():
    """Of the example, by workload and contender: the nanoseconds of every round."""
    times = {}
    for entry in json.loads(BASELINE.read_text())["benchmarks"]:
        workload, contender = entry["run_name"].rsplit("/", 1)
        times.setdefault((workload, contender), []).append(entry["cpu_time"] / entry["items"])
    return times


class BenchReports(TestCase):
    def rows(self, *arguments, **options):
        out, _ = self.sigvet(*arguments, **options)
        self.assertNotIn("\n", out.replace("\r\n", ""))
        return list(csv.DictReader(io.StringIO(out, newline=""), strict=True))

    def test_csv_has_the_medians(self):
        rows = self.rows("report", BASELINE, "--to", "csv=-")
        times = samples()
        self.assertEqual({(row["workload"], row["contender"]) for row in rows}, set(times))
        for row in rows:
            own = times[row["workload"], row["contender"]]
            reference = times[row["workload"], row["reference"]]
            self.assertEqual(row["reference"], "openssl")
            self.assertEqual(int(row["samples"]), len(own))
            median = statistics.median(own)
            self.assertAlmostEqual(float(row["median_ns"]) / median, 1, 7)
            self.assertAlmostEqual(float(row["items_per_second"]) * median / 1e9, 1, 7)
            ratio = statistics.median(one / other for one, other in zip(reference, own, strict=True))
            self.assertAlmostEqual(float(row["times_as_fast"]) / ratio, 1, 7)
            for name in ("median_ns", "times_as_fast"):
                self.assertLessEqual(float(row[name + "_low"]), float(row[name]))
                self.assertGreaterEqual(float(row[name + "_high"]), float(row[name]))
            self.assertEqual(row["is_naive"], "false")
            self.assertEqual(row["kernel"], "sha-ni" if row["contender"] == "builtin" else "")
            self.assertEqual(row["cpu"], "Example CPU")

    def test_the_locale_changes_nothing(self):
        plain = self.rows("report", BASELINE, "--to", "csv=-")
        self.assertEqual(self.rows("report", BASELINE, "--to", "csv=-",
                                   environment={"LC_ALL": "de_DE.UTF-8"}), plain)

    def test_html(self):
        page = self.folder / "bench.html"
        self.sigvet("report", BASELINE, "--to", f"html={page}")
        subprocess.run([sys.executable, "-B", ROOT / "reports/check_html.py", page], check=True)
        html = page.read_text()
        self.assertIn("<h1>Take builtin for all 2 workloads</h1>", html)
        # Bars are as long as their medians are.
        times = samples()
        for workload in ("ses-password", "hmac_2f64"):
            chart = re.search(rf'<svg(?:(?!</svg>).)*chart-w-{workload}.*?</svg>', html, re.S)[0]
            widths = [float(width) for width in re.findall(r'class="bar"[^>]* width="([\d.]+)%"', chart)]
            medians = [statistics.median(times[workload.replace("_2f", "/"), contender])
                       for contender in ("builtin", "openssl")]
            self.assertEqual(len(widths), 2)
            self.assertAlmostEqual(widths[0] / widths[1], medians[0] / medians[1], 3)


if __name__ == "__main__":
    main()
