"""Writes a line that is no message to standard output.

`before-ready`; `before` one answer; `instead` of one; `late`: instead of one, which comes just
before the next; `always`: instead of all; `before-each`. `unasked`: an answer before it has a case.
"""

import sys

from honest import Port

LINE = b"debug: \x1b[31mregion\x1b[0m = us-east-1\n"


class Hostile(Port):
    held = None

    def greet(self):
        if "before-ready" in sys.argv:
            self.write(LINE)
        super().greet()
        if "unasked" in sys.argv:
            self.answer("4711", "Zg==")

    def innocent(self, case):
        if "always" in sys.argv:
            self.write(LINE)
            return
        if "before-each" in sys.argv:
            self.write(LINE)
        if self.held:
            super().innocent(self.held)
            self.held = None
        super().innocent(case)

    def guilty(self, case):
        if {"before", "instead", "late"}.intersection(sys.argv):
            self.write(LINE)
        if "late" in sys.argv:
            self.held = case
        elif "instead" not in sys.argv:
            self.innocent(case)


Hostile().run()
