"""Answers one case differently the second time it runs; `remembers`: when the case before it is
another one than in the corpus."""

import pathlib
import sys

from honest import Port

RAN = pathlib.Path("ran")


class Hostile(Port):
    before = None

    def innocent(self, case):
        self.before = case["input"]["bytes"]
        super().innocent(case)

    def guilty(self, case):
        wrong = self.before != "foo" if "remembers" in sys.argv else RAN.exists()
        RAN.touch()
        self.answer(case["id"], "d3Jvbmc=" if wrong else self.encoded(case))


Hostile().run()
