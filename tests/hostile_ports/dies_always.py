"""Dies at every case; `before-ready`: as soon as it is greeted; `at-once`: before it reads."""

import os
import sys

from honest import Port


class Hostile(Port):
    def greet(self):
        if "before-ready" in sys.argv:
            self.innocent(None)
        super().greet()

    def innocent(self, case):
        print("no such library, says the port", file=sys.stderr, flush=True)
        os._exit(9)


if "at-once" in sys.argv:
    os._exit(9)
Hostile().run()
