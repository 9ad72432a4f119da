"""Answers one case twice; `at-end`: the second time once standard input is closed."""

import sys

from honest import Port


class Hostile(Port):
    case = None

    def guilty(self, case):
        self.innocent(case)
        if "at-end" in sys.argv:
            self.case = case
        else:
            self.innocent(case)

    def end(self):
        if self.case:
            self.innocent(self.case)


Hostile().run()
