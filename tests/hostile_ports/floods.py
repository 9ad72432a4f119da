"""Writes a GiB to standard output, as `lines` or in one; `endless`: without end. `at-start`: before
it is ready, else at one case."""

import sys

from honest import Port

MIB = 1 << 20


class Hostile(Port):
    def greet(self):
        if "at-start" in sys.argv:
            self.flood()
        super().greet()

    def guilty(self, case):
        self.flood()
        self.innocent(case)

    def flood(self):
        block = (b"x" * 99 + b"\n") * (MIB // 100) if "lines" in sys.argv else b"x" * MIB
        count = 0
        while count < 1024 or "endless" in sys.argv:
            self.write(block)
            count += 1


Hostile().run()
