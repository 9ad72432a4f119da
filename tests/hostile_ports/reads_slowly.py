"""Reads a little at a time; `never`: not at all once it is ready."""

import os
import sys
import time

from hang import hang
from honest import Port


class Hostile(Port):
    def lines(self):
        held = b""
        while data := os.read(0, 2000):
            *lines, held = (held + data).split(b"\n")
            yield from lines
            time.sleep(0.001)

    def greet(self):
        super().greet()
        if "never" in sys.argv:
            hang()


Hostile().run()
