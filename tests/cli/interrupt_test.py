"""Ctrl-C: what is done so far is reported, and nothing is left behind."""

import json
import os
import signal
import subprocess
import time

from sigvet import ROOT, SIGVET, TestCase, main

CASES = 20_000


class Interrupt(TestCase):
    def test_an_interrupted_run_still_reports(self):
        subprocess.run([ROOT / "scripts/make-large-corpus", "--cases", str(CASES),
                        self.folder / "large"], check=True, capture_output=True)
        report = self.folder / "run.json"
        process = subprocess.Popen(
            [SIGVET, "run", "--corpus", self.folder / "large", "--report", f"json={report}"],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, env={"PATH": os.environ["PATH"]})
        while not list(self.folder.glob("run.json.part-*")):  # handlers stand before it is opened
            self.assertIsNone(process.poll(), "ended before it could be interrupted")
            time.sleep(0.001)
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=120)
        self.assertEqual(process.returncode, 130, err)
        self.assertIn(b"interrupted", out)
        self.assertRegex(out.decode().splitlines()[-1], r"^\d+ passed, 0 failed, \d+ skipped$")
        self.assertTrue(json.loads(report.read_text())["context"]["interrupted"])
        self.assertEqual(sorted(path.name for path in self.folder.iterdir()),
                         ["large", "run.json"])


if __name__ == "__main__":
    main()
