"""Each wrong program in ports/samples is diagnosed by name, in every answer that it gets wrong."""

import json
import os

from sigvet import ROOT, TestCase, main

SAMPLES = ROOT / "ports/samples"
# The defect behind each. What refuses good input gives nothing to recognise a mistake by.
DEFECTS = {
    "dash-echo-en": "version-dash-echo-x02",
    "empty-body-hash": "payload-hash-of-nothing",
    "hard-coded-regions": None,
    "node-utf8-digests": "macs-lossy-low-bytes",
    "python-0x2": "version-nul-x2",
    "secret-with-newline": "secret-newline",
    "swapped-last-hmac": "hmac-swapped-last",
    "unsorted-query": "query-not-sorted",
    "version-2-for-4": "version-2-for-4",
}
ABOUT_SECRETS = {"secret-with-newline"}


class SamplesDiagnosed(TestCase):
    def run_samples(self):
        file = self.folder / "samples.json"
        self.sigvet("run", "--ports", SAMPLES, "--report", f"json={file}", "--quiet", timeout=1100,
                    environment={"XDG_CACHE_HOME": str(self.folder / "cache"),
                                 "HOME": os.environ.get("HOME", str(self.folder))})
        return json.loads(file.read_text())

    def test_every_sample_has_its_defect_here(self):
        self.assertEqual({file.parent.name for file in SAMPLES.glob("*/port.yaml")}, set(DEFECTS))

    def test_samples(self):
        report = self.run_samples()
        ran = {subject["id"] for subject in report["subjects"]
               if not subject.get("unavailable_because")}
        if "CI" in os.environ:
            self.assertEqual(ran, set(DEFECTS))
        for name in sorted(ran):
            findings = [finding for finding in report["findings"] if finding["subject"] == name]
            wrong = {result["case"] for result in report["results"] if result["subject"] == name
                     and result.get("reason", "").startswith("wrong ")}
            with self.subTest(sample=name):
                if DEFECTS[name] is None:
                    self.assertEqual((findings, wrong), ([], set()))
                    continue
                first = findings[0]
                self.assertEqual([mistake["defect"] for mistake in first["mistakes"]],
                                 [DEFECTS[name]])
                self.assertEqual(first["is_about_secret"], name in ABOUT_SECRETS)
                self.assertGreater(first["case_count"], len(wrong) / 2)
                explained = {case for finding in findings for case in finding["cases"]}
                self.assertEqual(wrong - explained, set(), "wrong answers that nothing explains")


if __name__ == "__main__":
    main()
