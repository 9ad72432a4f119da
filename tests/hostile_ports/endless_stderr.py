"""Writes to standard error without end, beside what it should do; `hangs`: at one case it does
nothing else. `binary`: bytes that are not UTF-8, and controls of a terminal."""

import os
import sys
import threading

from hang import hang
from honest import Port

LINE = b"\xff\x00\x1b[31m\x07 bytes\n" if "binary" in sys.argv else b"a line of the log\n"


class Hostile(Port):
    def __init__(self):
        super().__init__()
        threading.Thread(target=self.log, daemon=True).start()

    def log(self):
        while True:
            os.write(2, LINE * 1000)

    def guilty(self, case):
        if "hangs" in sys.argv:
            hang()
        self.innocent(case)


Hostile().run()
