"""Writes half an answer and exits; `hangs`: or hangs; `ready`: half a greeting, and hangs."""

import os
import sys

from hang import hang
from honest import Port


class Hostile(Port):
    def greet(self):
        if "ready" in sys.argv:
            self.write(b'{"type":"ready","protocol":1,')
            hang()
        super().greet()

    def guilty(self, case):
        self.write(b'{"type":"answer","id":')
        if "hangs" in sys.argv:
            hang()
        os._exit(0)


Hostile().run()
