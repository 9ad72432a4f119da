"""Hangs at one case. `ignores-term`: only SIGKILL ends it. `stops`: by SIGSTOP, so that SIGTERM
has to wait. `late`: is asked to end, and answers then."""

import os
import signal
import sys
import time

from hang import hang, ignore_being_asked
from honest import Port


class Hostile(Port):
    def guilty(self, case):
        if "ignores-term" in sys.argv:
            ignore_being_asked()
        if "stops" in sys.argv:
            os.kill(os.getpid(), signal.SIGSTOP)
        if "late" in sys.argv:
            signal.signal(signal.SIGTERM, lambda *_: self.late(case))
        hang()

    def late(self, case):
        for _ in range(50):
            self.innocent(case)
            time.sleep(0.01)
        os._exit(0)


Hostile().run()
