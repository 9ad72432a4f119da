"""Closes `stdin` or `stdout` at one case and hangs; `early-stdin`: as soon as it is ready."""

import os
import sys

from hang import hang
from honest import Port


class Hostile(Port):
    def greet(self):
        if "early-stdin" in sys.argv:
            os.close(0)
        super().greet()
        if "early-stdin" in sys.argv:
            hang()

    def guilty(self, case):
        os.close(0 if "stdin" in sys.argv else 1)
        hang()


Hostile().run()
